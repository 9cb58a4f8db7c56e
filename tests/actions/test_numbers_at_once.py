"""Replicas that make action items of answers in several workspaces at once: nobody waits in a circle for numbers."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import select

from domain.channels import Channel
from domain.runs import Prompt, Response
from services import answering, opening, rituals, sync
from storage import numbers, prompts, sql
from storage import rituals as stored
from storage.engine import Database
from storage.tables import ActionRow, CounterRow, PromptRow
from tests.checkin.team import ANA, BEN, BERLIN, CHANNEL, FRIDAY, GRACE, settle_in
from tests.checkin.test_action_answers import template
from tests.checkin.test_at_once import until_it_waits
from tests.databases import patient

pytestmark = pytest.mark.parametrize("database", ["postgres"], indirect=True)
FIRST, SECOND = "T1", "T2"


def settle_second(db: Database) -> None:
    """The same people in a workspace of their own."""
    sync.save_workspace(db, workspace_id=SECOND, name="Southlight", url="https://northlight.slack.com/")
    found = [replace(each, workspace_id=SECOND) for each in (ANA, BEN, GRACE)]
    sync.save_people(db, workspace_id=SECOND, found=found, now=FRIDAY)
    channel = Channel(SECOND, CHANNEL, "forecast", is_private=False, has_bot=True)
    sync.save_channels(db, workspace_id=SECOND, found=[channel], now=FRIDAY)
    place = {"workspace_id": SECOND, "channel_id": CHANNEL}
    sync.save_members(db, **place, ids=[each.id for each in found], read_at=FRIDAY, now=FRIDAY)
    rituals.switch_on(db, **place, person_id=GRACE.id, template=template(), now=FRIDAY)


def prompt_of(db: Database, workspace_id: str, person_id: str) -> Prompt:
    with db.read() as session:
        query = select(PromptRow.id).where(PromptRow.workspace_id == workspace_id, PromptRow.person_id == person_id)
        found = prompts.prompt(session, workspace_id=workspace_id, prompt_id=session.exec(query).one() or 0)
    assert found
    return found


def answer(db: Database, *found: Prompt) -> None:
    """All in one transaction, as one batch of what falls due."""
    with db.write() as session:
        for prompt in found:
            run = stored.run(session, workspace_id=prompt.workspace_id, run_id=prompt.run_id)
            assert run
            given = {"moved": "M.", "confidence": "4", "next": f"Next of {prompt.person_id}"}
            answering.save(session, run, prompt, Response(prompt.id, given, BERLIN), BERLIN)


def test_two_batches_over_two_workspaces_number_their_action_items_one_after_the_other(database: Database) -> None:
    settle_in(database, template())
    settle_second(database)
    while opening.open_due(database, now=BERLIN):
        continue
    mine = {(where, who.id): prompt_of(database, where, who.id) for where in (FIRST, SECOND) for who in (ANA, BEN)}
    one = [mine[FIRST, ANA.id], mine[SECOND, ANA.id]]
    other = [mine[SECOND, BEN.id], mine[FIRST, BEN.id]]
    with database.write() as session:
        numbers.next_number(session, workspace_id=SECOND, counter="actions")
    with patient(database.engine), ThreadPoolExecutor(2) as pool:
        with database.write() as session:
            numbers.next_number(session, workspace_id=FIRST, counter="actions")
            begun = [pool.submit(answer, database, *each) for each in (one, other)]
            until_it_waits(database, begun[1], count=2)
            free = select(CounterRow.last).where(CounterRow.workspace_id == SECOND)
            assert session.exec(sql.locked_if_free(free)).all() == [1], "both wait for the first before the second"
        for each in begun:
            each.result()
    with database.read() as session:
        found = session.exec(select(ActionRow.workspace_id, ActionRow.number)).all()
    assert sorted(map(tuple, found)) == [(FIRST, 2), (FIRST, 3), (SECOND, 2), (SECOND, 3)]
