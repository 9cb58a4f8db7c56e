"""No test reaches past this machine: every socket call Python makes is checked, also between tests and in threads."""

import ipaddress
import sys
from typing import Any

refused: list[str] = []
"""What was tried and refused; code that swallows the error is found by it."""

# Where in the arguments of an audit event the host, or an address that begins with it, stands.
_HOST_AT = {
    "socket.bind": 1,
    "socket.connect": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyaddr": 0,
    "socket.gethostbyname": 0,
    "socket.getnameinfo": 0,
    "socket.sendmsg": 1,
    "socket.sendto": 1,
}


class NetworkRefused(OSError):
    """A test tried to reach another machine, or to listen to one."""


def guard() -> None:
    sys.addaudithook(_check)


def _check(event: str, args: tuple[Any, ...]) -> None:
    if event not in _HOST_AT:
        return
    host = args[_HOST_AT[event]]
    if isinstance(host, tuple):
        host = host[0]
    elif not event.startswith("socket.get"):
        return  # A path: a Unix socket.
    if _is_far(host):
        refused.append(f"{event} {host!r}")
        message = f"Tests speak to this machine only; {event} was given {host!r}."
        raise NetworkRefused(message)


def _is_far(host: object) -> bool:
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or host == "localhost":
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True
