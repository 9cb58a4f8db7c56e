"""Check 13: what is said twice is said once."""

from dataclasses import replace

from briefs.checks.drafts import Claim, Draft
from briefs.preparing import Request
from briefs.words import words

SAME_WORDS = 0.8


def merged(draft: Draft, _request: Request) -> Draft:
    """An option that is also the decision stays both."""
    kept: list[Claim] = []
    for claim in draft.claims:
        if not any(_is_same(claim, other) for other in kept):
            kept.append(claim)
    return replace(draft, claims=tuple(kept))


def _is_same(one: Claim, other: Claim) -> bool:
    is_beside = (one.part, one.option, one.person) == (other.part, other.option, other.person)
    return is_beside and one.cited == other.cited and same_words(one.text, other.text)


def same_words(one: str, other: str) -> bool:
    said, again = set(words(one)), set(words(other))
    return one == other or len(said & again) >= SAME_WORDS * len(said | again) > 0
