"""A ritual whose channel reads nothing before the summary, on both databases."""

from dataclasses import replace
from datetime import timedelta

from domain.deliveries import Kind
from domain.hours import Duration
from domain.templates import Post
from services import interim
from storage.engine import Database
from tests.checkin.team import AFTER, ANA, ANGELES, ANGELES_ENDS, BEN, BERLIN, GRACE, Team, settle_in, utc, weekly


def quiet(db: Database, *to: str, days: int = 0) -> Team:
    post = Post(to=to or ("channel",), by="function", quiet=True)
    closes = Duration(days=days) if days else weekly().closes
    return settle_in(db, replace(weekly(), post=post, closes=closes))


def test_people_are_asked_and_the_channel_reads_the_summary_alone(database: Database) -> None:
    team = quiet(database)
    assert not team.messages(Kind.RUN)
    team.at(BERLIN)
    team.answer(ANA, BERLIN)
    team.at(BERLIN + AFTER)
    assert len(team.messages(Kind.PROMPT)) == 3
    assert not team.messages(Kind.RUN)
    team.at(ANGELES)
    team.at(ANGELES_ENDS + AFTER)
    (summary,) = team.messages(Kind.RUN)
    assert "1 of 4 answered" in summary
    team.answer(GRACE, ANGELES_ENDS + 2 * AFTER)
    team.at(ANGELES_ENDS + 2 * AFTER)
    assert "1 late" in team.messages(Kind.RUN)[0]


def test_what_nobody_answered_says_nothing_there_and_asks_the_facilitator(database: Database) -> None:
    team = quiet(database)
    for moment in (BERLIN, ANGELES, ANGELES_ENDS + AFTER, utc(24, 9)):
        team.at(moment)
    assert not team.messages(Kind.RUN)
    assert team.messages(Kind.NOTE, GRACE)


def test_where_the_summary_goes_elsewhere_the_channel_reads_nothing_at_all(database: Database) -> None:
    team = quiet(database, "facilitator")
    team.at(BERLIN)
    team.answer(BEN, BERLIN)
    team.at(ANGELES)
    team.at(ANGELES_ENDS + AFTER)
    team.at(utc(24, 9))
    assert not team.messages(Kind.RUN)
    assert len(team.messages(Kind.SUMMARY, GRACE)) == 1


def test_a_run_of_days_is_not_summed_up_in_between(database: Database) -> None:
    team = quiet(database, days=3)
    team.at(BERLIN)
    for hours in (24, 25, 30):
        now = BERLIN + timedelta(hours=hours)
        team.at(now)
        interim.sum_up_due(database, now=now)
        team.at(now)
    assert not team.messages(Kind.INTERIM)


def test_the_channel_reads_when_it_is_switched_on_that_it_will_be_quiet(database: Database) -> None:
    team = quiet(database)
    team.at(BERLIN)
    assert "nothing here before it closes" in team.messages(Kind.RITUAL)[0]
