"""The template that each ritual took its questions from."""

from sqlmodel import Session

from domain.runs import Ritual
from domain.templates import Template
from storage import sql
from storage.json import template_from_json, template_to_json
from storage.tables import OriginRow


def keep(session: Session, *, ritual: Ritual, template: Template) -> None:
    """Over what was kept there before."""
    row = {"ritual_id": ritual.id, "workspace_id": ritual.workspace_id, "template": template_to_json(template)}
    sql.add_or_update(session, OriginRow, [row], keys=["ritual_id"])


def of(session: Session, *, ritual_id: int) -> Template | None:
    row = session.get(OriginRow, ritual_id, populate_existing=True)
    return template_from_json(row.template) if row else None
