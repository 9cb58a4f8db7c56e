"""Measures as they stand in a list or a form, for one reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.measures import Measure, Value
from domain.metrics.usual import Usual
from domain.misalignment import Signal
from domain.people import Person


@dataclass(frozen=True)
class Newest:
    """A measure as it stands in a list."""

    measure: Measure
    value: Value | None
    usual: Usual | None = None
    """Of the four weeks before this one."""


@dataclass(frozen=True)
class MeasureList:
    """The measures of a channel, for one reader."""

    channel_id: str
    place: str
    rows: tuple[Newest, ...]
    reader: Person
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True)
class MeasureSheet:
    """One measure with its newest values, newest first, for one reader."""

    measure: Measure
    place: str
    values: tuple[Value, ...]
    people: Mapping[str, Person]
    reader: Person
    now: datetime
