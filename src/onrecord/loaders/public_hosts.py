"""Which hosts may be asked: those all of whose addresses are the public internet's."""

from __future__ import annotations

import ipaddress
import socket
import threading

from onrecord.errors import FetchError, ForbiddenError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
# Beyond what ``is_global`` refuses in every supported Python: shared address space, 6to4 relays, benchmarks, documentation, and
# prefixes that lead into other networks. https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-.
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        [
            "0.0.0.0/8",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "240.0.0.0/4",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
        ],
    )
)


def is_public(address: str) -> bool:
    """Whether an address is one of the internet's; one written inside an IPv6 address (mapped, 6to4, NAT64) has to be, too.

    >>> is_public("93.184.215.14"), is_public("::ffff:127.0.0.1"), is_public("100.64.0.1"), is_public("fe80::1%eth0")
    (True, False, False, False)
    """
    ip: _Address = ipaddress.ip_address(address.partition("%")[0])
    inner = _inside(ip)
    if inner is not None:
        return is_public(str(inner))
    return (
        ip.is_global and not ip.is_multicast and not ip.is_reserved and not any(ip in net for net in _SPECIAL)
    )


def _inside(ip: _Address) -> ipaddress.IPv4Address | None:
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour
    if ip in _NAT64 or (ip in _COMPATIBLE and int(ip) > 1):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def public_addresses(
    host: str, port: int, *, named: str, allow_private: bool = False, timeout_s: float = 10.0
) -> tuple[str, ...]:
    """The addresses of a host, all of them looked at.

    Args:
        host: a name, or an address as the URL has it, without brackets.
        named: what errors name.
        allow_private: whether loopback and private networks may be asked.
        timeout_s: the longest wait for the name to resolve, in seconds.

    Raises:
        ForbiddenError: one of them isn't public, or the host is a number that only looks like a name (``2130706433``,
            ``0x7f.1``), which systems read as an address in different ways.
        FetchError: the name isn't known, or isn't resolved in time.
    """
    label = host.rstrip(".").rpartition(".")[2].lower()
    if (label.isdecimal() or label.startswith("0x")) and not is_address(host):
        raise ForbiddenError(
            named,
            f"expected a host's name or a plain address, found the number {host!r:.60}; write it as 203.0.113.7",
        )
    found = _resolved(host, port, named, timeout_s)
    for address in found:
        if not allow_private and not is_public(address):
            raise ForbiddenError(
                named,
                f"the host {host!r:.100} stands in a private or special network ({address}); only public addresses are read",
            )
    return found


def is_address(host: str) -> bool:
    """Whether a host is an address and not a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _resolved(host: str, port: int, named: str, timeout_s: float) -> tuple[str, ...]:
    """The system's answer. It knows no time limit, so that it is asked in a thread that may be left behind."""
    response_head: list[tuple[str, ...]] = []
    failure: list[Exception] = []

    def ask() -> None:
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            failure.append(error)
        else:
            response_head.append(tuple(dict.fromkeys(str(entry[4][0]) for entry in entries)))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(timeout_s)
    if response_head and response_head[0]:
        return response_head[0]
    if failure:
        raise FetchError(
            named, f"the host {host!r:.100} isn't known ({failure[0]}); check the address and the connection"
        )
    raise FetchError(
        named, f"the host {host!r:.100} wasn't found within {timeout_s:.0f} seconds; try again later"
    )
