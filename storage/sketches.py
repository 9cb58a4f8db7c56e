"""Questions that people are changing and have not saved."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.sketches import Sketch
from storage import sql
from storage.json import template_from_json, template_to_json
from storage.tables import SketchRow


def take(session: Session, *, workspace_id: str, sketch_id: str) -> Sketch | None:
    """Locked until the transaction ends: of two clicks the second finds what the first did."""
    row = session.exec(sql.locked(_query(workspace_id, sketch_id))).first()
    return _sketch(row) if row else None


def sketch(session: Session, *, workspace_id: str, sketch_id: str) -> Sketch | None:
    row = session.exec(_query(workspace_id, sketch_id)).first()
    return _sketch(row) if row else None


def _query(workspace_id: str, sketch_id: str) -> SelectOfScalar[SketchRow]:
    return select(SketchRow).where(SketchRow.id == sketch_id, SketchRow.workspace_id == workspace_id)


def of_person(
    session: Session, *, workspace_id: str, person_id: str, ritual_id: int | None, template_id: str
) -> list[Sketch]:
    """What somebody has begun of that ritual or template, the newest first."""
    query = select(SketchRow).where(
        SketchRow.workspace_id == workspace_id,
        SketchRow.person_id == person_id,
        SketchRow.ritual_id == ritual_id,
        SketchRow.template_id == template_id,
    )
    return [_sketch(row) for row in session.exec(query.order_by(col(SketchRow.at).desc()))]


def keep(session: Session, *, sketch: Sketch) -> None:
    row = {
        "id": sketch.id,
        "workspace_id": sketch.workspace_id,
        "person_id": sketch.person_id,
        "ritual_id": sketch.ritual_id,
        "template_id": sketch.template_id,
        "channel_id": sketch.channel_id,
        "template": template_to_json(sketch.template),
        "base": template_to_json(sketch.base),
        "takes": template_to_json(sketch.takes) if sketch.takes else None,
        "text": sketch.text,
        "round": sketch.round,
        "added": dict(sketch.added),
        "said": list(sketch.said),
        "near": sketch.near,
        "at": sketch.at,
    }
    sql.add_or_update(session, SketchRow, [row], keys=["id"])


def drop(session: Session, *, sketch_id: str) -> None:
    session.execute(delete(SketchRow).where(col(SketchRow.id) == sketch_id))


def drop_before(session: Session, *, workspace_id: str, person_id: str, before: datetime) -> None:
    """Of a person, those nobody will come back to."""
    mine = (col(SketchRow.workspace_id) == workspace_id, col(SketchRow.person_id) == person_id)
    session.execute(delete(SketchRow).where(*mine, col(SketchRow.at) < before))


def _sketch(row: SketchRow) -> Sketch:
    return Sketch(
        id=row.id,
        workspace_id=row.workspace_id,
        person_id=row.person_id,
        template=template_from_json(row.template),
        base=template_from_json(row.base),
        at=row.at,
        ritual_id=row.ritual_id,
        template_id=row.template_id,
        channel_id=row.channel_id,
        takes=template_from_json(row.takes) if row.takes else None,
        text=row.text,
        round=row.round,
        added=dict(row.added),
        said=tuple(row.said),
        near=row.near,
    )
