"""The form of a new action item as it is opened: empty, of what was typed, or made of something."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.actions import ActionSheet, Source
from domain.blockers import AlreadyAnAction, Blocker
from domain.clock import new_id
from domain.decision_refusals import NoSuchDecision
from domain.decisions import Decision
from domain.due_said import Mention, read_action
from domain.named import owner_named
from domain.people import Person, has_left
from domain.posted import Posted
from domain.submissions import Submission
from services import audience, blockers
from storage import decisions, people
from storage.engine import Database


def open_form(
    db: Database,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    given: Mapping[str, str],
    message: Posted | None = None,
) -> ActionSheet:
    """A new form; the owner is whoever opens it until they choose somebody else. `message`: what it is made of."""
    sent = Submission(workspace_id, person_id, new_id(), {"owner": person_id, **given})
    return sheet(db, sent=sent, channel_id=channel_id, message=message)


def said_form(
    db: Database,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    text: str,
    named: Sequence[Mention],
    now: datetime,
) -> ActionSheet:
    """A new form with what was typed after the command, as far as it can mean one thing. `named`: in their order, by
    Slack; others are named as in the form for several lines."""
    with db.read() as session:
        place = audience.place(session, workspace_id=workspace_id, channel_id=channel_id)
        here = audience.may_be_named(session, place, person_id)
        sent = people.people(session, workspace_id=workspace_id, ids=[each.person_id for each in named])
    known = here | {each.id: each for each in sent.values() if not each.left}
    mention, unknown = owner_named(text, here.values(), [each for each in named if each.person_id in known])
    owner = known[mention.person_id if mention else person_id]
    said = read_action(text, mention, owner, now.astimezone(owner.zone).date())
    given = {"what": said.what, "due": f"{said.due}" if said.due else "", "owner": "" if unknown else owner.id}
    found = open_form(db, workspace_id=workspace_id, channel_id=channel_id, person_id=person_id, given=given)
    return replace(found, unsure=said.unsure, unknown=unknown)


def sheet(
    db: Database,
    *,
    sent: Submission,
    channel_id: str,
    blocker_id: int | None = None,
    decision_id: int | None = None,
    answer: Source | None = None,
    message: Posted | None = None,
    outsiders: Collection[Person] = (),
) -> ActionSheet:
    """The form with what has been filled in so far. `outsiders`: those it warns about."""
    with db.read() as session:
        audience.place(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        # Somebody named in what it is made of may be outside its channel; any other form is opened where it is for.
        reader_id = sent.person_id if blocker_id or decision_id or answer else ""
        name = audience.place_name(session, workspace_id=sent.workspace_id, channel_id=channel_id, reader_id=reader_id)
        of: dict[str, Any] = {"blocker_id": blocker_id, "decision_id": decision_id, "answer": answer}
        of |= {"message": message, "outsiders": tuple(outsiders)}
        return ActionSheet(sent.draft_id, channel_id, name, sent.given, **of)


def blocker_form(db: Database, *, workspace_id: str, person_id: str, blocker_id: int, now: datetime) -> ActionSheet:
    """A form about a blocker, for whoever can clear it, else for whoever raised it.

    Raises AlreadyAnAction, and NoBlocker for those who may not read it.
    """
    with db.read() as session:
        blocker = free_blocker(session, workspace_id, blocker_id, person_id, now)
        wanted = (blocker.owner_id, blocker.raised_by)
        known = people.people(session, workspace_id=workspace_id, ids=wanted)
        owner = next((each for each in wanted if each in known and not known[each].left), "")
    sent = Submission(workspace_id, person_id, new_id(), {"what": blocker.title, "owner": owner})
    return sheet(db, sent=sent, channel_id=blocker.channel_id, blocker_id=blocker_id)


def free_blocker(session: Session, workspace_id: str, blocker_id: int, reader_id: str, now: datetime) -> Blocker:
    found = blockers.readable(session, workspace_id=workspace_id, blocker_id=blocker_id, reader_id=reader_id, now=now)
    if found.action_number:
        raise AlreadyAnAction(name=f"A-{found.action_number}")
    return found


def decision_form(db: Database, *, workspace_id: str, person_id: str, decision_id: int) -> ActionSheet:
    """A form for something to do because of a decision, for whoever drives it. Raises NoSuchDecision."""
    with db.read() as session:
        decision = decision_behind(session, workspace_id, decision_id, person_id)
        known = people.people(session, workspace_id=workspace_id, ids=[decision.driver_id])
        owner = person_id if has_left(known, decision.driver_id) else decision.driver_id
    sent = Submission(workspace_id, person_id, new_id(), {"owner": owner})
    return sheet(db, sent=sent, channel_id=decision.channel_id, decision_id=decision_id)


def decision_behind(session: Session, workspace_id: str, decision_id: int, person_id: str) -> Decision:
    """For whoever pressed its button. Raises NoSuchDecision, also where they may not see it."""
    found = decisions.decision(session, workspace_id=workspace_id, decision_id=decision_id)
    if found is None or not audience.may_press(session, record=found, person_id=person_id):
        raise NoSuchDecision(name="behind this button")
    return found
