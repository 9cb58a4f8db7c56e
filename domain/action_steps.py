"""What was done with an action item, as its people read it later."""

from dataclasses import dataclass
from datetime import date

from domain.action_states import Move


@dataclass(frozen=True)
class Step:
    move: Move
    by: str
    day: date
    """On the calendar of its owner."""
    was: str = ""
    """The day it was due, who owned it, or what it said."""
    to: str = ""
    """The new one of these, what follows it, or which fields were changed."""
    why: str = ""
