"""Rounds: those named in a proposed decision say where they stand, and what comes of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from domain.channels import is_direct
from domain.decision_refusals import InRound
from domain.decisions import Decision
from domain.errors import FieldErrors
from domain.rounds import Round
from domain.runs import WAITING, Missed, Ritual, RunState
from domain.templates import Template
from domain.verdicts import for_subject
from services import closing, opening, roster
from storage import people, prompts, rituals

Rounds = Mapping[str, Template]
"""Those that a decision can be asked with, by the id of their template."""
NO_ROUNDS: Rounds = {}
NOBODY = "That would ask nobody but you. Choose contributors, or leave it to the approver alone."
NOT_HERE = "This Muster has no such round. Choose another way."
NOT_IN_DIRECT = "A round is asked for a channel. Record it there, or leave it to the approver alone."


def begin(session: Session, decision: Decision, rounds: Rounds, *, by: str, now: datetime) -> None:
    """Asks those named in its present text, in its transaction. Raises FieldErrors."""
    if is_direct(decision.channel_id):
        raise FieldErrors({"round": NOT_IN_DIRECT})
    template = rounds.get(Round(decision.form.round).template_id)
    if template is None:
        raise FieldErrors({"round": NOT_HERE})
    known = people.people(session, workspace_id=decision.workspace_id, ids=decision.named)
    meant = for_subject(template, _parts(decision), name=decision.name, title=decision.form.title)
    asked = roster.roster(session, workspace_id=decision.workspace_id, channel_id=decision.channel_id, template=meant)
    if not {each.id for each in asked} - {by}:
        raise FieldErrors({"round": NOBODY})
    # Its ritual was never on: it asks this once, is in no list, and nobody else joins it.
    ritual = Ritual(
        0,
        decision.workspace_id,
        decision.channel_id,
        meant,
        decision.driver_id,
        None,
        None,
        ended_at=now,
        started_by=by,
    )
    ritual = rituals.add(session, ritual=ritual, at=now)
    day = f"{now.astimezone(known[decision.driver_id].zone):%Y-%m-%dT%H:%M}"
    run = rituals.open_run(
        session, ritual=ritual, occurrence=f"{day}#{decision.version}", at=now, subject_id=decision.id
    )
    if run:
        opening.invite(session, run, asked, now, now)


def _parts(decision: Decision) -> dict[str, Sequence[str]]:
    form = decision.form
    return {
        "subject.approver": (form.approver_id,),
        "subject.driver": (decision.driver_id,),
        "subject.contributors": form.contributors,
        "subject.informed": form.informed,
    }


def end(session: Session, decision: Decision, *, now: datetime) -> None:
    """Its text was changed, or it came to its end: nobody is asked about it any more."""
    run = rituals.newest_about(session, workspace_id=decision.workspace_id, decision_id=decision.id)
    if run is None or run.state is RunState.CLOSED:
        return
    for prompt in prompts.of_run(session, run_id=run.id):
        if prompt.state in WAITING:
            closing.miss_at_end(session, run, prompt, Missed.SETTLED, now)
    closing.finish(session, run, now=now)


def check_no_round(decision: Decision) -> None:
    """Raises InRound: there everybody is heard before anything comes of it."""
    if decision.in_round:
        raise InRound(name=decision.name)
