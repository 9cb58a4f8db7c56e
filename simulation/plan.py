"""The plan of a simulation: who is there, what is switched on where, and what people are told to do; a YAML file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from simulation.trace import Json, Unreadable

CONTRIBUTOR = "contributor"


@dataclass(frozen=True)
class Human:
    name: str
    title: str
    tz: str
    is_admin: bool = False


@dataclass(frozen=True)
class Room:
    name: str
    members: list[str]
    topic: str = ""
    private: bool = False
    app: bool = True
    """Whether the app is in it."""


@dataclass(frozen=True)
class Member:
    name: str
    function: str = ""
    role: str = CONTRIBUTOR
    manager: str = ""
    region: str = ""
    """Whose public holidays they keep."""
    settings: dict[str, str] = field(default_factory=dict)
    """What they set for themselves at the beginning, by the labels of the form."""
    calendar: str = ""
    """The text of the calendar that they let Muster follow."""

    @property
    def calendar_name(self) -> str:
        """Under which it stands elsewhere."""
        return f"{self.name.lower().replace(' ', '-')}.ics"


@dataclass(frozen=True)
class Switched:
    template: str
    channel: str
    by: str


@dataclass(frozen=True)
class Plan:
    workspace: str
    begins: datetime
    people: list[Human]
    channels: list[Room]
    team: list[Member]
    rituals: list[Switched]
    written: list[Json] = field(default_factory=list)
    """Rituals that the library does not have, as their files say it: somebody writes them in Slack first."""
    reactions: dict[str, str] = field(default_factory=dict)
    """The emoji with which people begin a record, by its kind as `/muster reactions` has it."""
    does: list[Json] = field(default_factory=list)
    """Lines for those who play the people: who types which command when, and what they enter. The judge reads them in
    the diaries, as done."""


def write(plan: Plan, path: Path) -> None:
    path.write_text(to_yaml(plan), encoding="utf-8")


def to_yaml(plan: Plan) -> str:
    return yaml.safe_dump(asdict(plan), sort_keys=False, allow_unicode=True, width=1000)


def read(path: Path) -> Plan:
    try:
        return parse(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror}).") from error
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"{path.name} is no plan: {error!r}.") from error


def parse(given: Mapping[str, Any]) -> Plan:
    return Plan(
        workspace=given["workspace"],
        begins=_moment(given["begins"]),
        people=[Human(**each) for each in given["people"]],
        channels=[Room(**each) for each in given["channels"]],
        team=[Member(**each) for each in given["team"]],
        rituals=[Switched(**each) for each in given["rituals"]],
        written=list(given.get("written") or []),
        reactions=dict(given.get("reactions") or {}),
        does=list(given.get("does") or []),
    )


def _moment(given: datetime | str) -> datetime:
    found = given if isinstance(given, datetime) else datetime.fromisoformat(given)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
