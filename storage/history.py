"""The past runs of a channel, newest first."""

from datetime import timedelta

from sqlmodel import Session, col, select

from domain.history import Filter
from domain.runs import Ritual, Run
from storage import rituals
from storage.tables import PromptRow, ResponseRow, RitualRow, RunRow


def closed(session: Session, *, workspace_id: str, asked: Filter, limit: int) -> list[Run]:
    """Those that closed; of what the filter says, all but the words."""
    query = select(RunRow.id).where(RunRow.workspace_id == workspace_id, RunRow.channel_id == asked.channel_id)
    query = query.where(col(RunRow.subject_id).is_(None))  # A round is read with its decision.
    query = query.where(col(RunRow.closed_at).is_not(None))
    if asked.ritual_id:
        query = query.where(RunRow.ritual_id == asked.ritual_id)
    if asked.first:
        query = query.where(col(RunRow.occurrence) >= asked.first.isoformat())
    if asked.last:
        query = query.where(col(RunRow.occurrence) < (asked.last + timedelta(days=1)).isoformat())
    if asked.person_id or asked.function:
        answered = select(PromptRow.id).join(ResponseRow, col(ResponseRow.prompt_id) == col(PromptRow.id))
        answered = answered.where(PromptRow.run_id == RunRow.id).correlate(RunRow)
        if asked.person_id:
            answered = answered.where(PromptRow.person_id == asked.person_id)
        if asked.function:
            answered = answered.where(PromptRow.function == asked.function)
        query = query.where(answered.exists())
    ids = [each or 0 for each in session.exec(query.order_by(col(RunRow.closed_at).desc()).limit(limit))]
    found = rituals.runs(session, workspace_id=workspace_id, ids=ids)
    return [found[each] for each in ids]


def of_channel(session: Session, *, workspace_id: str, channel_id: str, limit: int) -> list[Ritual]:
    """The rituals that a channel has or had, the newest first."""
    query = select(RitualRow.id).where(RitualRow.workspace_id == workspace_id, RitualRow.channel_id == channel_id)
    query = query.where(col(RitualRow.template)["about"].as_string() == "")  # A round is read with its decision.
    ids = session.exec(query.order_by(col(RitualRow.id).desc()).limit(limit)).all()
    found = (rituals.ritual(session, workspace_id=workspace_id, ritual_id=each or 0) for each in ids)
    return [each for each in found if each]
