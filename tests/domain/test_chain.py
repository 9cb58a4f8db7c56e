"""The chain of the audit trail: what is erased leaves it whole, and what is changed breaks it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.chain import Head, Line, Sealed, Value, canonical, faults, link, seal

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
Trail = list[Line]


def written(*whats: str) -> Trail:
    found: Trail = []
    last = Head()
    for number, what in enumerate(whats):
        values: dict[str, Value] = {name: Value(f"salt{number}{name}", canonical(f"{name} {what}")) for name in Sealed}
        seals = {name: seal(each.salt or "", each.text or "") for name, each in values.items()}
        added = link(last, workspace_id="T1", at=NOW + timedelta(minutes=number), what=what, seals=seals)
        found.append(Line(added, values))
        last = Head(added.number, added.digest)
    return found


def head(trail: Trail) -> Head:
    return Head(trail[-1].link.number, trail[-1].link.digest)


def erased(line: Line, name: Sealed) -> Line:
    return replace(line, values={**line.values, name: Value(None, None, NOW)})


def relinked(line: Line, **changes: Any) -> Line:
    return replace(line, link=replace(line.link, **changes))


@given(st.lists(st.text(), min_size=1, max_size=8))
def test_a_trail_as_it_was_written_has_no_faults(whats: list[str]) -> None:
    trail = written(*whats)
    assert list(faults(trail, head(trail))) == []


def test_an_empty_one_has_none_either() -> None:
    assert list(faults([], Head())) == []


@given(st.sets(st.sampled_from(list(Sealed)), min_size=1))
def test_what_was_erased_leaves_it_whole(names: set[Sealed]) -> None:
    trail = written("on", "changed", "off")
    for name in names:
        trail[1] = erased(trail[1], name)
    assert list(faults(trail, head(trail))) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda line: relinked(line, what="approved"),
            "Line 2 was changed, or does not follow from the line before it.",
        ),
        (lambda line: relinked(line, at=NOW), "Line 2 was changed, or does not follow from the line before it."),
        (
            lambda line: relinked(line, digest="0" * 64),
            "Line 2 was changed, or does not follow from the line before it.",
        ),
        (
            lambda line: replace(line, values={**line.values, Sealed.ACTOR: Value("salt1actor", '"somebody"')}),
            "The actor of line 2 is not what it was.",
        ),
        (
            lambda line: replace(line, values={**line.values, Sealed.SUBJECT: Value(None, None)}),
            "The subject of line 2 is missing, and was not erased.",
        ),
        (
            lambda line: replace(
                line, values={Sealed.ACTOR: line.values["actor"], Sealed.SUBJECT: line.values["subject"]}
            ),
            "The details of line 2 is missing, and was not erased.",
        ),
    ],
)
def test_a_changed_line_is_told_with_its_number(change: Callable[[Line], Line], told: str) -> None:
    trail = written("on", "changed", "off")
    kept = head(trail)
    trail[1] = change(trail[1])
    assert told in list(faults(trail, kept))


def test_a_new_seal_for_a_new_value_breaks_the_line() -> None:
    trail = written("on", "changed", "off")
    kept = head(trail)
    text = canonical("somebody")
    seals = {**trail[1].link.seals, Sealed.ACTOR: seal("new salt", text)}
    values = {**trail[1].values, Sealed.ACTOR: Value("new salt", text)}
    trail[1] = replace(relinked(trail[1], seals=seals), values=values)
    assert list(faults(trail, kept)) == ["Line 2 was changed, or does not follow from the line before it."]


def test_lines_that_were_taken_out_are_told() -> None:
    trail = written("1", "2", "3", "4", "5")
    kept = head(trail)
    assert next(faults([*trail[:1], *trail[3:]], kept)) == "Lines 2 to 3 are missing."
    assert next(faults(trail[1:], kept)) == "Line 1 is missing."
    assert list(faults(trail[:3], kept)) == ["Lines 4 to 5 are missing."]
    assert list(faults([], kept)) == ["Lines 1 to 5 are missing."]


def test_a_trail_that_was_written_anew_does_not_end_as_the_old_one() -> None:
    old, new = written("on", "off"), written("on", "changed")
    assert list(faults(new, head(old))) == [
        f"The trail ends with line {head(new)}, and not with {head(old)} as it was kept."
    ]


def test_the_same_value_has_another_seal_in_each_line() -> None:
    assert len({seal(f"salt{number}", canonical("U1")) for number in range(10)}) == 10
