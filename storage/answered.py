"""What has been answered: by one person, or in one ritual."""

from sqlmodel import Session, col, select

from domain.runs import Prompt, PromptState, Ritual, Run
from storage import prompts, rituals
from storage.tables import PromptRow, ResponseRow, RitualRow, RunRow


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
