"""Check 4: what is quoted stands in one of the messages that are cited."""

import unicodedata
from dataclasses import replace

from briefs import pieces
from briefs.checks.drafts import Claim, Draft
from briefs.folding import folded
from briefs.preparing import Line, Request
from domain.briefs import Doubt, Part, Status

QUOTING = frozenset({Part.DECISION, Part.DISSENT, Part.ACTION_ITEM})
LEAST_WORDS = 3
LEAST_LETTERS = 12
_WIDE = frozenset({"W", "F"})


def quoted(draft: Draft, request: Request) -> Draft:
    checked = draft.mapped(lambda claim: _checked(claim, draft.status, request))
    decision = checked.decision
    is_unsaid = decision is not None and Doubt.QUOTE_NOT_FOUND in decision.doubts
    return replace(checked, status=Status.PROPOSED) if is_unsaid and draft.status is Status.DECIDED else checked


def _checked(claim: Claim, status: Status, request: Request) -> Claim:
    if claim.part not in QUOTING:
        return claim
    for line in claim.sources(request):
        if found := words_of(claim.quote, line):
            return replace(claim, quote=found, quoted=line.id)
    if claim.part is not Part.DECISION:
        return replace(claim, quote="").doubted(Doubt.QUOTE_NOT_FOUND, is_weak=True)
    needs_none = status in (Status.NONE, Status.DEFERRED) and not claim.quote
    return claim if needs_none else replace(claim, quote="").doubted(Doubt.QUOTE_NOT_FOUND)


def words_of(quote: str, line: Line, *, is_short: bool = False) -> str:
    """The same words as people see them in the message; empty if it does not say them."""
    said = folded(quote).text
    if not said or not (is_short or _says_enough(said)):
        return ""
    text, places = line.folded.text, line.folded.places
    begin = text.find(said)
    while begin >= 0:
        end = begin + len(said)
        if not (_goes_on(text, begin) or _goes_on(text, end)):
            return pieces.shown(line.pieces, places[begin], places[end - 1] + 1).strip()
        begin = text.find(said, begin + 1)
    return ""


def _says_enough(said: str) -> bool:
    """A sign of a script without spaces says as much as two letters."""
    letters = len(said) + sum(unicodedata.east_asian_width(each) in _WIDE for each in said)
    return letters >= LEAST_LETTERS or len(said.split()) >= LEAST_WORDS


def _goes_on(text: str, place: int) -> bool:
    """Whether a word is cut in two there."""
    around = text[max(place - 1, 0) : place + 1]
    return len(around) > 1 and place > 0 and all(_is_letter(each) for each in around)


def _is_letter(each: str) -> bool:
    return each.isalnum() and unicodedata.east_asian_width(each) not in _WIDE
