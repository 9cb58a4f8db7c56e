"""People before forms that change, warn, go on, and do not let them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from slack_bolt import App

from sandbox.client import Client
from sandbox.log import Note
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, SCOPES, connected, manifest
from tests.sandbox.test_blocks import field, option, plain, section, typed

Json = dict[str, Any]
SCRIPT = [{"when": "mon 10:00", "who": "Chloe Martin", "command": "/note", "channel": "forecast", "values": {}}]
SURE = {"type": "radio_buttons", "action_id": "sure", "options": [option("Yes", "yes"), option("No", "no")]}
Listener = Callable[..., None]


def view(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal", "callback_id": "form", "title": plain("A form"), "submit": plain("Send"),
        "blocks": list(blocks), **more,
    }  # fmt: skip


@contextmanager
def monday(first: Json, **listeners: Listener) -> Iterator[Callable[..., list[Note]]]:
    """Chloe's Monday: what she notes in her diary, of the kinds asked for. `listeners`: opened, submit and choose."""

    def note(ack: Any, client: Any, body: Json) -> None:
        shown = client.views_open(trigger_id=body["trigger_id"], view=first)
        ack()
        if opened := listeners.get("opened"):
            opened(client=client, body=shown)

    def register(app: App) -> None:
        app.command("/note")(note)
        app.view("form")(listeners.get("submit", lambda ack: ack()))
        app.shortcut("new")(lambda ack: ack())
        app.action("sure")(listeners.get("choose", lambda ack: ack()))

    with (
        Sandbox(
            seed="demo",
            manifest=manifest(events=[], scopes=[*SCOPES, "files:read"]),
            start=FRIDAY,
            runs=False,
            rate_limits=False,
        ) as box,
        Client(box.url) as client,
        connected(box, register),
    ):
        box.start_cast("one", does=SCRIPT)
        client.jump_to(FRIDAY + timedelta(days=3, hours=12))
        yield lambda *did: [note for note in box.log.notes("diary") if note.details["did"] in did]


def said(notes: list[Note]) -> list[Json]:
    return [note.details["values"] for note in notes]


def test_a_choice_makes_a_field_appear_that_is_filled_in_as_well() -> None:
    first = view(field(SURE, block_id="sure", label=plain("Are you sure?"), dispatch_action=True))

    def choose(ack: Any, body: Json, client: Any) -> None:
        more = field(typed(), block_id="why", label=plain("Why?"))
        client.views_update(view_id=body["view"]["id"], view=view(*first["blocks"], more))
        ack()

    with monday(first, choose=choose) as diary:
        (values,) = said(diary("submitted"))
        assert set(values) == {"Are you sure?", "Why?"}
        assert [note.details["label"] for note in diary("clicked")] == ["Are you sure?"]


def test_a_warning_is_read_and_sent_again() -> None:
    first = view(field(typed(), block_id="what", label=plain("What?")))

    def submit(ack: Any, body: Json) -> None:
        warned = view(section("Others will see it."), *first["blocks"], submit=plain("Send anyway"))
        is_warned = body["view"]["submit"]["text"] == "Send anyway"
        ack() if is_warned else ack(response_action="update", view=warned)

    with monday(first, submit=submit) as diary:
        one, other = said(diary("submitted"))
        assert one == other
        assert not diary("gave_up", "closed")


def test_a_form_that_is_read_first_is_waited_for() -> None:
    first = {"type": "modal", "callback_id": "form", "title": plain("A form"), "blocks": [section("One moment.")]}

    def become(client: Any, body: Json) -> None:
        time.sleep(0.1)
        client.views_update(
            view_id=body["view"]["id"], view=view(field(typed(), block_id="what", label=plain("What?")))
        )

    with monday(first, opened=become) as diary:
        assert len(diary("submitted")) == 1
        assert not diary("closed")


def test_what_only_thanks_is_closed() -> None:
    thanks = {"type": "modal", "title": plain("Thanks"), "blocks": [section("Bye")]}
    first = view(field(typed(), block_id="what", label=plain("What?")))
    with monday(first, submit=lambda ack: ack(response_action="update", view=thanks)) as diary:
        assert len(diary("submitted")) == len(diary("closed")) == 1


def test_a_form_that_is_never_content_is_given_up() -> None:
    first = view(field(typed(), block_id="what", label=plain("What?")))
    errors = {"what": "Not like this."}
    with monday(first, submit=lambda ack: ack(response_action="errors", errors=errors)) as diary:
        assert [note.details["ok"] for note in diary("submitted")] == [False] * 4
        assert len(diary("closed")) == len(diary("gave_up")) == 1


def test_old_answers_stay_as_they_are() -> None:
    first = view(
        field(typed(initial_value="As it was"), block_id="what", label=plain("What?")),
        field(typed(action_id="b"), block_id="new", label=plain("What is new?")),
    )
    with monday(first) as diary:
        (values,) = said(diary("submitted"))
        assert values["What?"] == "As it was"
        assert values["What is new?"]


def test_a_form_with_one_choice_is_opened_to_choose_anew() -> None:
    picker = {"type": "datepicker", "action_id": "a", "initial_date": "2026-11-20"}
    with monday(view(field(picker, block_id="day", label=plain("New date")))) as diary:
        (values,) = said(diary("submitted"))
        assert values["New date"] > "2026-11-23"


def test_a_refused_person_is_replaced_by_somebody_else() -> None:
    refused: list[str] = []

    def submit(ack: Any, body: Json) -> None:
        chosen = body["view"]["state"]["values"]["who"]["a"]["selected_user"]
        refused.append(chosen)
        ack() if len(refused) > 1 else ack(response_action="errors", errors={"who": "Somebody else, please."})

    first = view(field({"type": "users_select", "action_id": "a"}, block_id="who", label=plain("Owner")))
    with monday(first, submit=submit):
        assert len(set(refused)) == 2


def test_a_file_is_handed_in_of_a_kind_that_is_asked_for() -> None:
    got: list[Json] = []

    def submit(ack: Any, body: Json) -> None:
        values = body["view"]["state"]["values"]
        got.extend(file for block in ("notes", "proof") for file in values[block]["a"]["files"])
        ack()

    notes = field({"type": "file_input", "action_id": "a"}, block_id="notes", label=plain("Notes"))
    proof = field(
        {"type": "file_input", "action_id": "a", "filetypes": ["png"]}, block_id="proof", label=plain("Proof")
    )
    with monday(view(notes, proof), submit=submit) as diary:
        (values,) = said(diary("submitted"))
    assert values == {"Notes": "chloe-2026-11-23.txt", "Proof": "chloe-2026-11-23.png"}
    assert [file["name"].rpartition(".")[2] for file in got] == ["txt", "png"]
    assert all(file["size"] > 0 for file in got)
