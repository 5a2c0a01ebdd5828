"""Fetching from a real server on loopback, and all that must not be fetched."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from onrecord.errors import (
    EmptyError,
    FetchError,
    ForbiddenError,
    FormatError,
    LoadError,
    NotFoundError,
    TooLargeError,
)
from onrecord.loaders import LoadOptions, fetch, load_document, load_documents
from onrecord.loaders.public_hosts import is_public, public_addresses
from onrecord.loaders.robots import parse_robots
from onrecord.types import Document, Failure

SAID = "The mayor said on Tuesday that the bridge over the Sohal would close for a year, and that nobody would miss it."
PAGE = f"<!doctype html><html><head><title>Bridge to close</title></head><body><article>{f'<p>{SAID}</p>' * 3}</article></body></html>"

ResponseHead = tuple[int, dict[str, str], bytes]


def answers() -> dict[str, ResponseHead]:
    html, text = (
        {"Content-Type": "text/html; charset=utf-8"},
        {"Content-Type": "text/plain; charset=windows-1252"},
    )
    bomb = gzip.compress(b"word " * 10_000_000)
    raw = zlib.compressobj(wbits=-15)
    return {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /secret\nDisallow: /*.print$\n"),
        "/page": (200, html, PAGE.encode()),
        "/zipped": (200, {**html, "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
        "/deflated": (200, {**html, "Content-Encoding": "deflate"}, raw.compress(PAGE.encode()) + raw.flush()),
        "/cut": (200, {**html, "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())[:-40]),
        "/unknown-packing": (200, {**html, "Content-Encoding": "br"}, b"\x1b\x00"),
        "/bomb": (200, {**html, "Content-Encoding": "gzip"}, bomb),
        "/latin": (200, text, "“Café,” she said.".encode("cp1252")),
        "/wrong-type": (200, {"Content-Type": "text/plain"}, PAGE.encode()),
        "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n" + bytes(100)),
        "/lines": (200, {"Content-Type": "application/x-ndjson"}, (json.dumps({"text": SAID, "title": "T"}) + "\n{broken\n").encode() * 2),
        "/empty": (200, html, b""),
        "/big": (200, text, b"word " * 1_000_000),
        "/refused": (403, html, b"no"),
        "/gone": (410, html, b"no"),
        "/broken": (500, html, b"no"),
        "/odd": (299 + 320, html, b"no"),
        "/here": (302, {"Location": "/page"}, b""),
        "/there": (301, {"Location": "here#part"}, b""),
        "/round": (302, {"Location": "/round"}, b""),
        "/inside": (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b""),
        "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
        "/to-secret": (302, {"Location": "/secret/page"}, b""),
        "/secret/page": (200, html, PAGE.encode()),
        "/page.print": (200, html, PAGE.encode()),
    }  # fmt: skip


class Site(BaseHTTPRequestHandler):
    answers = answers()
    asked: list[tuple[str, str]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Host"]))
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(40):
                try:
                    self.wfile.write(b"word ")
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.1)
            return
        status, headers, data = self.answers.get(self.path, (404, {}, b"none"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.path != "/big":
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with contextlib.suppress(OSError):  # who asked may have gone
            self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def inside(**options: Any) -> LoadOptions:
    return LoadOptions(**{"allow_private": True, "max_bytes": 1_000_000, "timeout_s": 10, **options})


@pytest.mark.parametrize("path", ["/page", "/zipped", "/deflated", "/here", "/there", "/wrong-type"])
def test_pages(site: str, path: str) -> None:
    document = load_document(site + path, options=inside())
    assert document.text.startswith(SAID)
    assert document.title == "Bridge to close"
    assert document.origin == site + path


def test_the_servers_charset_counts(site: str) -> None:
    assert load_document(site + "/latin", options=inside()).text == "“Café,” she said."


def test_lines_of_json_are_documents_and_failures(site: str) -> None:
    results = list(load_documents(site + "/lines", options=inside()))
    assert [type(result) for result in results] == [Document, Failure, Document, Failure]
    assert isinstance(results[0], Document)
    assert results[0].title == "T"


REFUSED: list[tuple[str, str, type[LoadError], str]] = [
    ("no such page", "/none", NotFoundError, "404"),
    ("gone", "/gone", NotFoundError, "410"),
    ("the server refuses", "/refused", ForbiddenError, "403"),
    ("the server fails", "/broken", FetchError, "500"),
    ("a status that nobody knows", "/odd", FetchError, "619"),
    ("robots.txt", "/secret/page", ForbiddenError, "robots"),
    ("robots.txt with a wildcard", "/page.print", ForbiddenError, "robots"),
    ("robots.txt at the end of a redirect", "/to-secret", ForbiddenError, "robots"),
    ("round and round", "/round", FetchError, "redirects"),
    ("another scheme by redirect", "/to-file", ForbiddenError, "http"),
    ("more than the limit, without a length", "/big", TooLargeError, "1,000,000"),
    ("a bomb", "/bomb", TooLargeError, "1,000,000"),
    ("cut off", "/cut", FetchError, "broke off"),
    ("a packing that we don't ask for", "/unknown-packing", FetchError, "br"),
    ("a picture", "/image", FormatError, "PNG"),
    ("nothing", "/empty", EmptyError, "text"),
]


@pytest.mark.parametrize(("reason", "path", "error", "words"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_can_not_be_read_is_named(
    site: str, reason: str, path: str, error: type[LoadError], words: str
) -> None:
    with pytest.raises(error, match=words) as caught:
        load_document(site + path, options=inside())
    assert caught.value.origin == site + path
    assert "\n" not in str(caught.value)


def test_a_slow_server_is_left_at_the_limit(site: str) -> None:
    with pytest.raises(FetchError, match="within 1 seconds"):
        load_document(site + "/slow", options=inside(timeout_s=1.0))


def test_a_server_that_never_ends_its_head_is_left_at_the_limit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                try:
                    for _ in range(100):
                        connection.sendall(b"H")
                        time.sleep(0.05)
                except OSError:
                    pass

        threading.Thread(target=drip, daemon=True).start()
        with pytest.raises(FetchError):
            load_document(f"http://127.0.0.1:{port}/", options=inside(timeout_s=0.5, respect_robots=False))


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(FetchError, match="reached"):
        load_document(f"http://127.0.0.1:{port}/", options=inside())


def test_no_network_means_none(site: str) -> None:
    with pytest.raises(ForbiddenError, match="network"):
        load_document(site + "/page", options=inside(allow_network=False))


def test_robots_are_asked_once_and_can_be_left_unasked(site: str) -> None:
    for _ in range(2):
        load_document(site + "/page", options=inside())
    Site.asked.clear()
    load_document(site + "/page", options=inside())
    load_document(site + "/secret/page", options=inside(respect_robots=False))
    assert [path for path, _ in Site.asked] == ["/page", "/secret/page"]


def test_an_address_without_a_host_is_told_so() -> None:
    with pytest.raises(ForbiddenError, match="no host"):
        load_document("http:///page")


SCHEMES = ["ftp://example.org/a", "file:///etc/passwd", "gopher://example.org", "http:///page", "https://user:pass@example.org/"]  # fmt: skip


@pytest.mark.parametrize("url", SCHEMES)
def test_addresses_that_are_none_of_ours(url: str) -> None:
    with pytest.raises(ForbiddenError):
        load_document(url)


PRIVATE = [
    ("loopback", "127.0.0.1"), ("loopback by name", "localhost"), ("loopback, IPv6", "::1"), ("any", "0.0.0.0"), ("any, IPv6", "::"),
    ("private", "10.1.2.3"), ("private", "172.16.0.1"), ("private", "192.168.1.1"), ("link-local, where clouds keep secrets", "169.254.169.254"),
    ("shared by carriers", "100.64.0.1"), ("multicast", "224.0.0.1"), ("reserved", "240.0.0.1"), ("benchmarks", "198.18.0.1"),
    ("broadcast", "255.255.255.255"), ("link-local, IPv6", "fe80::1"), ("unique local", "fd00::1"), ("multicast, IPv6", "ff02::1"),
    ("IPv4 mapped", "::ffff:10.0.0.1"), ("IPv4 compatible", "::127.0.0.1"), ("6to4", "2002:7f00:1::"), ("NAT64", "64:ff9b::10.0.0.1"),
    ("Teredo", "2001:0:53aa:64c::1"), ("a decimal number", "2130706433"), ("a hexadecimal number", "0x7f000001"), ("octal", "0177.0.0.1"),
    ("short", "127.1"), ("hexadecimal part", "127.0.0.0x1"), ("a public one as a number, read in different ways", "134744072"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "host"), PRIVATE, ids=[f"{case[0]} {case[1]}" for case in PRIVATE])
def test_no_private_host_is_asked(reason: str, host: str) -> None:
    with pytest.raises(ForbiddenError):
        public_addresses(host, 80, named="x")


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def _resolving(monkeypatch: pytest.MonkeyPatch, *rounds: list[str]) -> None:
    left = list(rounds)

    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        addresses = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr("onrecord.loaders.public_hosts.socket.getaddrinfo", getaddrinfo)


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolving(monkeypatch, ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(ForbiddenError, match=r"10\.0\.0\.1"):
        load_document("http://example.org/")


def test_a_name_that_changes_its_mind_is_looked_at_at_each_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected: list[str] = []

    def connect(self: object, host: str, *_: Any) -> Any:
        connected.append(host)
        raise fetch.httpcore.ConnectError("not in this test")

    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
    _resolving(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    options = LoadOptions(respect_robots=False)
    with pytest.raises(FetchError):
        load_document("http://example.org/", options=options)
    with pytest.raises(ForbiddenError):
        load_document("http://example.org/", options=options)
    assert connected == ["8.8.8.8"]  # the very address that was looked at, and nothing after


def test_a_redirect_into_a_private_network_is_not_followed(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = site.removeprefix("http://").partition(":")[0]
    monkeypatch.setattr("onrecord.loaders.public_hosts.is_public", lambda address: address == ours)
    Site.asked.clear()
    with pytest.raises(ForbiddenError, match="private"):
        load_document(site + "/inside", options=LoadOptions(respect_robots=False))
    assert [path for path, _ in Site.asked] == ["/inside"]


def test_the_host_is_named_as_the_address_has_it(site: str) -> None:
    Site.asked.clear()
    load_document(site.replace("127.0.0.1", "localhost") + "/page", options=inside(respect_robots=False))
    assert Site.asked[0][1].startswith("localhost:")


RULES = [
    ("nothing is asked", "", "/a", True),
    ("a folder", "User-agent: *\nDisallow: /a/", "/a/b", False),
    ("an empty rule allows all", "User-agent: *\nDisallow:", "/a", True),
    ("the longest rule wins, whichever comes first", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
    ("a tie is a yes", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
    ("our own group alone counts", "User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nDisallow: /x", "/a", True),
    ("two names over one group", "User-agent: other\nUser-agent: onrecord\nDisallow: /", "/a", False),
    ("another's group is not ours", "User-agent: other\nDisallow: /", "/a", True),
    ("groups of one name are one", "User-agent: *\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: *\nDisallow: /b", "/b", False),
    ("a wildcard", "User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
    ("an end", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf.html", True),
    ("escapes are one way of writing", "User-agent: *\nDisallow: /caf%C3%A9", "/caf%c3%a9/x", False),
    ("a comment", "User-agent: * # all\nDisallow: /a # so", "/a", False),
    ("what isn't a rule", "nonsense\nUser-agent: *\nCrawl-delay: 5\nDisallow: /a", "/a", False),
    ("the file itself", "User-agent: *\nDisallow: /", "/robots.txt", True),
    ("many wildcards take no time", "User-agent: *\nDisallow: /" + "*a" * 5_000 + "b", "/" + "a" * 4_000, True),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text", "path", "allowed"), RULES, ids=[case[0] for case in RULES])
def test_robots(reason: str, text: str, path: str, allowed: bool) -> None:
    assert parse_robots(text, agent="onrecord").allows(path) is allowed


class Proxying(BaseHTTPRequestHandler):
    """A proxy that answers every host by itself."""

    asked: list[tuple[str, str | None]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Proxy-Authorization"]))
        status, data = (404, b"") if self.path.endswith("robots.txt") else (200, PAGE.encode())
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_CONNECT(self) -> None:
        self.asked.append((self.path, self.headers["Proxy-Authorization"]))
        self.send_error(403)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A proxy that the environment names, and names that are known at the proxy only."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    fetch._robots.clear()
    Proxying.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxying)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    fetch._robots.clear()


@pytest.fixture
def unknown_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise OSError("no name server")

    monkeypatch.setattr(socket, "getaddrinfo", _but_for_loopback(socket.getaddrinfo, unknown))


def _but_for_loopback(real: Any, other: Any) -> Any:
    return lambda host, *rest, **named: (real if host == "127.0.0.1" else other)(host, *rest, **named)


@pytest.mark.usefixtures("unknown_here")
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_used(
    proxy: str, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, f"http://ana:p%40ss@{proxy}")
    document = load_document("http://news.example.org/page")
    assert document.text.startswith(SAID)
    login = "Basic YW5hOnBAc3M="  # ana:p@ss
    assert Proxying.asked == [(f"http://news.example.org/{name}", login) for name in ("robots.txt", "page")]


@pytest.mark.usefixtures("unknown_here")
def test_a_page_over_tls_is_asked_of_the_proxy_by_name_and_its_refusal_is_named(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://ana:secret@{proxy}")
    with pytest.raises(FetchError, match="proxy that the environment names refuses") as caught:
        load_document("https://news.example.org/page")
    assert Proxying.asked[0][0] == "news.example.org:443"
    assert "secret" not in str(caught.value)


PRIVATE = [
    ("an address of this machine", "http://127.0.0.1/"),
    ("an address of a private network", "http://10.0.0.7/"),
    ("a cloud's metadata", "http://169.254.169.254/latest/meta-data"),
    ("loopback in IPv6", "http://[::1]/"),
    ("a number that systems read as an address", "http://2130706433/"),
    ("this machine's name", "http://localhost/"),
    ("a name without a dot", "http://intranet/"),
    ("a name that only private networks have", "http://wiki.internal/"),
    ("the same with a dot at its end", "http://wiki.corp./"),
]


@pytest.mark.parametrize(("reason", "url"), PRIVATE, ids=[reason for reason, _ in PRIVATE])
@pytest.mark.usefixtures("unknown_here")
def test_a_proxy_is_not_asked_for_private_hosts(
    proxy: str, monkeypatch: pytest.MonkeyPatch, reason: str, url: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy)
    with pytest.raises(ForbiddenError):
        load_document(url)
    assert Proxying.asked == []


def test_a_proxy_is_not_asked_for_a_name_that_is_private_here(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def private(*_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", _but_for_loopback(socket.getaddrinfo, private))
    monkeypatch.setenv("HTTP_PROXY", proxy)
    with pytest.raises(ForbiddenError, match="private"):
        load_document("http://news.example.org/page")
    assert Proxying.asked == []


@pytest.mark.parametrize("excepted", ["127.0.0.1", "*"])
def test_hosts_that_the_environment_excepts_are_asked_directly(
    site: str, proxy: str, monkeypatch: pytest.MonkeyPatch, excepted: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("NO_PROXY", excepted)
    assert load_document(site + "/page", options=inside()).text.startswith(SAID)
    assert Proxying.asked == []


def test_a_proxy_of_another_kind_is_an_error_that_does_not_show_its_password(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"socks5://ana:secret@{proxy}")
    with pytest.raises(FetchError, match="HTTP_PROXY") as caught:
        load_document("http://news.example.org/page")
    assert "secret" not in str(caught.value)
