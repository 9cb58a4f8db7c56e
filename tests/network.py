"""No test reaches past this machine: all calls of Python's `socket` are checked, also between tests and in threads.

An audit hook would see them too, but also each `id()`, of which SQLAlchemy makes thousands in a test.
"""

import _socket
import functools
import ipaddress
import socket
from collections.abc import Callable
from typing import Any

refused: list[str] = []
"""What was tried and refused; code that swallows the error is found by it."""

# Where in the arguments the address stands, which begins with the host.
_METHODS = {"bind": 1, "connect": 1, "connect_ex": 1, "sendmsg": 4, "sendto": -1}
# The host stands first.
_LOOKUPS = ("getaddrinfo", "gethostbyaddr", "gethostbyname", "gethostbyname_ex", "getnameinfo")


class NetworkRefused(OSError):
    """A test tried to reach another machine, or to listen to one."""


def guard() -> None:
    for name, at in _METHODS.items():
        setattr(socket.socket, name, _checked(getattr(socket.socket, name), at))
    for name in _LOOKUPS:
        checked = _checked(getattr(_socket, name), 0)
        # What `socket` did not take over from there as it is calls it there.
        for module in (_socket, socket) if getattr(socket, name) is getattr(_socket, name) else (_socket,):
            setattr(module, name, checked)


def _checked(call: Callable[..., Any], at: int) -> Callable[..., Any]:
    @functools.wraps(call)
    def checked(*args: Any) -> Any:
        # `sendmsg` on what is connected names nobody.
        host = args[at] if at < len(args) else None
        if isinstance(host, tuple):
            host = host[0]
        elif at:
            host = None  # A path: a Unix socket.
        if host is not None and _is_far(host):
            refused.append(f"socket.{call.__name__} {host!r}")
            message = f"Tests speak to this machine only; socket.{call.__name__} was given {host!r}."
            raise NetworkRefused(message)
        return call(*args)

    return checked


def _is_far(host: object) -> bool:
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or host == "localhost":
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True
