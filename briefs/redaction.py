"""Secrets in texts: found before anything leaves the machine, and in what comes back.

Each pattern takes time in proportion to the text, whatever the text is: what repeats is possessive or has a bound, and
a run of letters is begun only at its first.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address
from math import log2

PLACEHOLDER = re.compile(r"\[secret-\d{1,6}\]")
Span = tuple[int, int]

_BEGINS = r"(?<![A-Za-z0-9])"
_KEY = r"[A-Z ]{0,40}?PRIVATE KEY[A-Z ]{0,10}-----"
_WELL_KNOWN = (
    rf"-----BEGIN {_KEY}(?s:.*?)(?:-----END {_KEY}|\Z)",
    r"xox[abeoprs][a-z0-9.]{0,6}-[\w-]{6,}+",
    r"xapp-[\w-]{6,}+",
    rf"{_BEGINS}(?:AKIA|ASIA)[A-Z0-9]{{12,}}+",
    r"gh[opsur]_[A-Za-z0-9]{16,}+",
    r"github_pat_\w{16,}+",
    r"gl(?:pat|dt|rt|soat)-[\w-]{12,}+",
    rf"{_BEGINS}sk-[\w-]{{12,}}+",
    r"AIza[\w-]{20,}+",
    r"ya29\.[\w-]{12,}+",
    rf"{_BEGINS}(?:sk|rk|pk|whsec)_(?:(?:live|test)_)?[A-Za-z0-9]{{12,}}+",
    rf"{_BEGINS}(?:hf|npm|dop_v1|shpat|glc)_[A-Za-z0-9]{{16,}}+",
    r"pypi-[\w-]{16,}+",
    r"(?<![\w-])eyJ[\w-]{5,}+\.[\w-]{4,}+(?:\.[\w-]*+)?",
    r"hooks\.slack(?:-gov)?\.com/\S++",
    r"discord(?:app)?\.com/api/webhooks/\S++",
    r"(?i:bearer)\s{1,3}[\w+/=.~-]{12,}+",
    r"(?<=://)[^\s/@]++(?=@)",
    rf"{_BEGINS}[BCDEFGSTUW]0[A-Z0-9]{{7,12}}+(?![A-Za-z0-9])",
    r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++",
    r"(?<![\w+])(?:\+|00)\d(?:(?:[ ./-]|\) ?| ?\()?\d){6,14}(?!\d)",
    r"(?<![\w.,/-])0\d{8,11}(?!\w|[.,]\d)",
)
"""Keys, tokens with the beginnings that their makers gave them, names in addresses, Slack's ids, e-mail, phones."""
_FOUND_WHOLE = re.compile("|".join(f"(?:{each})" for each in _WELL_KNOWN))
_NAMED = re.compile(
    r"(?i:passwor[dt]|passwd|pwd|passphrase|kennwort|mot de passe|contrase\u00f1a|clave|senha|wachtwoord"
    r"|\u30d1\u30b9\u30ef\u30fc\u30c9|secret|token|api[ _-]?key|access[ _-]?key|credentials?|authorization)"
    r"[\"'`*]{0,3}\s{0,3}(?:=>|:=|[:=\uff1a])[\s*]{0,3}(?:\"(?P<quoted>[^\"\n]{1,200})\"|(?P<bare>(?!\[secret-\d)\S++))"
)
"""What is said to be one."""
_DIGITS = re.compile(r"(?<![\w.,])\d{3,}+(?:[ .-]\d{3,}+)*+")
_CARD_LENGTHS = range(13, 20)
_IBAN = re.compile(rf"{_BEGINS}[A-Za-z]{{2}}\d\d(?: ?[A-Za-z0-9]){{11,30}}")
_IBAN_LENGTHS = range(15, 35)
_PHONE = re.compile(r"(?<![\w.,/-])\(?\d(?:(?:[ ./-]|\) ?| ?\()?\d){8,14}(?![\w])")
_SEPARATED = re.compile(r"\d[ ./()-]")
_DATE_OR_SUM = re.compile(
    r"(?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])[./-]|[./-](?:19|20)\d\d(?!\d)|\(?\d{1,3}(?:[ .]\d{3})+\Z"
)
_ADDRESS = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8})(?![\w:])")
_LEAST_GROUPS = 2
_RUN = re.compile(r"(?<![\w+/=-])[\w+/=-]{20,}+", re.ASCII)
_MOST_ORDER = 4.2
"""Bits for each character; above it no words are written."""


