"""Names that people type after an @ where Slack does not make a mention of them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from domain.due_said import Mention, owner_said
from domain.people import Person

_AT = re.compile(r"(?<!\S)[(\[]?(@[^\s)\],;:!?]+)")


def owner_named(text: str, known: Iterable[Person], sent: Sequence[Mention] = ()) -> tuple[Mention | None, str]:
    """Who is named as the owner, and else the name that says so without being one person's: "@Ben".

    `known`: who may be named; `sent`: those whom Slack made mentions of, whose names it is that stand there.
    """
    typed = [each for each in mentions(text, known) if not any(_overlap(each.text, other.text) for other in sent)]
    found = sorted([*sent, *typed], key=lambda each: text.find(each.text))
    if owner := owner_said(text, found):
        return owner, ""
    unclear = [each for each in _AT.findall(text) if not any(_overlap(each, other.text) for other in found)]
    asked = owner_said(text, [Mention("", each) for each in unclear])
    return None, asked.text if asked else ""


def one_named(text: str, known: Iterable[Person]) -> str:
    """The id of the one person whose name all of the text is: "@Ben Okafor"; empty if it is nobody's or several's."""
    return next((each.person_id for each in mentions(text, known) if each.text == text), "")


def mentions(text: str, known: Iterable[Person]) -> Iterable[Mention]:
    """Those named, in order; of two names that fit at one place the longer."""
    names, folded = _names(known), text.casefold()
    for at in (found.start() for found in re.finditer("@", text)):
        fits = [name for name in names if _stands(folded, name, at + 1)]
        if fits and len(folded) == len(text):
            longest = max(fits, key=len)
            yield Mention(names[longest].id, text[at : at + 1 + len(longest)])


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _names(known: Iterable[Person]) -> Mapping[str, Person]:
    """By what somebody may be called after an @, folded: the whole name, and the first one where it is one person's."""
    people = list(known)
    whole = Counter(each.name.casefold() for each in people)
    first = Counter(_first(each) for each in people)
    found = {_first(each): each for each in people if first[_first(each)] == 1}
    return found | {each.name.casefold(): each for each in people if whole[each.name.casefold()] == 1}


def _first(person: Person) -> str:
    return person.name.casefold().partition(" ")[0]


def _stands(folded: str, name: str, at: int) -> bool:
    end = at + len(name)
    return folded.startswith(name, at) and not folded[end : end + 1].isalnum()
