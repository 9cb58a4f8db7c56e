"""Slack's user groups, and who is in them."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, delete, select

from domain.people import Person
from storage import people, sql
from storage.tables import GroupMemberRow


def members(session: Session, *, workspace_id: str, group_id: str) -> list[Person]:
    """Those who are still in the workspace."""
    query = select(GroupMemberRow.person_id).where(
        GroupMemberRow.workspace_id == workspace_id, GroupMemberRow.group_id == group_id
    )
    ids = list(session.exec(query))
    found = people.people(session, workspace_id=workspace_id, ids=ids) if ids else {}
    return [each for each in found.values() if not each.left]


def ids_of(session: Session, *, workspace_id: str, person_id: str) -> set[str]:
    """The groups somebody is in."""
    query = select(GroupMemberRow.group_id).where(GroupMemberRow.workspace_id == workspace_id)
    return set(session.exec(query.where(GroupMemberRow.person_id == person_id)))


def all_members(session: Session, *, workspace_id: str) -> dict[str, set[str]]:
    """The ids of the people of every group, by its id; a group without people is not there."""
    found: dict[str, set[str]] = {}
    query = select(GroupMemberRow.group_id, GroupMemberRow.person_id).where(GroupMemberRow.workspace_id == workspace_id)
    for group_id, person_id in session.exec(query):
        found.setdefault(group_id, set()).add(person_id)
    return found


def set_all(session: Session, *, workspace_id: str, groups: Mapping[str, Collection[str]]) -> None:
    """Replaces what was known by what Slack says now."""
    session.execute(delete(GroupMemberRow).where(col(GroupMemberRow.workspace_id) == workspace_id))
    rows = [
        {"workspace_id": workspace_id, "group_id": group_id, "person_id": person_id}
        for group_id, ids in sorted(groups.items())
        for person_id in sorted(ids)
    ]
    sql.add_missing(session, GroupMemberRow, rows)
