"""Connections to hosts that were looked at, within one limit of time for everything.

A name can resolve to a public address when it is looked at and to a private one when it is connected to (DNS rebinding). So the
look and the connection are one step here, below the HTTP library: it connects to the very address that was looked at, while
the certificate is still checked against the name.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore

from onrecord.loaders.public_hosts import public_addresses


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time by which all has to be done."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """So many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self, timeout: float | None = None) -> float:
        """Seconds left, at most ``timeout`` of them; never below a hundredth, at which a wait fails at once."""
        left = max(self.at - time.monotonic(), 0.01)
        return left if timeout is None else min(left, timeout)

    @property
    def passed(self) -> bool:
        """Whether it is over."""
        return time.monotonic() >= self.at


class CheckedNetwork(httpcore.NetworkBackend):
    """A network on which only addresses that ``public_addresses`` lets through are connected to."""

    def __init__(self, *, named: str, allow_private: bool, deadline: Deadline) -> None:
        self._named = named
        self._allow_private = allow_private
        self._deadline = deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        addresses = public_addresses(
            host, port, named=self._named, allow_private=self._allow_private, timeout_s=left
        )
        error: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in addresses:
            try:
                stream = self._network.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
            else:
                return _TimedStream(stream, self._deadline)
        raise error or httpcore.ConnectError("no address")


class _TimedStream(httpcore.NetworkStream):
    """A stream on which no wait goes beyond the deadline: a server that sends a byte a second doesn't hold us."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._deadline.passed:
            raise httpcore.ReadTimeout("out of time")
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._deadline.passed:
            raise httpcore.WriteTimeout("out of time")
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
