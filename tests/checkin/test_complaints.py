"""What teams complain of in check-in bots, as it goes here.

What this list leaves out is shown where its rule is: late answers and edits in `test_answers`, days off in
`test_windows`; answering ahead, travel, restarts, observers and leavers have files of their own, too.
"""

from collections import Counter
from datetime import UTC, date, datetime

from domain.deliveries import Kind
from domain.people import Absence
from services import ritual_changes
from storage import absences
from storage.engine import Database
from tests.checkin.living import BOB, RAVI, daily, live, wall_times
from tests.checkin.team import ANA, EVERYBODY, FRIDAY, GRACE, WORKSPACE, Team, settle_in, utc


def test_across_a_clock_change_each_is_asked_once_a_working_day_at_the_same_hour(database: Database) -> None:
    team = settle_in(database, daily(), everybody=(ANA, GRACE, RAVI, BOB))
    pause(team, until=date(2027, 3, 26))
    told = live(team, datetime(2027, 3, 30, tzinfo=UTC))
    for person in (ANA, RAVI, BOB):
        mornings = wall_times(told, Kind.PROMPT, person)
        assert mornings == ["Fri 09:30", "Mon 09:30"], "in Berlin clocks go forward on the Sunday between"


def pause(team: Team, *, until: date) -> None:
    place = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": GRACE.id}
    ritual_changes.pause(team.db, **place, until=until, now=FRIDAY)  # type: ignore[arg-type] # by name


def test_after_a_time_when_all_were_away_it_asks_again_by_itself(database: Database) -> None:
    team = settle_in(database, daily())
    with database.write() as session:
        for person in EVERYBODY:
            week = Absence(date(2026, 11, 23), date(2026, 11, 27))
            absences.add(session, workspace_id=WORKSPACE, person_id=person.id, absence=week)
    while_away = live(team, utc(28, 12))
    assert while_away == [], "nothing at all comes to somebody who is away, not even that it would begin soon"
    back = live(team, datetime(2026, 11, 30, 17, 31, tzinfo=UTC), since=utc(28, 12))
    assert Counter(who for kind, _at, who in back if kind == Kind.PROMPT) == {each.id: 1 for each in EVERYBODY}


def test_a_window_may_reach_over_midnight_into_the_next_morning(database: Database) -> None:
    team = settle_in(database, daily(at="16:00", closes="18h"), everybody=(ANA, GRACE))
    live(team, utc(23, 15, 30))
    for person, now in ((ANA, utc(23, 22)), (GRACE, utc(24, 8))):
        team.answer(person, now, today=f"{person.name}'s plan.")
    live(team, utc(24, 9), since=utc(24, 8))
    (summary,) = team.messages(Kind.RUN)
    assert "2 of 2 answered" in summary
    assert "Mon 23 Nov 2026" in summary
    assert "late" not in summary
