"""Measures: the numbers a channel follows from week to week, such as a quality figure or a count of tickets."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import FieldErrors, UserError, too_long

NAME_LIMIT = 60
UNIT_LIMIT = 20
SOURCE_LIMIT = 120
MOST = 40
"""Measures of one channel: more than a list in one message holds."""
LIMITS = {"name": NAME_LIMIT, "unit": UNIT_LIMIT, "source": SOURCE_LIMIT}


class OnlyOfChannels(UserError):
    """Measures belong to a channel. Type this in the channel that follows them."""


class OnlyInside(UserError):
    """Only people in the channel can add to its measures. Join it first, or ask somebody who is in it."""


class NoMeasure(UserError):
    """There is no such measure here. Type `/muster measures` in its channel to see those there are."""


class TooManyMeasures(UserError):
    """This channel has {most} measures already, as many as a list shows. Give one of them another name instead."""


class Good(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Role(StrEnum):
    """What it tells, as far as rules look at it."""

    QUALITY = "quality"
    USAGE = "usage"
    TICKETS = "tickets"
    DRIFT = "drift"
    OTHER = "other"


GOOD = {Role.QUALITY: Good.UP, Role.USAGE: Good.UP, Role.TICKETS: Good.DOWN, Role.DRIFT: Good.DOWN}
NAMED = {
    Role.QUALITY: {"quality", "accuracy"},
    Role.USAGE: {"usage", "users"},
    Role.TICKETS: {"tickets", "ticket"},
    Role.DRIFT: {"drift"},
}
"""Words of a name that say what it tells."""


@dataclass(frozen=True)
class Measure:
    id: int
    workspace_id: str
    channel_id: str
    name: str
    unit: str
    good: Good
    role: Role
    source: str
    """Where its numbers come from, in words."""
    recorded_by: str
    """Nobody, if it came by the command line or with a ritual."""
    recorded_at: datetime

    @property
    def key(self) -> str:
        return key_of(self.name)

    @property
    def named(self) -> Collection[str]:
        """It is as private as its channel: naming nobody, it is read by nobody else."""
        return ()


@dataclass(frozen=True)
class Value:
    """A dated number. Of one moment there is one; a later word on it takes its place."""

    at: datetime
    value: float
    source: str = ""
    """In words: which file, or which ritual's answers."""
    by: str = ""
    """Who typed or pasted it."""
    run_id: int = 0
    """Whose answers it is."""


@dataclass(frozen=True)
class MeasureForm:
    """What is typed of a measure."""

    name: str
    unit: str
    good: Good
    role: Role
    source: str


def key_of(name: str) -> str:
    """By which a measure is found in its channel, however it is typed."""
    return " ".join(name.split()).casefold()


def role_named(name: str) -> Role:
    """As its name says."""
    words = {*key_of(name).replace("-", " ").split()}
    return next((role for role, known in NAMED.items() if words & known), Role.OTHER)


def form_of(name: str, *, unit: str = "", source: str = "") -> MeasureForm:
    """Of one that is only named, in a file or by a ritual."""
    role = role_named(name)
    return MeasureForm(" ".join(name.split()), unit, GOOD.get(role, Good.NEITHER), role, source)


def read_measure(given: Mapping[str, str], *, others: Collection[Measure]) -> MeasureForm:
    """`others`: of the same channel. What is not chosen is as its name says. Raises FieldErrors."""
    typed = {name: " ".join(given.get(name, "").split()) for name in LIMITS}
    mistakes = too_long(typed, LIMITS)
    if not typed["name"]:
        mistakes["name"] = "Give it a name, such as Tickets about search."
    elif same := next((each for each in others if each.key == key_of(typed["name"])), None):
        mistakes["name"] = f"{same.name} is here already. Add values to it, or choose another name."
    if mistakes:
        raise FieldErrors(mistakes)
    named = form_of(typed["name"])
    role = Role(given["role"]) if given.get("role") else named.role
    good = Good(given["good"]) if given.get("good") else GOOD.get(role, named.good)
    return MeasureForm(named.name, typed["unit"], good, role, typed["source"])
