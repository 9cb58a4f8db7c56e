"""The state of every element: what people enter, in the shape in which the app gets it."""

from datetime import UTC, date, datetime
from datetime import time as hour
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk import WebClient

from sandbox.blockkit.tree import elements, with_ids
from sandbox.client import Person
from sandbox.server import Sandbox
from sandbox.views.forms import Form
from sandbox.views.slots import SLOTS
from tests.sandbox.apps import Inbox
from tests.sandbox.filling import REQUIRED, ana, box, inbox, one, running, submitted
from tests.sandbox.samples import SURFACES, Surface, sample, samples
from tests.sandbox.test_blocks import FORECAST, actions, button, option
from tests.sandbox.test_blocks_fuzz import PLACED, nodes, problems
from tests.sandbox.test_views import open_form

__all__ = ["ana", "box", "inbox", "running"]

Json = dict[str, Any]

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
