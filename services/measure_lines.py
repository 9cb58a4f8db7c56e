"""Values of measures as a table: brought in, all or none, and taken along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from domain.clock import new_id
from domain.errors import UserError
from domain.measure_lines import FIELD, Line, MeasureLinesSheet, as_text, cells, read_lines
from domain.measures import Measure, Value, form_of
from domain.submissions import Submission
from services import audience, measures
from storage import channels, trail
from storage import measures as stored
from storage.engine import Database


class NoSuchChannel(UserError):
    """Muster knows no channel {name}. Write its name as Slack shows it, or its id; these have Muster in: {known}."""


@dataclass(frozen=True)
class Brought:
    place: str
    lines: int
    changed: int
    """As many as said something new."""


@dataclass(frozen=True)
class Taken:
    place: str
    content: str
    rows: int


def open_form(db: Database, *, workspace_id: str, channel_id: str, person_id: str) -> MeasureLinesSheet:
    """An empty one. Raises OnlyInside, NotInChannel and OnlyOfChannels."""
    with db.read() as session:
        measures.member(session, workspace_id, channel_id, person_id)
        name = audience.place_name(session, workspace_id=workspace_id, channel_id=channel_id)
        return MeasureLinesSheet(new_id(), channel_id, name, "")


def sheet(db: Database, *, sent: Submission, channel_id: str, now: datetime) -> MeasureLinesSheet:
    """As it is understood now. Raises FieldErrors, OnlyInside and NotInChannel."""
    text = sent.given.get(FIELD, "")
    with db.read() as session:
        actor = measures.member(session, sent.workspace_id, channel_id, sent.person_id)
        known = stored.of_channel(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        lines = read_lines(text, known, now=now, zone=actor.zone)
        name = audience.place_name(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        new = [line for line in lines if line.key not in {each.key for each in known}]
        found = _by_measure(lines, known)
        changed = len(new) + sum(len(measures.news(session, measure, values)) for measure, values in found)
        named = tuple({line.key: line.name for line in new}.values())
        return MeasureLinesSheet(sent.draft_id, channel_id, name, text, lines, named, changed)


def submit(db: Database, *, sent: Submission, channel_id: str, now: datetime) -> Brought:
    """All or none; the same again changes nothing. Raises FieldErrors, TooManyMeasures, OnlyInside, NotInChannel."""
    with db.write() as session:
        actor = measures.member(session, sent.workspace_id, channel_id, sent.person_id, lock=True)
        known = stored.of_channel(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        lines = read_lines(sent.given.get(FIELD, ""), known, now=now, zone=actor.zone)
        return _record(session, lines, known, (sent.workspace_id, channel_id), by=actor.id, now=now)


def bring(db: Database, *, text: str, file: str, channel: str, now: datetime) -> Brought:
    """By whoever runs Muster; the file is the source where a line names none. Raises FieldErrors, NoSuchChannel and
    TooManyMeasures."""
    with db.write() as session:
        place = _place(session, channel)
        channels.channel(session, workspace_id=place[0], channel_id=place[1], lock=True)
        known = stored.of_channel(session, workspace_id=place[0], channel_id=place[1])
        lines = [replace(each, source=each.source or file) for each in read_lines(text, known, now=now, zone=None)]
        return _record(session, lines, known, place, by=trail.COMMAND_LINE, now=now)


def _place(session: Session, typed: str) -> tuple[str, str]:
    """By id, or by a name that one channel alone has."""
    wanted = typed.strip().removeprefix("#")
    found = channels.anywhere(session)
    same = [each for each in found if wanted in (each.id, each.name)]
    if len(same) != 1:
        listed = ", ".join(f"{each.name} ({each.id})" for each in same or found)
        raise NoSuchChannel(name=typed, known=listed or "none yet")
    return same[0].workspace_id, same[0].id


def _record(
    session: Session, lines: Sequence[Line], known: Sequence[Measure], place: tuple[str, str], *, by: str, now: datetime
) -> Brought:
    found = {each.key: each for each in known}
    # In the order in which whatever makes measures makes them, so that none of two waits for the other.
    for line in sorted(lines, key=lambda line: line.key):
        if line.key not in found:
            form = form_of(line.name, unit=line.unit)
            found[line.key] = measures.make(session, form, place, len(found), by=by, now=now, at=now)
        elif line.unit and not found[line.key].unit:
            found[line.key] = measures.give_unit(session, found[line.key], line.unit, by=by, now=now)
    pairs = _by_measure(lines, found.values(), by=measures.person(by))
    changed = sum(len(measures.put(session, measure, values, by=by, now=now)) for measure, values in pairs)
    name = audience.place_name(session, workspace_id=place[0], channel_id=place[1])
    return Brought(name, len(lines), changed)


def _by_measure(lines: Iterable[Line], known: Iterable[Measure], *, by: str = "") -> list[tuple[Measure, list[Value]]]:
    """Of the measures that are known."""
    found = {each.key: (each, list[Value]()) for each in known}
    for line in lines:
        if line.key in found:
            found[line.key][1].append(Value(line.at, line.value, line.source, by))
    return [pair for pair in found.values() if pair[1]]


def take(db: Database, *, workspace_id: str, channel_id: str, reader_id: str, now: datetime) -> Taken:
    """All that the reader may read; the audit trail keeps who asked. Let Slack say first what they may read
    (`freshen`). Raises OnlyInside, NotInChannel and OnlyOfChannels."""
    with db.write() as session:
        reader = measures.member(session, workspace_id, channel_id, reader_id)
        found = {each.id: each for each in measures.readable(session, reader, channel_id, now)}
        rows = [cells(found[each], value) for each, value in stored.all_of(session, measure_ids=list(found))]
        name = audience.place_name(session, workspace_id=workspace_id, channel_id=channel_id, reader_id=reader_id)
        trail.note(
            session,
            workspace_id=workspace_id,
            at=now,
            actor_id=reader_id,
            what="measures exported",
            subject=channel_id,
            details={"rows": len(rows)},
        )
        return Taken(name, as_text(rows), len(rows))
