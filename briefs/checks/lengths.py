"""Check 12: no text and no list is longer than people read."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import replace

from briefs.checks.drafts import Claim, Draft
from briefs.preparing import Request
from domain.briefs import Doubt, Part

MOST_TEXT = 300
MOST_DECISION = 600
MOST_QUOTE = 200
MOST_LISTED = 8
MOST_TASKS = 15
ENDS = "\u2026"


def limited(draft: Draft, request: Request) -> Draft:
    """The weak ones last: they are the first to be left out."""
    listed: Counter[Hashable] = Counter()
    kept, left_out = [], list(draft.left_out)
    for claim in sorted(map(_cut, draft.claims), key=lambda each: each.is_weak):
        listed[_list(claim)] += 1
        if listed[_list(claim)] > (MOST_TASKS if claim.part is Part.ACTION_ITEM else MOST_LISTED):
            left_out.append(claim.left_out(request, Doubt.TOO_MANY))
        else:
            kept.append(claim)
    return replace(draft, claims=tuple(kept), left_out=tuple(left_out))


def _list(claim: Claim) -> Hashable:
    """To which list it belongs; those of an option are its own."""
    return claim.part if claim.part is Part.OPTION else (claim.part, claim.option)


def _cut(claim: Claim) -> Claim:
    most = MOST_DECISION if claim.part is Part.DECISION else MOST_TEXT
    text = shortened(claim.text, most)
    kept = replace(claim, text=text, quote=shortened(claim.quote, MOST_QUOTE, ends=""))
    return kept.doubted(Doubt.SHORTENED) if text != claim.text else kept


def shortened(text: str, most: int, *, ends: str = ENDS) -> str:
    """At a word, if one ends near."""
    if len(text) <= most:
        return text
    cut = text[: most - len(ends)]
    at_word = cut.rpartition(" ")[0] if len(cut.rpartition(" ")[0]) > most // 2 else cut
    return f"{at_word.rstrip()}{ends}"
