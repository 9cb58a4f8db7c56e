"""The measures of the extract, on cases worked out by hand."""

from datetime import UTC, datetime

import pytest

from benchmarks.annotated import Marks
from benchmarks.baselines import BASELINES, centroid, lead, longest, tail, textrank, words
from benchmarks.briefing import main
from benchmarks.measures import (
    Called,
    Found,
    call,
    coverage,
    difference,
    found_at,
    found_by_chance,
    status_score,
)
from domain.briefs import Brief, Statement, Status
from domain.threads import Message, Thread

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ITEMS = (frozenset({"a", "b"}), frozenset({"c"}))


def thread(*texts: str) -> Thread:
    messages = (Message(ts=str(number), by="U1", text=text, at=AT) for number, text in enumerate(texts, 1))
    return Thread(tuple(messages), {"U1": "Mia"}, UTC)


def test_an_item_is_found_by_any_of_its_messages_and_once() -> None:
    assert found_at(1, ["x", "a", "b", "c"], ITEMS) == Found(0, 2)
    assert found_at(3, ["x", "a", "b", "c"], ITEMS) == Found(1, 2)
    assert found_at(4, ["x", "a", "b", "c"], ITEMS) == Found(2, 2)


def test_chance_finds_one_of_four_messages_with_two_draws_half_the_time() -> None:
    assert found_by_chance(2, 4, [frozenset({"a"})]).hits == pytest.approx(1 / 2)
    # Both of the other two are drawn in one of six draws.
    assert found_by_chance(2, 4, [frozenset({"a", "b"})]).hits == pytest.approx(5 / 6)
    assert found_by_chance(5, 3, [frozenset({"a"})]).hits == 1


def test_coverage_counts_items_not_threads() -> None:
    assert coverage([Found(1, 1), Found(0, 3), Found(0, 0)]) == 1 / 4
    assert coverage([Found(0, 0)]) == 0


def test_a_difference_that_every_thread_shows_is_sure() -> None:
    ours, theirs = [Found(1, 1)] * 6, [Found(0, 1)] * 6
    assert difference(ours, theirs) == (1, 1, 1)


def test_a_difference_that_one_thread_shows_is_not() -> None:
    ours, theirs = [Found(1, 1)] + [Found(0, 1)] * 3, [Found(0, 1)] * 4
    more, low, high = difference(ours, theirs)
    assert more == 1 / 4
    # None of four draws takes that thread in (3/4)^4 = 32% of the samples, all but one in 5% of them or fewer.
    assert low == 0
    assert high == 3 / 4


def test_draws_are_paired() -> None:
    mixed = [Found(1, 1), Found(0, 1)] * 5
    assert difference(mixed, mixed) == (0, 0, 0)


def test_the_status_is_scored_by_what_was_called_decided() -> None:
    calls = [Called(decided=True, called=True, cites_it=True)] * 2 + [Called(decided=True, called=True)]
    calls += [Called(decided=True, called=False)] * 2
    calls += [Called(decided=False, called=True, failed=1, failed_called=1), Called(False, False, failed=2)]
    score = status_score(calls)
    assert (score.precision, score.recall) == (3 / 4, 3 / 5)
    assert score.f1 == pytest.approx(2 / 3)
    assert (score.undecided, score.undecided_called) == (2, 1)
    assert (score.failed, score.failed_called) == (3, 1)
    assert (score.cited, score.right) == (2, 3)


@pytest.mark.parametrize(
    ("status", "first", "failed_called", "cites_it"),
    [
        (Status.DECIDED, "5", 1, False),
        (Status.DECIDED, "6", 0, False),
        (Status.DECIDED, "7", 0, True),
        (Status.PROPOSED, "5", 0, False),
    ],
)
def test_only_what_a_brief_called_decided_shows_first_counts_as_its_decision(
    status: Status, first: str, failed_called: int, cites_it: bool
) -> None:
    brief = Brief(status=status, decision=(Statement("a", (first,)), Statement("b", ("5", "7"))))
    marks = Marks(
        question=frozenset(),
        status=Status.DECIDED,
        decisions=(frozenset({"7", "8"}),),
        failed_proposals=frozenset({"5"}),
        options={},
        dissent=(),
        open_questions=(),
        action_items=(),
    )
    assert call(brief, marks) == Called(True, status == Status.DECIDED, 1, failed_called, cites_it)


def test_the_simple_ways_rank_as_their_names_say() -> None:
    found = thread("a bit longer", "short", "the longest of all of them")
    assert lead(found) == ["1", "2", "3"]
    assert tail(found) == ["3", "2", "1"]
    assert longest(found) == ["3", "1", "2"]


def test_nothing_rests_on_a_bot_or_on_what_is_gone() -> None:
    said, bot, gone = (
        Message(ts=str(n), by="U1", text="hi", at=AT, is_bot=n == 2, is_deleted=n == 3) for n in (1, 2, 3)
    )
    found = Thread((said, bot, gone), {"U1": "Mia"}, UTC)
    for ranking in (lead, tail, longest, centroid, textrank):
        assert ranking(found) == ["1"]


def test_the_most_central_message_shares_most_with_the_others() -> None:
    found = thread("red green", "red green blue", "blue grey", "nothing shared here")
    assert centroid(found)[0] == textrank(found)[0] == "2"
    assert centroid(thread("same", "same")) == textrank(thread("same", "same")) == ["1", "2"]


def test_signs_without_spaces_are_read_in_pairs() -> None:
    assert words("Ja, 延期します") == ["ja", "延期", "期し", "しま", "ます"]
    assert words("火") == ["火"]


def test_the_tables_compare_what_each_way_finds(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    printed = capsys.readouterr().out
    assert "tuning: " in printed
    for way in ("random", *BASELINES, "the extract"):
        assert printed.count(f"\n| {way} |") == 2
