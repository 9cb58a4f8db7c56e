"""What stays in the digest until it is settled, and what it says after Muster was not running, on both databases."""

from datetime import date, datetime, timedelta
from typing import Any

from domain.runs import Missed, Prompt, PromptState, Ritual, Run
from domain.submissions import Submission
from services import actions, blockers, checkins, home
from storage import channels, prompts, rituals
from storage.engine import Database
from tests.digests import MONDAY, show, text, wanted, write, written
from tests.records import TEMPLATE, run
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE


def test_a_blocker_stays_until_it_is_settled(db: Database) -> None:
    first = run(db, blocker="No labels")
    weeks_later = MONDAY + timedelta(weeks=3)
    write(db)
    write(db, weeks_later)
    assert [each.title for each in show(db, weeks_later, digest_id=2).blockers] == ["No labels"]
    assert "1 thing needs you." in text(db, weeks_later, digest_id=2)
    again(db, first, PromptState.ANSWERED)
    assert "1 thing needs you." in text(db, weeks_later, digest_id=2), "a newer answer alone settles nothing"
    blockers.clear(db, workspace_id=WORKSPACE, blocker_id=1, person_id=ANA, now=weeks_later)
    assert "Nothing needs you any more." in text(db, weeks_later, digest_id=2)
    write(db, weeks_later + timedelta(weeks=1))
    assert show(db, weeks_later + timedelta(weeks=1), digest_id=3).blockers == []


def test_what_has_become_an_action_item_is_settled_in_each_digest_that_lists_it(db: Database) -> None:
    run(db, blocker="No labels")
    write(db, MONDAY + timedelta(weeks=2))
    before = wanted(db, "digest")
    form = {"what": "Get labels", "owner": DEV, "due": "2027-01-12"}
    sent = Submission(WORKSPACE, DEV, "a1", form)
    assert actions.submit(db, sent=sent, channel_id=FORECAST, blocker_id=1, now=MONDAY + timedelta(weeks=2)) == ()
    assert wanted(db, "digest") == before + 1
    assert "Now action item A-1: No labels." in text(db, MONDAY + timedelta(weeks=2))


def test_the_next_answer_clears_it_in_each_digest_and_on_home(db: Database) -> None:
    first = run(db, blocker="No labels")
    home.open_page(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    write(db)
    asked = again(db, first, PromptState.SENT)
    before = wanted(db, "digest"), wanted(db, "home")
    answer: dict[str, Any] = {
        "workspace_id": WORKSPACE,
        "prompt_id": asked.id,
        "person_id": ANA,
        "given": {"blocked": "No GPUs", "still-1": "cleared"},
    }
    checkins.submit(db, **answer, draft_id="c1", now=MONDAY)
    assert (wanted(db, "digest"), wanted(db, "home")) == (before[0] + 1, before[1] + 1)
    assert "Cleared: No labels." in text(db)
    checkins.submit(db, **answer, draft_id="c1", now=MONDAY)
    assert (wanted(db, "digest"), wanted(db, "home")) == (before[0] + 1, before[1] + 1)


def test_an_action_item_made_of_it_takes_it_from_the_home_of_the_manager(db: Database) -> None:
    run(db, blocker="No labels")
    home.open_page(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    sent = Submission(WORKSPACE, DEV, "a1", {"what": "Get labels", "owner": DEV, "due": "2026-12-12"})
    actions.submit(db, sent=sent, channel_id=FORECAST, blocker_id=1, now=NOW)
    assert wanted(db, "home") == 2


def again(db: Database, before: Run, state: PromptState) -> Prompt:
    """The next run of the same ritual, in which Ana's prompt is in that state."""
    with db.write() as session:
        ritual = rituals.ritual(session, workspace_id=WORKSPACE, ritual_id=before.ritual_id)
        assert ritual
        day = before.day + timedelta(weeks=1 if state is PromptState.SENT else 2)
        found = rituals.open_run(
            session, ritual=ritual, occurrence=f"{day}T09:30", at=MONDAY, skipped=0, skipped_since=None
        )
        assert found
        prompts.add(session, prompts=[Prompt(0, WORKSPACE, found.id, ANA, "research", state, MONDAY, MONDAY)])
        return prompts.of_run(session, run_id=found.id)[0]


def test_two_weeks_of_downtime_are_told_once(db: Database) -> None:
    """The ritual asks on Fridays; 27 November was passed over, and 4 December came too late for everybody."""
    back = MONDAY + timedelta(days=14, hours=3)
    caught_up(db, first=date(2026, 11, 27), day=date(2026, 12, 4), at=back, missed=Missed.DOWN)
    write(db, back)
    found = show(db, back)
    assert [(each.title, each.times, each.first, each.last) for each in found.not_asked] == [
        ("Sync", 2, date(2026, 11, 27), date(2026, 12, 7))
    ]
    assert found.digest.listed.missed == 2
    assert "Not asked: Sync in #forecast (2 times)." in text(db, back)
    assert "The 2 digests before it were never sent." in text(db, back)
    week_later = MONDAY + timedelta(weeks=3)
    write(db, week_later)
    assert show(db, week_later, digest_id=2).not_asked == ()
    assert "never sent" not in text(db, week_later, digest_id=2)


def test_what_was_not_asked_in_the_week_itself_is_told(db: Database) -> None:
    caught_up(db, first=date(2026, 11, 17), day=date(2026, 11, 19), at=MONDAY - timedelta(days=4), missed=None)
    assert [each.times for each in written(db).not_asked] == [2]


def test_what_was_not_asked_in_channels_the_reader_may_not_read_stays_there(db: Database) -> None:
    caught_up(
        db,
        first=date(2026, 11, 17),
        day=date(2026, 11, 19),
        at=MONDAY - timedelta(days=4),
        missed=None,
        channel=PRICING,
    )
    assert written(db).not_asked
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={CHLOE}, at=MONDAY)
    assert show(db).not_asked == ()


def caught_up(
    db: Database, *, first: date, day: date, at: datetime, missed: Missed | None, channel: str = FORECAST
) -> None:
    """A run of that day that began only at that moment; those from the first day on were passed over."""
    with db.write() as session:
        ritual = rituals.add(session, ritual=Ritual(0, WORKSPACE, channel, TEMPLATE, BEN, None, None), at=NOW)
        skipped = 1 if missed else 2
        found = rituals.open_run(
            session, ritual=ritual, occurrence=f"{day}T09:30", at=at, skipped=skipped, skipped_since=first
        )
        assert found
        state = PromptState.MISSED if missed else PromptState.ANSWERED
        prompts.add(session, prompts=[Prompt(0, WORKSPACE, found.id, ANA, "ml", state, at, at)])
        if missed:
            asked = prompts.of_run(session, run_id=found.id)[0]
            prompts.move(session, prompt_id=asked.id, state=PromptState.MISSED, missed=missed)
        rituals.close_run(session, run_id=found.id, at=at)
