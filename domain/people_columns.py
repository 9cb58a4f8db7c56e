"""The columns of a table of people, as exports of personnel systems and of Slack, and people themselves, name them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import FieldErrors
from domain.people import FUNCTIONS
from domain.words import joined, quoted

FIELD = "list"


class By(StrEnum):
    """What a column names somebody by; the first one filled decides, but for a name, where any that fits does."""

    ID = "member ID"
    ADDRESS = "e-mail"
    NAME = "name"


PERSON = {
    By.ID: {"member id", "slack id", "slack member id", "slack user id", "user id", "userid"},
    By.ADDRESS: {
        *("email", "email address", "mail", "work email", "work email address", "business email", "company email"),
        *("primary email", "primary work email", "employee email", "user email", "slack email"),
    },
    By.NAME: {
        *(
            "name",
            "display name",
            "displayname",
            "full name",
            "fullname",
            "preferred name",
            "employee",
            "employee name",
        ),
        *("person", "who", "colleague", "member", "slack name", "worker", "user", "user name", "username", "handle"),
    },
}
FIRST, LAST = {"first name", "given name", "forename"}, {"last name", "surname", "family name"}
MANAGERS = ("line manager", "direct manager", "people manager", "reporting manager", "manager", "supervisor")
REPORTS_TO = {"reports to", "reporting to", "boss"}
SAID = {
    "function": {"function"},
    "role": {"role"},
    "hours": {"hours", "working hours", "work hours"},
    "region": {"region", "public holidays", "holidays"},
}
PERHAPS_FUNCTION = {"team", "team name", "department", "department name", "dept", "group", "business unit", "division"}
"""Their words are read where they name one of Muster's functions."""

FUNCTION_WORDS = {
    "machine learning": "ml",
    "ml ops": "mlops",
    "software engineering": "engineering",
    "product management": "product",
    "product design": "design",
    "customer support": "support",
    "data annotation": "annotation",
    "go to market": "gtm",
    "data analytics": "analytics",
}
"""What departments are called that are one of them."""


@dataclass(frozen=True)
class Columns:
    """At which place of a row stands what."""

    width: int
    person: Sequence[tuple[By, int]]
    names: tuple[int, int] | None
    """Of the first and the last name, where these stand apart."""
    manager: Sequence[tuple[By, int]]
    said: Mapping[str, int]
    functions: Mapping[int, str]
    """Those that may name a function, as they are called there."""
    ignored: Sequence[str]


def read_header(cells: Sequence[str]) -> Columns | None:
    """None if the cells name no columns. Raises FieldErrors if they do and none of them says who."""
    words = [_words(cell) for cell in cells]
    person = _by(words, PERSON)
    names = _apart(words)
    manager = _by([_of_manager(each) for each in words], PERSON)
    said = {name: words.index(word) for name, known in SAID.items() for word in words if word in known}
    functions = {at: cells[at] for at, word in enumerate(words) if word in PERHAPS_FUNCTION}
    if not person and not names:
        if len([*manager, *said, *functions]) > 1:
            raise FieldErrors({FIELD: f"No column of {_list(cells)} says who. {WHO}"})
        return None
    used = {*(at for _, at in [*person, *manager]), *(names or ()), *said.values(), *functions}
    ignored = [cell for at, cell in enumerate(cells) if cell and at not in used]
    return Columns(len(cells), person, names, manager, said, functions, ignored)


WHO = "Name one of them name, email or member ID, and others manager, role or function."


def _list(cells: Sequence[str]) -> str:
    return joined([quoted(cell) for cell in cells if cell])


def _words(cell: str) -> str:
    """ "Manager's E-Mail" as "manager email"."""
    plain = re.sub(r"['\u2019]s\b", "", cell.casefold()).replace("e-mail", "email")
    return " ".join(re.findall(r"[^\W_]+", plain))


def _of_manager(words: str) -> str:
    """What a column of managers names them by: "manager email" as "email"."""
    if words in REPORTS_TO:
        return "name"
    of = next((each for each in MANAGERS if f"{words} ".startswith(f"{each} ")), None)
    return (words[len(of) :].strip() or "name") if of else ""


def _by(words: Sequence[str], known: Mapping[By, set[str]]) -> list[tuple[By, int]]:
    """The most certain first."""
    return [(by, at) for by, names in known.items() for at, word in enumerate(words) if word in names]


def _apart(words: Sequence[str]) -> tuple[int, int] | None:
    first, last = (next((at for at, word in enumerate(words) if word in known), None) for known in (FIRST, LAST))
    return (first, last) if first is not None and last is not None else None


def function_meant(text: str) -> str:
    """By a department or a team; empty if it is none of Muster's."""
    words = _words(text)
    return words if words in FUNCTIONS else FUNCTION_WORDS.get(words, "")
