"""A model that is sloppy in one way or the other: whatever it spoils is taken out or marked."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from benchmarks.annotated import HALVES, load_half
from domain.briefs import Brief, Doubt, State, WhyNot
from domain.language_models import NotWritten
from domain.threads import Thread
from tests.model.answering import (
    ALTERED_QUOTE,
    FOREIGN_LINK,
    SWAPPED_SOURCE,
    UNKNOWN_OWNER,
    WRONG_ID,
    honest,
    sloppy,
)
from tests.model.server import Mode
from tests.model.writing import Desk, at_desk

FOUND_BY = {
    WRONG_ID: Doubt.FOREIGN_SOURCE,
    ALTERED_QUOTE: Doubt.QUOTE_NOT_FOUND,
    UNKNOWN_OWNER: Doubt.NOT_IN_THREAD,
    FOREIGN_LINK: Doubt.LINK_REMOVED,
    SWAPPED_SOURCE: Doubt.LITTLE_OVERLAP,
}


@cache
def threads(half: str) -> list[Thread]:
    return [each.thread for each in load_half(half)]


def written(mode: Mode, half: str) -> Iterator[tuple[Desk, Thread, Brief, int]]:
    """Each with how much was spoilt in it."""
    with at_desk(mode, context_tokens=64_000) as desk:
        for thread in threads(half):
            before = len(desk.model.injected)
            try:
                brief = desk.write(thread)
            except NotWritten as failed:
                assert failed.why is WhyNot.OFF_THREAD  # noqa: PT017 - the only reason there may be
                continue
            yield desk, thread, brief, len(desk.model.injected) - before


def doubts(brief: Brief) -> Counter[Doubt]:
    kept = (doubt for each in brief.statements for doubt in each.doubts)
    return Counter([*kept, *(each.doubt for each in brief.left_out)])


def texts(brief: Brief) -> str:
    return "\n".join([*(each.text for each in brief.statements), *(each.text for each in brief.left_out)])


def test_an_honest_model_is_not_suspected() -> None:
    suspected = set(FOUND_BY.values())
    for _, _, brief, _ in written(honest, "tuning"):
        assert not suspected & set(doubts(brief))


@pytest.mark.parametrize("kind", [WRONG_ID, ALTERED_QUOTE, UNKNOWN_OWNER, FOREIGN_LINK])
def test_all_of_what_can_be_known_to_be_wrong_is_found(kind: str) -> None:
    all_in_all = 0
    share = 1.0 if kind == UNKNOWN_OWNER else 0.3
    for _, thread, brief, spoilt in written(sloppy(7, kind, share=share), "tuning"):
        assert doubts(brief)[FOUND_BY[kind]] == spoilt
        _holds_nothing_wrong(brief, thread)
        all_in_all += spoilt
    assert all_in_all >= 10


def test_whatever_is_spoilt_at_once_nothing_of_it_is_told_as_sure() -> None:
    kinds = 0
    for desk, thread, brief, _ in written(sloppy(3, *FOUND_BY, share=0.1), "tuning"):
        _holds_nothing_wrong(brief, thread)
        kinds = len(set(desk.model.injected))
    assert kinds == len(FOUND_BY)


def _holds_nothing_wrong(brief: Brief, thread: Thread) -> None:
    assert "evil.example" not in texts(brief)
    assert {each.owner_id for each in brief.tasks} <= {"", *thread.names}
    for each in brief.statements:
        assert set(each.sources) <= set(thread.by_ts)
        assert "surely not" not in each.quote
    for task in brief.tasks:
        assert task.statement.quote or task.statement.state is State.WEAK


@pytest.mark.parametrize("half", HALVES)
def test_most_of_the_sources_that_have_nothing_to_do_with_it_are_marked(half: str) -> None:
    found = spoilt = 0
    for _, _, brief, swapped in written(sloppy(5, SWAPPED_SOURCE), half):
        weak = [each for each in brief.statements if Doubt.LITTLE_OVERLAP in each.doubts]
        assert all(each.state is State.WEAK for each in weak)
        found, spoilt = found + len(weak), spoilt + swapped
    assert spoilt > 50
    assert 0.6 * spoilt <= found <= spoilt
