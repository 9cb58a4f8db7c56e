"""People who act by themselves: when they answer, what they write, and that a seed repeats them."""

import re
from datetime import timedelta
from typing import Any

import httpx2

from sandbox.cast.choices import gist
from sandbox.cast.deeds import DOUBLE_CLICK
from sandbox.cast.habits import Habits
from sandbox.chance import happens
from sandbox.log import Note
from sandbox.sight import texts
from tests.sandbox.survey import EVERYTHING, invitation
from tests.sandbox.test_blocks import actions, button, plain, section
from tests.sandbox.town import MONDAY, Json, local, town

TOKEN = re.compile(r"\[[0-9a-z]{4}-[0-9a-z]{4}\]")


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


def test_what_is_marked_again_is_left_empty_where_nothing_is_needed() -> None:
    with town(fields=EVERYTHING[:2]) as here:
        here.survey.ask(here.slack, here.people[1]["id"], "What is new?")
        here.survey.marks += [{"risk": "Please write a number."}] * 2
        here.live_until(MONDAY + timedelta(days=2))
        sent = here.diary("submitted")[:3]
        assert [note.details["ok"] for note in sent] == [False, False, True]
        assert [bool(note.details["values"].get("Which risk worries you?")) for note in sent[1:]] == [True, False]


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


def test_nobody_agrees_twice_to_the_same_however_often_its_message_changes() -> None:
    with town() as here:
        (channel,) = [room["id"] for room in here.slack.conversations_list()["channels"] if room["name"] == "forecast"]
        ts = here.slack.chat_postMessage(channel=channel, text="Sold", blocks=settled(0))["ts"]
        for day in range(1, 4):
            here.live_until(MONDAY + timedelta(days=day))
            here.slack.chat_update(channel=channel, ts=ts, text="Sold", blocks=settled(day))
        pressed = {(note.details["person"], local(note, here.people).date()) for note in here.diary("clicked")}
        assert len({person for person, _ in pressed}) == len(pressed) > 1


def settled(day: int) -> list[Json]:
    agree = button(text=plain("Got it"), action_id="got-it", value="1", style="primary")
    return [section(f"We sell it. {day} have read this."), actions(agree)]


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
