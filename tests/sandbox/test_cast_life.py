"""What simulated people do beside answering: by a script, in threads, coming and going."""

from datetime import datetime, timedelta
from threading import Timer
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from sandbox.cast.habits import Habits
from sandbox.cast.life import LEAVING_A_WEEK
from sandbox.chance import happens
from sandbox.client import Client
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, connected, manifest
from tests.sandbox.test_blocks import actions, button, field, modal, option, plain
from tests.sandbox.town import MONDAY, Json, local, town

SCRIPT = [
    {"when": "mon 11:00", "who": "Chloe Martin", "command": "/note", "text": "now", "channel": "forecast"},
    {"when": "tue 15:30", "who": "Dev Patel", "says": "Rollback tried.", "channel": "forecast", "weeks": [2]},
    {"when": "wed 10:00", "who": "Ana Souza", "shortcut": "Keep this", "channel": "forecast", "about": "Rollback"},
    {"when": "wed 11:00", "who": "Ana Souza", "reacts": "tada", "channel": "forecast", "about": "Rollback"},
    {"when": "thu 12:00", "who": "Ana Souza", "elsewhere": {"ana.ics": "BEGIN:VCALENDAR"}, "weeks": [1]},
    {"when": "fri 17:00", "who": "Ana Souza", "profile": {"tz": "Asia/Tokyo"}, "weeks": [2]},
]


def test_a_script_has_people_do_things_at_their_own_hours() -> None:
    with town(does=SCRIPT) as here:
        here.live_until(MONDAY + timedelta(days=14))
        berlin = ZoneInfo("Europe/Berlin")
        commands = here.diary("commanded")
        assert [datetime.fromtimestamp(note.at, berlin).strftime("%a %H:%M") for note in commands] == ["Mon 11:00"] * 2
        (said,) = [note for note in here.diary("said") if note.details["text"] == "Rollback tried."]
        assert local(said, here.people).strftime("%a %d %H:%M") == "Tue 01 15:30"
        (kept,) = [note for note in here.diary("shortcut") if note.details["callback_id"] == "keep"]
        assert kept.details["ts"] == said.details["ts"]
        (reacted,) = [note for note in here.diary("reacted") if note.details["name"] == "tada"]
        assert reacted.details["ts"] == said.details["ts"]
        ana = next(each for each in here.client.get("workspace")["people"] if each["name"] == "Ana Souza")
        assert ana["tz"] == "Asia/Tokyo"
        (put,) = here.box.log.notes("elsewhere")
        assert put.details == {"act": "put", "name": "ana.ics", "text": "BEGIN:VCALENDAR"}


THREAD = {
    "when": "mon 11:00",
    "who": "Ana Souza",
    "channel": "forecast",
    "says": "Shall we freeze?",
    "weeks": [1],
    "follows": [
        {"who": "Dev Patel", "says": "Proposal: on Tuesday [abcd-1234]"},
        {"who": "Chloe Martin", "reacts": "+1", "of": 1},
        {"who": "Dev Patel", "edits": "Proposal: on Wednesday", "of": 2},
        {"who": "Chloe Martin", "command": "/note", "channel": "forecast", "text": "see {link}", "of": 1},
        {"who": "Chloe Martin", "says": "Never mind", "of": 3},
        {"who": "Chloe Martin", "deletes": True, "of": 5},
        {"who": "Chloe Martin", "leaves": True, "of": 6},
    ],
}


def test_a_script_tells_a_whole_thread_each_deed_about_the_one_it_follows() -> None:
    with town(does=[THREAD]) as here:
        here.live_until(MONDAY + timedelta(days=5))
        channel = next(each for each in here.box.world.workspace.channels.values() if each.name == "forecast")
        root = next(each for each in channel.messages.values() if each.text == "Shall we freeze?")
        replies = channel.replies(root.ts)
        assert [each.text for each in replies] == ["Proposal: on Wednesday"]
        assert [note.details["name"] for note in here.diary("reacted") if note.details["ts"] == replies[0].ts] == ["+1"]
        (typed,) = here.diary("commanded")
        place = f"archives/{channel.id}/p{replies[0].ts.replace('.', '')}?thread_ts={root.ts}"
        assert place in typed.details["text"]
        chloe = next(each["id"] for each in here.people if each["name"] == "Chloe Martin")
        assert chloe not in channel.members
        said = [note.details["text"] for note in here.diary("said", "rewrote") if note.details["channel"] == channel.id]
        assert said[:2] == ["Shall we freeze?", "Proposal: on Tuesday [abcd-1234]"]
        assert set(said[2:]) == {"Proposal: on Wednesday", "Never mind"}


