"""What came after the runs of rituals, and what nobody answered in those that nothing came after."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from domain.runs import UNANSWERED, Prompt, Run, Sequel
from domain.selectors import ME, asks_starter
from storage import rituals
from storage.prompts import as_prompt
from storage.tables import PromptRow, RitualRow, RunRow

IS_OF_STARTER: ColumnElement[bool] = col(RunRow.template)["who"].as_string().contains(f'"{ME}"')
"""It asks whoever started it: the run of somebody else does not come after it."""


def since(session: Session, *, found: Collection[tuple[Prompt, Run]]) -> dict[int, Sequel]:
    """By prompt, what has become of the ritual for its person."""
    ended = _of_rituals(session, {run.ritual_id for _prompt, run in found})
    of_starters = [(prompt, run) for prompt, run in found if asks_starter(run.template.who)]
    own = newest_of_people(
        session,
        ritual_ids={run.ritual_id for _prompt, run in of_starters},
        people={prompt.person_id for prompt, _run in of_starters},
    )
    theirs = {prompt.id: own.get((run.ritual_id, prompt.person_id), run.id) for prompt, run in of_starters}
    newest = {prompt.id: theirs.get(prompt.id, ended[run.ritual_id].newest_id) for prompt, run in found}
    return {prompt.id: Sequel(newest[prompt.id], ended[run.ritual_id].ended_at) for prompt, run in found}


def _of_rituals(session: Session, ritual_ids: Collection[int]) -> dict[int, Sequel]:
    """By ritual; those that never ran are left out."""
    # One look at the end of an index for each, however often it has run.
    newest = select(func.max(col(RunRow.id))).where(RunRow.ritual_id == RitualRow.id).scalar_subquery()
    query = select(RitualRow.id, newest, RitualRow.ended_at).where(col(RitualRow.id).in_(ritual_ids))
    found = session.exec(query)
    return {ritual_id or 0: Sequel(newest_id, ended_at) for ritual_id, newest_id, ended_at in found if newest_id}


def newest_of_people(
    session: Session, *, ritual_ids: Collection[int], people: Collection[str] | None = None, before: int | None = None
) -> dict[tuple[int, str], int]:
    """By ritual and person, the newest run that was to ask them; of those opened before a run, if one is given."""
    query = (
        select(RunRow.ritual_id, PromptRow.person_id, func.max(RunRow.id))
        .join(PromptRow, col(PromptRow.run_id) == col(RunRow.id))
        .where(col(RunRow.ritual_id).in_(ritual_ids))
        .group_by(col(RunRow.ritual_id), col(PromptRow.person_id))
    )
    query = query if people is None else query.where(col(PromptRow.person_id).in_(people))
    found = session.exec(query if before is None else query.where(col(RunRow.id) < before)) if ritual_ids else ()
    return {(ritual_id, person_id): run_id or 0 for ritual_id, person_id, run_id in found}


def unanswered(
    session: Session, *, ritual_id: int, people: Collection[str] | None = None, before: int | None = None
) -> list[Prompt]:
    """In the newest run, or where each is its starter's own, in the newest of each person, or of those people."""
    newest = rituals.newest_run(session, ritual_id=ritual_id, before=before)
    if newest is None:
        return []
    runs = {newest.id}
    if asks_starter(newest.template.who):
        runs = {*newest_of_people(session, ritual_ids=[ritual_id], people=people, before=before).values()}
    states = [state.value for state in UNANSWERED]
    query = select(PromptRow).where(col(PromptRow.run_id).in_(runs), col(PromptRow.state).in_(states))
    return [as_prompt(row) for row in session.exec(query)]


def over(session: Session, *, workspace_id: str, person_id: str, at: datetime, ended_after: datetime) -> list[Prompt]:
    """What they had not answered by its deadline, of the newest run of each ritual, soonest deadline first; those that
    ended before are left out."""
    newer, again = aliased(RunRow), aliased(PromptRow)
    asks_them = select(again.id).where(again.run_id == newer.id, again.person_id == person_id)
    asked_anew = (
        select(newer.id)
        .where(newer.ritual_id == RunRow.ritual_id, col(newer.id) > col(RunRow.id))
        .where(or_(~IS_OF_STARTER, asks_them.exists()))
    )
    query = (
        select(PromptRow)
        .join(RunRow, col(RunRow.id) == col(PromptRow.run_id))
        .join(RitualRow, col(RitualRow.id) == col(RunRow.ritual_id))
        .where(PromptRow.workspace_id == workspace_id, PromptRow.person_id == person_id)
        .where(col(PromptRow.state).in_([state.value for state in UNANSWERED]), col(PromptRow.deadline) < at)
        .where(or_(col(RitualRow.ended_at).is_(None), col(RitualRow.ended_at) > ended_after), ~asked_anew.exists())
        .order_by(col(PromptRow.deadline))
    )
    return [as_prompt(row) for row in session.exec(query)]
