"""Tests may speak to this machine only. The far addresses are of the ranges reserved for documentation."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import network

FAR = "192.0.2.1"
FAR_V6 = "2001:db8::1"


@pytest.fixture
def tcp() -> Iterator[socket.socket]:
    with socket.socket() as made:
        yield made


@pytest.fixture
def udp() -> Iterator[socket.socket]:
    with socket.socket(type=socket.SOCK_DGRAM) as made:
        yield made


@contextlib.contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(network.NetworkRefused):
        yield
    # What stays noted there fails the test, as it would any other.
    assert network.refused
    network.refused.clear()


@pytest.mark.parametrize("host", [FAR, "0.0.0.0"])
def test_it_refuses_to_connect_elsewhere(tcp: socket.socket, host: str) -> None:
    with refused():
        tcp.connect((host, 80))
    with refused():
        tcp.connect_ex((host, 80))
    with refused():
        socket.create_connection((host, 80))


def test_it_refuses_to_connect_elsewhere_by_ipv6() -> None:
    with socket.socket(socket.AF_INET6) as made, refused():
        made.connect((FAR_V6, 80, 0, 0))


def test_it_refuses_to_send_a_datagram_elsewhere(udp: socket.socket) -> None:
    with refused():
        udp.sendto(b"hello", (FAR, 53))
    with refused():
        udp.sendmsg([b"hello"], [], 0, (FAR, 53))


def test_it_refuses_to_look_up_a_name() -> None:
    with refused():
        socket.create_connection(("example.org", 443))
    with refused():
        socket.getaddrinfo("example.org", 443)
    with refused():
        socket.gethostbyname("example.org")


def test_it_refuses_to_look_up_whose_an_address_is() -> None:
    with refused():
        socket.gethostbyaddr(FAR)
    with refused():
        socket.getnameinfo((FAR, 80), 0)


@pytest.mark.parametrize("host", ["", "0.0.0.0"])
def test_it_refuses_to_listen_to_other_machines(tcp: socket.socket, host: str) -> None:
    with refused():
        tcp.bind((host, 0))


def test_it_also_refuses_in_a_thread_that_swallows_the_error(tcp: socket.socket) -> None:
    def reach_out() -> None:
        with contextlib.suppress(OSError):
            tcp.connect((FAR, 80))

    thread = threading.Thread(target=reach_out)
    thread.start()
    thread.join()
    assert network.refused == [f"socket.connect '{FAR}'"]
    network.refused.clear()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_it_allows_this_machine(tcp: socket.socket, host: str) -> None:
    tcp.bind((host, 0))
    tcp.listen()
    with socket.create_connection((host, tcp.getsockname()[1])) as connected:
        assert connected.getpeername() == tcp.getsockname()


def test_it_allows_unix_sockets(tmp_path: Path) -> None:
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)