@pytest.mark.parametrize(
    "line",
    [
        {"when": "mon 11:00", "who": "Chloe Martin", "says": "Hi", "follows": [{"who": "Nobody", "says": "Hello"}]},
        {"when": "someday", "who": "Chloe Martin", "says": "Hi"},
        {"when": "mon 11:00", "who": "Chloe Martin"},
        {"when": "mon 11:00", "who": "Chloe Martin", "says": "Hi", "command": "/note"},
        {"when": "mon 11:00", "who": "Chloe Martin", "sings": "Hi"},
        {"when": "mon 11:00", "who": "Nobody", "says": "Hi"},
    ],
)
def test_a_script_that_cannot_be_played_is_refused(box: Sandbox, line: Json) -> None:
    with pytest.raises(ValueError, match=r"script|Nobody"):
        box.start_cast("one", does=[line])


def test_people_talk_in_threads_by_their_functions() -> None:
    with town("talkative") as here:
        here.live_until(MONDAY + timedelta(days=14))
        said = here.diary("said")
        first = next(note for note in said if note.details["thread_ts"] is None)
        answers = [note for note in said if note.details["thread_ts"] == first.details["ts"]]
        assert answers
        assert all(note.at > first.at for note in answers)
        assert {note.details["person"] for note in answers} - {first.details["person"]}


def test_somebody_who_left_the_company_does_nothing_more() -> None:
    with town() as here:
        gone = here.people[1]
        here.client.change_person(gone["name"], deleted=True)
        for person in here.people[2:]:
            here.survey.ask(here.slack, person["id"], "What is new?")
        here.live_until(MONDAY + timedelta(days=2))
        assert here.survey.answers
        assert gone["id"] not in {note.details["person"] for note in here.diary()}


def test_once_a_cast_has_ended_nobody_acts_any_more() -> None:
    with town() as here:
        here.ask_all("What is new?")
        here.box.end_cast()
        here.live_until(MONDAY + timedelta(days=2))
        assert here.diary() == []


def test_somebody_leaves_a_channel_and_comes_back() -> None:
    def leaves(seed: str) -> bool:
        habits = Habits(seed, "Chloe Martin")
        is_there = all(habits.is_working(MONDAY.date() + timedelta(days=day)) for day in range(5))
        return is_there and happens(LEAVING_A_WEEK, *habits.about("leave", MONDAY.date()))

    with town(next(str(number) for number in range(5000) if leaves(str(number)))) as here:
        here.live_until(MONDAY + timedelta(days=28))
        chloe = next(person["id"] for person in here.people if person["name"] == "Chloe Martin")
        moves = [note.details for note in here.box.log.notes("membership") if note.details["user"] == chloe]
        assert moves[0]["act"] == "left"
        channel = here.box.world.workspace.channels[moves[0]["channel"]]
        assert (chloe in channel.members) is (channel.kind == "public")


def test_people_read_the_answers_in_threads() -> None:
    with town("talkative") as here:
        here.live_until(MONDAY + timedelta(days=14))
        answered = {note.details["thread_ts"] for note in here.diary("said")} - {None}
        read = [note.details for note in here.diary("looked") if "thread_ts" in note.details]
        assert answered & {entry["thread_ts"] for entry in read}
        assert all(entry["texts"] for entry in read)


def test_people_press_what_the_home_page_offers_and_use_shortcuts(monkeypatch: pytest.MonkeyPatch) -> None:
    for chance in ("HOME_A_WEEK", "PRESS_AT_HOME", "SHORTCUT_A_WEEK"):
        monkeypatch.setattr(f"sandbox.cast.life.{chance}", 1.0)
    app = manifest(events=["app_home_opened"])
    with (
        Sandbox(seed="demo", manifest=app, start=FRIDAY, runs=False, rate_limits=False) as box,
        Client(box.url) as client,
        connected(box, notebook),
    ):
        box.start_cast("one")
        client.jump_to(MONDAY + timedelta(days=5))
        diary = [note.details for note in box.log.notes("diary")]
    pressed = [entry for entry in diary if entry["did"] == "clicked"]
    used = [entry for entry in diary if entry["did"] == "shortcut"]
    written = [entry for entry in diary if entry["did"] == "submitted"]
    assert {(entry["label"], entry["where"]) for entry in pressed} == {("Write a note", "view")}
    assert {entry["callback_id"] for entry in used} == {"new"}
    assert len(pressed) >= 5
    assert len(used) >= 5
    assert len(written) == len(pressed) + len(used)


