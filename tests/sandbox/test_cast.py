"""People who act by themselves: when they answer, what they write, and that a seed repeats them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pytest
from slack_sdk import WebClient

from sandbox.cast.choices import gist
from sandbox.cast.deeds import DOUBLE_CLICK
from sandbox.cast.habits import Habits
from sandbox.cast.life import LEAVING_A_WEEK
from sandbox.chance import happens
from sandbox.client import Client
from sandbox.log import Note
from sandbox.server import Sandbox
from sandbox.sight import texts
from tests.sandbox.apps import FRIDAY, connected, manifest, web_client
from tests.sandbox.survey import EVERYTHING, Survey, invitation

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
Json = dict[str, Any]


TOKEN = re.compile(r"\[[0-9a-z]{4}-[0-9a-z]{4}\]")


class Town:
    """A sandbox whose clock stands still between jumps, its people, and the survey that asks them."""

    def __init__(self, box: Sandbox, client: Client, survey: Survey) -> None:
        self.box = box
        self.client = client
        self.survey = survey
        self.slack: WebClient = web_client(box)
        self.people: list[Json] = client.get("workspace")["people"]

    def live_until(self, moment: datetime) -> None:
        answer = self.client.jump_to(moment)
        assert answer["now"] == moment.timestamp(), answer

    def ask_all(self, question: str) -> None:
        for person in self.people:
            self.survey.ask(self.slack, person["id"], question)

    def diary(self, *did: str) -> list[Note]:
        return [note for note in self.box.log.notes("diary") if not did or note.details["did"] in did]

    def written(self) -> list[Json]:
        """What was done, without the ids that a call more or less would change."""
        ids = ("ts", "thread_ts", "view_id", "private_metadata")
        return [{k: v for k, v in note.details.items() if k not in ids} | {"at": note.at} for note in self.diary()]


@contextmanager
def town(seed: str = "one", fields: list[Json] | None = None, **cast: Any) -> Iterator[Town]:
    survey = Survey(fields)
    with (
        Sandbox(seed="demo", manifest=manifest(events=[]), start=FRIDAY, runs=False, rate_limits=False) as box,
        Client(box.url) as client,
        connected(box, survey.register),
    ):
        box.start_cast(seed, **cast)
        yield Town(box, client, survey)


def local(note: Note, people: list[Json]) -> datetime:
    zone = next(person["tz"] for person in people if person["id"] == note.details["person"])
    return datetime.fromtimestamp(note.at, ZoneInfo(zone))


def test_people_answer_at_their_own_working_hours() -> None:
    with town() as here:
        here.ask_all("What is new?")
        here.live_until(MONDAY + timedelta(days=3))
        hours = [local(note, here.people) for note in here.diary("submitted", "clicked")]
        assert len(here.survey.answers) + len(here.survey.skipped) >= 7
        assert all(moment.weekday() < 5 and 8 <= moment.hour < 20 for moment in hours)


def test_an_answer_fits_every_kind_of_field() -> None:
    with town(fields=EVERYTHING) as here:
        here.ask_all("Everything?")
        here.live_until(MONDAY + timedelta(days=3))
        assert not [note for note in here.diary("submitted") if not note.details["ok"]]
        said = [note.details["values"] for note in here.diary("submitted")]
        assert len(said) >= 6
        for values in said:
            assert len(values["What moved since last week?"]) > 20
            assert 1 <= int(values["How many tickets?"]) <= 60
            assert values["By when?"] > "2026-11-20"
            assert values["Which channel?"] in ("forecast", "support-quality", "pricing")
        assert len({values["What moved since last week?"] for values in said}) == len(said)


def test_who_writes_shows_in_what_is_written() -> None:
    with town() as here:
        here.ask_all("What is new?")
        here.live_until(MONDAY + timedelta(days=3))
        said = {note.details["person"]: note.details["values"] for note in here.diary("submitted")}
        names = {person["id"]: person["name"] for person in here.people}
        by_name = {names[person]: next(iter(values.values())) for person, values in said.items()}
        words = {"Hana Sato": ("item", "guideline", "double-labelled"), "Farid Haddad": ("Addendum", "notice", "days")}
        for name in set(words) & set(by_name):
            assert any(word in by_name[name] for word in words[name]), by_name[name]
        assert set(words) & set(by_name)


def lived(seed: str, days: int = 2, **cast: Any) -> list[Json]:
    with town(seed, **cast) as here:
        for day in range(days):
            here.live_until(MONDAY + timedelta(days=day, hours=8))
            here.ask_all(f"What is new on day {day}?")
        here.live_until(MONDAY + timedelta(days=days + 2))
        return here.written()


def test_a_seed_repeats_every_act_to_the_second() -> None:
    first = lived("seven")
    assert first == lived("seven")
    assert first != lived("eight")


def test_in_two_weeks_somebody_skips_edits_chats_is_away_and_comes_back() -> None:
    done = {entry["did"] for entry in lived("thirteen", days=9)}
    assert {"submitted", "skipped", "edited", "said", "opened_home", "looked", "went_away", "came_back"} <= done


def test_what_fails_for_one_changes_nothing_for_others() -> None:
    def week(*, marked: str) -> list[Json]:
        with town("ten") as here:
            here.live_until(MONDAY + timedelta(hours=8))
            here.ask_all("What is new?")
            if marked:
                here.survey.marks.append({"moved": marked})
            here.live_until(MONDAY + timedelta(days=1))
            return here.written()

    kind, unkind = week(marked=""), week(marked="Please be shorter.")
    unlucky = next(entry["person"] for entry in unkind if entry.get("ok") is False)
    assert [entry for entry in kind if entry["person"] != unlucky] == [
        entry for entry in unkind if entry["person"] != unlucky
    ]


def test_what_is_marked_is_written_anew_and_sent_again() -> None:
    with town() as here:
        here.survey.ask(here.slack, here.people[1]["id"], "What is new?")
        here.survey.marks.append({"moved": "Please be shorter."})
        here.live_until(MONDAY + timedelta(days=2))
        refused, sent = here.diary("submitted")[:2]
        assert refused.details["errors"] == {"What moved since last week?": "Please be shorter."}
        assert (refused.details["ok"], sent.details["ok"]) == (False, True)
        before, after = (next(iter(note.details["values"].values())) for note in (refused, sent))
        assert len(after) < len(before)


def test_marked_texts_each_carry_a_token_of_their_own() -> None:
    with town(fields=EVERYTHING, marked=True) as here:
        here.ask_all("What is new?")
        here.live_until(MONDAY + timedelta(days=2))
        by_text = {text: note.details["person"] for note in here.diary("submitted") for text in _free_texts(note)}
        tokens = {token: person for text, person in by_text.items() for token in TOKEN.findall(text)}
        assert len(tokens) >= len(by_text) > 8
        assert all(tokens[token] == person for text, person in by_text.items() for token in TOKEN.findall(text))


def _free_texts(note: Note) -> list[str]:
    return [text for label, text in note.details["values"].items() if label.startswith(("What moved", "Which risk"))]


def test_whoever_somebody_acts_as_at_a_page_is_left_alone() -> None:
    with town() as here, httpx2.Client(base_url=here.box.url, timeout=10) as http:
        watched = here.people[1]["id"]
        with http.stream("GET", "/page/changes", params={"as": watched}) as page:
            reading = page.iter_text()
            assert next(reading) == ": listening\n\n"
            here.ask_all("What is new?")
            here.live_until(MONDAY + timedelta(days=2))
            acted = {note.details["person"] for note in here.diary()}
        assert len(acted) == 7
        assert watched not in acted


def test_a_button_that_does_nothing_is_pressed_once_more_and_then_left_alone() -> None:
    with town() as here:
        person = here.people[2]["id"]
        here.survey.opens = False
        here.survey.ask(here.slack, person, "What is new?")
        here.live_until(MONDAY + timedelta(days=1))
        assert [note.details["label"] for note in here.diary("clicked")] == ["Answer", "Answer"]
        assert not here.diary("submitted")


SCRIPT = [
    {"when": "mon 11:00", "who": "Chloe Martin", "command": "/note", "text": "now", "channel": "forecast"},
    {"when": "tue 15:30", "who": "Dev Patel", "says": "Rollback tried.", "channel": "forecast", "weeks": [2]},
    {"when": "wed 10:00", "who": "Ana Souza", "shortcut": "Keep this", "channel": "forecast", "about": "Rollback"},
]


def test_a_script_has_people_do_things_at_their_own_hours() -> None:
    with town(does=SCRIPT) as here:
        here.live_until(MONDAY + timedelta(days=14))
        berlin = ZoneInfo("Europe/Berlin")
        commands = here.diary("commanded")
        assert [datetime.fromtimestamp(note.at, berlin).strftime("%a %H:%M") for note in commands] == ["Mon 11:00"] * 2
        (said,) = [note for note in here.diary("said") if note.details["text"] == "Rollback tried."]
        assert local(said, here.people).strftime("%a %d %H:%M") == "Tue 01 15:30"
        (kept,) = here.diary("shortcut")
        assert kept.details["ts"] == said.details["ts"]


@pytest.mark.parametrize(
    "line",
    [
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


def test_what_people_believe_to_have_sent_was_taken_whatever_the_weather() -> None:
    with town(marked=True) as here:
        chances = {"late_ack": 0.3, "lost_delivery": 0.3, "expired_trigger": 0.2}
        here.box.change_weather("storm", "none", chances)
        here.ask_all("What is new?")
        here.live_until(MONDAY + timedelta(days=4))
        believed = {
            (note.details["person"], text)
            for note in here.diary("submitted")
            if note.details["ok"]
            for text in note.details["values"].values()
        }
        taken = {(person, values["moved"]["a"]["value"]) for person, values in here.survey.submissions}
        assert len(believed) >= 6
        assert believed <= taken
        assert any(not note.details["ok"] for note in here.diary("submitted", "clicked"))


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


def test_some_click_twice_and_still_send_one_answer() -> None:
    clumsy = next(str(number) for number in range(100) if _clicks_twice(str(number)))
    with town(clumsy) as here:
        here.live_until(MONDAY + timedelta(hours=7))
        chloe = next(person["id"] for person in here.people if person["name"] == "Chloe Martin")
        here.survey.ask(here.slack, chloe, "What is new?")
        here.live_until(MONDAY + timedelta(days=1))
        assert len([note for note in here.diary("clicked") if note.details["label"] == "Answer"]) == 2
        assert len(here.survey.submissions) == 1


def _clicks_twice(seed: str) -> bool:
    """Chloe's habit, on a Monday on which she is there, does not skip, and changes nothing afterwards."""
    habits = Habits(seed, "Chloe Martin")
    about = f"{gist(texts({'blocks': invitation('What is new?')}))} on 2026-11-23"
    skips = happens(habits.skipping, *habits.about("skip", about))
    edits = happens(habits.editing, *habits.about("edit", "Answer", about))
    is_there = habits.is_working(MONDAY.date()) and not skips and not edits
    return is_there and happens(DOUBLE_CLICK, *habits.about("double", "Answer", about))
