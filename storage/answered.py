"""What people have answered, person by person."""

from sqlmodel import Session, col, select

from domain.runs import Prompt, PromptState
from storage import prompts
from storage.tables import PromptRow, ResponseRow


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
