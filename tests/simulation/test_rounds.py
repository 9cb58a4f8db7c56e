"""Planted: rounds of decisions that ask the wrong people, tell too soon, or come to what nobody said."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from simulation.promises import hours, leaks, once, rounds, silence, verdicts
from tests.simulation.breaking import again, broken, frozen_after, without
from tests.simulation.story import SECOND, Json, buttons, context, direct, local, section
from tests.simulation.test_verdicts import TEXT
from tests.simulation.week import Week, pressed, week

AT = local("ana", 24, "15:00")
"""When it is recorded: late in Berlin, where Ben is asked on the next morning."""
BEN_ASKED = local("ben", 25, "09:00")
ANSWERED = BEN_ASKED + timedelta(hours=1)
STAND, WRONG = "Where do you stand?", "What would go wrong, and for whom?"
CONSENT = "Consent round: accepted unless somebody objects"
SAYS = "Good enough for now, and safe enough to try?"
CLOSES = {"ana": "Fri 27 Nov 2026 15:00", "ben": "Mon 30 Nov 2026 09:00"}
LINES = {"ana": "31", "ben": "32"}
"""The ids of their prompts."""


def asks(who: str, *, reminds: bool = False) -> tuple[str, list[Json]]:
    begins = f"Reminder: Consent round D-1 closes {CLOSES[who]} X." if reminds else f"Consent round D-1: D-1 {SAYS}"
    text = f"{begins} Please answer by {CLOSES[who]} X."
    pressed = buttons(("Answer", "checkin.answer", LINES[who]), ("Skip today", "checkin.skip", LINES[who]))
    return text, [section(text), context("for #council, facilitated by Ana Souza"), pressed]


def shown(heard: int, *, is_open: bool) -> list[Json]:
    said = f"{heard} of 2 have said where they stand."
    until = " It is open until Mon 30 Nov 2026." if is_open else ""
    return [section(TEXT), section(f"*Consent round*\n{said}{until}"), pressed("View", "decision.view", "1")]


def card(found: Week, at: datetime, state: str, heard: int, *, is_open: bool, also: str = "") -> Json:
    blocks = [*shown(heard, is_open=is_open), *([section(also)] if also else [])]
    return found.story.change(found.named["card"], at + SECOND, f"{state}: {TEXT}", blocks)


def answer(found: Week, who: str, at: datetime, stance: str, wrong: str = "") -> None:
    ids = json.dumps({"prompt": LINES[who], "draft": "x", "page": "0"})
    values = {STAND: stance, **({WRONG: wrong} if wrong else {})}
    fields: dict[str, Any] = {"view_id": f"VR{who}", "title": "Consent round D-1", "callback_id": "checkin.form"}
    found.story.did(who, "submitted", at, **fields, private_metadata=ids, values=values)
    text = f"Consent round D-1: answered, thank you. {STAND} {stance} {wrong}"
    found.named[f"receipt {who}"] = found.story.change(found.named[who], at + SECOND, text, [section(text)])


@pytest.fixture
def asked() -> Week:
    """Ana drives it and Ben approves it: both are asked, and she has answered."""
    found = week()
    found.named["decision.form"]["values"]["How is it decided?"] = CONSENT
    without(found, found.named["approval"])
    found.named["card"]["message"]["blocks"] = shown(0, is_open=True)
    for who, at in (("ana", AT), ("ben", BEN_ASKED)):
        found.named[who] = found.story.post(at + SECOND, direct(who), *asks(who))
    answer(found, "ana", AT + timedelta(minutes=20), "Consent")
    card(found, AT + timedelta(minutes=20), "Proposed", 1, is_open=True)
    return found


@pytest.fixture
def passed(asked: Week) -> Week:
    answer(asked, "ben", ANSWERED, "Consent with a concern", "Who pays [ffff-0006]")
    asked.named["result"] = card(asked, ANSWERED, "Accepted", 2, is_open=False, also="Ben Okafor: Who pays [ffff-0006]")
    text = f"Ben Okafor approved {TEXT}"
    asked.named["told"] = asked.story.post(ANSWERED + SECOND, direct("ana"), text, [section(text)])
    return asked


def test_a_round_to_which_all_consent_is_accepted_and_told(passed: Week) -> None:
    assert broken(passed) == {}
    without(passed, passed.named["told"])
    assert broken(passed) == {verdicts.PROMISE: ["Ana Souza was not told in time what Ben Okafor did with D-1."]}


def test_a_round_that_is_open_is_well(asked: Week) -> None:
    assert broken(asked) == {}


def test_somebody_who_is_not_asked_is_found(asked: Week) -> None:
    without(asked, asked.named["ben"])
    assert broken(asked) == {rounds.PROMISE: ["Ben Okafor was not asked about D-1, and nothing stood in the way."]}


def test_somebody_who_is_asked_late_or_outside_their_hours_is_found(asked: Week) -> None:
    asked.named["ben"]["at"] += 3600
    assert broken(asked) == {rounds.PROMISE: ["Ben Okafor was late asked about D-1, and nothing stood in the way."]}
    asked.named["ben"]["at"] -= 3 * 3600
    assert list(broken(asked)) == [hours.PROMISE]


def test_somebody_who_is_not_named_and_asked_is_found(asked: Week) -> None:
    line = again(asked, asked.named["ben"], local("cai", 25, "09:00"), delivery="other")
    line["channel"] = direct("cai")
    assert broken(asked)[rounds.PROMISE] == ["Cai Rao is not named in D-1, and was asked about it."]


def test_somebody_who_is_asked_twice_is_found(asked: Week) -> None:
    again(asked, asked.named["ben"], BEN_ASKED + timedelta(minutes=5), delivery="other")
    assert list(broken(asked)) == [once.PROMISE]


def test_a_reminder_of_what_has_been_answered_is_found(asked: Week) -> None:
    at = local("ana", 26, "12:00")
    asked.story.end(at + timedelta(hours=1))
    asked.story.post(at, direct("ben"), *asks("ben", reminds=True))
    assert broken(asked) == {}
    asked.story.post(at, direct("ana"), *asks("ana", reminds=True))
    assert broken(asked) == {rounds.PROMISE: ["Ana Souza was reminded of D-1 after answering."]}


def test_a_word_that_is_shown_before_the_end_is_found(passed: Week) -> None:
    card(passed, ANSWERED - SECOND, "Proposed", 1, is_open=True, also="Ben Okafor: Who pays [ffff-0006]")
    passed.named["result"]["at"] += 120
    passed.named["told"]["at"] += 120
    text = "What Ben Okafor said in the round of D-1 was shown before its end: [ffff-0006]"
    assert broken(passed) == {rounds.PROMISE: [text]}


@pytest.mark.parametrize(("seconds", "is_found"), [(0.5, False), (300, True)])
def test_news_of_a_round_may_come_before_its_card_but_not_before_its_end(
    passed: Week, seconds: float, is_found: bool
) -> None:
    passed.named["told"]["message"]["text"] += " Who pays [ffff-0006]"
    for name in ("result", "told"):
        passed.named[name]["at"] += 600
    passed.named["told"]["at"] -= seconds
    assert (rounds.PROMISE in broken(passed)) is is_found


def test_what_somebody_says_in_private_reaches_nobody_outside(passed: Week) -> None:
    passed.story.post(ANSWERED + timedelta(hours=1), direct("cai"), f"Ben Okafor approved {TEXT}", [section(TEXT)])
    assert leaks.PROMISE in broken(passed)


def test_a_round_that_closes_while_somebody_could_answer_is_found(asked: Week) -> None:
    card(asked, BEN_ASKED + timedelta(minutes=5), "Proposed", 1, is_open=False)
    assert "The round of D-1 closed while Ben Okafor could answer." in broken(asked)[rounds.PROMISE]


def test_the_approvers_silence_never_counts_as_consent(asked: Week) -> None:
    over = local("ben", 30, "09:00")
    asked.story.end(over + timedelta(hours=1))
    shown = card(asked, over, "Proposed", 1, is_open=False)
    closed = "Closed: Consent round D-1, Tue 24 Nov 2026."
    asked.story.change(asked.named["ben"], over + SECOND, closed, [section(closed)])
    assert broken(asked)[rounds.PROMISE] == ["Ben Okafor was not told in time what Ana Souza did with D-1."]
    asks_now = f"Ana Souza asks you to approve {TEXT}"
    asked.story.post(over + SECOND, direct("ben"), asks_now, [section(asks_now)])
    assert rounds.PROMISE not in broken(asked)
    shown["message"]["text"] = f"Accepted: {TEXT}"
    text = "The round of D-1 came to proposed, and is shown otherwise."
    assert broken(asked)[rounds.PROMISE] == [text]


def test_an_objection_makes_it_contested(asked: Week) -> None:
    answer(asked, "ben", ANSWERED, "Objection", "Who pays [ffff-0006]")
    shown = card(asked, ANSWERED, "Contested", 2, is_open=False)
    text = f"Ben Okafor objected to {TEXT}"
    asked.story.post(ANSWERED + SECOND, direct("ana"), text, [section(text)])
    waits = f"You objected, and can still approve it: {TEXT}"
    asked.story.post(ANSWERED + SECOND, direct("ben"), waits, [section(waits)])
    assert broken(asked) == {}
    shown["message"]["text"] = f"Accepted: {TEXT}"
    assert broken(asked)[rounds.PROMISE] == ["The round of D-1 came to contested, and is shown otherwise."]


def test_a_round_that_counts_wrongly_or_stays_open_is_found(passed: Week) -> None:
    passed.named["result"]["message"]["blocks"] = shown(1, is_open=False)
    assert broken(passed) == {rounds.PROMISE: ["The round of D-1 says that 1 were heard; 2 were."]}
    frozen_after(passed, passed.named["card"])
    assert broken(passed)[rounds.PROMISE] == ["The round of D-1 is over, and its card does not say so."]


def test_somebody_who_is_still_asked_once_it_is_over_is_found(passed: Week) -> None:
    passed.story.lines.remove(passed.named["receipt ben"])
    assert broken(passed)[rounds.PROMISE] == ["Ben Okafor is still asked about D-1, whose round is over."]
    assert silence.PROMISE not in broken(passed)
