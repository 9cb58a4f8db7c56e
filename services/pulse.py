"""What the pulse of a week says to whoever may read it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain import pulse as domain
from domain.channels import Readable
from domain.metrics.survey import CONSTRUCTS
from domain.people import Person
from domain.pulse import Chosen, Pulse
from domain.runs import Run
from services import summary_readers
from storage import anonymous, engagement, pulses, rituals
from storage import channels as stored_channels

QUESTIONS = tuple(each for questions in CONSTRUCTS.values() for each in questions)


def pulse(
    session: Session, reader: Person, places: Readable, channels: Any, *, start: datetime, end: datetime
) -> Pulse | None:
    """Of the newest run of those channels that closed in [start, end) and may be read, beside the run before it.

    None if there is none, or too few answered: then nothing of it is shown.
    """
    found = pulses.closed(session, workspace_id=reader.workspace_id, channels=channels, start=start, end=end)
    seen = [run_id for run_id, channel_id, opened_at in found if places.shows(channel_id, opened_at)]
    for run_id in seen:
        run = _readable(session, run_id, reader, places, end)
        if run:
            return _told(session, run, reader, places, end)
    return None


def _readable(session: Session, run_id: int | None, reader: Person, places: Readable, at: datetime) -> Run | None:
    run = rituals.run(session, workspace_id=reader.workspace_id, run_id=run_id) if run_id else None
    return run if run and summary_readers.may_read(session, run, reader, places, at) else None


def _told(session: Session, run: Run, reader: Person, places: Readable, at: datetime) -> Pulse | None:
    earlier_id = pulses.before(session, ritual_id=run.ritual_id, run_id=run.id)
    earlier = _readable(session, earlier_id, reader, places, at)
    count = engagement.by_id(session, workspace_id=run.workspace_id, run_ids=[run.id])[run.id]
    same = domain.same_questions(run.template, earlier.template) if earlier else frozenset()
    readings = domain.readings(_chosen(session, run), _chosen(session, earlier) if earlier else (), same=same)
    if not (readings and run.template.anonymous and count.is_told):
        return None
    channel = stored_channels.channel(session, workspace_id=run.workspace_id, channel_id=run.channel_id)
    return Pulse(run.template.title, channel.name if channel else "", run.day, count.total, readings)


def _chosen(session: Session, run: Run) -> list[Chosen]:
    return anonymous.chosen(session, run_id=run.id, question_ids=QUESTIONS)
