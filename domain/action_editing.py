"""Changing what an action item says, after it was recorded."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from domain.action_form import ActionForm, read_form
from domain.actions import ActionItem
from domain.errors import FieldErrors
from domain.meanwhile import Meanwhile
from domain.people import Person
from domain.posted import Posted

NO_DAY = "It has no date yet. Set one first, so that it can come again."
NO_LINK = "That is no link to a message in {place}. Choose Copy link in the menu of one there."
NEVER = "never"
"""What the menu holds for what does not come again: Slack lets nobody empty a menu."""
ALIKE = 0.8
"""So much of a word is the same where only a letter was mistyped."""


@dataclass(frozen=True)
class ActionEdit:
    """The form that changes one, as it is opened or shown again."""

    item: ActionItem
    draft_id: str
    place: str
    given: Mapping[str, str]
    """By field, as typed."""
    outsiders: tuple[Person, ...] = ()
    workspace_url: str = ""
    """Where Slack shows the message it is about; empty for those who may not read such messages."""
    meanwhile: Meanwhile | None = None
    """What somebody else has changed as well since it was opened."""


def as_given(item: ActionItem, here: Collection[str]) -> dict[str, str]:
    """As its form shows it; helpers only those who are still here."""
    found = {
        "what": item.what,
        "helpers": ",".join(each for each in item.helpers if each in here),
        "every": item.every,
        "important": "yes" if item.is_important else "",
        "message": item.message.place if item.message else "",
    }
    return {name: value for name, value in found.items() if value}


def typed(given: Mapping[str, str], item: ActionItem, workspace_url: str, place: str) -> dict[str, str]:
    """As it was sent, with nothing where nothing is chosen, and with what its link names. Raises FieldErrors."""
    found = {name: value for name, value in given.items() if (name, value) != ("every", NEVER)}
    if link := found.pop("message", "").strip():
        message = Posted.linked(link, workspace_url, item.channel_id)
        if message is None:
            raise FieldErrors({"message": NO_LINK.format(place=place)})
        found["message"] = message.place
    return found


def read_edit(item: ActionItem, given: Mapping[str, str]) -> ActionForm:
    """Raises FieldErrors."""
    if given.get("every") and item.due is None:
        raise FieldErrors({"every": NO_DAY})
    return read_form({**given, "owner": item.owner_id, "due": f"{item.due or ''}"})


def edited(item: ActionItem, form: ActionForm, message: str) -> ActionItem:
    """A new rhythm begins with the day it is due now. `message`: as given."""
    begins = item.series_from if form.every == item.every else (item.due if form.every else None)
    said = replace(item, what=form.what, helpers=form.helpers, every=form.every, is_important=form.is_important)
    is_same = message == (item.message.place if item.message else "")
    linked = item.message if is_same else Posted.read(message) if message else None
    return replace(said, series_from=begins, message=linked)


def changes(before: ActionItem, after: ActionItem) -> list[str]:
    """The fields that say something else."""
    found = {
        "what": before.what != after.what,
        "helpers": set(before.helpers) != set(after.helpers),
        "every": before.every != after.every,
        "important": before.is_important != after.is_important,
        "message": before.message != after.message,
    }
    return [name for name, is_changed in found.items() if is_changed]


def matters(before: ActionItem, after: ActionItem) -> bool:
    """Whether its owner is told, and does not only find it in their message: when there is something else to do, or it
    comes again or not, or is important now."""
    is_new = not is_slip(before.what, after.what)
    return is_new or before.every != after.every or (after.is_important and not before.is_important)


def is_slip(before: str, after: str) -> bool:
    """Whether the texts differ only in what was mistyped: capitals, marks, letters of a word; never a number."""
    pairs = (_words(before), _words(after))
    return len(pairs[0]) == len(pairs[1]) and all(_is_same_word(*pair) for pair in zip(*pairs, strict=True))


def _words(text: str) -> list[str]:
    bare = ("".join(sign for sign in word if sign.isalnum()) for word in text.casefold().split())
    return [word for word in bare if word]


def _is_same_word(one: str, other: str) -> bool:
    if one == other or any(sign.isdigit() for sign in one + other):
        return one == other
    return sorted(one) == sorted(other) or SequenceMatcher(None, one, other).ratio() >= ALIKE
