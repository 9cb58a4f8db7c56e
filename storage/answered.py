"""What has been answered: by one person, or in one ritual."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from domain.runs import Prompt, PromptState, Ritual, Run
from storage import prompts, rituals
from storage.tables import PromptRow, ResponseRow, RitualRow, RunRow

MEASURED_RUNS = 30
"""Of each template; older ones say little of how it is answered now."""


def newest(session: Session, *, workspace_id: str, person_id: str, limit: int) -> list[Prompt]:
    """What they answered last comes first."""
    query = (
        select(PromptRow.id)
        .join(ResponseRow, col(ResponseRow.prompt_id) == col(PromptRow.id))
        .where(PromptRow.workspace_id == workspace_id, PromptRow.person_id == person_id)
        .where(PromptRow.state == PromptState.ANSWERED.value)
        .order_by(col(ResponseRow.submitted_at).desc(), col(PromptRow.id).desc())
    )
    ids = [each or 0 for each in session.exec(query.limit(limit))]
    found = prompts.prompts(session, workspace_id=workspace_id, ids=ids)
    return [found[each] for each in ids]


def seconds(session: Session, *, run_ids: Collection[int]) -> list[tuple[str, int]]:
    """Whose answers to those runs took how long, as far as they were measured."""
    query = select(PromptRow.person_id, ResponseRow.seconds)
    query = query.join(ResponseRow, col(PromptRow.id) == col(ResponseRow.prompt_id))
    found = session.exec(query.where(col(PromptRow.run_id).in_(run_ids), col(ResponseRow.seconds).is_not(None)))
    return [(person_id, each or 0) for person_id, each in found]


def newest_by_template(session: Session, *, workspace_id: str) -> dict[str, list[Run]]:
    """The newest runs of each template that is or was on somewhere in the workspace."""
    query = select(RitualRow.template_id).where(RitualRow.workspace_id == workspace_id).distinct()
    return {name: _newest_of(session, workspace_id, name) for name in session.exec(query)}


def _newest_of(session: Session, workspace_id: str, template_id: str) -> list[Run]:
    query = select(RunRow.id).join(RitualRow, col(RitualRow.id) == col(RunRow.ritual_id))
    query = query.where(RitualRow.workspace_id == workspace_id, RitualRow.template_id == template_id)
    ids = [each or 0 for each in session.exec(query.order_by(col(RunRow.id).desc()).limit(MEASURED_RUNS))]
    return list(rituals.runs(session, workspace_id=workspace_id, ids=ids).values())


def ritual_anywhere(session: Session, *, ritual_id: int) -> Ritual | None:
    """For whoever runs Muster, who knows no workspace."""
    row = session.get(RitualRow, ritual_id)
    return rituals.ritual(session, workspace_id=row.workspace_id, ritual_id=ritual_id) if row else None


def closed_runs(session: Session, *, ritual_id: int) -> list[Run]:
    """Of a ritual, oldest first."""
    query = select(RunRow.workspace_id, RunRow.id).where(RunRow.ritual_id == ritual_id)
    found = session.exec(query.where(col(RunRow.closed_at).is_not(None)).order_by(col(RunRow.occurrence))).all()
    if not found:
        return []
    ids = [each or 0 for _workspace_id, each in found]
    known = rituals.runs(session, workspace_id=found[0][0], ids=ids)
    return [known[each] for each in ids]


def all_rituals(session: Session) -> list[Ritual]:
    """Of all workspaces, also those that have ended."""
    ids = session.exec(select(RitualRow.id).order_by(col(RitualRow.id))).all()
    found = (ritual_anywhere(session, ritual_id=each or 0) for each in ids)
    return [each for each in found if each]
