"""The form of a decision: a new one, one that is open, and what has been filled in so far."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from domain.channels import is_direct
from domain.clock import new_id
from domain.decision_cards import DecisionSheet
from domain.decision_form import as_given
from domain.decision_states import Move
from domain.posted import Posted
from domain.submissions import Submission
from services import audience, lineage
from services.decision_moves import check_mover, for_edit, found
from storage import people
from storage.engine import Database


def open_form(
    db: Database,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    given: Mapping[str, str],
    message: Posted | None = None,
) -> DecisionSheet:
    """A new form; the approver is whoever opens it until they choose somebody else. `message`: what it is made of."""
    sent = Submission(workspace_id, person_id, new_id(), {"approver": person_id, **given})
    return sheet(db, sent=sent, channel_id=channel_id, has_detail=bool(given.get("context")), message=message)


def edit_form(db: Database, *, workspace_id: str, decision_id: int, person_id: str) -> DecisionSheet:
    """The form of an open decision as it stands; an approver or driver who left is to be chosen anew."""
    with db.read() as session:
        decision = for_edit(session, workspace_id, decision_id, person_id)
        known = people.people(session, workspace_id=workspace_id, ids=decision.named)
        form = lineage.for_editor(session, decision, person_id)
    given = as_given(form)
    for field in ("approver", "driver"):
        person = known.get(given.get(field, ""))
        if person and person.left:
            del given[field]
    sent = Submission(workspace_id, person_id, new_id(), given)
    return sheet(
        db,
        sent=sent,
        channel_id=decision.channel_id,
        decision_id=decision.id,
        version=decision.version,
        has_detail=True,
    )


def superseding_form(db: Database, *, workspace_id: str, decision_id: int, person_id: str) -> DecisionSheet:
    """A new form, in the channel of the accepted decision that it is to supersede, with what may stay as it was.

    Raises MoveRefused and NotYoursToSupersede.
    """
    with db.read() as session:
        old = found(session, workspace_id, decision_id, person_id, lock=False)
        old.moved(Move.SUPERSEDE)
        check_mover(session, old, Move.SUPERSEDE, person_id)
        known = people.people(session, workspace_id=workspace_id, ids=old.named)
    here = {each.id for each in known.values() if not each.left}
    kept = replace(
        old.form,
        approver_id=old.form.approver_id if old.form.approver_id in here else "",
        driver_id=old.form.driver_id if old.form.driver_id in here else "",
        contributors=tuple(each for each in old.form.contributors if each in here),
        informed=tuple(each for each in old.form.informed if each in here),
        choice="",
        because="",
        look_again_on=None,
        supersedes=(old.number,),
        based_on=(),
    )
    sent = Submission(workspace_id, person_id, new_id(), as_given(kept))
    return sheet(db, sent=sent, channel_id=old.channel_id, has_detail=True)


def sheet(
    db: Database,
    *,
    sent: Submission,
    channel_id: str,
    decision_id: int | None = None,
    version: str = "",
    has_detail: bool = False,
    outsiders: Collection[str] = (),
    message: Posted | None = None,
) -> DecisionSheet:
    """The form with what has been filled in so far. `outsiders`: those it has warned about."""
    workspace_id = sent.workspace_id
    with db.read() as session:
        audience.actor(session, workspace_id=workspace_id, person_id=sent.person_id)
        if decision_id is None:
            audience.place(session, workspace_id=workspace_id, channel_id=channel_id)
        return DecisionSheet(
            draft_id=sent.draft_id,
            channel_id=channel_id,
            place=audience.place_name(
                session,
                workspace_id=workspace_id,
                channel_id=channel_id,
                # Any other form is opened where it is for.
                reader_id=sent.person_id if decision_id or sent.given.get("supersedes") else "",
            ),
            is_direct=is_direct(channel_id),
            given=sent.given,
            has_detail=has_detail,
            outsiders=tuple(people.people(session, workspace_id=workspace_id, ids=outsiders).values()),
            decision_id=decision_id,
            version=version,
            message=message,
        )