@dataclass
class Redaction:
    """Of one request: the same secret has the same placeholder in all its texts. Placeholders are never turned back."""

    taken: frozenset[str] = frozenset()
    """What somebody wrote that looks like a placeholder."""
    _placeholders: dict[str, str] = field(default_factory=dict)

    def placeholder(self, secret: str) -> str:
        if secret not in self._placeholders:
            number = len(self._placeholders) + 1
            while (name := f"[secret-{number}]") in self.taken or name in self._placeholders.values():
                number += 1
            self._placeholders[secret] = name
        return self._placeholders[secret]

    def redacted(self, text: str) -> str:
        parts, end = [], 0
        for first, last in secrets(text):
            parts += [text[end:first], self.placeholder(text[first:last])]
            end = last
        return "".join([*parts, text[end:]])

    @property
    def count(self) -> int:
        return len(self._placeholders)


def secrets(text: str) -> list[Span]:
    """Where they stand, in order; none meets another."""
    merged: list[Span] = []
    for first, last in sorted(_spans(text)):
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _spans(text: str) -> Iterator[Span]:
    yield from (found.span() for found in _FOUND_WHOLE.finditer(text))
    for found in _NAMED.finditer(text):
        yield found.span("quoted" if found["quoted"] else "bare")
    for found in _DIGITS.finditer(text):
        yield from _cards(found)
    for found in _IBAN.finditer(text):
        yield from _iban(found)
    for pattern, holds in ((_PHONE, _is_phone), (_ADDRESS, _is_address), (_RUN, _is_random)):
        yield from (found.span() for found in pattern.finditer(text) if holds(found[0]))


def _cards(run: re.Match[str]) -> Iterator[Span]:
    """A card's number, which may stand beside other numbers."""
    places = [run.start() + place for place, each in enumerate(run[0]) if each.isdecimal()]
    begins = [each for each, place in enumerate(places) if not each or places[each - 1] != place - 1]
    for first in begins:
        for count in _CARD_LENGTHS:
            last = first + count - 1
            if last >= len(places) or (last + 1 < len(places) and places[last + 1] == places[last] + 1):
                continue
            if _is_luhn([int(run.string[place]) for place in places[first : last + 1]]):
                yield places[first], places[last] + 1


def _is_luhn(digits: list[int]) -> bool:
    doubled = [sum(divmod(2 * each, 10)) for each in digits[-2::-2]]
    return any(digits) and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _iban(run: re.Match[str]) -> Iterator[Span]:
    """The words after one look like more of it."""
    ends = [each.end() for each in re.finditer(r"[A-Za-z0-9]++", run[0])]
    for end in reversed(ends):
        number = run[0][:end].replace(" ", "").upper()
        if (
            len(number) in _IBAN_LENGTHS
            and int("".join(str(int(each, 36)) for each in number[4:] + number[:4])) % 97 == 1
        ):
            yield run.start(), run.start() + end
            return


def _is_phone(said: str) -> bool:
    return bool(_SEPARATED.search(said)) and not _DATE_OR_SUM.search(said)


def _is_address(said: str) -> bool:
    """A time of day is none."""
    try:
        ip_address(said)
    except ValueError:
        return False
    return "." in said or sum(map(bool, said.split(":"))) >= _LEAST_GROUPS


def _is_random(run: str) -> bool:
    kinds = (str.islower, str.isupper, str.isdigit)
    if not all(any(map(kind, run)) for kind in kinds):
        return False
    shares = [count / len(run) for count in Counter(run).values()]
    return -sum(share * log2(share) for share in shares) > _MOST_ORDER
