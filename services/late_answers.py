"""What somebody can still answer after its deadline, and the messages that offer it."""

from datetime import datetime

from sqlmodel import Session

from domain.cards import LateCheckin
from domain.runs import LATE_AFTER_END, UNANSWERED, Late, Missed, Run, counts, late
from services import owing
from storage import prompts, rituals, sequels


def still_late(session: Session, *, workspace_id: str, person_id: str, now: datetime) -> list[LateCheckin]:
    """What they can still answer after its deadline, soonest deadline first."""
    found = sequels.over(
        session, workspace_id=workspace_id, person_id=person_id, at=now, ended_after=now - LATE_AFTER_END
    )
    missed = [each for each in found if counts(each) or each.missed is Missed.AWAY]
    by_id = rituals.runs(session, workspace_id=workspace_id, ids={each.run_id for each in missed})
    since = sequels.of_rituals(session, ritual_ids={run.ritual_id for run in by_id.values()})
    pairs = [(each, by_id[each.run_id]) for each in missed]
    return [
        LateCheckin(prompt, run, since[run.ritual_id].late_until)
        for prompt, run in pairs
        if late(run, since[run.ritual_id], now) is Late.TAKEN
    ]


def show_again(session: Session, run: Run | None, *, now: datetime) -> None:
    """It takes late answers for longer or shorter than its messages say."""
    over = [each for each in prompts.of_run(session, run_id=run.id) if each.state in UNANSWERED] if run else []
    again = (each for prompt in over for each in (owing.prompt_message(prompt), owing.home_page(prompt.person_id)))
    if run:
        owing.owe_again(session, run.workspace_id, *again, now=now)
