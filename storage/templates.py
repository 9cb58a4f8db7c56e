"""Templates that people wrote in Slack."""

from datetime import datetime

from sqlmodel import Session, col, select

from domain.own_templates import Written
from storage import sql
from storage.tables import TemplateRow


def of_workspace(session: Session, *, workspace_id: str) -> list[Written]:
    query = select(TemplateRow).where(TemplateRow.workspace_id == workspace_id).order_by(col(TemplateRow.id))
    return [_written(row) for row in session.exec(query)]


def written(session: Session, *, workspace_id: str, template_id: str) -> Written | None:
    row = session.get(TemplateRow, (workspace_id, template_id))
    return _written(row) if row else None


def save(session: Session, *, workspace_id: str, written: Written, at: datetime) -> None:
    row = {
        "workspace_id": workspace_id,
        "id": written.id,
        "text": written.text,
        "written_by": written.written_by,
        "changed_by": written.changed_by,
        "changed_at": at,
    }
    sql.add_or_update(session, TemplateRow, [row], keys=["workspace_id", "id"])


def _written(row: TemplateRow) -> Written:
    return Written(row.id, row.text, row.written_by, row.changed_by)
