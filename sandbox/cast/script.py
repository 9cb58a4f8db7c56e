"""What particular people do at particular times, as lines of a file: commands, shortcuts, words."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from sandbox.cast.habits import moment
from sandbox.state import Json

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHEN = re.compile(rf"({'|'.join(WEEKDAYS)}) ([01]?\d|2[0-3]):([0-5]\d)")
SEVERAL = ("weeks", "then")
DEEDS = (
    "command",
    "shortcut",
    "says",
    "reacts",
    "edits",
    "deletes",
    "leaves",
    "press",
    "at_home",
    "profile",
    "elsewhere",
)
LINK = "{link}"
"""In the text of a command: the address of the message that it is about."""


@dataclass(frozen=True)
class Line:
    """One of `command`, `shortcut` (by the name in its menu), `says`, `reacts` (the name of an emoji), `edits` (what
    their message says instead), `deletes`, `leaves` (the channel), `press` (a button's label), `at_home` (the label of
    a button of the app's Home, if there is one; with `about` only if a message to them has those words) and `profile`
    (what changes in their own, such as the zone of a traveller) and `elsewhere` (what they put in the web, by its name
    there) is given.

    `when` is a weekday and an hour on the clock of `who`, such as "tue 11:00": each week, or in those of `weeks`;
    week 1 is the first whose Monday lies ahead when the cast begins, or begins with it. `values` are answers by
    label; what is not named there the person fills in by themselves. `about`: words of the message it is about, the
    newest that has them. `then`: the buttons to press after a command or another button, one after the other, in what
    it answers with and in the forms that open; each by what it says, or by its accessible name; `waits`: so many
    minutes they look at the last form before they fill it in.

    `follows`: lines without an hour, each about the message of the line that it is `of`: 0 is the one they follow, 1
    the first of them. They are acted out once that one is, soon if whoever does it is at work, else at their next look.
    So a whole thread is one line: who says something `about` or `of` a message says it in its thread.
    """

    when: str = ""
    who: str = ""
    channel: str = ""
    command: str = ""
    text: str = ""
    shortcut: str = ""
    says: str = ""
    reacts: str = ""
    edits: str = ""
    deletes: bool = False
    leaves: bool = False
    press: str = ""
    at_home: str = ""
    about: str = ""
    then: tuple[str, ...] = ()
    waits: int = 0
    weeks: tuple[int, ...] = ()
    values: Json = field(default_factory=dict)
    profile: Json = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
    of: int | None = None
    follows: tuple["Line", ...] = ()

    def __post_init__(self) -> None:
        if self.of is None and not WHEN.fullmatch(self.when):
            raise ValueError(f"A line of the script says when={self.when!r}; write a weekday and an hour: tue 11:00.")
        if sum(bool(getattr(self, deed)) for deed in DEEDS) != 1:
            raise ValueError(f"The script's line of {self.who} at {self.when} needs one of {', '.join(DEEDS)}.")

    @property
    def key(self) -> str:
        """What makes it the same line again, whatever its place in the file."""
        said = (
            self.command,
            self.text,
            *self.then,
            self.shortcut,
            self.says,
            self.reacts,
            self.edits,
            self.press,
            self.about,
            self.at_home,
            *self.elsewhere,
        )
        return " ".join((self.when, *said))

    def is_in(self, week: int) -> bool:
        return week >= 1 and (not self.weeks or week in self.weeks)

    def day(self, monday: date) -> date:
        return monday + timedelta(days=WEEKDAYS.index(self.when[:3]))

    def at(self, monday: date, zone: str) -> float:
        hour, minute = self.when[4:].split(":")
        return moment(self.day(monday), int(hour) + int(minute) / 60, zone)


def read(rows: list[Json]) -> tuple[Line, ...]:
    """Raises ValueError for what cannot be a line."""
    try:
        return tuple(_line(row) for row in rows)
    except TypeError as error:
        raise ValueError(f"A line of the script cannot be read: {error}.") from error


def _line(row: Json) -> Line:
    several = {name: tuple(row.get(name, ())) for name in SEVERAL}
    return Line(**{**row, **several, "follows": tuple(_line({"of": 0, **each}) for each in row.get("follows", ()))})
