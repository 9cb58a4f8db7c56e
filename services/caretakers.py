"""Who looks after a record when all who could have left: people of its channel, who may read it anyway."""

from sqlmodel import Session

from domain.actions import ActionItem
from domain.channels import is_direct
from domain.people import Person, Role
from services import audience
from storage import channels, people, rituals


def of_channel(session: Session, *, workspace_id: str, channel_id: str) -> tuple[Person, ...]:
    """Whoever facilitates there, then its leads, then its other managers and Slack's admins; the first one is told."""
    if is_direct(channel_id):
        return ()
    members = people.members(session, workspace_id=workspace_id, channel_id=channel_id)
    on = rituals.active(session, workspace_id=workspace_id, channel_id=channel_id)
    facilitators = {ritual.facilitator_id for ritual in on}
    found = (each for each in members if each.id in facilitators or each.leads)
    return tuple(
        sorted(found, key=lambda each: (each.id not in facilitators, each.role is not Role.LEAD, each.name, each.id))
    )


def channels_of(session: Session, person: Person) -> set[str]:
    """Where this person is one of those."""
    mine = channels.ids_of(session, workspace_id=person.workspace_id, person_id=person.id)
    if not person.leads:
        on = rituals.active(session, workspace_id=person.workspace_id, facilitator_id=person.id)
        mine &= {ritual.channel_id for ritual in on}
    return {each for each in mine if not is_direct(each)}


def of_work(session: Session, item: ActionItem, *, owner: Person) -> tuple[Person, ...]:
    """The manager of whoever was to do it, if they may read it, and then the same."""
    found = of_channel(session, workspace_id=owner.workspace_id, channel_id=item.channel_id)
    manager = people.person(session, workspace_id=owner.workspace_id, person_id=owner.manager_id or "")
    if manager is None or not audience.may_press(session, record=item, person_id=manager.id):
        return found
    return (manager, *(each for each in found if each != manager))
