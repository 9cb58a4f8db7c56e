"""A run that nobody answered: what its facilitator reads, and does with one click, on both databases."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.deliveries import Kind
from domain.submissions import Submission
from services import manual_runs, ritual_changes
from services.manual_runs import AskedAgain
from services.rituals import NotYours
from tests.checkin.team import AFTER, ANA, ANGELES, ANGELES_ENDS, BERLIN, BERLIN_ENDS, DEV, GRACE, WORKSPACE, Team, utc

TOLD = utc(24, 8, 30)
"""On Tuesday morning."""
BUTTONS = "Run now\nChange\nPause\nEnd"
ABOUT: dict[str, Any] = {"workspace_id": WORKSPACE, "ritual_id": 1, "person_id": GRACE.id}


@pytest.fixture
def told(team: Team) -> Team:
    for moment in (BERLIN, BERLIN_ENDS + AFTER, ANGELES, ANGELES_ENDS + AFTER, TOLD):
        team.at(moment)
    return team


def note(team: Team, now: datetime = TOLD) -> str:
    team.at(now)
    return team.messages(Kind.NOTE, GRACE)[0]


def run_again(team: Team, person_id: str = GRACE.id) -> int:
    about = {"workspace_id": WORKSPACE, "run_id": 1, "person_id": person_id}
    run, _asked = manual_runs.run_again(team.db, **about, now=TOLD)  # type: ignore[arg-type] # by name
    return run.id


def change(team: Team) -> None:
    opened = ritual_changes.open_form(team.db, **ABOUT)
    sent = Submission(WORKSPACE, GRACE.id, "d1", {**opened.given, "when": "every tue at 10:00"})
    ritual_changes.change(team.db, sent=sent, ritual_id=1, seen=opened.seen, now=TOLD)


def pause(team: Team) -> None:
    ritual_changes.pause(team.db, **ABOUT, until=date(2026, 12, 7), now=TOLD)


def end(team: Team) -> None:
    ritual_changes.end(team.db, **ABOUT, now=TOLD)


def test_it_says_why_it_came_and_what_can_be_done(told: Team) -> None:
    text = note(told)
    assert text.startswith("Nobody answered Weekly sync in #forecast on Mon 23 Nov 2026. Would another day, fewer")
    assert BUTTONS in text
    assert "You hear this as its facilitator. `/ritual edit weekly-sync` changes its questions." in text


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (run_again, "It has asked again since, on Tue 24 Nov 2026."),
        (change, "It has been changed since."),
        (pause, "It is paused until Mon 7 Dec 2026."),
        (end, "It has been ended."),
    ],
)
def test_once_something_is_done_it_says_so_and_offers_no_more(
    told: Team, act: Callable[[Team], object], said: str
) -> None:
    act(told)
    text = note(told)
    assert text.startswith(f"Nobody answered Weekly sync in #forecast on Mon 23 Nov 2026. {said}")
    assert "Run now" not in text


def test_a_second_click_starts_no_second_run(told: Team) -> None:
    assert run_again(told) == run_again(told) == 2
    assert len(told.runs) == 2


def test_a_click_on_what_has_not_been_redrawn_yet_asks_nobody_twice(told: Team) -> None:
    manual_runs.run_now(told.db, **ABOUT, draft_id="from the details", now=TOLD)
    with pytest.raises(AskedAgain, match="asked again since, on Tue 24 Nov 2026, so nothing was started"):
        run_again(told)
    assert len(told.runs) == 2


def test_who_may_not_change_it_starts_nothing(told: Team) -> None:
    with pytest.raises(NotYours):
        run_again(told, ANA.id)
    assert len(told.runs) == 1


def test_a_late_answer_takes_the_buttons(told: Team) -> None:
    told.answer(DEV, TOLD)
    assert "Late answers have come since." in note(told)


def test_the_next_run_takes_the_buttons(told: Team) -> None:
    assert BUTTONS in note(told)
    assert "It has asked again since, on Mon 30 Nov 2026." in note(told, BERLIN + timedelta(days=7))


def test_what_is_done_before_it_is_out_makes_it_needless(team: Team) -> None:
    for moment in (BERLIN, BERLIN_ENDS + AFTER, ANGELES, ANGELES_ENDS + AFTER):
        team.at(moment)
    ritual_changes.pause(team.db, **ABOUT, until=date(2026, 12, 7), now=ANGELES_ENDS + AFTER)
    team.at(ANGELES_ENDS + AFTER)
    team.at(TOLD)
    assert not team.messages(Kind.NOTE, GRACE)
