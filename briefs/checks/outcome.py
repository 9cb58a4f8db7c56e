"""An answer that went through all checks: a brief, what was left out of it, and whether it can be used at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefs.checks import deciding, doubles, dues, lengths, links, people, quotes, redacted, sources, support
from briefs.checks.drafts import Check, Claim, Draft, draft_of
from briefs.preparing import Request
from briefs.schema import Answer
from domain.briefs import Brief, Dissent, Doubt, LeftOut, Option, Part, State, Statement, Task

MATCHING: tuple[Check, ...] = (sources.known, sources.counted, quotes.quoted)
"""Checks 2 to 4: whether the answer is of this thread."""
WORDING: tuple[Check, ...] = (
    deciding.decided,
    people.known,
    dues.said,
    links.harmless,
    support.overlapping,
    support.numbered,
    redacted.redacted,
    lengths.limited,
    doubles.merged,
)
"""Checks 5 to 13."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")


@dataclass(frozen=True)
class Checked:
    brief: Brief
    failed: int
    """Statements of the model that are not of this thread."""
    of: int

    @property
    def is_off(self) -> bool:
        """More than half are not: nothing of it is to be used."""
        return 2 * self.failed > self.of


def check(answer: Answer, request: Request, *, without: Check | None = None) -> Checked:
    """`without`: a check that is left out, to see that it is missed."""
    draft = draft_of(answer)
    total = len(draft.claims)
    matching = _run(MATCHING, draft, request, without)
    unquoted = sum(Doubt.QUOTE_NOT_FOUND in each.doubts for each in matching.claims)
    checked = _run(WORDING, matching, request, without)
    return Checked(_brief(checked, request), len(matching.left_out) + unquoted, total)


def _run(checks: Sequence[Check], draft: Draft, request: Request, without: Check | None) -> Draft:
    for each in checks:
        draft = draft if each is without else each(draft, request)
    return draft


def _brief(draft: Draft, request: Request) -> Brief:
    def said(part: Part, option: int = 0) -> tuple[Statement, ...]:
        return tuple(_statement(each, request) for each in draft.claims if (each.part, each.option) == (part, option))

    labels = [each for each in draft.claims if each.part is Part.OPTION]
    return Brief(
        question=next(iter(said(Part.QUESTION)), None),
        context=said(Part.CONTEXT),
        options=tuple(
            Option(_statement(each, request), said(Part.PRO, each.option), said(Part.CON, each.option))
            for each in labels
        ),
        status=draft.status,
        decision=said(Part.DECISION),
        rationale=said(Part.RATIONALE),
        dissent=tuple(
            Dissent(each.person, _statement(each, request)) for each in draft.claims if each.part is Part.DISSENT
        ),
        open_questions=said(Part.OPEN_QUESTION),
        tasks=tuple(
            Task(_statement(each, request), each.person, each.due, each.due_said)
            for each in draft.claims
            if each.part is Part.ACTION_ITEM
        ),
        left_out=tuple(_left_out(each, request) for each in draft.left_out),
        language=draft.language if _TAG.fullmatch(draft.language) else "",
    )


def _statement(claim: Claim, request: Request) -> Statement:
    return Statement(
        text=links.restored(claim.text, claim.links),
        sources=tuple(each.message.ts for each in claim.sources(request)),
        quote=claim.quote,
        state=State.WEAK if claim.is_weak else State.SUPPORTED,
        doubts=claim.doubts,
    )


def _left_out(left: LeftOut, request: Request) -> LeftOut:
    """Its words as harmless as those that stay."""
    text = request.redaction.redacted(links.made_harmless(left.text, {}).text)
    return replace(left, text=lengths.shortened(redacted.named(text, request), lengths.MOST_TEXT))
