"""Acting on a blocker: who may, what the facilitator hears, and how it is asked about next time."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from domain.actions import ActionSheet
from domain.blockers import AlreadyCleared, Blocker, BlockerState, NoBlocker, NotYoursToClear
from domain.runs import Prompt, PromptState
from services import action_forms, blocker_cards, blockers, checkin_cards, checkin_forms, checkins
from storage import blockers as stored
from storage import channels, people, prompts, rituals
from storage.engine import Database
from surface import checkin_form
from surface.blocker_messages import blocked_message
from tests.actions.items import submit
from tests.digests import MONDAY, assign, text, write
from tests.records import run
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, owed


def blocker_form(db: Database, person_id: str) -> ActionSheet:
    return action_forms.blocker_form(db, workspace_id=WORKSPACE, person_id=person_id, blocker_id=1, now=NOW)


def test_an_unknown_blocker_has_a_sentence(db: Database) -> None:
    with pytest.raises(NoBlocker, match=r"that you can see\. Type `/action`"):
        blocker_form(db, ANA)


def test_whoever_left_a_private_channel_neither_reads_its_blockers_nor_acts_on_them(db: Database) -> None:
    run(db, channel=PRICING, blocker="No GPUs")
    assert blocker_form(db, BEN).given["what"] == "No GPUs"
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={CHLOE}, at=NOW)
    with pytest.raises(NoBlocker):
        blocker_form(db, BEN)
    with pytest.raises(NoBlocker):
        submit(db, by=BEN, channel=PRICING, blocker_id=1)
    submit(db, by=CHLOE, channel=PRICING, blocker_id=1, confirmed=[BEN])
    with pytest.raises(NoBlocker):
        blocker_form(db, BEN)


def blocked(db: Database, *, prompt_id: int, by: str, title: str) -> None:
    """What that person's answer says is in their way; nothing, if it is empty."""
    found = Blocker(0, WORKSPACE, 1, FORECAST, title, by, recorded_at=NOW)
    with db.write() as session:
        raised = [("blocked", found)] if title else []
        stored.set_of_prompt(session, prompt_id=prompt_id, blockers=raised, next_at=None)


def test_an_old_form_never_settles_the_blocker_of_somebody_else(db: Database) -> None:
    first = run(db, answered=2)
    with db.read() as session:
        asked = prompts.of_run(session, run_id=first.id)
    blocked(db, prompt_id=asked[0].id, by=asked[0].person_id, title="No labels")
    old = blocker_form(db, BEN)
    blocked(db, prompt_id=asked[0].id, by=asked[0].person_id, title="")
    blocked(db, prompt_id=asked[1].id, by=asked[1].person_id, title="Legal blocks the launch")
    with pytest.raises(NoBlocker):
        submit(db, by=BEN, channel=FORECAST, blocker_id=old.blocker_id)


def test_whoever_is_named_in_a_blocker_may_act_on_it_from_outside(db: Database) -> None:
    run(db, channel=PRICING, blocker="No GPUs")
    with db.read() as session:
        blocker = stored.blocker(session, workspace_id=WORKSPACE, blocker_id=1)
    assert blocker
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={BEN}, at=NOW)
    sheet = blocker_form(db, blocker.raised_by)
    assert (sheet.given["what"], sheet.place) == ("No GPUs", "a private channel")


def standing(db: Database, blocker_id: int = 1) -> Blocker:
    with db.read() as session:
        found = stored.blocker(session, workspace_id=WORKSPACE, blocker_id=blocker_id)
    assert found
    return found


def test_whoever_takes_it_up_owns_it_and_may_clear_it(db: Database) -> None:
    run(db, blocker="No GPUs")
    with pytest.raises(NotYoursToClear, match="Only Ana"):
        blockers.clear(db, workspace_id=WORKSPACE, blocker_id=1, person_id=DEV, now=NOW)
    blockers.take(db, workspace_id=WORKSPACE, blocker_id=1, person_id=DEV, now=NOW)
    assert (standing(db).state, standing(db).owner_id) == (BlockerState.ACKNOWLEDGED, DEV)
    blockers.clear(db, workspace_id=WORKSPACE, blocker_id=1, person_id=DEV, now=NOW)
    assert standing(db).is_settled
    with pytest.raises(AlreadyCleared):
        blockers.take(db, workspace_id=WORKSPACE, blocker_id=1, person_id=DEV, now=NOW)


def test_the_facilitator_may_clear_it(db: Database) -> None:
    run(db, blocker="No GPUs")
    blockers.clear(db, workspace_id=WORKSPACE, blocker_id=1, person_id=BEN, now=NOW)
    assert standing(db).is_settled


def test_nobody_outside_its_channel_takes_up_what_they_may_not_read(db: Database) -> None:
    run(db, channel=PRICING, blocker="No GPUs")
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={BEN}, at=NOW)
    with pytest.raises(NoBlocker):
        blockers.take(db, workspace_id=WORKSPACE, blocker_id=1, person_id=CHLOE, now=NOW)


def wait(db: Database, at: datetime) -> None:
    """The facilitator, Ben, is to hear of the blocker from that moment on."""
    with db.write() as session:
        stored.set_next(session, ids=[1], at=at)


