"""What comes of a round once it has closed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain.decision_cards import News
from domain.decision_states import Move
from domain.decisions import Decision
from domain.runs import Run
from domain.verdicts import Objects, Outcome, objections, outcome, passes
from services import owing
from services.acceptance import accept, is_overtaken
from services.decision_moves import audit
from services.decision_news import tell
from services.facilitators import MUSTER
from services.isolation import alone
from services.objections import raise_objection, withdrawn
from storage import decisions, prompts, rituals
from storage.engine import Database

BATCH = 20
PUT_OFF = timedelta(hours=1)


def settle_due(db: Database, *, now: datetime) -> int:
    """What has closed, each alone; answers how many."""
    with db.read() as session:
        found = rituals.rounds_closed(session, now=now, limit=BATCH)
    for run in found:
        put_off = partial(_put_off, db, run, now + PUT_OFF)
        alone(partial(_settle, db, run, now), put_off, f"settling round {run.id}")
    return len(found)


def _put_off(db: Database, run: Run, until: datetime) -> None:
    with db.write() as session:
        rituals.set_next_of_run(session, run_id=run.id, at=until)


def _settle(db: Database, run: Run, now: datetime) -> bool:
    """Once, whoever comes first: the decision is locked, and knows whether it still waits for this round."""
    with db.write() as session:
        decision = decisions.decision(
            session, workspace_id=run.workspace_id, decision_id=run.subject_id or 0, lock=True
        )
        rituals.set_next_of_run(session, run_id=run.id, at=None)
        if decision and decision.in_round and decision.version == run.subject_version:
            _conclude(session, replace(decision, in_round=False), run, now)
    return True


def _conclude(session: Session, decision: Decision, run: Run, now: datetime) -> None:
    answers, approver_id = _answers(session, run), decision.form.approver_id
    found = outcome(run.template, answers)
    for person_id, given in answers.items():
        if passes(run.template, given):  # What they held against an earlier text is mended.
            decision = withdrawn(session, decision, person_id, now)
    decisions.move(session, decision=decision)
    audit(session, decision, "round closed", MUSTER, now, outcome=found, heard=len(answers))
    if found is Outcome.PASSED and not is_overtaken(session, decision):
        approved = replace(decision.moved(Move.APPROVE), decided_at=now)
        decisions.move(session, decision=approved)
        accept(session, approved, was=decision.state, by=approver_id, now=now)
    elif found is Outcome.STOPPED:
        _contest(session, decision, objections(run.template, answers), now)
    else:
        owing.owe_decision(session, decision, now=now)


def _contest(session: Session, decision: Decision, found: Sequence[Objects], now: datetime) -> None:
    """Those who drive it hear of each; the approver's own message says all of it."""
    for each in found:
        said = {"reason": each.reason, "change": each.change}
        decision = raise_objection(session, decision, person_id=each.person_id, **said, now=now)
    for each in found:
        about, but = decision.objection_of(each.person_id), {decision.form.approver_id}
        tell(session, decision, News.OBJECTED, about=about, but=but, now=now)


def _answers(session: Session, run: Run) -> dict[str, Mapping[str, str]]:
    """By person, in the order in which they were asked."""
    asked = prompts.of_run(session, run_id=run.id)
    given = prompts.responses(session, prompt_ids=[each.id for each in asked])
    return {each.person_id: given[each.id].answers for each in asked if each.id in given}
