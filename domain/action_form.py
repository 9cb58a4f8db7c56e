"""What the forms of action items say, as it is read from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.actions import WHAT_LIMIT
from domain.errors import FieldErrors, too_far, too_long
from domain.words import day_text

FURTHEST = timedelta(days=731)
"""Days further ahead are mistyped years."""
REQUIRED = {
    "what": "Please write what is to be done.",
}


@dataclass(frozen=True)
class ActionForm:
    what: str
    owner_id: str = ""
    due: date | None = None
    helpers: tuple[str, ...] = ()
    is_important: bool = False
    every: str = ""
    """How often it comes again."""


def read_form(given: Mapping[str, str]) -> ActionForm:
    """What was filled in, trimmed. Raises FieldErrors."""
    found = {name: value.strip() for name, value in given.items() if value.strip()}
    mistakes = {name: sentence for name, sentence in REQUIRED.items() if name not in found}
    mistakes |= too_long(found, {"what": WHAT_LIMIT})
    if mistakes:
        raise FieldErrors(mistakes)
    due = read_due(found["due"]) if "due" in found else None
    if "every" in found and due is None:
        raise FieldErrors({"due": "Please choose the first day it is due, so that it can come again."})
    owner = found.get("owner", "")
    helpers = tuple(each for each in found.get("helpers", "").split(",") if each not in ("", owner))
    return ActionForm(
        " ".join(found["what"].split()), owner, due, helpers, bool(found.get("important")), found.get("every", "")
    )


def read_due(text: str) -> date:
    """Raises FieldErrors."""
    day = date.fromisoformat(text)
    if mistakes := too_far({"due": day}):
        raise FieldErrors(mistakes)
    return day


def read_why(text: str, *, is_needed: bool = True) -> str:
    """Why it is dropped or handed over. Raises FieldErrors."""
    why = " ".join(text.split())
    mistakes = too_long({"why": why}, {"why": WHAT_LIMIT})
    if is_needed and not why:
        mistakes = {"why": "Please say why in a word or two."}
    if mistakes:
        raise FieldErrors(mistakes)
    return why


def check_due(day: date, today: date) -> None:
    """`today` is the owner's own. Raises FieldErrors."""
    if day < today:
        raise FieldErrors({"due": "That day has passed. Please choose today or a later day."})
    if day > (latest := today + FURTHEST):
        asks = f"Did you mean {day.year}? An action item is due by {day_text(latest)} at the latest."
        raise FieldErrors({"due": asks})
