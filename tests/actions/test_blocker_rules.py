"""The states of a blocker, and what people read of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.actions import WHAT_LIMIT
from domain.blocker_cards import BlockedCard, BlockerNews, ClearerCard, HandedCard, PassSheet
from domain.blockers import (
    MOVES,
    AlreadyAnAction,
    AlreadyCleared,
    Blocker,
    BlockerState,
    Move,
    NotYoursToClear,
    Passed,
    next_nudge,
)
from domain.people import Person
from surface import blocker_messages, blockers
from surface.blocker_form import pass_form
from surface.kit import escape
from tests.surface.views import NASTY, check_message, check_view, labels

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANA, BEN, DEV = (Person("T1", each, name) for each, name in (("U1", "Ana"), ("U2", "Ben"), ("U3", "Dev")))
PEOPLE = {each.id: each for each in (ANA, BEN, DEV)}
OPEN = Blocker(1, "T1", 1, "C1", "No labels", ANA.id, NOW)


def in_state(state: BlockerState) -> Blocker:
    return replace(OPEN, state=state, owner_id=DEV.id)


@pytest.mark.parametrize("state", BlockerState)
@pytest.mark.parametrize("move", Move)
def test_a_blocker_moves_only_as_the_table_says(state: BlockerState, move: Move) -> None:
    before = in_state(state)
    if (state, move) in MOVES:
        assert before.moved(move, by=BEN.id, at=NOW).state is MOVES[state, move]
    else:
        with pytest.raises(AlreadyCleared):
            before.moved(move, by=BEN.id, at=NOW)


def test_whoever_takes_it_up_owns_it_and_nobody_is_nudged_any_more() -> None:
    taken = OPEN.moved(Move.TAKE, by=BEN.id, at=NOW)
    assert (taken.owner_id, taken.acknowledged_at, taken.waits) == (BEN.id, NOW, False)
    assert taken.moved(Move.TAKE, by=BEN.id, at=NOW + timedelta(hours=1)) == taken
    assert taken.moved(Move.TAKE, by=DEV.id, at=NOW).owner_id == DEV.id


def test_saying_twice_that_it_is_cleared_is_saying_it_once() -> None:
    cleared = OPEN.moved(Move.CLEAR, by=BEN.id, at=NOW)
    assert cleared.cleared_by == BEN.id
    assert cleared.moved(Move.CLEAR, by=BEN.id, at=NOW + timedelta(seconds=1)) == cleared
    with pytest.raises(AlreadyCleared):
        cleared.moved(Move.CLEAR, by=DEV.id, at=NOW)
    again = cleared.moved(Move.STILL, by=ANA.id, at=NOW)
    assert (again.is_open_again, again.cleared_at) == (True, None)
    assert not again.moved(Move.CLEAR, by=BEN.id, at=NOW).is_open_again, "whoever cleared it may do so again"


@pytest.mark.parametrize(
    ("blocker", "by"),
    [
        (replace(OPEN, owner_id=BEN.id), ""),
        (OPEN.moved(Move.TAKE, by=BEN.id, at=NOW), BEN.id),
        (OPEN.moved(Move.TAKE, by=BEN.id, at=NOW).moved(Move.CLEAR, by=DEV.id, at=NOW), DEV.id),
        (OPEN.moved(Move.CLEAR, by=DEV.id, at=NOW).moved(Move.STILL, by=ANA.id, at=NOW), ""),
        (replace(OPEN, action_number=7, action_by=DEV.id), DEV.id),
    ],
)
def test_a_blocker_tells_who_has_it_in_hand_or_has_settled_it(blocker: Blocker, by: str) -> None:
    assert blocker.moved_by == by


def test_an_action_item_settles_it_for_good() -> None:
    with pytest.raises(AlreadyAnAction, match="A-7"):
        replace(OPEN, action_number=7).moved(Move.CLEAR, by=ANA.id, at=NOW)


def test_whom_the_answer_names_clears_it_whoever_took_it_up() -> None:
    taken = replace(OPEN, clearer_id=BEN.id).moved(Move.TAKE, by=DEV.id, at=NOW)
    taken.check_clearer(BEN.id, PEOPLE, [])


def test_those_who_raised_own_or_look_after_it_clear_it_and_others_hear_who_can() -> None:
    owned = replace(OPEN, owner_id=DEV.id)
    owned.check_clearer(ANA.id, PEOPLE, [])
    owned.check_clearer(DEV.id, PEOPLE, [])
    owned.check_clearer(BEN.id, PEOPLE, [BEN])
    with pytest.raises(NotYoursToClear, match=r"Only Ana or Dev can say that this blocker is cleared\."):
        owned.check_clearer(BEN.id, PEOPLE, [])


def test_the_facilitator_hears_at_the_start_of_the_next_working_day() -> None:
    friday = datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert next_nudge(ANA, friday) == datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("blocker", "says", "buttons"),
    [
        (OPEN, "_Ana_ · 4 days · nobody named yet", 3),
        (replace(OPEN, owner_id=DEV.id), "_Ana_ · 4 days · can be cleared by Dev", 3),
        (replace(OPEN, owner_id=DEV.id, cleared_by=DEV.id), "_Ana_ · 4 days · open again · can be cleared by Dev", 3),
        (in_state(BlockerState.ACKNOWLEDGED), "_Ana_ · 4 days · taken up by Dev", 2),
        (in_state(BlockerState.CLEARED), "_Ana_ · 4 days · cleared", 0),
        (replace(OPEN, action_number=7), "_Ana_ · 4 days · now *A-7*", 0),
    ],
)
def test_a_blocker_shows_who_raised_it_for_how_long_and_who_can_clear_it(
    blocker: Blocker, says: str, buttons: int
) -> None:
    assert blockers.standing(blocker, PEOPLE, days=4) == says
    assert len(blockers.what_to_do(blocker)) == buttons


def test_it_has_stood_for_working_days_of_its_reader() -> None:
    friday = replace(OPEN, recorded_at=datetime(2026, 11, 20, 18, tzinfo=UTC))
    assert [friday.days_on(date(2026, 11, day), ANA) for day in (20, 22, 23, 24)] == [0, 0, 1, 2]


def test_to_whoever_raised_it_or_has_it_in_hand_it_says_you() -> None:
    own = replace(OPEN, owner_id=BEN.id)
    assert blockers.standing(own, PEOPLE, days=0, reader_id=ANA.id) == "raised by you · can be cleared by Ben"
    assert blockers.standing(own, PEOPLE, days=0, reader_id=BEN.id) == "_Ana_ · can be cleared by you"


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ([OPEN, in_state(BlockerState.ACKNOWLEDGED)], "2"),
        ([OPEN, in_state(BlockerState.CLEARED)], "1 open, 1 cleared"),
        ([in_state(BlockerState.CLEARED)] * 2, "2 cleared"),
        ([OPEN, replace(OPEN, action_number=7), replace(OPEN, action_number=8)], "1 open, 2 action items"),
    ],
)
def test_what_is_settled_is_counted_apart(found: list[Blocker], says: str) -> None:
    assert blockers.count(found) == says


def test_the_longest_blocker_stands_whole_in_each_message() -> None:
    longest = replace(OPEN, title=f"Q&A {'wait ' * 59}x", clearer_id=BEN.id)
    assert len(longest.title) == WHAT_LIMIT
    shown = escape(longest.title)
    told = blocker_messages.clearer_message(
        ClearerCard("Sync", "#forecast", BEN, ANA.id, (longest,), PEOPLE), is_out=False
    )
    news = blocker_messages.news_message(
        BlockerNews("Sync", "#forecast", ANA, longest.moved(Move.TAKE, by=BEN.id, at=NOW), PEOPLE), is_out=False
    )
    card = BlockedCard("Sync", "#forecast", BEN, NOW.date(), (longest,), PEOPLE)
    assert all(shown in str(sent) for sent in (told, news, blocker_messages.blocked_message(card, is_out=False)))
    assert shown in str(blockers.rows(longest, PEOPLE, days=0))


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize("count", [1, 30])
def test_what_the_facilitator_gets_is_a_message_that_slack_takes(text: str, count: int) -> None:
    waiting = tuple(replace(OPEN, id=each, title=text[:300] or "x") for each in range(count))
    card = BlockedCard(text[:24] or "x", "#forecast", BEN, date(2026, 11, 27), waiting, PEOPLE)
    found = blocker_messages.blocked_message(card, is_out=False)
    check_message(found)
    assert found
    assert labels(found.blocks).count("I'll take it") == min(count, blocker_messages.TOLD)


def test_what_is_settled_before_it_went_out_is_not_told() -> None:
    card = BlockedCard("Sync", "#forecast", BEN, NOW.date(), (), PEOPLE)
    assert blocker_messages.blocked_message(card, is_out=False) is None
    told = blocker_messages.blocked_message(card, is_out=True)
    assert told
    assert told.text.startswith("Blockers of Sync in #forecast: somebody has taken up or cleared each of them.")


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("raised_by", [ANA.id, ""])
def test_what_somebody_named_gets_is_a_message_that_slack_takes(text: str, count: int, raised_by: str) -> None:
    found = tuple(replace(OPEN, id=each, title=text[:300] or "x", clearer_id=BEN.id) for each in range(count))
    people = {ANA.id: replace(ANA, name=text[:80] or "x"), BEN.id: BEN}
    card = ClearerCard(text[:24] or "x", "#forecast", BEN, raised_by, found, people)
    sent = blocker_messages.clearer_message(card, is_out=False)
    check_message(sent)
    assert sent
    assert labels(sent.blocks).count("I'll take it") == min(count, blocker_messages.TOLD)


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize("raised_by", [ANA.id, ""])
def test_what_is_passed_on_is_a_form_and_a_message_that_slack_takes(text: str, raised_by: str) -> None:
    passed = Passed(BEN.id, DEV.id, text[:200], "f1")
    found = replace(OPEN, title=text[:300] or "x", clearer_id=BEN.id, raised_by=raised_by).passed_on(passed)
    people = {each.id: replace(each, name=text[:80] or "x") for each in (ANA, BEN, DEV)}
    for how in (passed, None):
        sent = blocker_messages.handed_message(
            HandedCard(text[:24], "#forecast", DEV, found, people, how), is_out=False
        )
        check_message(sent)
        assert sent
        assert labels(sent.blocks) == ["I'll take it", "Cleared", "Make action item", "Pass on"]
    check_view(pass_form(PassSheet(found, "f1", "#forecast", {"why": text}, (BEN,))))


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_what_whoever_raised_it_gets_is_a_message_that_slack_takes(text: str) -> None:
    taken = replace(OPEN, title=text[:300] or "x").moved(Move.TAKE, by=BEN.id, at=NOW)
    people = {ANA.id: ANA, BEN.id: replace(BEN, name=text[:80] or "x")}
    sent = blocker_messages.news_message(BlockerNews(text[:24] or "x", "#forecast", ANA, taken, people), is_out=False)
    check_message(sent)
    assert sent
