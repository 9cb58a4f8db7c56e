"""What people do with decisions and action items where everything happens at once. It counts once it was done, and not
where it was refused."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import exists
from sqlmodel import col, select

from bot.library import shipped_rounds
from domain.action_states import ActionState
from domain.action_states import Move as Bulk
from domain.decision_form import as_given
from domain.decision_states import DecisionState, Move
from domain.decisions import Decision
from domain.deliveries import Kind
from domain.errors import UserError
from domain.submissions import Submission
from services import (
    action_bulk,
    action_changes,
    action_reminders,
    actions,
    decision_endings,
    decisions,
    informed,
    leavers,
    objections,
    sync,
    verdicts,
)
from storage import decisions as stored
from storage.tables import ActionRow, DecisionRow, DeliveryRow
from tests.deliveries.busy_team import CHANNELS, IDS, WORKSPACE, Team, everybody

LEAVES, STAYS = IDS[-1], IDS[:-1]
INFORMED = ",".join(STAYS)


class NothingToDo(UserError):
    """There is nothing to do it with yet."""


def form(person_id: str, given: Mapping[str, str], chance: random.Random) -> Submission:
    return Submission(WORKSPACE, person_id, f"draft {chance.random()}", dict(given), confirmed=IDS)


def _decision(team: Team, chance: random.Random, *states: DecisionState) -> Decision:
    """One of the newest few in those states, which others are after, too, or now and then a new one. None that waits
    for its round, or of which all is said, as nothing could be done with it."""
    for makes_one in (chance.random() < 0.2, False):
        query = select(DecisionRow.id).where(col(DecisionRow.state).in_([each.value for each in states]))
        query = query.where(col(DecisionRow.in_round).is_(False), col(DecisionRow.result_at).is_(None))
        with team.db.read() as session:
            ids = session.exec(query.order_by(col(DecisionRow.id).desc()).limit(6)).all()
            chosen = chance.choice(ids) if ids else 0
            found = stored.decision(session, workspace_id=WORKSPACE, decision_id=chosen or 0)
        if found and not makes_one:
            return found
        MAKES[states[-1]](team, chance)
    raise NothingToDo


def _record(team: Team, chance: random.Random, who: str, given: Mapping[str, str], **about: Any) -> None:
    texts = {"title": "Ship", "choice": f"Ship {chance.random()}", "because": "Cheap"}
    place: dict[str, Any] = {"channel_id": chance.choice(CHANNELS), "rounds": shipped_rounds(), "now": team.now}
    decisions.submit(team.db, sent=form(who, texts | dict(given), chance), **place, **about)


def propose(team: Team, chance: random.Random) -> None:
    """With a round or without; what it is to supersede is superseded only later, if at all."""
    who, other, third = chance.sample(STAYS, 3)
    given = {"approver": other, "informed": INFORMED, "contributors": third, "driver": chance.choice((who, LEAVES))}
    given["round"] = chance.choice(("alone", "alone", "alone", "consent", "advice"))
    if chance.random() < 0.3:
        older = _decision(team, chance, DecisionState.ACCEPTED)
        given |= {"approver": older.form.approver_id, "supersedes": older.name}
    _record(team, chance, who, given)


def decide_alone(team: Team, chance: random.Random) -> None:
    who = chance.choice(STAYS[:2])
    _record(team, chance, who, {"approver": who, "informed": INFORMED, "outcome": "Half the cost"})


def supersede_several(team: Team, chance: random.Random) -> None:
    """At once, by whoever approved one of them, several of the same few that others are after."""
    first, second = (_decision(team, chance, DecisionState.ACCEPTED) for _ in range(2))
    who, names = first.form.approver_id, {first.name}
    names |= {second.name} if second.form.approver_id == who else set()
    _record(team, chance, who, {"approver": who, "supersedes": ", ".join(names), "informed": INFORMED})


def edit(team: Team, chance: random.Random) -> None:
    it = _decision(team, chance, DecisionState.CONTESTED, DecisionState.PROPOSED)
    given = as_given(it.form) | {"driver": it.recorded_by}
    _record(team, chance, it.recorded_by, given | {"choice": "Half"}, decision_id=it.id, version=it.revision)


def complete(team: Team, chance: random.Random) -> None:
    it = _decision(team, chance, DecisionState.ACCEPTED)
    given = as_given(it.form) | {"context": f"Costs rose {chance.random()}", "look_again_on": str(_tomorrow(team))}
    _record(team, chance, it.recorded_by, given, decision_id=it.id, version=it.revision, move=Move.COMPLETE)


def approve(team: Team, chance: random.Random) -> None:
    it = _decision(team, chance, DecisionState.PROPOSED)
    verdicts.approve(team.db, **_about(it), person_id=it.form.approver_id, now=team.now)


def reject(team: Team, chance: random.Random) -> None:
    it = _decision(team, chance, DecisionState.CONTESTED, DecisionState.PROPOSED)
    verdicts.reject(team.db, sent=form(it.form.approver_id, {"reason": "No"}, chance), **_text(it), now=team.now)


def object_to(team: Team, chance: random.Random) -> None:
    it = _decision(team, chance, DecisionState.PROPOSED)
    who = it.form.approver_id if chance.random() < 0.2 else chance.choice(it.form.contributors)
    sent = form(who, {"reason": "It leaks", "change": "Mask it"}, chance)
    objections.object_to(team.db, sent=sent, **_text(it), now=team.now)


def withdraw_objection(team: Team, chance: random.Random) -> None:
    it = _decision(team, chance, DecisionState.CONTESTED)
    if not it.standing:
        raise NothingToDo  # Somebody else did so while it was read.
    objections.withdraw(team.db, **_about(it), person_id=chance.choice(it.standing).person_id, now=team.now)


def overrule(team: Team, chance: random.Random) -> None:
    it = _decision(team, chance, DecisionState.CONTESTED)
    sent = form(it.form.approver_id, {"reason": "It must go on"}, chance)
    objections.overrule(team.db, sent=sent, **_text(it), now=team.now)


def withdraw_proposal(team: Team, chance: random.Random) -> None:
    it = _decision(team, chance, DecisionState.CONTESTED, DecisionState.PROPOSED)
    sent = form(it.recorded_by, {"reason": "Too early"}, chance)
    decision_endings.withdraw(team.db, sent=sent, decision_id=it.id, now=team.now)


def read(team: Team, chance: random.Random) -> None:
    it = _decision(team, chance, DecisionState.ACCEPTED)
    informed.read(team.db, **_about(it), person_id=chance.choice(IDS), now=team.now)
    sent = form(chance.choice(IDS), {"reason": "Who pays?"}, chance)
    informed.raise_concern(team.db, sent=sent, **_text(it), now=team.now)


def still_right(team: Team, chance: random.Random) -> None:
    it = _decision(team, chance, DecisionState.ACCEPTED)
    sent = form(it.form.approver_id, {"look_again_on": str(_tomorrow(team))}, chance)
    decision_endings.keep(team.db, sent=sent, decision_id=it.id, now=team.now)


def deprecate(team: Team, chance: random.Random) -> None:
    if chance.random() < 0.7:
        raise NothingToDo  # Enough must be left to supersede.
    it = _decision(team, chance, DecisionState.ACCEPTED)
    sent = form(it.form.approver_id, {"reason": "Prices rose"}, chance)
    decision_endings.deprecate(team.db, sent=sent, decision_id=it.id, now=team.now)


def tell_result(team: Team, chance: random.Random) -> None:
    it = _decision(team, chance, DecisionState.SUPERSEDED)
    sent = form(it.form.approver_id, {"result": "A third less"}, chance)
    decision_endings.tell_result(team.db, sent=sent, decision_id=it.id, now=team.now)


def take_over_decision(team: Team, chance: random.Random) -> None:
    """From whoever has just left."""
    who, other, third = chance.sample(STAYS, 3)
    _go(team, left=False)
    _record(team, chance, who, {"approver": other, "driver": LEAVES, "contributors": third})
    _go(team, left=True)
    mine = (DecisionRow.recorded_by == who, DecisionRow.driver_id == LEAVES)
    decision_id = _newest(team, select(DecisionRow.id).where(*mine).order_by(col(DecisionRow.id).desc()))
    leavers.take_decision(team.db, workspace_id=WORKSPACE, decision_id=decision_id, person_id=who, now=team.now)


def _newest(team: Team, query: Any) -> int:
    with team.db.read() as session:
        found: int | None = session.exec(query).first()
    if found is None:
        raise NothingToDo
    return found


def _go(team: Team, *, left: bool) -> None:
    person = replace(everybody()[-1], left=left, updated=int(team.now.timestamp()))
    sync.save_person(team.db, person=person, now=team.now)


def _item(team: Team, chance: random.Random) -> ActionRow:
    query = select(ActionRow).where(ActionRow.what == "Do it").order_by(col(ActionRow.id).desc()).limit(20)
    with team.db.read() as session:
        found = session.exec(query).all()
    if not found:
        raise NothingToDo
    return chance.choice(found)


def add_item(team: Team, chance: random.Random) -> None:
    """Some come of a decision, and some come again."""
    who, other = chance.sample(STAYS, 2)
    given = {"what": "Do it", "owner": other, "due": str(_tomorrow(team)), "every": chance.choice(("", "week"))}
    about = _decision(team, chance, DecisionState.ACCEPTED).id if chance.random() < 0.3 else None
    sent = form(who, given, chance)
    actions.submit(team.db, sent=sent, channel_id=chance.choice(CHANNELS), decision_id=about, now=team.now)


def finish_item(team: Team, chance: random.Random) -> None:
    item = _item(team, chance)
    if not item.every:
        raise NothingToDo  # It may become late.
    action_changes.done(team.db, workspace_id=WORKSPACE, item_id=item.id or 0, person_id=item.owner_id, now=team.now)


def hand_over_item(team: Team, chance: random.Random) -> None:
    item, who = _item(team, chance), chance.choice(IDS)
    sent = form(item.owner_id, {"owner": who, "why": "They know it"}, chance)
    action_changes.hand_over(team.db, sent=sent, item_id=item.id or 0, now=team.now)


def change_several_items(team: Team, chance: random.Random) -> None:
    """Of one asker, so that they may; others change them, too."""
    who, other = STAYS[0], chance.choice(STAYS[1:])
    given = {"what": "Do it", "owner": other, "due": str(_tomorrow(team))}
    actions.submit(team.db, sent=form(who, given, chance), channel_id=chance.choice(CHANNELS), now=team.now)
    theirs = (ActionRow.asked_by == who, ActionRow.what == "Do it", ActionRow.state == ActionState.OPEN)
    with team.db.read() as session:
        ids = session.exec(select(ActionRow.id).where(*theirs).order_by(col(ActionRow.id).desc()).limit(3)).all()
    how = {"due": str(team.now.date() + timedelta(days=chance.randrange(2, 9)))}
    chosen = chance.sample([each or 0 for each in ids], len(ids))
    action_bulk.change(team.db, sent=form(who, how, chance), ids=chosen, move=Bulk.NEW_DATE, now=team.now)


def take_over_item(team: Team, chance: random.Random) -> None:
    who = chance.choice(STAYS)
    _go(team, left=False)
    given = {"what": "Do it", "owner": LEAVES, "due": str(_tomorrow(team))}
    actions.submit(team.db, sent=form(who, given, chance), channel_id=chance.choice(CHANNELS), now=team.now)
    _go(team, left=True)
    mine = (ActionRow.asked_by == who, ActionRow.owner_id == LEAVES)
    item_id = _newest(team, select(ActionRow.id).where(*mine).order_by(col(ActionRow.id).desc()))
    leavers.take_item(team.db, workspace_id=WORKSPACE, item_id=item_id, person_id=who, now=team.now)


def remind_ahead(team: Team, chance: random.Random) -> None:
    """For action items alone it is weeks later, so that owners are warned, and others are told what is late."""
    day = team.now.replace(hour=chance.choice((10, 20))) + timedelta(days=chance.randrange(40))
    action_reminders.remind_due(team.db, now=day)


def _tomorrow(team: Team) -> Any:
    return team.now.date() + timedelta(days=1)


def _text(it: Decision) -> dict[str, Any]:
    return {"decision_id": it.id, "version": it.version}


def _about(it: Decision) -> dict[str, Any]:
    return {"workspace_id": WORKSPACE, **_text(it)}


WORK: tuple[Callable[[Team, random.Random], None], ...] = (
    propose, decide_alone, supersede_several, edit, complete, approve, reject, object_to, withdraw_objection, overrule,
    withdraw_proposal, read, still_right, deprecate, tell_result, take_over_decision, add_item, finish_item,
    hand_over_item, change_several_items, take_over_item, remind_ahead,
)  # fmt: skip
MAKES = {
    DecisionState.PROPOSED: propose,
    DecisionState.CONTESTED: object_to,
    DecisionState.ACCEPTED: decide_alone,
    DecisionState.SUPERSEDED: supersede_several,
}
SEEN = {
    "one was superseded": exists().where(col(DecisionRow.superseded_by) > 0),
    "what is late was told on": exists().where(col(DeliveryRow.kind) == Kind.ACTION_LATE),
    "what a leaver had was offered": exists().where(col(DeliveryRow.kind) == Kind.LEFT),
    "one came again": exists().where(col(ActionRow.follows) > 0),
}
"""What time and others make of it."""


def see(team: Team) -> None:
    with team.db.read() as session:
        team.done.update(name for name, query in SEEN.items() if session.execute(select(query)).scalar_one())
