"""The form in which somebody chooses about their digest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.digest_choices import Choice, Length, Rhythm, Shape
from domain.errors import FieldErrors, UserError
from domain.people import Person

ABOUT_CHANNELS = "channels"
"""What is chosen in the field `about`."""


class NothingToTell(UserError):
    """A digest is about the people assigned to you, and nobody is yet.
    Whoever sets up people makes you somebody's manager with `/muster people`.
    """


class NoRitualYet(UserError):
    """A digest is about the people assigned to you or the check-ins in your channels, and there are neither yet.
    Type `/muster people` to make yourself somebody's manager, or `/ritual` in a channel to switch a check-in on.
    """


@dataclass(frozen=True)
class DigestSheet:
    reader: Person
    choice: Choice
    shape: Shape | None
    """None for whoever gets none."""
    next_at: datetime | None
    now: datetime
    delegate: Person | None = None

    @property
    def is_due(self) -> bool:
        """It comes at once, as what it is about was not told yet."""
        return self.next_at is not None and self.next_at <= self.now


def read(given: Mapping[str, str], reader: Person, known: Mapping[str, Person]) -> Choice:
    """The choice as it was filled in. Raises FieldErrors."""
    delegate_id = given.get("delegate", "")
    if problem := _problem(delegate_id, reader, known.get(delegate_id)):
        raise FieldErrors({"delegate": problem})
    return Choice(
        rhythm=Rhythm(given["rhythm"]),
        weekday=int(given["day"]),
        hour=int(given["hour"]),
        length=Length(given["length"]),
        about_channels=given.get("about") == ABOUT_CHANNELS,
        delegate_id=delegate_id,
    )


def _problem(delegate_id: str, reader: Person, delegate: Person | None) -> str:
    if not delegate_id:
        return ""
    if delegate_id == reader.id:
        return "That is yourself. Choose somebody else, or leave it empty."
    if delegate is None:
        return "Muster does not know them: bots and people of other workspaces get no digest. Choose somebody else."
    if delegate.left:
        return f"{delegate.name} is no longer in this workspace. Choose somebody else."
    if delegate.is_guest:
        return f"{delegate.name} is a guest here, and guests see little of a digest. Choose somebody else."
    return ""