def test_a_script_goes_through_several_clicks_to_what_it_enters_exactly_and_presses_what_is_on_home() -> None:
    line: Json = {"when": "mon 11:00", "who": "Chloe Martin", "command": "/note", "channel": "forecast"}
    does: list[Json] = [
        {**line, "then": ["Mine"], "values": {"What": {"exactly": "09:30"}}},
        {**line, "when": "tue 11:00", "then": ["Yours"]},
        {"when": "wed 11:00", "who": "Chloe Martin", "at_home": "Write a note"},
        {"when": "wed 13:00", "who": "Chloe Martin", "at_home": "Burn a note"},
        {"when": "wed 15:00", "who": "Chloe Martin", "at_home": "Write a note", "about": "You missed it"},
        {**line, "when": "wed 16:00", "press": "Mine", "about": "Mine", "then": ["Bigger"], "values": {"What": "Tea"}},
        {**line, "when": "wed 17:00", "press": "Mine", "about": "Yours", "then": ["Bigger"]},
    ]
    does[-2:] = [{key: value for key, value in each.items() if key != "command"} for each in does[-2:]]
    with (
        Sandbox(seed="demo", manifest=manifest(), start=FRIDAY, runs=False, rate_limits=False) as box,
        Client(box.url) as client,
        connected(box, notebook),
    ):
        box.start_cast("one", marked=True, does=does)
        client.jump_to(MONDAY + timedelta(days=3))
        diary = [note.details for note in box.log.notes("diary")]
        chloe = client.person_id("Chloe Martin")
    did = ("commanded", "clicked", "submitted", "gave_up")
    hers = [entry for entry in diary if entry["person"] == chloe and entry["did"] in did]
    assert [entry["did"] for entry in hers] == [
        *("commanded", "clicked", "submitted"),
        *("commanded", "gave_up"),
        *("clicked", "submitted"),
        *("clicked", "clicked", "submitted"),
    ]
    assert hers[2]["values"] == {"What": "09:30"}
    assert [entry["label"] for entry in hers[-3:-1]] == ["Mine", "Bigger"]
    assert hers[-1]["values"]["What"].startswith("Tea [")


def test_a_script_waits_for_what_comes_later_and_chooses_from_menus() -> None:
    note: Json = {"when": "mon 11:00", "who": "Chloe Martin", "command": "/note", "channel": "forecast"}
    press = {"when": "mon 12:00", "who": "Chloe Martin", "channel": "forecast", "press": "Mine", "about": "Mine"}
    does = [note, {**press, "then": ["Grow", "Huge", "Burn it"], "values": {"What": "Cake"}}]
    with (
        Sandbox(seed="demo", manifest=manifest(), start=FRIDAY, runs=False, rate_limits=False) as box,
        Client(box.url) as client,
        connected(box, notebook),
    ):
        box.start_cast("one", marked=True, does=does)
        client.jump_to(MONDAY + timedelta(days=1))
        chloe, did = client.person_id("Chloe Martin"), ("clicked", "submitted")
        diary = [note.details for note in box.log.notes("diary") if note.details["person"] == chloe]
        hers = [entry for entry in diary if entry["did"] in did]
    assert [entry.get("value") for entry in hers] == ["", "", "", "burn", None]
    assert hers[-1]["values"]["What"].startswith("Cake [")


def notebook(app: App) -> None:
    """Notes are begun from the Home page, by a shortcut, or from what the command answers with."""
    start = button(action_id="start", text=plain("Write a note"))
    bigger = button(action_id="bigger", text=plain("Bigger"))
    growing = button(action_id="grow", text=plain("Grow"))
    note = modal(callback_id="note", blocks=[field(block_id="what"), actions(bigger, growing)])

    def publish(event: Json, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [actions(start)]})

    def begin(ack: Any, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=note)
        ack()

    def offer(ack: Any) -> None:
        ack(text="Notes", blocks=[actions(button(action_id="start", text=plain("Mine")))])

    def grow(ack: Any, body: Json, client: WebClient) -> None:
        ack()
        menu = {
            "type": "overflow",
            "action_id": "menu",
            "options": [option("Keep it", "keep"), option("Burn it", "burn")],
        }
        more = actions(button(action_id="huge", text=plain("Huge")), menu)
        view = {**note, "blocks": [*note["blocks"], more]}
        Timer(0.2, client.views_update, kwargs={"view_id": body["view"]["id"], "view": view}).start()

    app.command("/note")(offer)
    for each in ("huge", "menu"):
        app.action(each)(lambda ack: ack())
    app.event("app_home_opened")(publish)
    app.action("start")(begin)
    app.action("bigger")(lambda ack: ack())
    app.action("grow")(grow)
    app.shortcut("new")(begin)
    app.view("note")(lambda ack: ack())
