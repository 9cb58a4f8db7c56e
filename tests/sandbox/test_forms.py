"""What people enter: the state of every element, what Slack's client marks, and what it would never send."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from datetime import time as hour
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk import WebClient

from sandbox.blockkit.tree import elements, with_ids
from sandbox.client import Client, Person, Refused, Upload
from sandbox.server import Sandbox
from sandbox.views.forms import Form
from sandbox.views.slots import SLOTS
from tests.sandbox.apps import FRIDAY, SCOPES, Inbox, connected, manifest, web_client
from tests.sandbox.samples import SURFACES, Surface, sample, samples
from tests.sandbox.test_blocks import FORECAST, actions, button, field, option, plain
from tests.sandbox.test_blocks_fuzz import PLACED, nodes, problems
from tests.sandbox.test_views import open_form
from tests.sandbox.test_web_api import refusal

Json = dict[str, Any]

PRICING = "C0000000003"
REQUIRED = "Please complete this required field."


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Sandbox, Inbox]]:
    """One sandbox and one app for all these tests; the app may also see files."""
    app = Inbox()
    allowed = manifest(scopes=[*SCOPES, "files:read"])
    with Sandbox(manifest=allowed, start=FRIDAY) as box, connected(box, app.register):
        yield box, app


@pytest.fixture
def box(running: tuple[Sandbox, Inbox]) -> Sandbox:
    return running[0]


@pytest.fixture
def inbox(running: tuple[Sandbox, Inbox]) -> Inbox:
    """As if it had heard nothing yet."""
    running[1].bodies.clear()
    return running[1]


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def one(kind: str, label: str = "What", **changes: Any) -> Json:
    """An input block with one element; its ids are `b` and `a`."""
    optional = changes.pop("optional", False)
    return field({"type": kind, "action_id": "a"} | changes, block_id="b", label=plain(label), optional=optional)


def submitted(inbox: Inbox) -> Json:
    """The state of the one element of the last form that was sent."""
    state: Json = inbox.all("view_submission")[-1]["view"]["state"]["values"]["b"]["a"]
    return state


MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PARAGRAPH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "It went well"}]}],
}


@pytest.mark.parametrize(
    ("block", "answer", "state"),
    [
        (one("datetimepicker"), MOMENT, {"selected_date_time": 1795426200}),
        (one("datepicker"), date(2026, 11, 23), {"selected_date": "2026-11-23"}),
        (one("timepicker", timezone="Europe/Berlin"), hour(9, 30),
         {"selected_time": "09:30", "timezone": "Europe/Berlin"}),
        (one("conversations_select"), "forecast", {"selected_conversation": FORECAST}),
        (one("multi_conversations_select"), ["forecast"], {"selected_conversations": [FORECAST]}),
        (one("multi_channels_select"), ["forecast"], {"selected_channels": [FORECAST]}),
        (one("multi_users_select"), ["Ben", "Dev"], {"selected_users": ["U0000000002", "U0000000004"]}),
        (one("rich_text_input"), "It went well", {"rich_text_value": PARAGRAPH}),
        (one("number_input", is_decimal_allowed=True), 2.5, {"value": "2.5"}),
    ],
)  # fmt: skip
def test_each_element_has_its_own_shape_in_the_state(
    slack: WebClient, inbox: Inbox, ana: Person, *, block: Json, answer: Any, state: Json
) -> None:
    open_form(slack, inbox, ana, blocks=[block])
    ana.fill({"What": answer})
    assert ana.submit() == {}
    assert submitted(inbox) == {"type": block["element"]["type"], **state}


@pytest.mark.parametrize("surface", SURFACES)
def test_every_element_that_holds_a_value_has_an_entry_in_the_state(box: Sandbox, surface: Surface) -> None:
    person = box.world.workspace.people["U0000000001"]
    for name, block in samples(surface).items():
        form = Form(box.world, person, [block], offered={}, conversation=None)
        state = form.state(form.entered({}, {}))
        stateful = [element["action_id"] for _, element in elements([block]) if element["type"] in SLOTS]
        assert [action_id for entries in state.values() for action_id in entries] == stateful, name
        buttons = {"button", "overflow", "icon_button", "feedback_buttons"}
        assert {element["type"] for _, element in elements([block])} <= set(SLOTS) | buttons


@given(st.data())
def test_whatever_passes_the_checks_has_a_state(running: tuple[Sandbox, Inbox], data: st.DataObject) -> None:
    world = running[0].world
    surface, name = data.draw(st.sampled_from(PLACED))
    block = sample(name, surface)
    holder, key = data.draw(st.sampled_from(nodes(block)))
    del holder[key]  # Much of a block may be left out.
    if problems(surface, [block]):
        return
    (named,) = with_ids([block], lambda: world.workspace.new_id("b"))
    form = Form(world, world.workspace.people["U0000000001"], [named], offered={}, conversation=None)
    state = form.state(form.entered({}, {}))
    stateful = [element for _, element in elements([named]) if element["type"] in SLOTS]
    entries = [entry for entries in state.values() for entry in entries.values()]
    assert [entry["type"] for entry in entries] == [element["type"] for element in stateful]


@pytest.mark.parametrize(
    ("element", "state"),
    [
        ({"type": "datetimepicker", "initial_date_time": 1795426200}, {"selected_date_time": 1795426200}),
        ({"type": "multi_users_select", "initial_users": ["U0000000002"]}, {"selected_users": ["U0000000002"]}),
        ({"type": "multi_channels_select", "initial_channels": [FORECAST]}, {"selected_channels": [FORECAST]}),
        ({"type": "rich_text_input", "initial_value": PARAGRAPH}, {"rich_text_value": PARAGRAPH}),
        ({"type": "timepicker", "initial_time": "09:30"}, {"selected_time": "09:30"}),
        ({"type": "checkboxes", "options": [option()], "initial_options": [option()]},
         {"selected_options": [option()]}),
    ],
)  # fmt: skip
def test_what_the_app_put_in_is_sent_back_untouched(
    slack: WebClient, inbox: Inbox, ana: Person, element: Json, state: Json
) -> None:
    open_form(slack, inbox, ana, blocks=[one(**{"kind" if k == "type" else k: v for k, v in element.items()})])
    assert ana.submit() == {}
    assert submitted(inbox) == {"type": element["type"], **state}


@pytest.mark.parametrize(
    ("block", "answer", "said"),
    [
        (one("rich_text_input"), "  ", REQUIRED),
        (one("rich_text_input"), "x" * 3001, "Please enter at most 3000 characters."),
        (one("checkboxes", options=[option()]), [], REQUIRED),
        (one("datetimepicker"), None, REQUIRED),
        (one("file_input"), [], REQUIRED),
        (one("file_input", filetypes=["pdf"]), Upload("otter.PNG", b"x"),
         "Please add only files of these kinds: pdf."),
        (one("file_input", max_files=1), [Upload("a.txt", b"a"), Upload("b.txt", b"b")], "Please add only one file."),
        (one("file_input", max_files=2), [Upload(f"{n}.txt", b"a") for n in range(3)], "Please add at most 2 files."),
        (one("multi_users_select", max_selected_items=1), ["Ana", "Ben"], "Please choose at most 1."),
        (one("multi_conversations_select", max_selected_items=1), ["forecast", "app"], "Please choose at most 1."),
        (one("number_input", is_decimal_allowed=False), "2.5", "Please enter a whole number."),
        (one("number_input", is_decimal_allowed=True), "٣", "Please enter a number."),
        (one("number_input", is_decimal_allowed=True, max_value="2.5"), "2.6",
         "Please enter a number of at most 2.5."),
        (one("plain_text_input", max_length=3), "four", "Please enter at most 3 characters."),
        (one("email_text_input"), "ana at home", "Please enter an email address."),
        (one("url_text_input"), "example.com", "Please enter a link."),
    ],
)  # fmt: skip
def test_slack_marks_a_field_before_the_app_hears_of_it(
    slack: WebClient, inbox: Inbox, ana: Person, *, block: Json, answer: Any, said: str
) -> None:
    open_form(slack, inbox, ana, blocks=[block])
    ana.fill({"What": answer})
    assert ana.submit() == {"What": said}
    assert inbox.all("view_submission") == []


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [
        ("datetimepicker", "1795426200", "invalid_value"),
        ("datetimepicker", 12, "invalid_value"),
        ("datepicker", "2026-02-30", "invalid_value"),
        ("rich_text_input", "text", "invalid_value"),
        ("rich_text_input", {"type": "rich_text", "elements": "x"}, "invalid_value"),
        ("multi_users_select", "U0000000002", "invalid_value"),
        ("multi_users_select", ["U0000000002", "U0000000002"], "invalid_value"),
        ("multi_users_select", ["U9999999999"], "no_such_person"),
        ("users_select", ["U0000000002"], "invalid_value"),
        ("multi_channels_select", [PRICING], "no_such_channel"),
        ("multi_conversations_select", ["D9999999999"], "no_such_channel"),
        ("file_input", ["F9999999999"], "no_such_file"),
        ("file_input", "F9999999999", "invalid_value"),
        ("plain_text_input", "x" * 12_001, "invalid_value"),
    ],
)
def test_slacks_client_would_never_send_this(
    slack: WebClient, inbox: Inbox, client: Client, *, kind: str, value: Any, error: str
) -> None:
    chloe = client.person("Chloe")
    view = open_form(slack, inbox, chloe, blocks=[one(kind)])
    with pytest.raises(Refused, match=error):
        client.post("submit", **{"as": chloe.id}, view_id=view["id"], state={"b": {"a": value}})
    assert inbox.all("view_submission") == []


@pytest.mark.parametrize(
    ("wanted", "is_offered"),
    [
        ({"include": ["public"]}, True),
        ({"include": ["private", "im"]}, False),
        ({"exclude_bot_users": True}, True),
    ],
)
def test_a_picker_of_conversations_keeps_to_its_filter(
    slack: WebClient, inbox: Inbox, ana: Person, *, wanted: Json, is_offered: bool
) -> None:
    open_form(slack, inbox, ana, blocks=[one("conversations_select", filter=wanted)])
    ana.fill({"What": "forecast"})
    if is_offered:
        assert ana.submit() == {}
    else:
        with pytest.raises(Refused, match="no_such_channel"):
            ana.submit()


def test_a_filter_without_bots_leaves_out_the_apps_own_messages(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    open_form(slack, inbox, ana, blocks=[one("conversations_select", filter={"exclude_bot_users": True})])
    ana.fill({"What": "app"})
    with pytest.raises(Refused, match="no_such_channel"):
        ana.submit()


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


def test_an_option_that_an_update_took_away_is_no_longer_chosen(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    both = [option(), option("No", "no")]
    acts = actions(button()) | {"block_id": "acts"}
    view = open_form(slack, inbox, ana, blocks=[one("static_select", options=both), acts])
    ana.fill({"What": "No"})
    ana.click(ana.modal() or {}, "Go")
    fewer = {**view_of(view), "blocks": [one("static_select", options=both[:1]), acts]}
    slack.views_update(view_id=view["id"], view=fewer)
    assert ana.submit() == {"What": REQUIRED}


def test_a_field_that_stays_keeps_what_the_app_put_into_it_first(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    view = open_form(slack, inbox, ana, blocks=[one("plain_text_input", initial_value="first")])
    again = {**view_of(view), "blocks": [one("plain_text_input", initial_value="second")]}
    slack.views_update(view_id=view["id"], view=again)
    assert ana.submit() == {}
    assert submitted(inbox)["value"] == "first"


def view_of(view: Json) -> Json:
    return {name: view[name] for name in ("type", "title", "submit")}


def test_without_the_scope_to_read_files_no_form_can_ask_for_them() -> None:
    app = Inbox()
    with Sandbox(manifest=manifest(), start=FRIDAY) as box, connected(box, app.register), Client(box.url) as people:
        slack = web_client(box)
        people.person("Ana").command("/note", channel="forecast")
        trigger_id = app.all("command")[0]["trigger_id"]
        view = {"type": "modal", "title": plain("New"), "submit": plain("Save"), "blocks": [one("file_input")]}
        said = refusal(slack.views_open, trigger_id=trigger_id, view=view)["response_metadata"]["messages"]
    assert said == ["[ERROR] missing scope: files:read [json-pointer:/view/blocks/0/element]"]
