"""Fetching a calendar's text from wherever somebody says it is, without being led to where Muster must not go.

Every connection is opened to an address that has been checked, never to a name: a name may mean another machine by the
time it is asked for again. httpcore is used without httpx, which writes addresses into the log.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

import httpcore2

from domain.calendars import Address, BadAddress, NotRead, Trouble, read_address

MOST_BYTES = 2_000_000
MOST_REDIRECTS = 3
MOST_ADDRESSES = 4
"""Of one name, tried one after another."""
MOST_SECONDS = 30.0
"""For all of it; a server that sends a byte now and then must not hold a thread for hours."""
WAIT_SECONDS = 10.0
"""For each step."""
OK, NOT_MODIFIED = 200, 304
REDIRECTS = frozenset({301, 302, 303, 307, 308})
TROUBLES = {
    401: Trouble.DENIED,
    403: Trouble.DENIED,
    404: Trouble.MISSING,
    410: Trouble.MISSING,
    413: Trouble.TOO_LARGE,
}
FAILED = (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol)
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]
"""The addresses of a host."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
NAT64_OF_ONES_OWN = ipaddress.ip_network("64:ff9b:1::/48")
"""RFC 8215: where in it the address of version 4 stands, and whether it lies inside, only that network knows."""


@dataclass(frozen=True)
class Feed:
    text: bytes
    etag: str = ""
    changed: str = ""


def resolve(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Feeds:
    """`own_hosts` may lie in the network that Muster runs in."""

    def __init__(self, own_hosts: Collection[str] = (), *, resolve: Resolve = resolve) -> None:
        self._own_hosts, self._resolve = own_hosts, resolve

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Made when it is first needed: to read the machine's certificates takes a while."""
        return httpcore2.default_ssl_context()

    def fetch(self, url: str, *, etag: str = "", changed: str = "", seconds: float = MOST_SECONDS) -> Feed | None:
        """None if it is still what `etag` or `changed` said. Raises NotRead."""
        until = time.monotonic() + seconds
        headers = {"If-None-Match": etag, "If-Modified-Since": changed}
        known = {name: value for name, value in headers.items() if value}
        for _ in range(MOST_REDIRECTS + 1):
            found = self._ask(self._checked(url), known, until)
            if not isinstance(found, str):
                return found
            url = urljoin(url, found)
        raise NotRead(Trouble.UNREACHED)

    def _checked(self, url: str) -> Address:
        try:
            return read_address(url, self._own_hosts)
        except BadAddress as error:
            raise NotRead(Trouble.NOT_PUBLIC) from error

    def _ask(self, address: Address, known: dict[str, str], until: float) -> Feed | str | None:
        """What is there, where else it is, or None if it has not changed."""
        guard = Guard(until, None if address.is_own else is_public, self._resolve)
        headers = {"Accept": "text/calendar", "Accept-Encoding": "identity", "User-Agent": "Muster", **known}
        tls = self._tls if address.url.startswith("https:") else None
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), WAIT_SECONDS)
        with (
            _troubles(),
            httpcore2.ConnectionPool(ssl_context=tls, network_backend=guard, max_connections=1) as pool,
            pool.stream("GET", address.url, headers=list(headers.items()), extensions={"timeout": timeout}) as answer,
        ):
            return _answer(answer)


@contextmanager
def _troubles() -> Iterator[None]:
    try:
        yield
    except (*FAILED, ValueError) as error:
        raise NotRead(Trouble.UNREACHED) from error


def _answer(answer: httpcore2.Response) -> Feed | str | None:
    said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
    if answer.status == NOT_MODIFIED:
        return None
    if answer.status in REDIRECTS and said.get("location"):
        return said["location"]
    if answer.status != OK:
        raise NotRead(TROUBLES.get(answer.status, Trouble.UNREACHED))
    if said.get("content-encoding", "identity") != "identity":
        raise NotRead(Trouble.NO_CALENDAR)
    return Feed(_text(answer), said.get("etag", "")[:MOST_TOLD], said.get("last-modified", "")[:MOST_TOLD])


MOST_TOLD = 200
"""Of what a server says of a text."""


def _text(answer: httpcore2.Response) -> bytes:
    found = bytearray()
    for piece in answer.iter_stream():
        found += piece
        if len(found) > MOST_BYTES:
            raise NotRead(Trouble.TOO_LARGE)
    return bytes(found)


def is_public(address: str) -> bool:
    """Whether it is one of the open internet, be it written inside another one."""
    return all(
        each.is_global
        and not (each.is_multicast or each.is_reserved or each.is_private or each.is_loopback or each.is_link_local)
        and not (isinstance(each, ipaddress.IPv6Address) and (each.is_site_local or each in NAT64_OF_ONES_OWN))
        for each in _meant(ipaddress.ip_address(address))
    )


def _meant(address: IpAddress) -> Iterator[IpAddress]:
    """The address, or those of version 4 that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        inside.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    found = [each for each in inside if each]
    yield from found or [address]


class Guard(httpcore2.NetworkBackend):
    """Connects only to addresses that `may` allows, and lets nothing go on after `until`."""

    def __init__(self, until: float, may: Callable[[str], bool] | None, resolve: Resolve) -> None:
        self._until, self._may, self._resolve = until, may, resolve
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Raises NotRead if no address of the host is allowed."""
        failure: Exception = httpcore2.ConnectError()
        for address in self._allowed(host.strip("[]"), port):
            try:
                left = _left(self._until, timeout)
                found = self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return Bounded(found, self._until)
        raise failure

    def _allowed(self, host: str, port: int) -> list[str]:
        try:
            addresses = list(dict.fromkeys(_literal(host) or self._resolve(host, port)))
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError from error
        found = [each for each in addresses if self._may is None or self._may(each)]
        if addresses and not found:
            raise NotRead(Trouble.NOT_PUBLIC)
        return found[:MOST_ADDRESSES]


def _literal(host: str) -> list[str]:
    """The address itself, where that is what stands there."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        return []


class Bounded(httpcore2.NetworkStream):
    """Each step waits no longer than is left of the whole."""

    def __init__(self, inner: httpcore2.NetworkStream, until: float) -> None:
        self._inner, self._until = inner, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._until, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        found = self._inner.start_tls(ssl_context, server_hostname, _left(self._until, timeout))
        return Bounded(found, self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(until: float, timeout: float | None) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout
    return min(left, timeout or left)
