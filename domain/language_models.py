"""Where a language model may be asked, and how much of it is used."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.briefs import WhyNot
from domain.errors import UserError

BRIEFS_AN_HOUR = 10
"""Of one person."""
BRIEFS_OF_A_THREAD = 5
"""A day: it is written anew as long as people go on talking."""
TOKENS_A_DAY = 500_000
"""Of a workspace, sent and answered, unless the settings say otherwise."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEPT = DAY
"""What a model wrote is used again so long for the same thread, if nothing has changed in it."""
FAR_LONGER = timedelta(days=2)


@dataclass(frozen=True)
class Choice:
    """Of somebody who may, for one channel."""

    is_on: bool
    was_private: bool
    """When it was made: what was allowed for a public channel is not for the private one that it becomes."""


@dataclass(frozen=True)
class Shown:
    """`/muster model`."""

    name: str
    """The model and its host; empty if none is set up."""
    is_on: bool
    """In the workspace."""
    place: str
    is_on_here: bool
    is_private: bool
    is_direct: bool
    may_change: bool


class ModelUsage(UserError):
    """I did not understand {typed}. Type `/muster model on` or `off` for this channel, `/muster model workspace off` or
    `on` for all of them, `/muster model` to see what is set."""


class NotInDirectMessages(UserError):
    """In direct messages no language model is ever asked. Type this in a channel."""


class NotWritten(Exception):
    """No usable brief came of asking a language model. Nothing that anybody said is in here."""

    def __init__(
        self, why: WhyNot, detail: str = "", *, failed: int = 0, of: int = 0, again_at: datetime | None = None
    ) -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why, self.detail = why, detail
        """`detail` is for the log: a status, a path of the schema, seconds."""
        self.failed, self.of, self.again_at = failed, of, again_at


class BeingWritten(Exception):
    """Somebody else asked for the same, and has not got it yet."""


class Unwanted(Exception):
    """Whoever asked for it does not want it any more."""


def is_allowed(*, workspace: bool, here: Choice | None, is_private: bool) -> bool:
    """Unless somebody chose otherwise, in public channels and in no others."""
    if not workspace or (here and not here.is_on):
        return False
    return not is_private or (here is not None and here.was_private)


def since(now: datetime, window: timedelta) -> datetime:
    """When the hour or day in UTC began, in which now is."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + (now - day) // window * window
