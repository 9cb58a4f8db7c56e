"""Signed HTTP: what an app hears at its address, how it is signed, and what comes again."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from sandbox.client import Client, Refused, eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox, listening, manifest, serving

Answer = tuple[str, list[tuple[str, str]], bytes]
OK: Answer = ("200 OK", [], b"")


class Desk:
    """An address that keeps the requests it gets; `answer` decides what it says."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], str]] = []
        self.answer: Callable[[str, int], Answer] = lambda _body, _count: OK

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        if '"url_verification"' in body:
            start_response("200 OK", [])
            return [json.loads(body)["challenge"].encode()]
        self.requests.append((_headers(environ), body))
        status, headers, said = self.answer(body, len(self.requests))
        start_response(status, headers)
        return [said]


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    sent = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    return {**sent, "content-type": environ["CONTENT_TYPE"]}


@contextmanager
def desk_at_work(desk: Desk) -> Iterator[tuple[Sandbox, Client]]:
    with (
        serving(desk) as url,
        Sandbox(manifest=manifest(), start=FRIDAY, request_url=url) as box,
        Client(box.url) as client,
    ):
        yield box, client


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_bolt_app_lives_on_http_alone() -> None:
    inbox = Inbox()
    inbox.answer = {"text": "Noted"}
    with listening(inbox.register) as box, Client(box.url) as client:
        ana = client.person("Ana")
        ana.command("/note", "buy milk", channel="forecast")
        ana.say("app", "hello")
        inbox.wait_for("message")
        assert inbox.all("command")[0]["text"] == "buy milk"
        assert [message["text"] for message in ana.ephemerals("forecast")] == ["Noted"]
        assert len(box.slack.connections) == 0


def test_every_request_is_signed_with_the_secret(desk: Desk) -> None:
    with desk_at_work(desk) as (box, client):
        client.person("Ana").command("/note", "x & y", channel="forecast")
        ((headers, body),) = desk.requests
        verifier = SignatureVerifier(box.signing_secret)
        assert verifier.is_valid(body, headers["x-slack-request-timestamp"], headers["x-slack-signature"])
        assert not SignatureVerifier("another").is_valid_request(body, headers)


def test_a_command_is_a_form_and_an_event_is_json(desk: Desk) -> None:
    with desk_at_work(desk) as (_, client):
        ana = client.person("Ana")
        ana.command("/note", "x & y", channel="forecast")
        ana.say("app", "hello")
        assert eventually(lambda: len(desk.requests) == 2)
    (command, form), (event, said) = desk.requests
    assert command["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(form)["text"] == ["x &amp; y"]
    assert event["content-type"] == "application/json"
    assert json.loads(said)["event"]["text"] == "hello"


def test_plain_text_in_answer_to_a_command_is_what_its_person_reads(desk: Desk) -> None:
    desk.answer = lambda _body, _count: ("200 OK", [("content-type", "text/plain")], b"Just so")
    with desk_at_work(desk) as (_, client):
        ana = client.person("Ana")
        ana.command("/note", channel="forecast")
        assert [message["text"] for message in ana.ephemerals("forecast")] == ["Just so"]


def test_an_event_comes_again_at_once_after_a_minute_and_after_five(desk: Desk) -> None:
    desk.answer = lambda _body, _count: ("500 Internal Server Error", [], b"")
    with desk_at_work(desk) as (_, client):
        client.person("Ana").say("app", "hello")
        assert eventually(lambda: len(desk.requests) == 2)
        client.next_event()
        assert eventually(lambda: len(desk.requests) == 3)
        client.next_event()
        assert eventually(lambda: len(desk.requests) == 4)
    retries = [(headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")) for headers, _ in desk.requests]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({json.loads(body)["event_id"] for _, body in desk.requests}) == 1


def test_an_app_can_ask_for_an_event_not_to_come_again(desk: Desk) -> None:
    desk.answer = lambda _body, _count: ("500 Internal Server Error", [("x-slack-no-retry", "1")], b"")
    with desk_at_work(desk) as (box, client):
        client.person("Ana").say("app", "hello")
        assert eventually(lambda: [delivery.acked for delivery in box.log.deliveries()] == [False])
        assert client.next_event()["moved"]
    assert len(desk.requests) == 1


def test_two_redirects_are_followed_and_a_third_is_not(desk: Desk) -> None:
    def bounce(times: int) -> Callable[[str, int], Answer]:
        return lambda _body, count: (
            ("307 Temporary Redirect", [("location", f"/{count}")], b"") if count <= times else OK
        )

    desk.answer = bounce(2)
    with desk_at_work(desk) as (_, client):
        client.person("Ana").command("/note", channel="forecast")
        desk.requests.clear()
        desk.answer = bounce(3)
        with pytest.raises(Refused):
            client.person("Ana").command("/note", channel="forecast")


def test_an_address_that_does_not_answer_the_challenge_gets_no_events(desk: Desk) -> None:
    class Deaf(Desk):
        def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
            self.requests.append(({}, body))
            start_response("200 OK", [])
            return [b"what?"]

    deaf = Deaf()
    with desk_at_work(deaf) as (_, client):
        client.person("Ana").say("app", "hello")
        assert eventually(lambda: len(deaf.requests) == 2)
    assert {json.loads(body)["type"] for _, body in deaf.requests} == {"url_verification"}


def test_an_error_of_the_app_is_told_to_whoever_acted_and_comes_once(desk: Desk) -> None:
    desk.answer = lambda _body, _count: ("500 Internal Server Error", [], b"No such command, sorry")
    with desk_at_work(desk) as (box, client):
        ana = client.person("Ana")
        with pytest.raises(Refused, match="dispatch_failed"):
            ana.command("/note", channel="forecast")
        with pytest.raises(Refused, match="timeout"):
            ana.shortcut("New note")
        assert ana.ephemerals("forecast") == [], "an error is no answer"
        assert client.next_event()["moved"]
        reasons = [[attempt.reason for attempt in delivery.tries] for delivery in box.log.deliveries()]
    assert reasons == [["http_error"], ["http_error"]]


def test_who_waits_too_long_for_a_command_reads_so(desk: Desk) -> None:
    release = threading.Event()

    def slow(_body: str, _count: int) -> Answer:
        release.wait(10)
        return OK

    desk.answer = slow
    with desk_at_work(desk) as (box, client):
        began = time.monotonic()
        with pytest.raises(Refused, match="operation_timeout"):
            client.person("Ana").command("/note", channel="forecast")
        assert 2.5 < time.monotonic() - began < 5
        release.set()
        (delivery,) = box.log.deliveries()
        assert [attempt.reason for attempt in delivery.tries] == ["http_timeout"]


def test_an_address_where_nobody_listens_is_said() -> None:
    with (
        Sandbox(manifest=manifest(), start=FRIDAY, request_url="http://127.0.0.1:9/") as box,
        Client(box.url) as client,
    ):
        with pytest.raises(Refused, match="dispatch_failed"):
            client.person("Ana").command("/note", channel="forecast")
        assert box.log.deliveries()[0].tries[0].reason == "connection_failed"


def test_a_manifest_without_socket_mode_must_say_where_to_send() -> None:
    app = manifest()
    app["settings"]["socket_mode_enabled"] = False
    for path, missing in (
        ("event_subscriptions", "event_subscriptions.request_url"),
        ("interactivity", "interactivity"),
    ):
        with pytest.raises(ValueError, match=missing):
            Sandbox(manifest=app)
        app["settings"][path]["request_url"] = "http://127.0.0.1:9/"
    with pytest.raises(ValueError, match="the command /note a url"):
        Sandbox(manifest=app)
