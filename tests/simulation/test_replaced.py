"""Planted: readings that are not counted, and superseded decisions of which those who relied on them do not hear."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from simulation.promises import readers, replaced, verdicts
from tests.simulation.breaking import broken, frozen_after, without
from tests.simulation.story import SECOND, Json, channel, direct, section
from tests.simulation.test_objectors import HOUR, say
from tests.simulation.test_verdicts import AT, TEXT, approve, show, tell
from tests.simulation.week import DECIDED, Week, pressed, week

READ = AT + HOUR / 2
LATER = AT + HOUR
NEW = {**DECIDED, "Title": "Keep it [dddd-0004]", "What was decided?": "All [dddd-0005]", "Supersedes": "D-1"}
NEXT = "D-2: Keep it [dddd-0004]. Decided: All [dddd-0005] Why: It pays [dddd-0003]"
BUTTON, NEXT_BUTTON = pressed("Read", "decision.read", "1.x"), pressed("Read", "decision.read", "2.y")


def card(found: Week, at: datetime, state: str, *told: str) -> Json:
    return found.story.change(
        found.named["card"], at + SECOND, f"{state}: {TEXT}", [section(TEXT), *map(section, told)]
    )


def accepted(*, informed: str = "") -> Week:
    found = week()
    found.named["decision.form"]["values"] |= {"Informed": informed} if informed else {}
    approve(found)
    show(found, "Accepted")
    tell(found, AT + SECOND, "approved")
    return found


def read(found: Week, who: str, at: datetime, where: str = "", text: str = "1.x") -> Json:
    fields: dict[str, Any] = {"label": "Read", "action_id": "decision.read", "value": text, "where": "message"}
    return found.story.did(who, "clicked", at, **fields, channel=where or direct(who), ts="1")


@pytest.fixture
def known() -> Week:
    """Cai is to know of it, and has read it."""
    found = accepted(informed="Cai Rao")
    text = f"For you to know: {TEXT}"
    told = found.named["informed"] = found.story.post(AT + SECOND, direct("cai"), text, [section(text), BUTTON])
    read(found, "cai", READ)
    found.named["thanked"] = found.story.change(told, READ + SECOND, text, [section(text)])
    found.named["counted"] = card(found, READ, "Accepted", "Read by 1 person")
    return found


def test_whoever_has_read_it_is_counted(known: Week) -> None:
    assert broken(known) == {}
    frozen_after(known, known.named["informed"])
    known.story.lines.remove(known.named["counted"])
    assert broken(known)[readers.PROMISE] == [
        "D-1 is shown as read by 0, and 1 have said so.",
        "Cai Rao has read D-1, and is still asked to.",
    ]


def test_nobody_is_counted_who_has_not_read_it(known: Week) -> None:
    card(known, READ + SECOND, "Accepted", "Read by 2 people")
    assert broken(known) == {readers.PROMISE: ["D-1 is shown as read by 2, and 1 have said so."]}


def test_whoever_may_not_have_been_heard_is_counted_or_not(known: Week) -> None:
    click = next(line for line in known.story.lines if line.get("action_id") == "decision.read")
    click |= {"ok": False, "error": "timeout"}
    assert readers.PROMISE not in broken(known)
    card(known, READ + SECOND, "Accepted")
    assert readers.PROMISE not in broken(known)


def test_a_reminder_of_what_has_been_read_is_found(known: Week) -> None:
    text = f"Still to read: {TEXT}"
    known.story.post(READ - timedelta(minutes=5), direct("cai"), text, [section(text)])
    assert readers.PROMISE not in broken(known)
    known.story.post(LATER, direct("cai"), text, [section(text)])
    assert broken(known)[readers.PROMISE] == ["Cai Rao was reminded to read D-1, which they had."]


def test_a_reminder_of_what_has_ended_is_found() -> None:
    found = superseded()
    text = f"Still to read: {TEXT}"
    found.story.post(LATER + HOUR, direct("cai"), text, [section(text)])
    assert broken(found)[readers.PROMISE] == ["Cai Rao was reminded to read D-1, which had ended."]


def superseded(found: Week | None = None, *, at_head: bool = False) -> Week:
    """By one that Ben records and approves."""
    found = found or accepted()
    ids = json.dumps({"draft": "new", "channel": channel("council")})
    fields = {"view_id": "V2", "title": "New", "callback_id": "decision.form", "private_metadata": ids}
    values = {label: value for label, value in NEW.items() if not (at_head and label == "Supersedes")}
    if at_head:
        text = "It is posted in #council as a card. Once accepted, it supersedes D-1. Look through what is copied."
        view = {"type": "modal", "id": "V2", "blocks": [section(text)]}
        found.story.add("view", LATER - SECOND, act="opened", user="UBEN", view=view)
    found.story.did("ben", "submitted", LATER, **fields, values=values)
    names = [section(NEXT), section("supersedes <https://x.slack.com/1|D-1>"), NEXT_BUTTON]
    found.named["new card"] = found.story.post(LATER + SECOND, channel("council"), f"Accepted: {NEXT}", names)
    found.named["told"] = say(found, "ana", LATER, f"{TEXT} is superseded by {NEXT}")
    found.named["ended"] = card(found, LATER, "Superseded", "*Superseded by* D-2: Keep it", "Read by 1 person")
    return found


@pytest.mark.parametrize("at_head", [True, False])
def test_what_took_the_place_of_a_decision_stands_on_its_card(*, at_head: bool) -> None:
    found = superseded(at_head=at_head)
    found.named["ended"]["message"]["blocks"].pop()
    assert broken(found) == {}
    frozen_after(found, found.named["card"])
    assert broken(found)[verdicts.PROMISE] == ["D-1 was to be shown as superseded, and is not."]


def test_whoever_recorded_what_is_superseded_hears_of_it() -> None:
    found = superseded()
    without(found, found.named["told"])
    assert broken(found) == {verdicts.PROMISE: ["Ana Souza was not told in time what Ben Okafor did with D-1."]}


@pytest.mark.parametrize(("name", "card", "other"), [("ended", "D-1", "D-2"), ("new card", "D-2", "D-1")])
def test_records_that_do_not_name_each_other_are_found(name: str, card: str, other: str) -> None:
    found = superseded()
    found.named[name]["message"]["blocks"].pop(1)
    text = f"The card of {card} does not name {other}, and one supersedes the other."
    assert broken(found) == {replaced.PROMISE: [text]}


def test_whoever_had_read_it_is_asked_to_read_the_new_one() -> None:
    found = accepted()
    read(found, "ana", READ, channel("council"))
    card(found, READ, "Accepted", "Read by 1 person")
    superseded(found)
    assert broken(found) == {replaced.PROMISE: ["Ana Souza has read D-1, and is not asked to read D-2."]}
    found.named["told"]["message"]["blocks"].append(NEXT_BUTTON)
    assert broken(found) == {}
    without(found, found.named["told"])
    assert broken(found)[replaced.PROMISE] == ["Ana Souza was not told in time what Ben Okafor did with D-1."]


def test_whoever_is_to_know_of_the_new_one_needs_no_other_message() -> None:
    found = accepted()
    read(found, "ana", READ, channel("council"))
    card(found, READ, "Accepted", "Read by 1 person")
    superseded(found)
    text = f"For you to know: {NEXT}"
    found.story.post(LATER + SECOND, direct("ana"), text, [section(text), BUTTON])
    assert replaced.PROMISE not in broken(found)
