"""Checks 9 and 10: what a statement says has to do with its sources, and its numbers stand there."""

import re
from collections import Counter
from functools import lru_cache
from math import log

from briefs.checks.drafts import Claim, Draft
from briefs.checks.links import REMOVED
from briefs.folding import folded
from briefs.languages import LANGUAGES
from briefs.preparing import Request
from briefs.pseudonyms import SOMEBODY
from briefs.redaction import PLACEHOLDER
from briefs.words import PREFIX, stems
from domain.briefs import Doubt

_OURS = re.compile(
    rf"\b(?:P|BOT)\d{{1,4}}\b|#channel-\d{{1,4}}|{PLACEHOLDER.pattern}|{re.escape(REMOVED)}|{re.escape(SOMEBODY)}|[\ue000-\uf8ff]"
)
"""Stands in the request, and says nothing of what it is about."""
_NUMBER = re.compile(r"(?<![^\W_])[vV]?\d+(?:[.,:/'-]\d+)*")
_IDENTIFIER = re.compile(
    r"`([^`\n]{1,200})`|\"([^\"\n]{1,200})\"|\u201c([^\u201d\n]{1,200})\u201d|\u201e([^\u201c\n]{1,200})\u201c"
)


def overlapping(draft: Draft, request: Request) -> Draft:
    """Check 9."""
    about = {each.id: _about(each.sent) for each in request.lines.values()}
    known = Counter(stem for stems_said in about.values() for stem in stems_said)

    def checked(claim: Claim) -> Claim:
        said = _about(claim.text)
        cited = frozenset().union(*(about[each.id] for each in claim.sources(request)))
        weight = sum(log(1 + len(about) / known[each]) for each in said & cited)
        return claim.doubted(Doubt.LITTLE_OVERLAP, is_weak=True) if said and not weight else claim

    return draft.mapped(checked)


def numbered(draft: Draft, request: Request) -> Draft:
    """Check 10."""

    def checked(claim: Claim) -> Claim:
        there = _numbers(" ".join(each.sent for each in claim.sources(request)))
        sources = " ".join(each.folded.text for each in claim.sources(request))
        names = (folded(next(filter(None, found))).text for found in _IDENTIFIER.findall(claim.text))
        is_said = _numbers(_OURS.sub(" ", claim.text)) <= there and all(each in sources for each in names)
        return claim if is_said else claim.doubted(Doubt.NUMBER_NOT_SAID, is_weak=True)

    return draft.mapped(checked)


def _about(text: str) -> frozenset[str]:
    return stems(_OURS.sub(" ", text)) - _common()


@lru_cache
def _common() -> frozenset[str]:
    """Words that say nothing by themselves, in all languages that are known."""
    return frozenset(word[:PREFIX] for entry in LANGUAGES.values() for word in entry.common.split())


def _numbers(text: str) -> set[str]:
    return {re.sub(r"(?<=\d)[,'.](?=\d{3}(?!\d))", "", found).lstrip("vV") for found in _NUMBER.findall(text)}
