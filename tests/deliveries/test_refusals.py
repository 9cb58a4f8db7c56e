"""A channel refuses for good what belongs there: whoever answers for it hears so once, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.channels import Channel
from domain.deliveries import Delivery, Kind, Outcome
from domain.submissions import Submission
from services import decisions, deliveries, refusals, sync
from storage.engine import Database
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    DEV,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    text_of,
    weekly,
)

READ_ONLY = "restricted_action_read_only_channel"
WHY = (
    "because only some people may post there (restricted_action_read_only_channel). "
    "Ask whoever manages the channel to let Muster post there, then take Muster out of the channel and invite it again"
)
OPEN = Channel(WORKSPACE, CHANNEL, "forecast", is_private=False, has_bot=True)


@pytest.fixture
def team(database: Database) -> Team:
    return settle_in(database)


def run_through(team: Team) -> None:
    """A run in which Ana names a blocker and Dev answers last."""
    team.at(BERLIN)
    team.answer(ANA, BERLIN + AFTER, blocked="No labels")
    for moment in (BERLIN + AFTER, ANGELES, ANGELES_ENDS + AFTER):
        team.at(moment)


def invite_again(team: Team) -> None:
    team.refused = ""
    sync.lose_channel(team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, now=ANGELES_ENDS + 2 * AFTER)
    sync.save_channel(team.db, channel=OPEN, now=ANGELES_ENDS + 3 * AFTER)
    team.at(ANGELES_ENDS + 3 * AFTER)


def record_decision(team: Team) -> None:
    form = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": DEV.id}
    sent = Submission(WORKSPACE, ANA.id, "d1", form)
    assert decisions.submit(team.db, sent=sent, channel_id=CHANNEL, now=FRIDAY) == ()
    team.at(FRIDAY)


def test_the_facilitator_gets_the_summary_and_reads_why_and_what_to_do(team: Team) -> None:
    team.at(FRIDAY)
    team.refused = READ_ONLY
    run_through(team)
    assert not team.is_open()
    (told,) = team.messages(Kind.UNPOSTED)
    assert team.messages(Kind.UNPOSTED, GRACE) == [told]
    assert f"The summary of *Weekly sync, Mon 23 Nov 2026* could not be posted in #forecast, {WHY}" in told
    assert "No labels" in told


@pytest.mark.parametrize("answered", [0, 2, 3])
def test_of_an_anonymous_run_it_is_not_told_whether_anybody_answered(database: Database, answered: int) -> None:
    team = settle_in(database, replace(weekly(), anonymous=3))
    team.at(FRIDAY)
    team.refused = READ_ONLY
    team.at(BERLIN)
    for person in (ANA, BEN, GRACE)[:answered]:
        team.answer(person, BERLIN + AFTER)
    for moment in (BERLIN_ENDS + AFTER, ANGELES, ANGELES_ENDS + AFTER, ANGELES_ENDS + timedelta(days=1)):
        team.at(moment)
    assert bool(team.messages(Kind.UNPOSTED)) == (answered == 3)


def test_while_a_run_is_open_nobody_is_told_and_an_empty_one_says_only_that(team: Team) -> None:
    team.refused = READ_ONLY
    team.at(BERLIN)
    assert not team.messages(Kind.UNPOSTED)
    for moment in (ANGELES, ANGELES_ENDS + AFTER, ANGELES_ENDS + timedelta(days=1)):
        team.at(moment)
    assert not team.is_open()
    assert not team.messages(Kind.UNPOSTED)
    assert team.messages(Kind.NOTE, GRACE)


def test_a_summary_that_only_cannot_replace_the_count_is_not_lost(team: Team) -> None:
    team.at(BERLIN)
    team.refused = "message_not_found"
    run_through(team)
    assert "because somebody has deleted Muster's message there (message_not_found)" in team.messages(Kind.UNPOSTED)[0]


def test_invited_again_it_posts_everything_and_says_that_it_is_there(team: Team) -> None:
    team.refused = READ_ONLY
    record_decision(team)
    run_through(team)
    invite_again(team)
    assert "1 of 4 answered" in team.messages(Kind.RUN)[0]
    assert team.messages(Kind.DECISION)
    assert "is in #forecast now." in team.messages(Kind.UNPOSTED, GRACE)[0]
    assert "The card of D-1: Small model is in #forecast now." in team.messages(Kind.UNPOSTED_DECISION, ANA)[0]
    assert "The message that *Weekly sync* is on is in #forecast now." in team.messages(Kind.UNPOSTED_RITUAL, GRACE)[0]


def test_nobody_reads_that_it_is_there_before_it_is(team: Team) -> None:
    team.at(FRIDAY)
    team.refused = READ_ONLY
    run_through(team)
    team.answer(DEV, ANGELES_ENDS + 2 * AFTER)
    team.at(ANGELES_ENDS + 2 * AFTER)
    every_word = [message.text for key, said in team.sent.items() if key.startswith("unposted:") for message in said]
    assert len(every_word) > 1, "it changed with the late answer"
    assert not any("is in #forecast now" in text for text in every_word)
    assert "2 of 4 answered" in every_word[-1]


def test_a_refusal_of_another_kind_asks_whoever_runs_muster(team: Team) -> None:
    team.at(FRIDAY)
    team.refused = "msg_too_long"
    run_through(team)
    (told,) = team.messages(Kind.UNPOSTED)
    assert "because Slack does not take it (msg_too_long). Ask whoever runs Muster to look" in told


def test_whoever_recorded_a_decision_hears_once_that_its_card_is_missing(team: Team) -> None:
    team.refused = READ_ONLY
    record_decision(team)
    (told,) = team.messages(Kind.UNPOSTED_DECISION)
    assert team.messages(Kind.UNPOSTED_DECISION, ANA) == [told]
    assert f"D-1: Small model* is recorded, but its card could not be posted in #forecast, {WHY}" in told
    assert team.messages(Kind.APPROVAL, DEV)


def test_a_card_that_was_posted_once_tells_nobody(team: Team) -> None:
    record_decision(team)
    team.refused = "message_not_found"
    form = {"title": "Small model", "choice": "Ship it now", "because": "Cheaper", "approver": DEV.id}
    sent = Submission(WORKSPACE, ANA.id, "d2", form)
    decisions.submit(team.db, sent=sent, channel_id=CHANNEL, decision_id=1, version="0", now=FRIDAY + AFTER)
    team.at(FRIDAY + AFTER)
    assert not team.messages(Kind.UNPOSTED_DECISION)


def test_whoever_switched_a_ritual_on_hears_that_the_channel_does_not_know(team: Team) -> None:
    team.refused = READ_ONLY
    team.at(FRIDAY)
    (told,) = team.messages(Kind.UNPOSTED_RITUAL)
    assert team.messages(Kind.UNPOSTED_RITUAL, GRACE) == [told]
    assert f"*Weekly sync* is on, but Muster could not say so in #forecast, {WHY}" in told
    assert "Until then Grace, who facilitates it, gets each summary." in told


def test_whoever_may_not_read_a_private_channel_reads_neither_its_name_nor_its_answers(team: Team) -> None:
    team.at(FRIDAY)
    team.refused = READ_ONLY
    sync.save_channel(team.db, channel=replace(OPEN, is_private=True), now=FRIDAY)
    here = {"workspace_id": WORKSPACE, "channel_id": CHANNEL}
    sync.save_members(team.db, **here, ids=[ANA.id, DEV.id], read_at=FRIDAY + AFTER, now=FRIDAY + AFTER)
    run_through(team)
    (told,) = team.messages(Kind.UNPOSTED, GRACE)
    assert "could not be posted in a private channel, because only some people may post there" in told
    assert "The answers are kept until then." in told
    assert "No labels" not in told


def claimed(team: Team) -> Delivery:
    """The message that the ritual is on, about to be sent."""
    found = deliveries.claim(team.db, now=FRIDAY, limit=9, paces={})
    return next(each for each in found if each.subject.kind is Kind.RITUAL)


def test_when_muster_dies_before_it_notes_the_refusal_it_tells_once_all_the_same(team: Team) -> None:
    delivery = claimed(team)
    with team.db.write() as session:
        refusals.tell(session, delivery, now=FRIDAY)
    team.refused = READ_ONLY
    for minute in (5, 6):
        team.at(FRIDAY + timedelta(minutes=minute))
    (said,) = (said for key, said in team.sent.items() if key.startswith("unposted_ritual:"))
    assert WHY in text_of(said[0])
    assert {text_of(each) for each in said} == {text_of(said[0])}


def test_a_refusal_of_a_claim_that_another_has_taken_over_tells_nobody(team: Team) -> None:
    stale = replace(claimed(team), attempts=0)
    outcome = Outcome(stale, shown=1, ended=READ_ONLY, refused=True, why=READ_ONLY)
    deliveries.settle(team.db, outcomes=[outcome], now=FRIDAY)
    team.at(FRIDAY + timedelta(minutes=5))
    assert not team.messages(Kind.UNPOSTED_RITUAL)
