"""Forms and Home pages: triggers, the stack of three, hashes, what closes what."""

import time
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Person, Refused, texts
from sandbox.clock import Clock
from sandbox.delivery.triggers import Triggers
from sandbox.errors import SlackError
from sandbox.ids import Ids
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox, manifest, web_client
from tests.sandbox.test_blocks import button, field, modal, plain, section, typed
from tests.sandbox.test_web_api import refusal

Json = dict[str, Any]


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def trigger(inbox: Inbox, person: Person) -> str:
    person.command("/note", channel="forecast")
    return str(inbox.all("command")[-1]["trigger_id"])


def open_form(slack: WebClient, inbox: Inbox, person: Person, **changes: Any) -> Json:
    view: Json = slack.views_open(trigger_id=trigger(inbox, person), view=modal(**changes))["view"]
    return view


def trigger_within(inbox: Inbox, person: Person, view: Json) -> str:
    person.click(view, "Go")
    return str(inbox.all("block_actions")[-1]["trigger_id"])


WITH_BUTTON = [{"type": "actions", "block_id": "acts", "elements": [button()]}]


def test_a_trigger_opens_one_form(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    trigger_id = trigger(inbox, ana)
    view = slack.views_open(trigger_id=trigger_id, view=modal())["view"]
    assert (view["root_view_id"], view["previous_view_id"], view["state"]) == (view["id"], None, {"values": {}})
    assert texts(ana.modal() or {}) == ["Note", "What", "Save"]
    used = refusal(slack.views_open, trigger_id=trigger_id, view=modal())
    assert used["error"] == "exchanged_trigger_id"
    assert refusal(slack.views_open, trigger_id="1.2.3", view=modal())["error"] == "invalid_trigger_id"


def test_a_trigger_expires_after_three_seconds(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    trigger_id = trigger(inbox, ana)
    time.sleep(3.1)
    assert refusal(slack.views_open, trigger_id=trigger_id, view=modal())["error"] == "expired_trigger_id"


def test_where_the_clock_stands_no_machine_is_too_slow_for_a_trigger(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, began = Clock(FRIDAY, runs=False), time.monotonic()
    triggers = Triggers(Ids(), clock, lambda _: False, 3.0)
    trigger_id = triggers.new("U1")
    monkeypatch.setattr("sandbox.clock.monotonic", lambda: began + 3600)
    assert triggers.check(trigger_id).user == "U1"
    clock.jump_to(FRIDAY.timestamp() + 3.1)
    with pytest.raises(SlackError, match="expired_trigger_id"):
        triggers.check(trigger_id)


def test_a_refused_view_does_not_use_its_trigger_up(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    trigger_id = trigger(inbox, ana)
    answer = refusal(slack.views_open, trigger_id=trigger_id, view=modal(title=plain("x" * 25)))
    assert answer["error"] == "invalid_arguments"
    said = ["[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"]
    assert answer["response_metadata"]["messages"] == said
    slack.views_open(trigger_id=trigger_id, view=modal())


def test_a_form_over_250_kilobytes_is_too_large(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    view = modal(blocks=[section("x" * 2900)] * 90)
    assert refusal(slack.views_open, trigger_id=trigger(inbox, ana), view=view)["error"] == "view_too_large"


def test_at_most_three_forms_stand_on_each_other(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    first = open_form(slack, inbox, ana, blocks=WITH_BUTTON)
    second = slack.views_push(trigger_id=trigger_within(inbox, ana, first), view=modal(blocks=WITH_BUTTON))["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (first["id"], first["id"])
    third = slack.views_push(trigger_id=trigger_within(inbox, ana, second), view=modal(blocks=WITH_BUTTON))["view"]
    fourth = refusal(slack.views_push, trigger_id=trigger_within(inbox, ana, third), view=modal())
    assert fourth["error"] == "push_limit_reached"
    with pytest.raises(Refused, match="no_such_view"):
        ana.click(first, "Go")


def test_only_a_click_in_an_open_form_can_push(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    answer = refusal(slack.views_push, trigger_id=trigger(inbox, ana), view=modal())
    assert answer["error"] == "invalid_trigger_id"


def test_an_update_with_a_stale_hash_is_refused(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    view = open_form(slack, inbox, ana)
    changed = slack.views_update(view_id=view["id"], hash=view["hash"], view=modal(title=plain("New")))["view"]
    assert changed["hash"] != view["hash"]
    stale = refusal(slack.views_update, view_id=view["id"], hash=view["hash"], view=modal())
    assert stale["error"] == "hash_conflict"
    assert texts(ana.modal() or {})[0] == "New"
    ana.close()
    assert refusal(slack.views_update, view_id=view["id"], view=modal())["error"] == "not_found"


def test_an_update_keeps_what_was_typed_in_fields_that_stay(slack: WebClient, inbox: Inbox, client: Client) -> None:
    ana = client.person("Ana")
    kept = field(typed(action_id="a"), block_id="kept", label=plain("Kept"))
    gone = field(typed(action_id="a"), block_id="gone", label=plain("Gone"))
    view = open_form(slack, inbox, ana, blocks=[kept, gone, *WITH_BUTTON])
    ana.fill({"Kept": "one", "Gone": "two"})
    ana.click(ana.modal() or {}, "Go")
    new = field(typed(action_id="a", initial_value="three"), block_id="new", label=plain("New"))
    kept_again = field(typed(action_id="a", initial_value="not this"), block_id="kept", label=plain("Kept"))
    slack.views_update(view_id=view["id"], view=modal(blocks=[kept_again, new]))
    assert client.person("Ana").submit() == {}
    (submitted,) = inbox.all("view_submission")
    values = submitted["view"]["state"]["values"]
    assert {block_id: entry["a"]["value"] for block_id, entry in values.items()} == {"kept": "one", "new": "three"}


def test_two_open_views_cannot_share_an_external_id(slack: WebClient, inbox: Inbox, client: Client) -> None:
    open_form(slack, inbox, client.person("Ana"), external_id="form-1")
    ben = client.person("Ben")
    answer = refusal(slack.views_open, trigger_id=trigger(inbox, ben), view=modal(external_id="form-1"))
    assert answer["error"] == "duplicate_external_id"
    slack.views_update(external_id="form-1", view=modal(external_id="form-1", title=plain("Found")))
    assert texts(client.person("Ana").modal() or {})[0] == "Found"


def test_closing_tells_the_app_only_if_it_asked(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    open_form(slack, inbox, ana)
    ana.close()
    open_form(slack, inbox, ana, notify_on_close=True, callback_id="told")
    ana.close()
    (closed,) = inbox.all("view_closed")
    assert (closed["view"]["callback_id"], closed["is_cleared"]) == ("told", False)
    assert ana.modal() is None


def test_home_is_published_for_one_person_and_guarded_by_its_hash(slack: WebClient, client: Client) -> None:
    ana = client.person_id("Ana")
    home = {"type": "home", "blocks": [section("Welcome")]}
    assert refusal(slack.views_publish, user_id=ana, view=home, hash="1.1")["error"] == "hash_conflict"
    first = slack.views_publish(user_id=ana, view=home)["view"]
    slack.views_publish(user_id=ana, view=home, hash=first["hash"])
    assert refusal(slack.views_publish, user_id=ana, view=home, hash=first["hash"])["error"] == "hash_conflict"
    assert texts(client.person("Ana").home() or {}) == ["Welcome"]
    assert client.person("Ben").home() is None
    assert refusal(slack.views_publish, user_id=ana, view=modal())["error"] == "invalid_arguments"
    assert refusal(slack.views_publish, user_id="U9999999999", view=home)["error"] == "user_not_found"


def test_home_cannot_be_published_while_its_tab_is_off() -> None:
    with Sandbox(manifest=manifest(home={"home_tab_enabled": False}), start=FRIDAY) as box:
        home = {"type": "home", "blocks": [section()]}
        answer = refusal(web_client(box).views_publish, user_id="U0000000001", view=home)
    assert answer["error"] == "not_enabled"


def test_opening_home_tells_the_app_what_stands_there(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    ana.home(open_tab=True)
    (first,) = inbox.wait_for("app_home_opened")
    assert first["event"]["tab"] == "home"
    assert "view" not in first["event"]
    slack.views_publish(user_id=ana.id, view={"type": "home", "blocks": [section("Welcome")]})
    ana.home(open_tab=True)
    second = inbox.wait_for("app_home_opened", 2)[1]
    assert second["event"]["view"]["blocks"][0]["text"]["text"] == "Welcome"


def test_a_home_page_shares_no_external_id_either(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    open_form(slack, inbox, ana, external_id="mine")
    home = {"type": "home", "external_id": "mine", "blocks": [section("Hello")]}
    assert refusal(slack.views_publish, user_id=ana.id, view=home)["error"] == "duplicate_external_id"
    assert ana.home() is None


def test_nothing_is_put_on_a_form_that_was_closed(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    late = trigger_within(inbox, ana, open_form(slack, inbox, ana, blocks=WITH_BUTTON))
    ana.close()
    other = open_form(slack, inbox, ana)
    assert refusal(slack.views_push, trigger_id=late, view=modal())["error"] == "not_found"
    assert (ana.modal() or {})["id"] == other["id"]
