"""What people can do with the controls before them, what the app hears of it, and what they cannot do."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Person, Refused
from sandbox.server import Sandbox
from tests.sandbox.apps import Inbox
from tests.sandbox.samples import sample
from tests.sandbox.test_blocks import FORECAST, actions, button, field, mrkdwn, option, plain, section, typed
from tests.sandbox.test_views import open_form

Json = dict[str, Any]

CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("Really?"), "confirm": plain("Yes"), "deny": plain("No")}


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def post(slack: WebClient, person: Person, *blocks: Json) -> Json:
    """A message with these blocks, as the person sees it."""
    slack.chat_postMessage(channel=FORECAST, text="x", blocks=list(blocks))
    return person.messages("forecast")[-1]


def acted(inbox: Inbox) -> Json:
    """What the app heard of the last thing somebody did, without the names of the place."""
    (action,) = inbox.all("block_actions")[-1]["actions"]
    return {name: said for name, said in action.items() if name not in ("action_id", "block_id", "action_ts")}


def act(client: Client, person: Person, message: Json, **fields: Any) -> None:
    """A click as the page sends it, with no regard to what the page would allow."""
    place = {"container": {"type": "message", "channel": FORECAST, "ts": message["ts"]}}
    client.post("action", **{"as": person.id}, **place, **fields)


def test_a_button_says_what_stands_on_it(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    message = post(slack, ana, actions(button(value="1", style="danger", url="https://example.com", confirm=CONFIRM)))
    ana.click(message, "Go")
    assert acted(inbox) == {
        "type": "button", "text": plain("Go"), "value": "1", "style": "danger", "url": "https://example.com",
        "confirm": CONFIRM,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("element", "answer", "said"),
    [
        ({"type": "datepicker", "initial_date": "2026-11-23"}, "2026-11-24",
         {"selected_date": "2026-11-24", "initial_date": "2026-11-23"}),
        ({"type": "timepicker", "timezone": "Europe/Berlin"}, "09:30",
         {"selected_time": "09:30", "timezone": "Europe/Berlin"}),
        ({"type": "datetimepicker"}, 1795426200, {"selected_date_time": 1795426200}),
        ({"type": "static_select", "options": [option(), option("No", "no")], "initial_option": option()}, "No",
         {"selected_option": option("No", "no"), "initial_option": option()}),
        ({"type": "multi_static_select", "options": [option()]}, ["Yes"], {"selected_options": [option()]}),
        ({"type": "checkboxes", "options": [option()]}, [], {"selected_options": []}),
        ({"type": "radio_buttons", "options": [option()]}, "Yes", {"selected_option": option()}),
        ({"type": "users_select"}, "Ben", {"selected_user": "U0000000002"}),
        ({"type": "multi_users_select", "initial_users": ["U0000000001"]}, ["Ben"],
         {"selected_users": ["U0000000002"], "initial_users": ["U0000000001"]}),
        ({"type": "channels_select"}, "forecast", {"selected_channel": FORECAST}),
        ({"type": "multi_channels_select"}, ["forecast"], {"selected_channels": [FORECAST]}),
        ({"type": "conversations_select"}, "forecast", {"selected_conversation": FORECAST}),
        ({"type": "multi_conversations_select"}, ["forecast"], {"selected_conversations": [FORECAST]}),
    ],
    ids=lambda value: value.get("type", "") if isinstance(value, dict) else "",
)  # fmt: skip
def test_a_choice_says_what_is_chosen_and_what_it_began_with(
    slack: WebClient, inbox: Inbox, ana: Person, *, element: Json, answer: Any, said: Json
) -> None:
    block = {"type": "input", "label": plain("Choose"), "element": element, "dispatch_action": True}
    ana.pick(post(slack, ana, block), "Choose", answer)
    assert acted(inbox) == {"type": element["type"], **said}


def test_feedback_an_icon_and_a_menu_say_which_was_pressed(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    menu = {"type": "overflow", "options": [option("Edit", "edit"), option("Remove", "remove")]}
    message = post(slack, ana, sample("context actions"), section("More", accessory=menu))
    ana.click(message, "Not useful")
    assert acted(inbox) == {"type": "feedback_buttons", "text": plain("Not useful"), "value": "down"}
    ana.click(message, "Remove")
    pressed = acted(inbox)
    assert (pressed["type"], pressed["icon"], pressed["value"]) == ("icon_button", "trash", "remove")
    ana.click(message, "Remove", nth=1)
    assert acted(inbox) == {"type": "overflow", "selected_option": option("Remove", "remove")}


def test_buttons_within_cards_carousels_and_containers_work(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    message = post(slack, ana, sample("card"), sample("carousel"), sample("container"))
    for label, block_id in (("Adopt", "card"), ("Take the second", "second-card"), ("Approve", "acts-in-container")):
        ana.click(message, label)
        (action,) = inbox.all("block_actions")[-1]["actions"]
        assert action["block_id"] == block_id


def test_a_field_in_a_message_tells_at_once_if_it_dispatches(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    message = post(slack, ana, field(typed(), dispatch_action=True))
    ana.pick(message, "What", "Hello")
    assert acted(inbox) == {"type": "plain_text_input", "value": "Hello"}


def test_somebody_from_outside_comes_with_their_own_workspace(
    box: Sandbox, slack: WebClient, inbox: Inbox, ana: Person
) -> None:
    message = post(slack, ana, actions(button()))
    box.world.workspace.people[ana.id].is_external = True
    ana.click(message, "Go")
    (body,) = inbox.all("block_actions")
    assert body["user"]["team_id"] == box.world.workspace.partner_id != body["team"]["id"]


def test_only_those_a_button_is_for_can_press_it(slack: WebClient, inbox: Inbox, client: Client, ana: Person) -> None:
    for_ana = button(visible_to_user_ids=[ana.id])
    message = post(slack, ana, actions(for_ana))
    ana.click(message, "Go")
    with pytest.raises(Refused, match="no_such_element"):
        client.person("Ben").click(message, "Go")
    assert len(inbox.all("block_actions")) == 1


def test_nothing_happens_before_the_question_is_answered(
    slack: WebClient, inbox: Inbox, client: Client, ana: Person
) -> None:
    message = post(slack, ana, actions(button(confirm=CONFIRM)) | {"block_id": "acts"})
    with pytest.raises(Refused, match="not_confirmed") as caught:
        act(client, ana, message, block_id="acts", action_id="go")
    assert caught.value.details["confirm"] == CONFIRM
    assert inbox.all("block_actions") == []
    act(client, ana, message, block_id="acts", action_id="go", confirmed=True)
    assert len(inbox.all("block_actions")) == 1


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"container": "here"}, "wrong_value"),
        ({"container": {"type": "view"}}, "invalid_container"),
        ({"container": {"type": ["view"], "view_id": "V1"}}, "invalid_container"),
        ({"state": "typed"}, "wrong_value"),
        ({"state": {"acts": "typed"}}, "wrong_value"),
    ],
)
def test_an_act_that_makes_no_sense_is_refused(
    slack: WebClient, client: Client, ana: Person, fields: Json, error: str
) -> None:
    message = post(slack, ana, actions(button()) | {"block_id": "acts"})
    place = {"type": "message", "channel": FORECAST, "ts": message["ts"]}
    act_fields = {"container": place, "block_id": "acts", "action_id": "go"} | fields
    with pytest.raises(Refused, match=error):
        client.post("action", **{"as": ana.id}, **act_fields)


def test_nobody_chooses_more_than_allowed(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    people = {"type": "multi_users_select", "max_selected_items": 1}
    message = post(slack, ana, section("Who", accessory=people))
    with pytest.raises(Refused, match="too_many"):
        ana.pick(message, "Who", ["Ana", "Ben"])
    assert inbox.all("block_actions") == []


def test_a_message_that_changed_meanwhile_no_longer_has_its_old_controls(
    slack: WebClient, inbox: Inbox, ana: Person
) -> None:
    unnamed = {"type": "actions", "elements": [{"type": "button", "text": plain("Go")}]}
    message = post(slack, ana, unnamed)
    slack.chat_update(channel=FORECAST, ts=message["ts"], text="x", blocks=[unnamed])
    with pytest.raises(Refused, match="no_such_element"):
        ana.click(message, "Go")  # Slack names what the app left unnamed anew each time.
    ana.click(ana.messages("forecast")[-1], "Go")
    slack.chat_update(channel=FORECAST, ts=message["ts"], text="Done", blocks=[])
    with pytest.raises(Refused, match="no_such_element"):
        ana.click(message, "Go")
    slack.chat_delete(channel=FORECAST, ts=message["ts"])
    with pytest.raises(Refused, match="no_such_message"):
        ana.click(message, "Go")
    assert len(inbox.all("block_actions")) == 1


def test_an_archived_channel_is_only_for_reading(slack: WebClient, inbox: Inbox, client: Client, ana: Person) -> None:
    message = post(slack, ana, actions(button()))
    client.post("archive", channel=FORECAST)
    with pytest.raises(Refused, match="is_archived"):
        ana.click(message, "Go")
    with pytest.raises(Refused, match="is_archived"):
        ana.shortcut("Keep this", message)
    assert inbox.all("block_actions") == inbox.all("message_action") == []


def test_somebody_deactivated_can_do_nothing(slack: WebClient, inbox: Inbox, client: Client, ana: Person) -> None:
    message = post(slack, ana, actions(button()))
    open_form(slack, inbox, ana)
    client.change_person("Ana", deleted=True)
    tries: list[Callable[[], object]] = [
        lambda: ana.click(message, "Go"),
        lambda: ana.shortcut("Keep this", message),
        lambda: ana.shortcut("New note"),
        ana.submit,
        ana.close,
        lambda: ana.upload("a.txt", b"a"),
    ]
    for attempt in tries:
        with pytest.raises(Refused, match="deactivated"):
            attempt()


@pytest.mark.parametrize("state", ["typed", ["typed"], {"block": "typed"}])
def test_what_was_entered_comes_as_fields_by_block(
    slack: WebClient, inbox: Inbox, client: Client, ana: Person, state: Any
) -> None:
    message = post(slack, ana, actions(button()) | {"block_id": "acts"})
    place = {"type": "message", "channel": FORECAST, "ts": message["ts"]}
    with pytest.raises(Refused, match="wrong_value"):
        client.post("action", **{"as": ana.id}, container=place, block_id="acts", action_id="go", state=state)
    assert inbox.all("block_actions") == []
