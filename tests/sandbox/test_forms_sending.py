"""Forms on their way: which can be used, what closing them says, and answers that come too late."""

import threading
import time
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Person, Refused
from sandbox.server import Sandbox
from tests.sandbox.apps import Inbox, connected
from tests.sandbox.test_blocks import field, plain, section, typed
from tests.sandbox.test_blocks import modal as modal_of
from tests.sandbox.test_views import WITH_BUTTON, open_form, trigger_within

Json = dict[str, Any]


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def test_only_the_form_on_top_can_be_used(slack: WebClient, inbox: Inbox, client: Client, ana: Person) -> None:
    first = open_form(slack, inbox, ana, blocks=WITH_BUTTON)
    slack.views_push(trigger_id=trigger_within(inbox, ana, first), view=modal_of())
    for path in ("submit", "close"):
        with pytest.raises(Refused, match="no_such_view"):
            client.post(path, **{"as": ana.id}, view_id=first["id"])
    with pytest.raises(Refused, match="no_such_view"):
        ana.click(first, "Go")


def test_a_form_without_a_submit_button_cannot_be_sent(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    only_shown = modal_of(blocks=[section()])
    del only_shown["submit"]
    ana.command("/note", channel="forecast")
    slack.views_open(trigger_id=inbox.all("command")[-1]["trigger_id"], view=only_shown)
    with pytest.raises(Refused, match="no_submit"):
        ana.submit()


def test_the_x_closes_every_form_and_the_app_hears_of_the_first(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    first = open_form(slack, inbox, ana, blocks=WITH_BUTTON, notify_on_close=True, callback_id="first")
    on_top = modal_of(notify_on_close=True, callback_id="second")
    slack.views_push(trigger_id=trigger_within(inbox, ana, first), view=on_top)
    ana.close(everything=True)
    assert ana.modal() is None
    (closed,) = inbox.all("view_closed")
    assert (closed["view"]["callback_id"], closed["is_cleared"]) == ("first", True)
    assert closed["view"]["state"] == {"values": {}}


def test_cancelling_one_form_closes_it_alone(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    first = open_form(slack, inbox, ana, blocks=WITH_BUTTON, notify_on_close=True, callback_id="first")
    on_top = modal_of(notify_on_close=True, callback_id="second")
    slack.views_push(trigger_id=trigger_within(inbox, ana, first), view=on_top)
    ana.close()
    (closed,) = inbox.all("view_closed")
    assert (closed["view"]["callback_id"], closed["is_cleared"]) == ("second", False)
    assert (ana.modal() or {})["id"] == first["id"]


def test_a_form_that_clears_on_close_takes_those_below_along(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    first = open_form(slack, inbox, ana, blocks=WITH_BUTTON, notify_on_close=True)
    on_top = modal_of(notify_on_close=True, clear_on_close=True, callback_id="second")
    slack.views_push(trigger_id=trigger_within(inbox, ana, first), view=on_top)
    ana.close()
    assert ana.modal() is None
    (closed,) = inbox.all("view_closed")
    assert (closed["view"]["callback_id"], closed["is_cleared"]) == ("second", True)


class Slow(Inbox):
    """An app that takes its time over a form, until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()
        self.go_on = threading.Event()
        self.work = self._wait

    def _wait(self, body: Json) -> None:
        if body.get("type") == "view_submission":
            self.reached.set()
            self.go_on.wait(10)


def test_a_form_cannot_be_used_while_it_is_being_sent(
    box: Sandbox, slack: WebClient, client: Client, ana: Person
) -> None:
    app = Slow()
    with connected(box, app.register):
        view = open_form(slack, app, ana, blocks=[*WITH_BUTTON, field(typed(), optional=True)])
        sending = threading.Thread(target=ana.submit)
        sending.start()
        app.reached.wait(5)
        with pytest.raises(Refused, match="busy"):
            client.post("submit", **{"as": ana.id}, view_id=view["id"])
        with pytest.raises(Refused, match="busy"):
            client.person("Ana").click(view, "Go")
        app.go_on.set()
        sending.join()
    assert len(app.all("view_submission")) == 1
    assert ana.modal() is None


def test_an_answer_to_a_form_that_was_closed_meanwhile_opens_nothing(
    box: Sandbox, slack: WebClient, client: Client, ana: Person
) -> None:
    app = Slow()
    app.answer = {"response_action": "push", "view": modal_of()}
    with connected(box, app.register):
        view = open_form(slack, app, ana, blocks=[section()])
        sending = threading.Thread(target=ana.submit)
        sending.start()
        app.reached.wait(5)
        client.post("close", **{"as": ana.id}, view_id=view["id"])
        app.go_on.set()
        sending.join()
    assert ana.modal() is None


def test_a_late_answer_leaves_the_form_as_it_was(box: Sandbox, slack: WebClient, client: Client, ana: Person) -> None:
    app = Inbox()
    app.answer = {"response_action": "update", "view": modal_of(title=plain("Too late"))}
    app.work = lambda body: time.sleep(3.3) if body.get("type") == "view_submission" else None
    with connected(box, app.register):
        view = open_form(slack, app, ana, blocks=[field(block_id="what")])
        ana.fill({"What": "Hi"})
        with pytest.raises(Refused, match="timeout"):
            ana.submit()
        time.sleep(0.5)
        left = ana.modal() or {}
        assert (left["id"], left["hash"], left["title"]) == (view["id"], view["hash"], view["title"])
        app.work, app.answer = (lambda _: None), {}
        assert client.person("Ana").submit() == {}  # Another page, and still what was typed.
    assert app.all("view_submission")[-1]["view"]["state"]["values"]["what"]["text"]["value"] == "Hi"
