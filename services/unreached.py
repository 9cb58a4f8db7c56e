"""Why somebody was not asked in time, or not heard: Slack refused the message, did not answer, or Muster was not
running."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlmodel import Session

from domain.runs import Missed, Prompt, PromptState, unreached
from domain.tallies import unreached_texts
from domain.windows import LATE
from domain.words import day_text
from services import owing
from storage import channels, delivery_queries, outages, people, prompts, rituals
from storage.engine import Database

REMEMBERED = timedelta(days=7)


def why(session: Session, prompt: Prompt) -> Missed:
    """Of a prompt that was asked, and whose deadline has passed."""
    outage = outages.newest(session, workspace_id=prompt.workspace_id)
    if prompt.state is PromptState.SENT:
        return Missed.STOPPED if outage and outage.holds(prompt.deadline) else Missed.NO_ANSWER
    was_late = prompt.asked_at is not None and prompt.asked_at - prompt.due_at >= LATE
    was_down = was_late or bool(outage and outage.meets(prompt.due_at, prompt.deadline))
    return _why_not_sent(session, prompt) or (Missed.DOWN if was_down else Missed.FAULT)


def _why_not_sent(session: Session, prompt: Prompt) -> Missed | None:
    """By what came of the last try to send it; None if there was none."""
    key = owing.prompt_message(prompt).key
    failure = delivery_queries.failure(session, workspace_id=prompt.workspace_id, key=key)
    if failure is None:
        return None
    if failure.replace("_", "").isalpha() and failure.islower():  # One of Slack's error codes.
        return Missed.REFUSED
    is_our_own = " " in failure and not failure[0].isdigit()  # A status of HTTP comes before what a server said.
    return Missed.FAULT if is_our_own else Missed.UNANSWERED


@dataclass(frozen=True)
class Unreached:
    """A run in which people were not asked in time."""

    text: str
    """Which run it was, and by reason whom it did not reach."""
    reasons: frozenset[Missed]


def lately(db: Database, *, workspace_id: str, now: datetime) -> list[Unreached]:
    """Of the last week, oldest first."""
    with db.read() as session:
        return list(_lately(session, workspace_id, now - REMEMBERED))


def _lately(session: Session, workspace_id: str, since: datetime) -> Iterator[Unreached]:
    found = prompts.not_reached(session, workspace_id=workspace_id, since=since)
    runs = rituals.runs(session, workspace_id=workspace_id, ids={prompt.run_id for prompt in found})
    known = people.people(session, workspace_id=workspace_id, ids={prompt.person_id for prompt in found})
    present = [prompt for prompt in found if not known[prompt.person_id].left]
    for run_id, group in groupby(present, key=lambda prompt: prompt.run_id):
        of_run, run = list(group), runs[run_id]
        place = channels.channel(session, workspace_id=workspace_id, channel_id=run.channel_id)
        what = f"{run.template.title} in #{place.name if place else run.channel_id}, {day_text(run.day)}"
        names = None if run.template.anonymous else known
        reasons = frozenset(reason for prompt in of_run if (reason := unreached(prompt)))
        yield Unreached(f"{what}: {'. '.join(unreached_texts(of_run, names))}", reasons)
