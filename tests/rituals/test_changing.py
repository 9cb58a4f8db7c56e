"""Changing, pausing, handing over and starting a ritual that is on, on both databases."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.ritual_form import RitualChange, RitualSheet
from domain.runs import Ritual
from domain.submissions import Submission
from services import absences, manual_runs, ritual_changes, ritual_desks
from services.manual_runs import IsOpen, IsPaused
from services.rituals import NobodyToAsk, NotOn, NotYours
from storage import prompts
from storage import rituals as stored
from surface.ritual_desk import desk_view
from tests.checkin.team import AFTER, ANA, ANGELES, BEN, BERLIN, CHANNEL, DEV, FRIDAY, GRACE, WORKSPACE, Team, utc
from tests.team import audited
from tests.trail import entries


def of(team: Team, person_id: str = GRACE.id) -> dict[str, object]:
    return {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": person_id}


def change(team: Team, now: datetime = FRIDAY, *, draft: str = "d1", by: str = GRACE.id, **given: str) -> Ritual:
    opened = ritual_changes.open_form(team.db, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_id=by)
    sent = Submission(WORKSPACE, by, draft, {**opened.given, **given})
    found = ritual_changes.change(team.db, sent=sent, ritual_id=team.ritual.id, seen=opened.seen, now=now)
    assert isinstance(found, RitualChange)
    return found.ritual


def ritual(team: Team) -> Ritual:
    with team.db.read() as session:
        found = stored.ritual(session, workspace_id=WORKSPACE, ritual_id=team.ritual.id)
    assert found
    return found


def asked(team: Team) -> list[str]:
    """Who has got how many invitations."""
    return sorted(key.rpartition(":")[2] for key in team.sent if key.startswith("prompt:"))


def pause(team: Team, until: date, now: datetime = FRIDAY) -> Ritual:
    return ritual_changes.pause(team.db, **of(team), until=until, now=now)  # type: ignore[arg-type] # by name


def run_now(team: Team, draft: str, now: datetime, by: str = GRACE.id) -> int:
    run, _asked = manual_runs.run_now(team.db, **of(team, by), draft_id=draft, now=now)  # type: ignore[arg-type] # by name
    return run.id


def test_another_time_holds_from_the_next_run_on_and_is_in_the_audit_trail(team: Team) -> None:
    team.at(FRIDAY)
    after = change(team, when="every tue at 10:00", closes="4h")
    assert after.next_at == utc(24, 9)
    team.at(FRIDAY + AFTER)
    assert "Every Tuesday at 10:00" in team.messages(Kind.RITUAL)[0], "the channel's message follows"
    assert audited(team.db)[-1] == ("ritual changed", "weekly-sync", GRACE.id)
    change(team, when="every tue at 10:00", closes="4h")
    assert len(audited(team.db)) == 2, "the same form again changes nothing"


@pytest.mark.parametrize(("typed", "kept"), [("1h", ["1h"]), (" 1h,30h ,", ["1h", "30h"]), ("", [])])
def test_a_shorter_time_takes_other_reminders_or_none(team: Team, typed: str, kept: list[str]) -> None:
    after = change(team, closes="2h" if len(kept) < 2 else "4d", remind=typed)
    assert list(map(str, after.template.remind)) == kept
    assert ritual(team).template.remind == after.template.remind


def test_whoever_is_in_the_channel_reads_where_the_summary_goes_from_now_on(team: Team) -> None:
    team.at(FRIDAY)
    change(team, post="facilitator\nmanagers")
    team.at(FRIDAY + AFTER)
    assert "summary to its facilitator and the managers of those asked" in team.messages(Kind.RITUAL)[0]
    details = entries(team.db)[-1].details
    assert details
    assert details["changed"] == {"post": {"before": "channel", "after": "facilitator\nmanagers"}}


def test_nobody_is_asked_twice_on_one_day_by_a_change(team: Team) -> None:
    team.at(BERLIN)
    before = asked(team)
    after = change(team, BERLIN + AFTER, when="every weekday at 15:00")
    assert after.next_day == date(2026, 11, 24)
    team.at(utc(23, 16))
    assert asked(team) == before


def test_an_observer_is_asked_no_more_and_nobody_left_is_refused(team: Team) -> None:
    change(team, observers=DEV.id)
    team.at(BERLIN)
    team.at(utc(23, 17, 30))
    assert DEV.id not in asked(team)
    with pytest.raises(NobodyToAsk):
        change(team, BERLIN + AFTER, draft="d2", observers=f"{ANA.id},{BEN.id},{DEV.id},{GRACE.id}")


def test_a_mistake_is_said_on_its_field_and_changes_nothing(team: Team) -> None:
    with pytest.raises(FieldErrors) as refused:
        change(team, when="mondays")
    assert set(refused.value.fields) == {"when"}
    assert ritual(team).template == team.ritual.template


def test_only_those_who_answer_for_it_change_it(team: Team) -> None:
    with pytest.raises(NotYours, match="Only Grace, leads, managers, execs"):
        change(team, by=ANA.id, when="every tue at 10:00")


def test_a_pause_opens_nothing_misses_nothing_and_ends_by_itself(team: Team) -> None:
    team.at(FRIDAY)
    paused = pause(team, date(2026, 11, 30))
    assert (paused.next_day, paused.paused_until) == (date(2026, 11, 30), date(2026, 11, 30))
    team.at(BERLIN)
    assert team.runs == []
    assert "Paused until Mon 30 Nov 2026" in team.messages(Kind.RITUAL)[0]
    with pytest.raises(IsPaused):
        run_now(team, "d1", BERLIN)
    team.at(datetime.combine(date(2026, 11, 30), BERLIN.timetz()))
    assert [(run.day, run.skipped) for run in team.runs] == [(date(2026, 11, 30), 0)]
    assert ritual(team).paused_until is None
    assert "Paused" not in team.messages(Kind.RITUAL)[0]


def test_what_is_resumed_asks_when_it_would_have(team: Team) -> None:
    pause(team, date(2027, 1, 4))
    again = ritual_changes.resume(team.db, **of(team), now=FRIDAY)  # type: ignore[arg-type] # by name
    assert again.next_at == team.ritual.next_at
    assert [what for what, _, _ in audited(team.db)][1:] == ["ritual paused", "ritual resumed"]


@pytest.mark.parametrize("until", [date(2026, 11, 20), date(2200, 1, 1)])
def test_a_pause_ends_on_a_day_to_come(team: Team, until: date) -> None:
    with pytest.raises(FieldErrors):
        pause(team, until)


def test_whoever_it_is_handed_to_is_told_each_time_and_can_hand_it_on(team: Team) -> None:
    team.at(FRIDAY)
    for to, by, minute in ((ANA, GRACE, 1), (GRACE, ANA, 2), (ANA, GRACE, 3)):
        now = FRIDAY + timedelta(minutes=minute)
        ritual_changes.hand_over(
            team.db, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_id=by.id, to=to.id, now=now
        )
        team.at(now)
    told = team.messages(Kind.FACILITATOR, ANA)
    assert told[-1].startswith("You facilitate Weekly sync in #forecast now, in the place of Grace.")
    assert len(told) == 2
    assert "Hand over" in told[-1]
    (before,) = team.messages(Kind.FACILITATOR, GRACE)
    assert before.startswith("You facilitated Weekly sync in #forecast. Now Ana does.")
    assert "facilitated by Ana" in team.messages(Kind.RITUAL)[0]
    assert audited(team.db)[-1] == ("ritual handed on", "weekly-sync", GRACE.id)


def test_started_by_hand_it_asks_at_once_and_a_double_click_makes_one_run(team: Team) -> None:
    tuesday = utc(24, 10, 15)
    team.at(BERLIN)
    first = run_now(team, "click", tuesday)
    assert run_now(team, "click", tuesday + timedelta(minutes=2)) == first
    team.at(tuesday)
    assert team.runs[-1].occurrence == "2026-11-24T11:15#click"
    assert asked(team).count(ANA.id) == 2
    assert "wait" not in team.states()
    assert ritual(team).next_day == date(2026, 11, 30), "what is planned stays"
    assert team.prompt(DEV).due_at == utc(24, 17), "each while at work"


def test_a_run_by_hand_takes_a_turn_so_that_the_next_one_begins_when_whose_turn_it_is_then_would_be_asked(
    team: Team,
) -> None:
    assert change(team, who="1 of everyone").next_at == BERLIN, "it is Ana's turn"
    for draft in ("ana's", "ben's"):
        run_now(team, draft, FRIDAY)
        team.answer(ANA if draft == "ana's" else BEN, FRIDAY)
    assert ritual(team).next_at == utc(23, 17, 30), "it is Dev's"


def test_while_a_run_waits_for_somebody_no_other_is_started_and_nobody_is_taken_out_of_its_count(team: Team) -> None:
    run_now(team, "d1", FRIDAY)
    team.at(FRIDAY)
    for person in (ANA, BEN):
        team.answer(person, FRIDAY + AFTER)
    with pytest.raises(IsOpen) as refused:
        run_now(team, "d2", FRIDAY + timedelta(hours=1))
    assert str(refused.value) == (
        "Weekly sync is open since 16:00, and 2 of 4 have answered. It closes on Sat 21 Nov 2026 at 02:00; "
        "run it again after that."
    )
    assert [run.id for run in team.runs] == [1]
    for person in (DEV, GRACE):
        team.answer(person, FRIDAY + timedelta(hours=2))
    assert run_now(team, "d3", FRIDAY + timedelta(hours=2)) == 2


def test_whoever_starts_one_that_asks_them_is_asked_at_once_and_nobody_ends_the_one_of_another(team: Team) -> None:
    change(team, when="manual", who="me, legal")
    night = utc(22, 2)
    first = run_now(team, "ana's", night, by=ANA.id)
    assert run_now(team, "ben's", night + AFTER, by=BEN.id) != first
    assert run_now(team, "once more", night + 2 * AFTER, by=ANA.id) == first, "theirs is open"
    team.at(night + 2 * AFTER)
    assert asked(team) == [ANA.id, BEN.id], "they are at the screen, whatever the hour"
    assert [run.state for run in team.runs] == ["open", "open"]


def test_somebody_whom_several_ask_who_have_started_theirs_is_asked_by_each(team: Team) -> None:
    change(team, when="manual", who="me", people=DEV.id)
    for person, minutes in ((ANA, 0), (BEN, 1)):
        run_now(team, person.name, BERLIN + timedelta(minutes=minutes), by=person.id)
    team.at(ANGELES)
    with team.db.read() as session:
        found = [prompts.own(session, run_id=run.id, person_id=DEV.id) for run in team.runs]
    assert [each and each.state for each in found] == ["sent", "sent"]


def test_one_without_a_date_is_started_by_anybody_there(team: Team) -> None:
    change(team, when="manual")
    assert ritual(team).next_at is None
    run_now(team, "click", BERLIN, by=ANA.id)
    team.at(BERLIN)
    assert ANA.id in asked(team)


def test_a_calendar_one_is_started_only_by_those_who_answer_for_it(team: Team) -> None:
    with pytest.raises(NotYours):
        run_now(team, "click", BERLIN, by=ANA.id)


def test_what_has_ended_says_so(team: Team) -> None:
    ritual_changes.end(team.db, **of(team), now=FRIDAY)  # type: ignore[arg-type] # by name
    for late in (lambda: run_now(team, "click", FRIDAY), lambda: change(team), lambda: pause(team, date(2026, 12, 1))):
        with pytest.raises(NotOn, match="Weekly sync is not on"):
            late()


def test_its_health_is_counted_and_ranks_nobody(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN + timedelta(hours=1))
    team.answer(BEN, BERLIN + timedelta(hours=3))
    team.skip(GRACE, BERLIN + timedelta(hours=3))
    desk = ritual_desks.desk(team.db, **of(team, ANA.id), now=BERLIN, library={})  # type: ignore[arg-type] # by name
    (found,) = desk.last
    assert (found.answered, found.asked, found.skipped, found.late, found.unreached) == (2, 4, 1, 0, 0)
    assert found.hours == 2
    assert not desk.may_change


def test_the_facilitator_reads_in_the_details_who_is_away_and_why(team: Team) -> None:
    days = {"first": "2026-11-23", "last": "2026-11-27", "draft_id": "a1", "now": FRIDAY}
    absences.away(team.db, workspace_id=WORKSPACE, person_id=BEN.id, reason="Surgery", **days)  # type: ignore[arg-type] # by name

    def details(reader: str) -> str:
        return str(desk_view(ritual_desks.desk(team.db, **of(team, reader), now=FRIDAY, library={})))  # type: ignore[arg-type] # by name

    assert "Ben from Mon 23 Nov 2026 to Fri 27 Nov 2026 (Surgery)" in details(GRACE.id)
    assert "Surgery" not in details(ANA.id)
    later = ritual_desks.desk(team.db, **of(team), now=FRIDAY - timedelta(days=14), library={})  # type: ignore[arg-type] # by name
    assert later.away == (), "it is told two weeks before"


def test_what_is_started_by_hand_and_switched_off_is_in_the_audit_trail_once_with_who_did_it(team: Team) -> None:
    started = [run_now(team, "d1", BERLIN) for _press in range(2)]
    ritual_changes.end(team.db, **of(team), now=BERLIN + AFTER)  # type: ignore[arg-type] # by name
    with pytest.raises(NotOn):
        run_now(team, "d2", BERLIN + 2 * AFTER)
    lines = entries(team.db)[1:]
    assert [(each.what, each.subject, each.actor_id, each.at) for each in lines] == [
        ("ritual run by hand", "weekly-sync", GRACE.id, BERLIN),
        ("ritual off", "weekly-sync", GRACE.id, BERLIN + AFTER),
    ]
    assert lines[0].details
    assert lines[0].details["run"] == started[0] == started[1]
    assert lines[1].details == {"channel": CHANNEL, "ritual": team.ritual.id}


def test_of_two_who_change_it_with_forms_opened_before_neither_takes_back_what_the_other_did(team: Team) -> None:
    team.change(replace(BEN, is_admin=True))
    where = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id}
    first, second = (ritual_changes.open_form(team.db, **where, person_id=each.id) for each in (GRACE, BEN))  # type: ignore[arg-type] # by name
    send(team, first, GRACE.id, when="every tue at 10:00", observers=DEV.id)
    send(team, second, BEN.id, closes="4h", remind="")
    given = ritual_changes.open_form(team.db, **where, person_id=GRACE.id).given  # type: ignore[arg-type] # by name
    assert {name: given.get(name, "") for name in ("when", "closes", "remind", "observers")} == {
        "when": "every tue at 10:00",
        "closes": "4h",
        "remind": "",
        "observers": DEV.id,
    }
    send(team, first, GRACE.id, closes="5h", draft_id="d9")
    assert ritual(team).template.closes.hours == 5, "of what both change, the last counts"


def send(team: Team, opened: RitualSheet, by: str, draft_id: str = "", **given: str) -> None:
    sent = Submission(WORKSPACE, by, draft_id or opened.draft_id, {**opened.given, **given})
    ritual_changes.change(team.db, sent=sent, ritual_id=team.ritual.id, seen=opened.seen, now=FRIDAY)
