"""Measures of a channel: made, changed, read, and their values typed one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from domain.channels import is_direct
from domain.errors import FieldErrors, NotInChannel
from domain.measure_cards import MeasureList, MeasureSheet, Newest
from domain.measure_lines import read_moment
from domain.measure_numbers import read_number
from domain.measures import (
    MOST,
    Measure,
    MeasureForm,
    NoMeasure,
    OnlyInside,
    OnlyOfChannels,
    TooManyMeasures,
    Value,
    key_of,
    read_measure,
)
from domain.metrics.usual import usual
from domain.people import Person
from domain.submissions import Submission
from services import audience, drafts, signals
from storage import channels, people, trail
from storage import measures as stored
from storage.engine import Database

SHOWN_VALUES = 12


def listing(db: Database, *, workspace_id: str, channel_id: str, reader_id: str, now: datetime) -> MeasureList:
    """Those of a channel, as far as they may be read now. Raises NotInChannel and OnlyOfChannels."""
    with db.read() as session:
        _check_place(session, workspace_id, channel_id)
        reader = audience.actor(session, workspace_id=workspace_id, person_id=reader_id)
        found = readable(session, reader, channel_id, now)
        newest = stored.newest(session, measure_ids=[each.id for each in found])
        before = {each.measure.id: usual(each.weeks[:-1]) for each in signals.series(session, reader, found, now)}
        return MeasureList(
            channel_id=channel_id,
            place=audience.place_name(session, workspace_id=workspace_id, channel_id=channel_id, reader_id=reader_id),
            rows=tuple(Newest(each, newest.get(each.id), before[each.id]) for each in found),
            reader=reader,
            signals=tuple(signals.of_channel(session, reader, found, now)),
        )


def check_may_add(db: Database, *, workspace_id: str, channel_id: str, person_id: str) -> None:
    """Raises OnlyInside, NotInChannel and OnlyOfChannels."""
    with db.read() as session:
        member(session, workspace_id, channel_id, person_id)


def member(session: Session, workspace_id: str, channel_id: str, person_id: str, *, lock: bool = False) -> Person:
    """Whoever adds to the measures of a channel; `lock` lets them take turns. Raises OnlyInside, NotInChannel and
    OnlyOfChannels."""
    _check_place(session, workspace_id, channel_id, lock=lock)
    if not channels.is_member(session, workspace_id=workspace_id, channel_id=channel_id, person_id=person_id):
        raise OnlyInside
    return audience.actor(session, workspace_id=workspace_id, person_id=person_id)


def _check_place(session: Session, workspace_id: str, channel_id: str, *, lock: bool = False) -> None:
    if is_direct(channel_id):
        raise OnlyOfChannels
    found = channels.channel(session, workspace_id=workspace_id, channel_id=channel_id, lock=lock)
    if found is None or not found.is_open:
        raise NotInChannel


def readable(session: Session, reader: Person, channel_id: str, now: datetime) -> list[Measure]:
    """With their values: those came later, and a channel keeps one moment before which all is for its members."""
    places = channels.readable(session, workspace_id=reader.workspace_id, person_id=reader.id, now=now)
    found = stored.of_channel(session, workspace_id=reader.workspace_id, channel_id=channel_id)
    return [each for each in found if places.shows(each.channel_id, each.recorded_at)]


def sheet(db: Database, *, workspace_id: str, measure_id: int, person_id: str, now: datetime) -> MeasureSheet:
    """One measure with its newest values. Raises NoMeasure for those who may not read it."""
    with db.read() as session:
        measure = pressed(session, workspace_id=workspace_id, measure_id=measure_id, person_id=person_id)
        values = stored.latest(session, measure_id=measure_id, limit=SHOWN_VALUES)
        return MeasureSheet(
            measure=measure,
            place=audience.place_name(
                session, workspace_id=workspace_id, channel_id=measure.channel_id, reader_id=person_id
            ),
            values=tuple(values),
            people=people.people(session, workspace_id=workspace_id, ids={each.by for each in values if each.by}),
            reader=audience.actor(session, workspace_id=workspace_id, person_id=person_id),
            now=now,
        )


def pressed(session: Session, *, workspace_id: str, measure_id: int, person_id: str) -> Measure:
    """Raises NoMeasure for those who may not read it: an old message keeps its buttons."""
    found = stored.measure(session, workspace_id=workspace_id, measure_id=measure_id)
    if found is None or not audience.may_press(session, record=found, person_id=person_id):
        raise NoMeasure
    return found


def add(db: Database, *, sent: Submission, channel_id: str, now: datetime) -> None:
    """Once for each form. Raises FieldErrors, TooManyMeasures, OnlyInside and NotInChannel."""
    with db.write() as session:
        actor = member(session, sent.workspace_id, channel_id, sent.person_id, lock=True)
        if drafts.made(session, sent) is not None:
            return
        others = stored.of_channel(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        form = read_measure(sent.given, others=others)
        made = make(session, form, (sent.workspace_id, channel_id), len(others), by=actor.id, now=now, at=now)
        drafts.keep(session, sent, result_id=made.id)


def make(
    session: Session, form: MeasureForm, place: tuple[str, str], there: int, *, by: str, now: datetime, at: datetime
) -> Measure:
    """In a channel that has so many; as private as the channel was `at` that moment. Raises TooManyMeasures."""
    if there >= MOST:
        raise TooManyMeasures(most=MOST)
    where = {"workspace_id": place[0], "channel_id": place[1]}
    made = stored.add(session, **where, form=form, by=person(by), at=at)
    if made is None:  # Just now by somebody else.
        known = stored.of_channel(session, **where)
        return next(each for each in known if each.key == key_of(form.name))
    note(session, "measure recorded", made, by=by, now=now, details=_facts(made))
    return made


def change(db: Database, *, sent: Submission, measure_id: int, now: datetime) -> str:
    """What it is called and tells; its values stay. Answers its channel. Raises FieldErrors, NoMeasure, OnlyInside."""
    with db.write() as session:
        known = pressed(session, workspace_id=sent.workspace_id, measure_id=measure_id, person_id=sent.person_id)
        member(session, sent.workspace_id, known.channel_id, sent.person_id, lock=True)
        others = stored.of_channel(session, workspace_id=sent.workspace_id, channel_id=known.channel_id)
        form = read_measure(sent.given, others=[each for each in others if each.id != measure_id])
        after = replace(known, **vars(form))
        _save(session, known, after, by=sent.person_id, now=now)
        return known.channel_id


def _save(session: Session, before: Measure, after: Measure, *, by: str, now: datetime) -> None:
    if after != before:
        form = MeasureForm(after.name, after.unit, after.good, after.role, after.source)
        stored.save(session, measure_id=after.id, form=form)
        details = {"before": _facts(before), "after": _facts(after)}
        note(session, "measure changed", after, by=by, now=now, details=details)


def add_value(db: Database, *, sent: Submission, measure_id: int, now: datetime) -> str:
    """Takes the place of what is there of that day. Answers its channel. Raises FieldErrors, NoMeasure, OnlyInside."""
    with db.write() as session:
        measure = pressed(session, workspace_id=sent.workspace_id, measure_id=measure_id, person_id=sent.person_id)
        actor = member(session, sent.workspace_id, measure.channel_id, sent.person_id, lock=True)
        put(session, measure, [_typed(sent.given, actor, now)], by=actor.id, now=now)
        return measure.channel_id


def _typed(given: Mapping[str, str], actor: Person, now: datetime) -> Value:
    mistakes: dict[str, str] = {}
    number, at = 0.0, now
    try:
        number = read_number(given.get("value", ""))
    except ValueError as error:
        mistakes["value"] = _sentence(error)
    try:
        at = read_moment(given.get("day", ""), now=now, zone=actor.zone)
    except ValueError as error:
        mistakes["day"] = _sentence(error)
    if mistakes:
        raise FieldErrors(mistakes)
    return Value(at, number, by=actor.id)


def _sentence(error: ValueError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:]


def person(by: str) -> str:
    """Nobody for what comes by the command line."""
    return "" if by == trail.COMMAND_LINE else by


def give_unit(session: Session, measure: Measure, unit: str, *, by: str, now: datetime) -> Measure:
    """To one that had none until now."""
    after = replace(measure, unit=unit)
    _save(session, measure, after, by=by, now=now)
    return after


def put(session: Session, measure: Measure, values: Sequence[Value], *, by: str, now: datetime) -> list[Value]:
    """Those that say something new. The audit trail has of each that was there before what it was."""
    before = stored.at_moments(session, measure_id=measure.id, moments=[each.at for each in values])
    new = news(session, measure, values)
    stored.put(session, measure=measure, values=new)
    first = sorted((each for each in new if each.at not in before), key=lambda each: each.at)
    if len(first) == 1:
        note_value(session, measure, None, first[0], by=by, now=now)
    elif first:
        details = {"count": len(first), "from": _told(first[0])["at"], "to": _told(first[-1])["at"]}
        note(session, "measure values recorded", measure, by=by, now=now, details=details)
    for each in new:
        if each.at in before:
            note_value(session, measure, before[each.at], each, by=by, now=now)
    return new


def news(session: Session, measure: Measure, values: Sequence[Value]) -> list[Value]:
    """Those of them that are not recorded so already."""
    known = stored.at_moments(session, measure_id=measure.id, moments=[each.at for each in values])
    return [each for each in values if each.at not in known or not _is_same(each, known[each.at])]


def _is_same(value: Value, known: Value) -> bool:
    return (known.value, known.source) == (value.value, value.source)


def remove_value(
    db: Database, *, workspace_id: str, measure_id: int, at: datetime, person_id: str, now: datetime
) -> str:
    """Of what was typed or brought: what a ritual's answers say goes with them. Answers its channel. Raises NoMeasure
    and OnlyInside."""
    with db.write() as session:
        measure = pressed(session, workspace_id=workspace_id, measure_id=measure_id, person_id=person_id)
        member(session, workspace_id, measure.channel_id, person_id, lock=True)
        known = stored.at_moments(session, measure_id=measure_id, moments=[at])
        if at in known:
            stored.remove(session, measure_id=measure_id, at=at)
            note_value(session, measure, known[at], None, by=person_id, now=now)
        return measure.channel_id


def note_value(
    session: Session, measure: Measure, before: Value | None, after: Value | None, *, by: str, now: datetime
) -> None:
    word = "removed" if after is None else "corrected" if before else "recorded"
    told = {"before": _told(before), "after": _told(after)}
    details = {name: value for name, value in told.items() if value}
    note(session, f"measure value {word}", measure, by=by, now=now, details=details)


def _told(value: Value | None) -> dict[str, Any]:
    if value is None:
        return {}
    return {"at": value.at.astimezone(UTC).isoformat(), "value": value.value, "source": value.source, "by": value.by}


def note(session: Session, what: str, measure: Measure, *, by: str, now: datetime, details: dict[str, Any]) -> None:
    trail.note(
        session,
        workspace_id=measure.workspace_id,
        at=now,
        actor_id=by,
        what=what,
        subject=f"measure {measure.id}",
        details={"channel": measure.channel_id, **details},
    )


def _facts(measure: Measure) -> dict[str, str]:
    return {name: str(getattr(measure, name)) for name in ("name", "unit", "good", "role", "source")}