def test_the_facilitator_hears_once_a_working_day_until_somebody_takes_it_up(db: Database) -> None:
    run(db, blocker="No GPUs")
    for days in range(5):
        wait(db, MONDAY)
        blockers.nudge_due(db, now=MONDAY + timedelta(days=days, hours=1))
        blockers.nudge_due(db, now=MONDAY + timedelta(days=days, hours=2))
    assert len(owed(db, "blocked")) == 5
    blockers.take(db, workspace_id=WORKSPACE, blocker_id=1, person_id=DEV, now=MONDAY + timedelta(days=5))
    blockers.nudge_due(db, now=MONDAY + timedelta(days=7, hours=2))
    assert [row.person_id for row in owed(db, "blocked")] == [BEN] * 5, "taken up: no more of them"
    mine = {"workspace_id": WORKSPACE, "reader_id": BEN}
    card = blocker_cards.blocked_card(db, **mine, ritual_id=1, day=MONDAY.date(), is_out=True, now=MONDAY)
    assert card
    assert card.waiting == ()


def test_what_the_digest_of_the_day_brings_is_not_brought_twice(db: Database) -> None:
    """Ben facilitates, and is the manager of those who are asked."""
    run(db, blocker="No GPUs")
    assign(db)
    hour = timedelta(hours=1)
    wait(db, MONDAY - hour)
    write(db, MONDAY)
    assert "No GPUs" in text(db)
    blockers.nudge_due(db, now=MONDAY + 2 * hour)
    assert owed(db, "blocked") == []
    blockers.nudge_due(db, now=MONDAY + timedelta(days=1, hours=2))
    assert [row.part for row in owed(db, "blocked")] == ["2026-11-24"], "from the next working day on as ever"


def test_a_note_that_is_out_never_says_settled_of_what_waits_because_the_digest_has_it_too(db: Database) -> None:
    """Ben has asked for the digest on the same day, after the note."""
    run(db, blocker="No GPUs")
    assign(db)
    write(db, MONDAY)
    note: dict[str, Any] = {"workspace_id": WORKSPACE, "ritual_id": 1, "reader_id": BEN, "day": MONDAY.date()}
    new, out = (blocker_cards.blocked_card(db, **note, is_out=is_out, now=MONDAY) for is_out in (False, True))
    assert new
    assert new.waiting == ()
    assert out
    assert [each.title for each in out.waiting] == ["No GPUs"]
    said = blocked_message(out, is_out=True)
    assert said
    assert said.text.startswith("1 blocker of ")


def test_on_the_morning_of_the_digest_the_note_comes_after_it_with_what_it_does_not_bring(db: Database) -> None:
    """Ben begins at seven, and the digest comes at eight."""
    run(db, blocker="No GPUs")
    with db.write() as session:
        ben = people.person(session, workspace_id=WORKSPACE, person_id=BEN)
        assert ben
        people.set_up_person(session, person=replace(ben, hours=replace(ben.hours, start=time(7))))
    assign(db)
    wait(db, MONDAY - timedelta(days=3))
    blockers.nudge_due(db, now=MONDAY - timedelta(minutes=30))
    assert owed(db, "blocked") == []
    with db.write() as session:
        stored.save(session, blocker=replace(standing(db), state=BlockerState.CLEARED, cleared_at=NOW), next_at=None)
    write(db, MONDAY)
    with db.write() as session:
        stored.save(session, blocker=replace(standing(db), state=BlockerState.OPEN, cleared_at=None), next_at=MONDAY)
    blockers.nudge_due(db, now=MONDAY + timedelta(minutes=2))
    assert [row.part for row in owed(db, "blocked")] == ["2026-11-23"]


def test_what_blocked_somebody_is_asked_about_next_time_until_it_is_cleared(db: Database) -> None:
    run(db, blocker="No GPUs")
    asked = next_prompt(db)
    form = checkin_forms.open_form(db, workspace_id=WORKSPACE, prompt_id=asked.id, person_id=ANA, now=MONDAY)
    view = checkin_form.checkin_form(form)
    assert "Last time you were blocked by: No GPUs. Still?" in str(view)
    answer(db, asked, "c1", {"still-1": "still"})
    assert standing(db).state is BlockerState.OPEN
    answer(db, asked, "c2", {"still-1": "cleared", "blocked": "No labels"})
    assert standing(db).is_settled
    answer(db, asked, "c3", {"still-1": "still", "blocked": "No labels"})
    assert standing(db).state is BlockerState.OPEN, "a slip can be mended"
    card = checkin_cards.run_card(db, workspace_id=WORKSPACE, run_id=asked.run_id)
    assert card
    assert [each.title for each in (*card.blockers, *card.earlier)] == ["No labels", "No GPUs"]


def answer(db: Database, asked: Prompt, draft_id: str, given: dict[str, str]) -> None:
    mine: dict[str, Any] = {"workspace_id": WORKSPACE, "person_id": ANA, "draft_id": draft_id}
    checkins.submit(db, **mine, prompt_id=asked.id, given={"blocked": "No", **given}, now=MONDAY)


def next_prompt(db: Database) -> Prompt:
    """Ana's, in the run after the first."""
    with db.write() as session:
        ritual = rituals.ritual(session, workspace_id=WORKSPACE, ritual_id=1)
        assert ritual
        found = rituals.open_run(
            session, ritual=ritual, occurrence="2026-11-23T09:30", at=MONDAY, skipped=0, skipped_since=None
        )
        assert found
        waiting = Prompt(0, WORKSPACE, found.id, ANA, "research", PromptState.SENT, MONDAY, MONDAY)
        prompts.add(session, prompts=[waiting])
        return prompts.of_run(session, run_id=found.id)[0]
