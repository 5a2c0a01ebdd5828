"""Addresses of the web: http and https, public hosts only, within limits of time and size, as robots.txt allows.

Every address that a host's name resolves to is looked at, at every redirect, and the connection is made to the very address that was looked at, so
that a name can't change its mind in between (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from onrecord.errors import FetchError, ForbiddenError, NotFoundError, TooLargeError
from onrecord.reading.options import ReadOptions

_ROBOTS_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class Response:
    """What an address answered: where it was found in the end, its type and charset as the server names them, its bytes."""

    url: str
    content_type: str
    charset: str | None
    data: bytes


def fetch(url: str, options: ReadOptions) -> Response:
    """What an address answers.

    Raises:
        ForbiddenError: another scheme, a private address, robots.txt, or the server says so.
        NotFoundError: the server knows no such page.
        FetchError: no connection, no answer in time, an error of the server, too many redirects.
        TooLargeError: more bytes than ``options.max_bytes``.
    """
    if not options.allow_network:
        raise ForbiddenError(url, "the network isn't to be used; save the page and name the file")
    deadline = time.monotonic() + options.timeout_s
    here = url
    for _ in range(options.max_redirects + 1):
        if options.respect_robots and not _allowed(here, url, options, deadline):
            raise ForbiddenError(
                url, "the site's robots.txt asks programs not to read it; save the page and name the file"
            )
        with _get(here, url, options, deadline) as response:
            if response.is_redirect:
                here = urljoin(here, response.headers.get("location", ""))
                continue
            _check_status(response.status_code, url)
            kind, _, _ = response.headers.get("content-type", "").partition(";")
            data = _body(response, url, options.max_bytes, deadline, options.timeout_s)
            return Response(here, kind.strip().lower(), response.charset_encoding, data)
    raise FetchError(
        url,
        f"expected an answer after {options.max_redirects} redirects, found another; name the page itself",
    )


def public_address(url: str, named: str, *, allow_private: bool) -> str:
    """The address to connect to: the host's first, where all of them are public.

    Raises:
        ForbiddenError: another scheme, or one of the host's addresses isn't public.
        FetchError: the host isn't known.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ForbiddenError(
            named, f"expected an address such as https://example.org/page ({error})"
        ) from error
    if parts.scheme not in ("http", "https") or not host:
        raise ForbiddenError(
            named,
            f"expected an address with http or https, found {parts.scheme or 'none'!r}; save the page and name the file",
        )
    try:
        found = socket.getaddrinfo(
            host, port or (443 if parts.scheme == "https" else 80), type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError) as error:
        raise FetchError(
            named, f"the host {host!r:.100} isn't known ({error}); check the address and the connection"
        ) from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    for address in addresses:
        if not allow_private and not _is_public(address):
            raise ForbiddenError(
                named,
                f"the host {host!r:.100} stands inside a private network ({address}); only public addresses are read",
            )
    return addresses[0]


def _is_public(address: str) -> bool:
    """Whether an address is one of the internet's, also when written inside an IPv6 one (mapped, 6to4, NAT64)."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return (ip.ipv4_mapped is None and _is_public(str(inner))) or _is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


@contextmanager
def _get(url: str, named: str, options: ReadOptions, deadline: float) -> Iterator[httpx.Response]:
    address = public_address(url, named, allow_private=options.allow_private)
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise ForbiddenError(
            named, f"expected an address such as https://example.org/page ({error})"
        ) from error
    headers = {
        "host": target.netloc.decode("ascii").rpartition("@")[2],
        "user-agent": options.user_agent,
        "accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.1",
    }
    left = max(0.1, min(options.connect_timeout_s, deadline - time.monotonic()))
    # trust_env off: a proxy named in the environment would connect to a host that nobody looked at.
    with httpx.Client(timeout=left, follow_redirects=False, trust_env=False) as client:
        request = client.build_request("GET", target.copy_with(host=address), headers=headers)
        extensions: dict[str, Any] = {"sni_hostname": target.host}
        request.extensions.update(extensions)
        try:
            response = client.send(request, stream=True)
        except httpx.TimeoutException as error:
            raise FetchError(
                named,
                f"no answer within {left:.0f} seconds; try again later, or save the page and name the file",
            ) from error
        except (httpx.HTTPError, OSError, ValueError) as error:
            raise FetchError(
                named, f"can't be reached ({error}); check the address and the connection"
            ) from error
        try:
            yield response
        finally:
            response.close()


def _body(response: httpx.Response, named: str, limit: int, deadline: float, timeout_s: float) -> bytes:
    pieces, size = [], 0
    try:
        for piece in response.iter_bytes(1 << 16):
            size += len(piece)
            if size > limit:
                raise TooLargeError(
                    named,
                    f"expected at most {limit:,} bytes, found more; raise the limit, or save the page and name the file",
                )
            if time.monotonic() > deadline:
                raise FetchError(named, f"took longer than {timeout_s:.0f} seconds; try again later")
            pieces.append(piece)
    except (httpx.HTTPError, OSError, ValueError) as error:
        raise FetchError(
            named, f"the answer broke off ({error or type(error).__name__}); try again later"
        ) from error
    return b"".join(pieces)


def _check_status(status: int, url: str) -> None:
    if status in (401, 402, 403, 407, 451):
        raise ForbiddenError(
            url, f"the server refuses it (status {status}); save the page in a browser and name the file"
        )
    if status in (404, 410):
        raise NotFoundError(url, f"the server knows no such page (status {status}); check the address")
    if not 200 <= status < 300:
        raise FetchError(url, f"the server answered with status {status}; try again later")


def _allowed(url: str, named: str, options: ReadOptions, deadline: float) -> bool:
    """Whether robots.txt lets us read the address (RFC 9309: no such file allows all, an unreachable one nothing)."""
    parts = urlsplit(url)
    robots = f"{parts.scheme}://{parts.netloc}/robots.txt"
    for _ in range(options.max_redirects + 1):
        with _get(robots, named, options, deadline) as response:
            if response.is_redirect:
                robots = urljoin(robots, response.headers.get("location", ""))
                continue
            if 400 <= response.status_code < 500:
                return True
            if not 200 <= response.status_code < 300:
                raise FetchError(
                    named,
                    f"the site's robots.txt can't be read (status {response.status_code}); try again later",
                )
            try:
                data = _body(response, named, _ROBOTS_BYTES, deadline, options.timeout_s)
            except TooLargeError:
                return True
            rules = RobotFileParser()
            rules.parse(data.decode("utf-8", "replace").splitlines())
            return rules.can_fetch(options.user_agent.split("/")[0].split()[0], url)
    return True
