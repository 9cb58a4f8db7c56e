"""Values of measures that answers make: recorded when their run closes, and changed and withdrawn with them."""

from datetime import datetime
from functools import partial

from sqlmodel import Session

from domain.measure_answers import labels, measured, name_of
from domain.measures import Measure, Value, form_of, key_of
from domain.runs import Run
from services import measures
from storage import channels, prompts
from storage import measures as stored
from storage.ending import Last, at_end


def record(session: Session, run: Run, *, now: datetime) -> None:
    """Of a closed run, whenever its answers may have changed; at the end of the transaction, measure by measure, so
    that none of two transactions waits for the other."""
    for label, questions in labels(run.template).items():
        place = (Last.MEASURES, run.workspace_id, run.channel_id, key_of(name_of(label)), run.id)
        at_end(session, place, partial(_record, session, run, label, questions, now))


def _record(session: Session, run: Run, label: str, questions: list[str], now: datetime) -> None:
    known = _known(session, run, name_of(label))
    before = stored.of_run(session, run_id=run.id).get(known.id) if known else None
    if before and run.forgotten_at:
        return  # The answers it was worked out of are no longer kept.
    asked = prompts.of_run(session, run_id=run.id)
    given = prompts.responses(session, prompt_ids=[prompt.id for prompt in asked])
    after = measured(run, questions, [each.answers for each in given.values()])
    if after == before:
        return
    measure = known or _made(session, run, name_of(label), now)
    if _may_hold(session, measure, run):
        _put(session, measure, before, after, now)


def _known(session: Session, run: Run, name: str) -> Measure | None:
    found = stored.of_channel(session, workspace_id=run.workspace_id, channel_id=run.channel_id)
    return next((each for each in found if each.key == key_of(name)), None)


def _made(session: Session, run: Run, name: str, now: datetime) -> Measure:
    """As private as the run is."""
    form, place = form_of(name, source=run.template.title), (run.workspace_id, run.channel_id)
    return measures.make(session, form, place, 0, by="", now=now, at=run.recorded_at)


def _may_hold(session: Session, measure: Measure, run: Run) -> bool:
    """Not what was answered while the channel was private, of a measure that everybody may read."""
    place = channels.channel(session, workspace_id=run.workspace_id, channel_id=run.channel_id)
    return place is None or place.is_for_members(measure.recorded_at) or not place.is_for_members(run.recorded_at)


def _put(session: Session, measure: Measure, before: Value | None, after: Value | None, now: datetime) -> None:
    if before:
        stored.remove(session, measure_id=measure.id, at=before.at, run_id=before.run_id)
    if after:
        stored.put(session, measure=measure, values=[after])
    measures.note_value(session, measure, before, after, by="", now=now)
