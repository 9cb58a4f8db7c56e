"""Whom an open run is offered to, though it has not asked them."""

from datetime import datetime

from sqlmodel import Session

from domain.runs import Missed, Run
from domain.selectors import selectors
from services import owing
from services.roster import meant
from storage import prompts


def show_again(session: Session, run: Run, *, now: datetime) -> None:
    """It is over, or asks nobody else: those Homes that are known say so."""
    if run.template.anonymous:
        return
    place = {"workspace_id": run.workspace_id, "channel_id": run.channel_id}
    wanted = [each for each in selectors(run.template.who) if not each.count]
    everybody = {person.id for each in wanted for person in meant(session, each, **place)}
    asked = {each.person_id for each in prompts.of_run(session, run_id=run.id) if each.missed is not Missed.RELEASED}
    homes = (owing.home_page(person_id) for person_id in sorted(everybody - asked))
    owing.owe_again(session, run.workspace_id, *homes, now=now)
