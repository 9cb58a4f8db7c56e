"""Who and where, under other names: what is sent names no person, no channel and no workspace."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from briefs.cleaning import cleaned
from briefs.languages import LANGUAGES
from briefs.pieces import Mark, Piece
from briefs.redaction import PLACEHOLDER
from domain.naming import WITHOUT_SPACES
from domain.threads import Thread

_OWN_WORDS = re.compile(
    rf"\b(?:P|BOT)\d{{1,4}}\b|#channel-\d{{1,4}}|\[link-\d{{1,4}}\]|{PLACEHOLDER.pattern}", re.IGNORECASE
)
_CHANNEL = re.compile(r"(?<![\w&#/])#(?=[\w-]{0,79}[^\W\d])[\w-]{1,80}")
"""A number alone is rather that of a ticket."""
_SLACK_LINK = re.compile(
    r"(?:https?://)?(?<![\w-])(?!hooks\.)[\w-]{1,60}\.(?:enterprise\.)?slack(?:-gov)?\.com(?:/[^\s<>|)\]]*(?<![.,;:!?]))?"
)
_BETWEEN = r"[\s._-]"
"""Names, as well as what people are called in addresses: "lena.vogt"."""
LEAST_LETTERS = 3
WORDS_TOO = frozenset(
    ["amber", "april", "art", "august", "bas", "basil", "bill", "carol", "chance", "chase", "chip", "crystal",
     "dale", "dawn", "dean", "drew", "earl", "eve", "faith", "frank", "gene", "glen", "grace", "grant", "guy",
     "hope", "iris", "ivy", "jack", "jade", "joy", "june", "lance", "lily", "major", "mark", "mars", "max",
     "may", "miles", "norm", "olive", "pat", "pearl", "penny", "pierre", "rich", "rob", "robin", "rose", "ruby",
     "sky", "star", "sue", "summer", "sunny", "victor", "violet", "wade", "ward", "will", "wil"]
)  # fmt: skip
"""First names that are also words, if they are written small."""
_COMMON = frozenset(word for language in LANGUAGES.values() for word in language.common.split())
_LEAST_OF_OTHERS = 4
"""Letters of the first name of somebody else that is one also when it is written small."""
SOMEBODY = "[name]"
"""Of a name that more than one of them has."""


@dataclass(frozen=True)
class Pseudonyms:
    people: Mapping[str, str]
    """Who wrote or is named in the thread: ids by what they are called in the request."""
    authors: Mapping[str, str]
    """What all who wrote are called in it, programs as well, by id."""
    names: Mapping[str, str]
    """How people read what somebody is called in the request."""
    taken: frozenset[str]
    """Words of the thread that look like those of the request."""
    _pattern: re.Pattern[str]
    _called: Mapping[str, str]
    _places: dict[str, str] = field(default_factory=dict)

    def marks(self, text: str) -> Iterator[Mark]:
        """People and channels."""
        yield from (_mark(each, self._place(each[0], "#channel-{}")) for each in _CHANNEL.finditer(text))
        yield from (_mark(each, self._person(_key(each[0]))) for each in self._pattern.finditer(text))

    def links(self, text: str) -> Iterator[Mark]:
        """Addresses in Slack: they name the workspace."""
        yield from (_mark(each, self._place(each[0], "[link-{}]")) for each in _SLACK_LINK.finditer(text))

    @property
    def places(self) -> Mapping[str, str]:
        """Channels, and addresses in Slack, by what they are called in the request."""
        return {called: place for place, called in self._places.items()}

    def _person(self, word: str) -> str:
        return self._called.get(word) or self._called.get(word.removesuffix("s")) or SOMEBODY

    def _place(self, place: str, form: str) -> str:
        if place not in self._places:
            self._places[place] = _free(form, {*self._places.values(), *self.taken})
        return self._places[place]


def pseudonyms(thread: Thread, own: Collection[str], others: Mapping[str, str]) -> Pseudonyms:
    """`own`: the ids of the app that makes the brief. `others`: who else may be named in the words, by id."""
    messages = [each for each in thread.messages if each.by not in own]
    taken = frozenset(_upper(each) for message in messages for each in _OWN_WORDS.findall(message.text))
    bots = {each.by for each in messages if each.is_bot}
    people = dict.fromkeys([each.by for each in messages] + [who for each in messages for who in each.mentions])
    called: dict[str, str] = {}
    for person in people:
        if person not in own:
            called[person] = _free("BOT{}" if person in bots else "P{}", {*called.values(), *taken})
    names = {label: cleaned(thread.names.get(person, "")) for person, label in called.items()}
    absent = {cleaned(name) for who, name in {**others, **thread.names}.items() if who not in called}
    words = _words(names, absent)
    known = {**words, **{_key(person): label for person, label in called.items()}}
    firsts = {_first(name) for name in names.values()}
    firsts |= {each for each in map(_first, absent) if len(each) >= _LEAST_OF_OTHERS}
    return Pseudonyms(
        people={label: person for person, label in called.items() if person not in bots},
        authors=called,
        names=names,
        taken=taken,
        _pattern=_pattern(known, firsts),
        _called={word: label for word, label in known.items() if label},
    )


def _words(names: Mapping[str, str], absent: Collection[str]) -> dict[str, str]:
    """What may stand for somebody, and for whom; empty if it may be one of several, or somebody who has no part in the
    thread. Of people a part may. `names`: of those in the thread, by what they are called in the request."""
    known = [(_key(name), label) for label, name in names.items()] + [(_key(name), "") for name in absent]
    whole = Counter(name for name, _ in known)
    words = {name: label if whole[name] == 1 else "" for name, label in known if name}
    people = {name: label for name, label in known if not label.startswith("BOT")}
    parts = Counter(part for name, _ in known if name in people for part in set(name.split()) if _is_name(part))
    for name in people:
        for part in name.split():
            if part not in words and _is_name(part):
                words[part] = words[name] if parts[part] == 1 else ""
    return words


def _pattern(words: Mapping[str, str], first_names: Collection[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    forms = [_form(word, is_first=word in first_names, is_wary=not words[word]) for word in longest]
    return re.compile("|".join(forms) or r"(?!)")


def _form(word: str, *, is_first: bool, is_wary: bool) -> str:
    """A name of one word is one with its capital, after `@`, or if people are called by it and it is no other word.
    `is_wary`: of whoever takes no part in the thread, so that it is rather the other word if it is one."""
    if WITHOUT_SPACES.search(word):
        return rf"{_BETWEEN}{{0,3}}".join(map(re.escape, word.split()))
    said = rf"{_BETWEEN}{{1,3}}".join(map(re.escape, word.split()))
    if " " in word or not word.isalpha():
        return rf"(?<!\w)(?i:{said}s?)(?!\w)"
    is_word = word in WORDS_TOO or (is_wary and word in _COMMON)
    anyhow = rf"|{said}s?" if is_first and not is_word else ""
    capital = rf"(?={re.escape(word[0].upper())})"
    if is_wary and is_word:
        within = rf"(?<=[^\s.!?:;]\s){capital}(?i:{said}s?)"
        called = rf"(?<!\w){capital}(?i:{said})(?=[,:])"
        return rf"(?:(?<=@)(?i:{said}s?)|{within}|{called})(?!\w)"
    return rf"(?<!\w)(?:(?:(?<=@)|{capital})(?i:{said}s?){anyhow})(?!\w)"


def _is_name(part: str) -> bool:
    return len(part) >= (2 if WITHOUT_SPACES.search(part) else LEAST_LETTERS) and part[0].isalpha()


def _first(name: str) -> str:
    return _key(name).partition(" ")[0]


def _key(name: str) -> str:
    return " ".join(re.split(rf"{_BETWEEN}+", name.casefold())).strip()


def _mark(found: re.Match[str], called: str) -> Mark:
    return Mark(*found.span(), Piece(called, found[0]))


def _free(form: str, taken: Collection[str]) -> str:
    number = 1
    while form.format(number) in taken:
        number += 1
    return form.format(number)


def _upper(word: str) -> str:
    return word.upper() if word[0].isalpha() else word.lower()
