"""Planted: an answer of several lines, each of which is to become a record, and does not."""

import pytest

from simulation.promises import split
from tests.simulation.story import TEMPLATES, Json, header, receipt, section, verdict
from tests.simulation.week import ANA, BEN, BLOCKED, PROMPTS, Week, monday_summary, week

FIRST, SECOND_LINE, OLD = "No data [aaaa-0002]", "No time", "No room [aaaa-0009]"
LINES = f"{FIRST}\n\n  {SECOND_LINE}"


def split_up(head: str, rows: list[str]) -> Week:
    """Ana is blocked by two things, after she had said something else; `rows` stand in the summary."""
    found = week()
    found.named["submit ana"]["values"][BLOCKED] = OLD
    found.named["edit ana"]["values"][BLOCKED] = LINES
    given = {**ANA, BLOCKED: LINES}
    text, blocks = receipt(PROMPTS["ana"], given)
    found.named["receipt ana"]["message"] |= {"text": text, "blocks": blocks}
    text, blocks = monday_summary({"Ana Souza": ANA | {BLOCKED: ""}, "Ben Okafor": BEN})
    told = section(f"*Ana Souza*\n_{BLOCKED}_\n{LINES}")
    kept = [block for block in blocks[4:] if BLOCKED not in str(block)]
    below = [header(head), *map(section, rows)]
    found.named["summary"]["message"] |= {"text": text, "blocks": [*blocks[:2], *below, *kept, told]}
    return found


def said(found: Week, into: str) -> list[str]:
    ask = [
        {**each, "type": "long", "into": into, "split": "lines"} if each["id"] == "blocked" else each
        for each in TEMPLATES["sync"]["ask"]
    ]
    known: dict[str, Json] = {**TEMPLATES, "sync": {**TEMPLATES["sync"], "ask": ask}}
    findings = verdict(found.story.lines, known).findings
    return [each.text for each in findings if each.promise == split.PROMISE]


def blocked_by(*rows: str) -> list[str]:
    shown = [row if "\n" in row else f"{row}\n_Ana Souza_ · nobody named yet" for row in rows]
    return said(split_up(f"Blockers ({len(rows)})", shown), "blocker.title")


def test_a_blocker_of_each_line_is_well() -> None:
    assert blocked_by(FIRST, SECOND_LINE) == []


@pytest.mark.parametrize("rows", [[f"{FIRST} {SECOND_LINE}"], [FIRST], [FIRST, FIRST, SECOND_LINE]])
def test_lines_that_become_one_blocker_or_none_or_two_are_found(rows: list[str]) -> None:
    assert "does not show what Ana Souza wrote in one line as one record" in blocked_by(*rows)[0]


def test_a_line_that_was_taken_out_and_still_blocks_is_found_unless_somebody_has_taken_it_up() -> None:
    assert blocked_by(FIRST, SECOND_LINE, OLD) == [
        f"Weekly sync of 2026-11-23 in #forecast still shows what Ana Souza took out of their answer: {OLD!r}"
    ]
    assert blocked_by(FIRST, SECOND_LINE, f"{OLD}\n_Ana Souza_ · taken up by _Ben Okafor_") == []


def test_a_line_that_blocked_in_an_earlier_run_already_may_stand_twice_but_not_from_one_day() -> None:
    older = f"{FIRST}\n_Ana Souza_ · 2 days · nobody named yet"
    assert blocked_by(FIRST, SECOND_LINE, older) == []
    assert len(blocked_by(FIRST, FIRST, SECOND_LINE, older)) == 1


def test_an_action_item_of_each_line_is_well_and_one_of_both_is_found() -> None:
    def items(*rows: str) -> list[str]:
        drawn = [f"*A-{number}* {row} · _Ana Souza_ · due Mon 30 Nov" for number, row in enumerate(rows, 1)]
        return said(split_up(f"Action items ({len(rows)})", drawn), "action.title")

    assert items(FIRST, SECOND_LINE) == []
    assert len(items(f"{FIRST} {SECOND_LINE}")) == 2
