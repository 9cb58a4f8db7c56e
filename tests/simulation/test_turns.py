"""Rituals that ask or are led in turn: worked out by hand, and then broken."""

from typing import Any

from simulation.promises import asked, facilitating
from tests.simulation.oracle import Json, change, runs
from tests.simulation.steered import steered
from tests.simulation.story import PLAN, SECOND, TEMPLATES, direct, local, section, verdict
from tests.simulation.test_steering import by_hand, run_by_hand
from tests.simulation.week import Week, week

FOUR = dict.fromkeys(("dia", "cai", "ben", "ana"), "UTC")
UNTIL = "2026-10-13T00:00+00:00"


def pairs(*changes: Json, who: str = "2 of everyone") -> list[str]:
    """Who is asked on each Monday, and a mark where nobody can say."""
    found = runs("every mon at 09:30", FOUR, until=UNTIL, changes=changes, who=[who])
    return [" ".join(f"{due.person}{'' if due.certain else '?'}" for due in run.dues) for run in found]


def test_those_are_asked_who_were_asked_longest_ago_and_never_first() -> None:
    assert pairs() == ["ana ben", "cai dia", "ana ben", "cai dia"]
    assert pairs(who="3 of everyone") == ["ana ben cai", "ana ben dia", "ana cai dia", "ben cai dia"]


def test_who_is_away_is_passed_over_and_comes_first_after_that() -> None:
    fields = {"person": "ana", "did": "commanded", "command": "/muster", "channel": "C", "ok": True}
    away = change("diary", "2026-09-18T16:00+00:00", **fields, text="away 2026-09-21 2026-09-22")
    assert pairs(away) == ["ben cai", "ana dia", "ben cai", "ana dia"]


def test_nobody_can_say_whose_turn_it_is_once_somebody_came_or_went_just_then() -> None:
    left = change("membership", "2026-09-28T09:25+00:00", act="left", channel="C", user="ben")
    assert pairs(left) == ["ana ben", "ana? ben? cai? dia?", "ana? cai? dia?", "ana? cai? dia?"]


def found_with(found: Week, **sync: Any) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    templates = {**TEMPLATES, "sync": {**TEMPLATES["sync"], **sync}}
    for finding in verdict(found.story.lines, templates, PLAN).findings:
        texts.setdefault(finding.promise, []).append(finding.text)
    return texts


def test_asking_those_whose_turn_it_is_not_is_found() -> None:
    texts = found_with(week(), who=["2 of everyone"])[asked.PROMISE]
    assert [text.partition(" was asked")[0] for text in texts] == ["Cai Rao", "Dia Moss"]


def second_run(*told: str) -> Week:
    """Ana led the first run by her name, Dia starts the second by hand, and so it is Ben's turn."""
    found = steered()
    run_by_hand(found, "dia")
    by_hand(found)
    for who in told:
        text = "It is your turn to facilitate *Weekly sync* in #forecast, Wed 25 Nov 2026: you come after Ana Souza."
        found.story.post(local("ben", 25, "11:00") + SECOND, direct(who), text, [section(text)])
    return found


def test_whoever_is_not_told_that_it_is_their_turn_is_found() -> None:
    rotates = {"facilitator": "1 of everyone"}
    text = "Ben Okafor was not told in time that it is their turn to lead Weekly sync of 2026-11-25 in #forecast."
    assert found_with(second_run(), **rotates)[facilitating.PROMISE] == [text]
    assert facilitating.PROMISE not in found_with(second_run("ben"), **rotates)
    text = "Cai Rao was told that it is their turn, and it is not."
    assert found_with(second_run("ben", "cai"), **rotates)[facilitating.PROMISE] == [text]
