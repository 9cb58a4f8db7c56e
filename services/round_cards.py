"""How the round about a decision's present text stands."""

from collections.abc import Collection

from sqlmodel import Session

from domain.decisions import Decision
from domain.rounds import RoundCard, round_card
from domain.said import named
from storage import people, prompts, rituals


def asked_by_now(session: Session, decision: Decision) -> set[str]:
    """Whom the round about its present text has asked already."""
    run = rituals.newest_about(session, workspace_id=decision.workspace_id, decision_id=decision.id)
    if run is None or run.subject_version != decision.version:
        return set()
    return {each.person_id for each in prompts.of_run(session, run_id=run.id) if each.asked}


def round_of(session: Session, decision: Decision) -> tuple[RoundCard | None, Collection[str]]:
    """With those whom it asks."""
    run = rituals.newest_about(session, workspace_id=decision.workspace_id, decision_id=decision.id)
    if run is None or run.subject_version != decision.version:
        return None, ()
    asked = prompts.of_run(session, run_id=run.id)
    given = prompts.responses(session, prompt_ids=[each.id for each in asked])
    mentioned = {each for response in given.values() for each in named(run.template.ask, response.answers)}
    known = people.people(session, workspace_id=run.workspace_id, ids=mentioned)
    names = {each.id: each.name for each in known.values()}
    return round_card(run, asked, given, names), [each.person_id for each in asked]
