"""Who manages whom by a field of Slack's profiles: which one, whose is to be read, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import NotAllowed
from domain.people import Person
from domain.profile_managers import LIMIT, OFF, ManagerField, assigned
from domain.setting_up import LEADERS
from services import audience
from services import people as setting_up
from storage import people, profiles, trail
from storage.engine import Database

REREAD = timedelta(days=1)
AT_ONCE = 50


@dataclass(frozen=True)
class Due:
    field: str
    person_ids: list[str]
    """Whose profiles are to be read next, those never read first."""


def shown(db: Database, *, workspace_id: str, actor_id: str) -> ManagerField:
    with db.read() as session:
        actor = audience.actor(session, workspace_id=workspace_id, person_id=actor_id)
        row = people.workspace(session, workspace_id=workspace_id)
        count = profiles.count_assigned(session, workspace_id=workspace_id)
        return ManagerField(row.manager_field, row.manager_field_trouble, count, may_change=actor.leads)


def choose(db: Database, *, workspace_id: str, actor_id: str, name: str, now: datetime) -> ManagerField:
    """`off` chooses none; who is assigned stays so. Raises NotAllowed."""
    name = " ".join(name.split())[:LIMIT]
    name = "" if name.casefold() == OFF else name
    with db.write() as session:
        row = people.workspace(session, workspace_id=workspace_id, lock=True)
        if not audience.actor(session, workspace_id=workspace_id, person_id=actor_id).leads:
            raise NotAllowed(who=LEADERS)
        if name != row.manager_field:
            trail.note(
                session,
                workspace_id=workspace_id,
                at=now,
                actor_id=actor_id,
                what="manager field chosen",
                subject=workspace_id,
                details={"before": row.manager_field, "after": name},
            )
            row.manager_field, row.manager_field_trouble, row.managers_due_at = name, "", now if name else None
    return shown(db, workspace_id=workspace_id, actor_id=actor_id)


def due(db: Database, *, workspace_id: str, now: datetime) -> Due | None:
    """None while nobody's is to be read. A round that was broken off goes on with those it had not come to."""
    with db.read() as session:
        row = people.workspace(session, workspace_id=workspace_id)
        if not row.manager_field or row.managers_due_at is None or row.managers_due_at > now:
            return None
        ids = profiles.unread(session, workspace_id=workspace_id, since=row.managers_due_at, limit=AT_ONCE)
        if ids:
            return Due(row.manager_field, ids)
    end(db, workspace_id=workspace_id, now=now)
    return None


def end(db: Database, *, workspace_id: str, now: datetime, trouble: str = "") -> None:
    """All are read, or none can be: until tomorrow."""
    with db.write() as session:
        row = people.workspace(session, workspace_id=workspace_id, lock=True)
        row.managers_due_at, row.manager_field_trouble = now + REREAD, trouble


def note(db: Database, *, workspace_id: str, said: Mapping[str, str], now: datetime) -> None:
    """What profiles say, by person; empty where they say nothing."""
    named = {person_id: value for person_id, value in said.items() if value}
    with db.read() as session:
        known = people.people(session, workspace_id=workspace_id) if named else {}
    with db.write() as session:
        if _of_known(named, known):
            people.workspace(session, workspace_id=workspace_id, lock=True)
            known = people.people(session, workspace_id=workspace_id)
            setting_up.keep(session, (workspace_id, trail.PROFILE), known, _of_known(named, known), now)
        profiles.note_read(session, workspace_id=workspace_id, person_ids=list(said), at=now)


def _of_known(named: Mapping[str, str], known: Mapping[str, Person]) -> list[Person]:
    return assigned({each: value for each, value in named.items() if each in known}, known)


def found(db: Database, *, workspace_id: str) -> ManagerField:
    """As the doctor looks at it."""
    with db.read() as session:
        row = people.workspace(session, workspace_id=workspace_id)
        return ManagerField(row.manager_field, row.manager_field_trouble)
