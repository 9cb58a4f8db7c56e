"""Who facilitates a ritual when its facilitator has left."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.people import Person, Role
from domain.runs import Ritual
from services import owing
from storage import journal, people, rituals

MUSTER = "muster"
"""Who acts in the audit trail when nobody did."""


def hand_on(session: Session, ritual: Ritual, *, now: datetime) -> None:
    """The next lead of the channel, else whoever switched it on; if there is neither, it stays as it is."""
    members = people.members(session, workspace_id=ritual.workspace_id, channel_id=ritual.channel_id)
    starter = people.person(session, workspace_id=ritual.workspace_id, person_id=ritual.started_by)
    facilitator = next_facilitator(members, starter)
    if facilitator is None:
        return
    rituals.set_facilitator(session, ritual_id=ritual.id, person_id=facilitator.id)
    journal.audit(
        session,
        workspace_id=ritual.workspace_id,
        at=now,
        actor_id=MUSTER,
        what="ritual handed on",
        subject=ritual.template.id,
        details={"ritual": ritual.id, "before": ritual.facilitator_id, "after": facilitator.id},
    )
    for run in rituals.open_of(session, ritual_id=ritual.id):
        owing.owe(session, ritual.workspace_id, owing.run_message(run), now=now)
    handed = replace(ritual, facilitator_id=facilitator.id)
    owing.owe(session, ritual.workspace_id, owing.facilitator_message(handed, after=ritual.facilitator_id), now=now)
    owing.owe_again(session, ritual.workspace_id, owing.ritual_message(ritual), now=now)


def next_facilitator(members: Iterable[Person], starter: Person | None) -> Person | None:
    leads = sorted((each for each in members if each.role is Role.LEAD and not each.left), key=lambda each: each.name)
    if leads:
        return leads[0]
    return starter if starter and not starter.left else None
