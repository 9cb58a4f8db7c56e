"""Acting on a blocker: who may."""

import pytest

from domain.actions import ActionSheet, Blocker, NoBlocker
from services import actions
from storage import actions as stored
from storage import channels, prompts
from storage.engine import Database
from tests.actions.items import submit
from tests.records import run
from tests.team import ANA, BEN, CHLOE, FORECAST, NOW, PRICING, WORKSPACE


def blocker_form(db: Database, person_id: str) -> ActionSheet:
    return actions.blocker_form(db, workspace_id=WORKSPACE, person_id=person_id, blocker_id=1, now=NOW)


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
        stored.set_blockers(session, prompt_id=prompt_id, blockers=[("blocked", found)] if title else [])


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
