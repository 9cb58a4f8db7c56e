"""What people choose about their digest: how often, when, how long, and who reads it while they are away."""

from dataclasses import dataclass
from enum import StrEnum


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    """Each digest tells about two weeks."""
    NEEDED = "needed"
    """Weekly, but only when something needs the reader or slips."""
    NEVER = "never"

    @property
    def span(self) -> int:
        """The weeks that one digest tells about."""
        return 2 if self is Rhythm.FORTNIGHTLY else 1


class Length(StrEnum):
    BY_ROLE = "by_role"
    """Five lines for an exec, all sections for everybody else."""
    FULL = "full"
    SHORT = "short"


class Shape(StrEnum):
    """What a digest is made of."""

    TEAM = "team"
    """For whoever people are assigned to: all sections."""
    CHANNELS = "channels"
    """For a lead: all sections, about their channels."""
    EXEC = "exec"
    """Five lines."""


@dataclass(frozen=True)
class Choice:
    rhythm: Rhythm = Rhythm.WEEKLY
    weekday: int = 0
    """Monday is 0."""
    hour: int = 8
    """On the reader's own clock."""
    length: Length = Length.BY_ROLE
    about_channels: bool = False
    """A lead to whom nobody is assigned reads about their channels."""
    delegate_id: str = ""
    """Who gets it, too, while the reader is away."""


USUAL = Choice()


def shape(choice: Choice, *, has_team: bool, is_exec: bool, leads: bool) -> Shape | None:
    """What their digest is made of; None for those who get none."""
    short = choice.length is Length.SHORT
    if has_team:
        return Shape.EXEC if short or (is_exec and choice.length is Length.BY_ROLE) else Shape.TEAM
    if is_exec and short:
        return Shape.EXEC
    if leads and choice.about_channels:
        return Shape.EXEC if short else Shape.CHANNELS
    return None
