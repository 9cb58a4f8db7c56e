"""Who is there: people, and the groups they are in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

SLACKBOT = "USLACKBOT"


def are_quiet_hours(times: Sequence[Any]) -> bool:
    """Whether these are none, or a beginning and an end as local times of day."""
    right = [time for time in times if isinstance(time, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", time)]
    return len(times) == len(right) in (0, 2)


@dataclass
class Person:
    id: str
    name: str
    title: str = ""
    tz: str = "Etc/UTC"
    color: str = "4a154b"
    locale: str = "en-US"
    is_admin: bool = False
    is_guest: bool = False
    is_external: bool = False
    """Of the partner's workspace: in sight only through the shared channels they are in."""
    is_bot: bool = False
    deleted: bool = False
    updated: int = 0
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    dnd: Sequence[str] = ()
    """The local times of day between which this person hears no notification, such as 22:00 and 08:00."""
    is_set_away: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    """What stands in the workspace's own fields of their profile, by their ids."""

    @property
    def handle(self) -> str:
        return self.name.lower().replace(" ", ".")

    @property
    def is_human(self) -> bool:
        return not self.is_bot and self.id != SLACKBOT


@dataclass
class UserGroup:
    id: str
    handle: str
    name: str
    members: list[str]
    created: int
    by: str
    description: str = ""
    channels: list[str] = field(default_factory=list)
    """Where newcomers to the group are put."""
    updated: int = 0
    deleted: int = 0
    """When it was disabled; 0 while it is not."""
