"""Checks 2 and 3: each statement cites messages of this request, not too many, the oldest first."""

from collections.abc import Callable
from dataclasses import replace

from briefs.checks.drafts import Claim, Draft
from briefs.preparing import Request
from domain.briefs import Doubt, Part

MOST_SOURCES = 8


def known(draft: Draft, request: Request) -> Draft:
    """Check 2: an id that was never given is taken out, and with the last one the statement."""

    def checked(claim: Claim) -> Claim:
        cited = tuple(each for each in claim.cited if each in request.lines)
        return claim if cited == claim.cited else replace(claim, cited=cited).doubted(Doubt.FOREIGN_SOURCE)

    return _without(
        draft.mapped(checked),
        request,
        lambda each: not each.cited and Doubt.FOREIGN_SOURCE in each.doubts,
        Doubt.FOREIGN_SOURCE,
    )


def counted(draft: Draft, request: Request) -> Draft:
    """Check 3."""
    places = {line.id: place for place, line in enumerate(request.all_lines)}

    def checked(claim: Claim) -> Claim:
        cited = tuple(sorted(set(claim.cited), key=lambda each: (places.get(each, -1), each)))
        kept = replace(claim, cited=cited[:MOST_SOURCES])
        return kept.doubted(Doubt.SHORTENED) if len(cited) > MOST_SOURCES else kept

    return _without(draft.mapped(checked), request, lambda each: not each.cited, Doubt.NO_SOURCE)


def _without(draft: Draft, request: Request, fails: Callable[[Claim], bool], doubt: Doubt) -> Draft:
    """What is said for and against an option goes with it."""
    failed = [each for each in draft.claims if fails(each)]
    options = {each.option for each in failed if each.part is Part.OPTION}
    gone = [each.left_out(request, doubt) for each in failed]
    kept: list[Claim] = []
    for claim in draft.claims:
        if claim.option in options and claim not in failed:
            gone.append(claim.left_out(request, Doubt.OPTION_LEFT_OUT))
        elif claim not in failed:
            kept.append(claim)
    return replace(draft, claims=tuple(kept), left_out=(*draft.left_out, *gone))
