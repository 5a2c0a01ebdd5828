"""URLs: http and https, public hosts only, within limits of time and size, as robots.txt allows.

Redirects are followed by hand, and each is looked at like the first address.
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus

import httpcore
import httpx

from onrecord.errors import FetchError, ForbiddenError, NotFoundError, TooLargeError
from onrecord.loaders.connection import CheckedNetwork, Deadline
from onrecord.loaders.options import LoadOptions
from onrecord.loaders.proxies import check_host, proxy_for
from onrecord.loaders.robots import ALL_ALLOWED, Rules, parse_robots
from onrecord.loaders.sniff import charset_of_type

_ROBOTS_BYTES = 512_000  # RFC 9309 asks for 500 KiB at least; what is beyond isn't read
_ROBOTS_SECONDS = 10.0
_ROBOTS_REDIRECTS = 5
_ROBOTS_KEPT_S = 3_600.0
_ROBOTS_SITES = 256
_LONGEST_URL = 8_000
_LOOK_S = 5.0  # for a name to resolve here, where the proxy does so anyway
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_ACCEPT = b"text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.1"
_SAVE = "save the page in a browser and name the file"

_robots: dict[tuple[str, str], tuple[float, Rules]] = {}


@dataclass(frozen=True, slots=True)
class Response:
    """What an address answered: where it was found in the end, its type and charset as the server names them, its bytes."""

    url: str
    content_type: str
    charset: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class _ResponseHead:
    """The head of an answer, and its body as it comes in."""

    status: int
    headers: dict[str, str]
    body: httpcore.Response


def fetch(url: str, options: LoadOptions) -> Response:
    """What an address answers.

    Raises:
        ForbiddenError: another scheme, a private address, robots.txt, or the server says so.
        NotFoundError: the server knows no such page.
        FetchError: no connection, no answer in time, an error of the server, too many redirects.
        TooLargeError: more bytes than ``options.max_bytes``.
    """
    if not options.allow_network:
        raise ForbiddenError(url, "the network isn't to be used; save the page and name the file")
    deadline = Deadline.after(options.timeout_s)
    here = _parsed(url, url)
    for _ in range(options.max_redirects + 1):
        if options.respect_robots and not _rules_of(here, url, options, deadline).allows(
            here.raw_path.decode("ascii")
        ):
            raise ForbiddenError(url, f"the site's robots.txt asks programs not to read it; {_SAVE}")
        with _get(here, url, options, deadline) as head:
            if head.status in _REDIRECTS and "location" in head.headers:
                here = _joined(here, head.headers["location"], url)
                continue
            _check_status(head.status, url)
            kind = head.headers.get("content-type", "")
            data = _body(head, url, options.max_bytes)
            return Response(str(here), kind.partition(";")[0].strip().lower(), charset_of_type(kind), data)
    raise FetchError(
        url,
        f"expected an answer after {options.max_redirects} redirects, found another; name the page itself",
    )


def _parsed(url: str, named: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
        host = parsed.raw_host.decode("ascii")
    except (httpx.InvalidURL, ValueError) as error:
        raise ForbiddenError(
            named, f"expected an address such as https://example.org/page ({error})"
        ) from error
    if parsed.scheme in ("http", "https") and not host:
        raise ForbiddenError(
            named, "expected an address such as https://example.org/page, found no host in it"
        )
    if parsed.scheme not in ("http", "https"):
        found = f"found {parsed.scheme!r:.20}" if parsed.scheme else "found none"
        raise ForbiddenError(named, f"expected an address with http or https, {found}; {_SAVE}")
    if parsed.userinfo:
        raise ForbiddenError(
            named, "expected an address without a user's name or password; they are never sent"
        )
    if len(url) > _LONGEST_URL:
        raise ForbiddenError(
            named[:200], f"expected an address of at most {_LONGEST_URL:,} characters, found {len(url):,}"
        )
    return parsed.copy_with(fragment=None)


def _joined(here: httpx.URL, location: str, named: str) -> httpx.URL:
    try:
        there = here.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(
            named, f"it redirects to what is no address ({error}); name the page itself"
        ) from error
    return _parsed(str(there), named)


@contextmanager
def _get(url: httpx.URL, named: str, options: LoadOptions, deadline: Deadline) -> Iterator[_ResponseHead]:
    """The answer to a request for one address; its body is read inside."""
    port = url.port or (443 if url.scheme == "https" else 80)
    headers = [
        (b"Host", url.netloc),
        (b"User-Agent", options.user_agent.encode("ascii")),
        (b"Accept", _ACCEPT),
        (b"Accept-Encoding", b"gzip, deflate"),
        (b"Connection", b"close"),
    ]
    wait = options.connect_timeout_s
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    timeouts = {"timeout": {"connect": wait, "read": wait, "write": wait, "pool": wait}}
    try:
        with (
            _pool(url.scheme, url.raw_host.decode("ascii"), port, named, options, deadline) as pool,
            pool.stream("GET", target, headers=headers, extensions=timeouts) as response,
        ):
            named_headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}
            yield _ResponseHead(response.status, named_headers, response)
    except httpcore.TimeoutException as error:
        limit = options.timeout_s if deadline.passed else wait
        raise FetchError(
            named, f"no answer within {limit:.0f} seconds; try again later, or {_SAVE}"
        ) from error
    except httpcore.ProxyError as error:
        reason = " ".join(str(error).split())[:120]
        raise FetchError(
            named, f"the proxy that the environment names refuses it ({reason}); ask who runs it"
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise FetchError(
            named, f"it can't be reached ({reason}); check the address and the connection"
        ) from error


def _pool(
    scheme: str, host: str, port: int, named: str, options: LoadOptions, deadline: Deadline
) -> httpcore.ConnectionPool:
    """What connects: to the host itself, or by way of the proxy that the environment names."""
    proxy = proxy_for(scheme, host, named=named)
    private = (
        options.allow_private or proxy is not None
    )  # the user named the proxy, and it is often on the inside
    network = CheckedNetwork(named=named, allow_private=private, deadline=deadline)
    if proxy is None:
        return httpcore.ConnectionPool(ssl_context=_ssl_context(), network_backend=network)
    wait = deadline.left(min(options.connect_timeout_s, _LOOK_S))
    check_host(host, port, named=named, allow_private=options.allow_private, timeout_s=wait)
    headers = [(b"Proxy-Authorization", proxy.authorization)] if proxy.authorization else None
    return httpcore.HTTPProxy(
        httpcore.URL(scheme=proxy.scheme, host=proxy.host, port=proxy.port, target="/"),
        proxy_headers=headers,
        proxy_ssl_context=_ssl_context() if proxy.scheme == "https" else None,
        ssl_context=_ssl_context(),
        network_backend=network,
    )


@lru_cache(maxsize=1)
def _ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _body(head: _ResponseHead, named: str, limit: int, *, cut: bool = False) -> bytes:
    """The body, decompressed; over the limit it is cut off, or refused."""
    length = head.headers.get("content-length", "")
    if not cut and length.isdecimal() and int(length[:18]) > limit:
        raise _too_large(named, limit)
    decompressor = _Decompressor(head.headers.get("content-encoding", ""), named)
    pieces, size = [], 0
    for raw in head.body.iter_stream():
        for piece in decompressor.pieces(raw):
            size += len(piece)
            pieces.append(piece)
            if size > limit:
                if cut:
                    return b"".join(pieces)[:limit]
                raise _too_large(named, limit)
    decompressor.finish()
    return b"".join(pieces)


def _too_large(named: str, limit: int) -> TooLargeError:
    return TooLargeError(
        named, f"expected at most {limit:,} bytes, found more; save its text alone and name that file"
    )


class _Decompressor:
    """Undoes a content encoding a megabyte at a time, so that a bomb is cut off at the limit and not after it."""

    def __init__(self, encoding: str, named: str) -> None:
        self._named = named
        self._compressed = encoding.strip().lower() not in ("", "identity")
        if self._compressed and encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
            raise FetchError(
                named, f"expected gzip or deflate, found the content encoding {encoding!r:.40}; {_SAVE}"
            )
        self._decoder = zlib.decompressobj(wbits=47)  # zlib's or gzip's head, whichever is there
        self._begun = False

    def pieces(self, raw: bytes) -> Iterator[bytes]:
        if not self._compressed:
            yield raw
            return
        while raw:
            try:
                piece = self._decoder.decompress(raw, 1 << 20)
            except zlib.error as error:
                if self._begun:
                    raise FetchError(
                        self._named, f"the answer is damaged ({error}); try again later"
                    ) from error
                self._decoder, self._begun = (
                    zlib.decompressobj(wbits=-15),
                    True,
                )  # deflate without zlib's head
                continue
            self._begun = True
            yield piece
            raw = self._decoder.unconsumed_tail

    def finish(self) -> None:
        if self._compressed and self._begun and not self._decoder.eof:
            raise FetchError(self._named, "the answer broke off; try again later")


def _check_status(status: int, url: str) -> None:
    if 200 <= status < 300:
        return
    phrase = f"status {status}"
    if status in HTTPStatus.__members__.values():
        phrase += f", {HTTPStatus(status).phrase}"
    if status in (401, 402, 403, 407, 451):
        raise ForbiddenError(url, f"the server refuses it ({phrase}); {_SAVE}")
    if status in (404, 410):
        raise NotFoundError(url, f"the server knows no such page ({phrase}); check the address")
    raise FetchError(url, f"the server answered with an error ({phrase}); try again later")


def _rules_of(url: httpx.URL, named: str, options: LoadOptions, deadline: Deadline) -> Rules:
    """The site's rules for us, kept for an hour."""
    site = f"{url.scheme}://{url.netloc.decode('ascii')}"
    agent = options.user_agent.split()[0].partition("/")[0]
    kept = _robots.get((site, agent))
    if kept and kept[0] > time.monotonic():
        return kept[1]
    soon = Deadline(min(deadline.at, Deadline.after(_ROBOTS_SECONDS).at))
    rules = _fetched_rules(httpx.URL(f"{site}/robots.txt"), named, options, soon, agent)
    while len(_robots) >= _ROBOTS_SITES:
        _robots.pop(next(iter(_robots)), None)
    _robots[site, agent] = time.monotonic() + _ROBOTS_KEPT_S, rules
    return rules


def _fetched_rules(
    here: httpx.URL, named: str, options: LoadOptions, deadline: Deadline, agent: str
) -> Rules:
    """RFC 9309: no such file allows all; a server in trouble, nothing."""
    for _ in range(_ROBOTS_REDIRECTS + 1):
        with _get(here, named, options, deadline) as head:
            if head.status in _REDIRECTS and "location" in head.headers:
                here = _joined(here, head.headers["location"], named)
                continue
            if 400 <= head.status < 500:
                return ALL_ALLOWED
            if not 200 <= head.status < 300:
                raise FetchError(
                    named, f"the site's robots.txt can't be read (status {head.status}); try again later"
                )
            return parse_robots(
                _body(head, named, _ROBOTS_BYTES, cut=True).decode("utf-8", "replace"), agent=agent
            )
    return ALL_ALLOWED
