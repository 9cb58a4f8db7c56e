"""Fetching a calendar from a real server on this machine, and from where Muster must not go."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from domain.calendars import NotRead, Trouble
from schedules.feeds import MOST_BYTES, MOST_REDIRECTS, Feed, Feeds, is_public
from tests.calendars.ics import days, feed
from tests.calendars.server import CalendarServer, calendar_server, reply
from tests.certificates import certificate

FEED = feed(days("20261201", "20261202"))
OWN = Feeds({"127.0.0.1"})
HERE = "127.0.0.1"


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with calendar_server() as found:
        yield found


def refusal(feeds: Feeds, url: str, *, seconds: float = 5) -> Trouble:
    with pytest.raises(NotRead) as refused:
        feeds.fetch(url, seconds=seconds)
    assert url not in str(refused.value)
    return refused.value.trouble


def test_it_reads_what_is_there_and_asks_for_it_again_only_if_it_has_changed(server: CalendarServer) -> None:
    server.pages["/a.ics"] = FEED
    found = OWN.fetch(server.url("/a.ics"))
    assert isinstance(found, Feed)
    assert found.text == FEED
    assert OWN.fetch(server.url("/a.ics"), etag=found.etag) is None
    server.pages["/a.ics"] = FEED + b"\r\n"
    assert OWN.fetch(server.url("/a.ics"), etag=found.etag)


def leads_to(place: str) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda request: reply(request, 302, Location=place)


STATUSES = {
    401: Trouble.DENIED,
    403: Trouble.DENIED,
    404: Trouble.MISSING,
    410: Trouble.MISSING,
    500: Trouble.UNREACHED,
}


@pytest.mark.parametrize("status", STATUSES)
def test_what_the_server_refuses_says_why(server: CalendarServer, status: int) -> None:
    server.pages["/a.ics"], server.statuses["/a.ics"] = FEED, status
    assert refusal(OWN, server.url("/a.ics")) is STATUSES[status]


def test_it_follows_a_few_redirects(server: CalendarServer) -> None:
    for number in range(MOST_REDIRECTS + 1):
        server.pages[f"/{number}"] = leads_to(f"/{number - 1}")
    server.pages["/0"] = FEED
    assert OWN.fetch(server.url(f"/{MOST_REDIRECTS}"))
    assert refusal(OWN, server.url("/endless")) is Trouble.MISSING
    server.pages["/0"] = leads_to("/0")
    assert refusal(OWN, server.url("/0")) is Trouble.UNREACHED


def test_a_redirect_to_where_muster_must_not_go_is_not_followed(server: CalendarServer) -> None:
    """The name of the host is one's own, the number it leads to is not."""
    for place in ("127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.8", "0.0.0.0"):  # noqa: S104 - asked, not listened to
        server.pages["/a.ics"] = leads_to(f"https://{place}:{server.port}/secret")
        assert refusal(Feeds({"localhost"}), server.url("/a.ics", "localhost")) is Trouble.NOT_PUBLIC
    server.pages["/a.ics"] = leads_to("file:///etc/passwd")
    assert refusal(OWN, server.url("/a.ics")) is Trouble.NOT_PUBLIC
    assert {path for path, _headers in server.asked} == {"/a.ics"}


def test_a_name_is_asked_for_once_and_only_open_addresses_are_connected_to(server: CalendarServer) -> None:
    """A name that means an open address when it is checked and this machine when it is connected to leads nowhere."""
    asked = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [HERE, "::ffff:127.0.0.1", "::1"]

    feeds = Feeds(resolve=rebinding)
    assert refusal(feeds, f"https://calendar.example.com:{server.port}/a.ics") is Trouble.NOT_PUBLIC
    assert asked == ["calendar.example.com"]
    assert server.asked == []


def test_a_name_that_means_nothing_is_not_reached() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(8, "not known")

    assert refusal(Feeds(resolve=unknown), "https://calendar.example.com/a.ics") is Trouble.UNREACHED
    assert refusal(Feeds(resolve=lambda *_: []), "https://calendar.example.com/a.ics") is Trouble.UNREACHED


CLOSED = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),  # noqa: S104 - asked about
    *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:db8::1"),
    *(
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1:a00:0:100:808:808",
        "::127.0.0.1",
    ),
]


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_that_are_not_of_the_open_internet_are_closed(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "142.250.74.46", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_addresses_of_the_open_internet_are_open(address: str) -> None:
    assert is_public(address)


def test_what_is_too_large_is_not_read_to_its_end(server: CalendarServer) -> None:
    sent = 0

    def endless(request: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        request.send_response(200)
        request.end_headers()
        while sent < 20 * MOST_BYTES:
            sent += request.wfile.write(b"X" * 65_536)

    server.pages["/a.ics"] = endless
    assert refusal(OWN, server.url("/a.ics")) is Trouble.TOO_LARGE
    assert sent < 20 * MOST_BYTES


def drip(request: BaseHTTPRequestHandler) -> None:
    while True:
        request.wfile.write(b"H")
        time.sleep(0.05)


def drip_text(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    drip(request)


def silence(_request: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


@pytest.mark.parametrize("slow", [drip, drip_text, silence])
def test_a_server_that_takes_its_time_does_not_take_more_of_it_than_there_is(
    server: CalendarServer, slow: object
) -> None:
    server.pages["/a.ics"] = slow  # type: ignore[assignment] # each of them answers a request
    began = time.monotonic()
    assert refusal(OWN, server.url("/a.ics"), seconds=0.4) is Trouble.UNREACHED
    assert time.monotonic() - began < 2


def nonsense(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"\x16\x03\x01 nothing like HTTP\r\n\r\n")
    request.close_connection = True


def packed(request: BaseHTTPRequestHandler) -> None:
    reply(request, 200, b"\x1f\x8b", Content_Encoding="gzip")


def test_what_is_not_as_it_should_be_is_a_trouble_and_no_error(server: CalendarServer) -> None:
    server.pages |= {"/nonsense": nonsense, "/packed": packed}
    assert refusal(OWN, server.url("/nonsense")) is Trouble.UNREACHED
    assert refusal(OWN, server.url("/packed")) is Trouble.NO_CALENDAR
    with socket.socket() as free:
        free.bind((HERE, 0))
        assert refusal(OWN, f"http://{HERE}:{free.getsockname()[1]}/a.ics") is Trouble.UNREACHED


def test_tls_is_checked_against_the_name_and_not_the_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate(tmp_path, "localhost"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    with calendar_server(tls) as server:
        server.pages["/a.ics"] = FEED
        feeds = Feeds({"localhost", "calendar.example.com"}, resolve=lambda *_: [HERE])
        assert feeds.fetch(server.url("/a.ics", "localhost"))
        assert refusal(feeds, server.url("/a.ics", "calendar.example.com")) is Trouble.UNREACHED
