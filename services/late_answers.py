"""What somebody can still answer after its deadline, and the messages that offer it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session

from domain.cards import LateCheckin
from domain.runs import LATE_AFTER_END, Late, Missed, Prompt, Run, counts, late
from services import owing
from storage import rituals, sequels


def still_late(session: Session, *, workspace_id: str, person_id: str, now: datetime) -> list[LateCheckin]:
    """What they can still answer after its deadline, soonest deadline first."""
    found = sequels.over(
        session, workspace_id=workspace_id, person_id=person_id, at=now, ended_after=now - LATE_AFTER_END
    )
    missed = [each for each in found if counts(each) or each.missed is Missed.AWAY]
    by_id = rituals.runs(session, workspace_id=workspace_id, ids={each.run_id for each in missed})
    pairs = [(each, by_id[each.run_id]) for each in missed]
    since = sequels.since(session, found=pairs)
    return [
        LateCheckin(prompt, run, since[prompt.id].late_until)
        for prompt, run in pairs
        if late(run, since[prompt.id], now) is Late.TAKEN
    ]


def end(session: Session, run: Run, people: Collection[str], *, now: datetime) -> None:
    """A run that asks them has begun."""
    _show_again(session, sequels.unanswered(session, ritual_id=run.ritual_id, people=people, before=run.id), now)


def show_again(session: Session, ritual_id: int, *, now: datetime) -> None:
    """It takes late answers for longer or shorter than its messages say."""
    _show_again(session, sequels.unanswered(session, ritual_id=ritual_id), now)


def _show_again(session: Session, over: Iterable[Prompt], now: datetime) -> None:
    for prompt in over:
        again = owing.prompt_message(prompt), owing.home_page(prompt.person_id)
        owing.owe_again(session, prompt.workspace_id, *again, now=now)
