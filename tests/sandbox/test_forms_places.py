"""Where a form was opened, where its app may answer, and the files that go with it."""

from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Person, Refused, Upload
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox, connected, manifest, web_client
from tests.sandbox.filling import REQUIRED, ana, box, inbox, one, running, submitted
from tests.sandbox.test_blocks import FORECAST, plain
from tests.sandbox.test_views import open_form
from tests.sandbox.test_web_api import refusal

__all__ = ["ana", "box", "inbox", "running"]

Json = dict[str, Any]

HERE: Json = {"default_to_current_conversation": True}


def test_a_form_knows_where_it_was_opened(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    open_form(slack, inbox, ana, blocks=[one("conversations_select", **HERE)])
    assert ana.submit() == {}
    assert submitted(inbox)["selected_conversation"] == FORECAST
    open_form(slack, inbox, ana, blocks=[one("multi_conversations_select", **HERE)])
    assert ana.submit() == {}
    assert submitted(inbox)["selected_conversations"] == [FORECAST]


def test_where_a_form_was_opened_gives_way_to_an_initial_value_and_to_the_filter(
    slack: WebClient, inbox: Inbox, ana: Person
) -> None:
    app = ana.channel_id("app")
    open_form(slack, inbox, ana, blocks=[one("conversations_select", initial_conversation=app, **HERE)])
    assert ana.submit() == {}
    assert submitted(inbox)["selected_conversation"] == app
    open_form(slack, inbox, ana, blocks=[one("conversations_select", filter={"include": ["im"]}, **HERE)])
    assert ana.submit() == {"What": REQUIRED}


def test_a_global_shortcut_names_no_channel_but_its_form_may(slack: WebClient, inbox: Inbox, client: Client) -> None:
    ana = client.person("Ana")
    client.post("shortcut", **{"as": ana.id}, callback_id="new", viewing=FORECAST)
    (body,) = inbox.all("shortcut")
    assert (body["callback_id"], body["user"]["id"]) == ("new", ana.id)
    assert body["action_ts"]
    assert not {"channel", "response_url", "message", "container"} & set(body)
    view = {"type": "modal", "title": plain("New"), "submit": plain("Save")}
    blocks = [one("conversations_select", **HERE)]
    slack.views_open(trigger_id=body["trigger_id"], view={**view, "blocks": blocks})
    assert ana.submit() == {}
    assert submitted(inbox)["selected_conversation"] == FORECAST
    ana.shortcut("New note")
    slack.views_open(trigger_id=inbox.all("shortcut")[1]["trigger_id"], view={**view, "blocks": blocks})
    assert ana.submit() == {"What": REQUIRED}
    with pytest.raises(Refused, match="no_such_shortcut"):
        client.post("shortcut", **{"as": ana.id}, callback_id="keep")


def test_a_picker_that_asks_for_it_brings_an_address_to_answer(
    slack: WebClient, inbox: Inbox, client: Client, ana: Person
) -> None:
    open_form(slack, inbox, ana, blocks=[one("conversations_select", response_url_enabled=True, **HERE)])
    assert ana.submit() == {}
    (url,) = inbox.all("view_submission")[0]["response_urls"]
    assert (url["block_id"], url["action_id"], url["channel_id"]) == ("b", "a", FORECAST)
    answer = httpx2.post(url["response_url"], json={"text": "Noted", "response_type": "in_channel"})
    assert answer.status_code == 200
    assert client.person("Ben").messages("forecast")[-1]["text"] == "Noted"


def test_each_such_picker_that_is_filled_in_has_an_address_of_its_own() -> None:
    """Nobody is there to take the form: Bolt for Python 1.30 fails over a second address."""
    first = one("conversations_select", "First", response_url_enabled=True, **HERE)
    second = one("channels_select", "Second", response_url_enabled=True) | {"block_id": "b2"}
    third = one("channels_select", "Third", response_url_enabled=True, optional=True) | {"block_id": "b3"}
    app = Inbox()
    with Sandbox(manifest=manifest(), start=FRIDAY) as box, Client(box.url) as people:
        ana = people.person("Ana")
        with connected(box, app.register):
            open_form(web_client(box), app, ana, blocks=[first, second, third])
        ana.fill({"Second": "forecast"})
        with pytest.raises(Refused, match="timeout"):
            ana.submit()
        urls = box.log.deliveries()[-1].payload["response_urls"]
    assert [url["block_id"] for url in urls] == ["b", "b2"]
    assert len({url["response_url"] for url in urls}) == 2


def test_files_go_to_the_app_only_with_the_form(slack: WebClient, inbox: Inbox, client: Client, ana: Person) -> None:
    open_form(slack, inbox, ana, blocks=[one("file_input", filetypes=["pdf"])])
    ana.fill({"What": Upload("plan.pdf", b"%PDF-1.7")})
    unsent = ana.upload("other.pdf", b"%PDF-1.7")
    assert ana.submit() == {}
    state = submitted(inbox)
    assert state["type"] == "file_input"
    (file,) = state["files"]
    assert (file["name"], file["user"], file["size"]) == ("plan.pdf", ana.id, 8)
    assert slack.files_info(file=file["id"])["file"]["name"] == "plan.pdf"
    assert refusal(slack.files_info, file=unsent)["error"] == "file_not_found"


def test_nobody_can_send_the_file_of_somebody_else(slack: WebClient, inbox: Inbox, client: Client, ana: Person) -> None:
    file_id = client.person("Ben").upload("plan.pdf", b"%PDF-1.7")
    view = open_form(slack, inbox, ana, blocks=[one("file_input")])
    with pytest.raises(Refused, match="no_such_file"):
        client.post("submit", **{"as": ana.id}, view_id=view["id"], state={"b": {"a": [file_id]}})


def test_without_the_scope_to_read_files_no_form_can_ask_for_them() -> None:
    app = Inbox()
    with Sandbox(manifest=manifest(), start=FRIDAY) as box, connected(box, app.register), Client(box.url) as people:
        slack = web_client(box)
        people.person("Ana").command("/note", channel="forecast")
        trigger_id = app.all("command")[0]["trigger_id"]
        view = {"type": "modal", "title": plain("New"), "submit": plain("Save"), "blocks": [one("file_input")]}
        said = refusal(slack.views_open, trigger_id=trigger_id, view=view)["response_metadata"]["messages"]
    assert said == ["[ERROR] missing scope: files:read [json-pointer:/view/blocks/0/element]"]
