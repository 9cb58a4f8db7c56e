"""Acknowledgements that come too late: what the person sees, and what is left for the app to do.

Slack's three seconds are fewer here, for the acknowledgement and the trigger alike.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Person, Refused, eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox, connected, listening, manifest, web_client
from tests.sandbox.test_blocks import FORECAST, actions, button, field, modal, plain
from tests.sandbox.test_views import open_form
from tests.sandbox.test_web_api import error

WINDOW = 0.4


@dataclass
class Office:
    box: Sandbox
    inbox: Inbox
    slack: WebClient
    ana: Person
    reason: str

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """In this block the app confirms nothing; afterwards it confirms what it has."""
        woken = threading.Event()

        def wait(_: object) -> None:
            woken.wait(10)

        self.inbox.work = wait
        try:
            yield
        finally:
            self.inbox.work = lambda _: None
            woken.set()

    def last(self, kind: str) -> dict[str, Any]:
        """The newest body of its kind, of which Slack sent one and waited for it in vain."""
        body = self.inbox.all(kind)[-1]
        delivery = next(each for each in reversed(self.box.log.deliveries()) if each.type == kind)
        assert [attempt.reason for attempt in delivery.tries] == [self.reason]
        assert delivery.acked is False
        return body


@pytest.fixture(params=["socket", "http"])
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    inbox = Inbox()
    over_http = request.param == "http"
    with _at_work(inbox, over_http=over_http) as box, Client(box.url) as client:
        reason = "http_timeout" if over_http else "timeout"
        yield Office(box, inbox, web_client(box), client.person("Ana"), reason)


@contextmanager
def _at_work(inbox: Inbox, *, over_http: bool) -> Iterator[Sandbox]:
    if over_http:
        with listening(inbox.register, ack_seconds=WINDOW) as box:
            yield box
        return
    with Sandbox(manifest=manifest(), start=FRIDAY, ack_seconds=WINDOW) as box, connected(box, inbox.register):
        yield box


def test_a_command_says_that_it_timed_out_and_can_still_be_answered(office: Office) -> None:
    office.inbox.answer = {"text": "Too late", "response_type": "in_channel"}
    with office.asleep(), pytest.raises(Refused, match="operation_timeout"):
        office.ana.command("/note", channel="forecast")
    body = office.last("command")
    assert error(office.slack.views_open, trigger_id=body["trigger_id"], view=modal()) == "expired_trigger_id"
    httpx2.post(body["response_url"], json={"text": "At last"})
    assert [message["text"] for message in office.ana.messages("forecast")] == ["At last"]


def test_a_click_or_a_shortcut_says_so_and_can_still_be_answered(office: Office) -> None:
    ana, slack = office.ana, office.slack
    slack.chat_postMessage(channel=FORECAST, text="Choose", blocks=[actions(button())])
    (message,) = ana.messages("forecast")
    with office.asleep():
        with pytest.raises(Refused, match="timeout"):
            ana.click(message, "Go")
        with pytest.raises(Refused, match="timeout"):
            ana.shortcut("Keep this", message)
        with pytest.raises(Refused, match="timeout"):
            ana.shortcut("New note")
    clicked, kept, begun = (office.last(kind) for kind in ("block_actions", "message_action", "shortcut"))
    for body in (clicked, kept, begun):
        assert error(slack.views_open, trigger_id=body["trigger_id"], view=modal()) == "expired_trigger_id"
    httpx2.post(kept["response_url"], json={"text": "Kept"})
    httpx2.post(clicked["response_url"], json={"text": "Done", "replace_original": True})
    assert [message["text"] for message in ana.messages("forecast")] == ["Done", "Kept"]
    assert "response_url" not in begun


def test_a_form_stays_as_it_is_and_can_be_sent_again(office: Office) -> None:
    ana, what = office.ana, field(block_id="what")
    view = open_form(office.slack, office.inbox, ana, blocks=[what])
    ana.fill({"What": "Hi"})
    office.inbox.answer = {"response_action": "clear"}
    with office.asleep(), pytest.raises(Refused, match="timeout"):
        ana.submit()
    first = office.last("view_submission")
    assert error(office.slack.views_push, trigger_id=first["trigger_id"], view=modal()) == "expired_trigger_id"
    assert ana.notice() == "We had some trouble connecting. Try again?"
    office.slack.views_update(view_id=view["id"], view=modal(title=plain("Slower"), blocks=[what]))
    assert (ana.modal() or {})["id"] == view["id"]
    assert ana.submit() == {}
    assert ana.modal() is None
    again = office.inbox.all("view_submission")[-1]
    assert again["view"]["id"] == first["view"]["id"]
    assert again["view"]["state"] == first["view"]["state"], "what was typed was kept"


def test_a_closed_form_is_gone_and_a_search_finds_nothing(office: Office) -> None:
    ana = office.ana
    select = {"type": "external_select", "action_id": "ticket", "min_query_length": 1}
    blocks = [field(select, block_id="about", label=plain("Ticket"))]
    view = open_form(office.slack, office.inbox, ana, blocks=blocks, notify_on_close=True)
    with office.asleep():
        with pytest.raises(Refused, match="timeout"):
            ana.offered(view, "Ticket", "mus")
        office.last("block_suggestion")
        ana.close()
    office.last("view_closed")
    assert ana.modal() is None
    assert error(office.slack.views_update, view_id=view["id"], view=modal()) == "not_found"


def test_an_event_comes_again_until_it_is_confirmed(office: Office) -> None:
    with office.asleep():
        office.ana.say("app", "Hello?")
        assert eventually(lambda: len(office.inbox.all("message")) == 2)
        (delivery,) = (each for each in office.box.log.deliveries() if each.type == "message")
        assert eventually(lambda: delivery.attempts == 2)
    with Client(office.box.url) as client:
        began = office.box.world.clock.now()
        assert client.next_event()["moved"]
        assert eventually(lambda: delivery.acked)
    assert [attempt.reason for attempt in delivery.tries] == [office.reason, office.reason, None]
    assert delivery.tries[2].at - began == pytest.approx(60, abs=2)
    assert len({body["event_id"] for body in office.inbox.all("message")}) == 1
