"""The proxy that the environment names: ``HTTP_PROXY``, ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY``,
uppercase or lowercase.

A proxy resolves a host's name and connects to it. So the host is checked before the proxy is asked. An address has
to be public. A name must not be one that only private networks have. Where this machine can resolve the name, all
of its addresses have to be public. A name that resolves only at the proxy is left to the proxy, whose administrator
decides what it may reach.
"""

from __future__ import annotations

import base64
import urllib.request
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from onrecord.errors import FetchError, ForbiddenError
from onrecord.loaders.public_hosts import is_address, is_public, public_addresses

# Names of private networks: RFC 6761, 6762 and 8375, ICANN's ".internal", and what routers and firms use.
_PRIVATE_NAMES = (
    ".local",
    ".localhost",
    ".internal",
    ".intranet",
    ".lan",
    ".home",
    ".corp",
    ".private",
    ".home.arpa",
    ".test",
)


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy: its scheme, host and port, and the ``Proxy-Authorization`` that its address asks for."""

    scheme: str
    host: str
    port: int
    authorization: bytes | None


def proxy_for(scheme: str, host: str, *, named: str) -> Proxy | None:
    """The proxy for an address, or ``None`` where it is reached directly.

    Raises:
        FetchError: the environment names a proxy of a kind that isn't supported.
    """
    found = urllib.request.getproxies_environment()
    address = found.get(scheme) or found.get("all")
    if not address or urllib.request.proxy_bypass(host):
        return None
    variable = f"{scheme.upper()}_PROXY" if found.get(scheme) else "ALL_PROXY"
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme not in ("http", "https") or not parts.hostname:
        # The address isn't shown: it may hold a password.
        raise FetchError(
            named,
            f"expected a proxy such as http://host:3128 in {variable}, found another kind; "
            "change it or unset it",
        )
    authorization = None
    if parts.username is not None:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = b"Basic " + base64.b64encode(login.encode("utf-8"))
    return Proxy(parts.scheme, parts.hostname, port, authorization)


def check_host(host: str, port: int, *, named: str, allow_private: bool, timeout_s: float) -> None:
    """Refuses a host that a proxy mustn't be asked for.

    Raises:
        ForbiddenError: its name or one of its addresses is a private network's.
    """
    if allow_private:
        return
    name = host.rstrip(".").lower()
    if is_address(name):  # without asking the system, whose answer may be that it has no such network
        if not is_public(name):
            raise ForbiddenError(
                named,
                f"the host {host!r:.100} stands in a private or special network; "
                "only public addresses are read",
            )
        return
    if "." not in name or f".{name}".endswith(_PRIVATE_NAMES):
        raise ForbiddenError(
            named, f"the host {host!r:.100} is a name of a private network; only public hosts are read"
        )
    try:
        public_addresses(host, port, named=named, timeout_s=timeout_s)
    except FetchError:  # not known here: where a proxy is needed, often nothing is
        return
