"""Check 5: nothing is decided unless a person is quoted deciding it, and nobody objects afterwards."""

from dataclasses import replace

from briefs.addressed import is_addressed
from briefs.checks.drafts import Claim, Draft
from briefs.cues import cues
from briefs.evidence import vetoes
from briefs.languages import LANGUAGES
from briefs.preparing import Request
from briefs.reading import Reading
from domain.briefs import Doubt, Status
from domain.threads import Thread


def decided(draft: Draft, request: Request) -> Draft:
    decision = draft.decision
    if decision is None:
        is_said = draft.status in (Status.DECIDED, Status.PROPOSED)
        return replace(draft, status=Status.NONE) if is_said else draft
    doubts = _doubts(decision, request) if draft.status is Status.DECIDED else []
    doubted = decision
    for doubt in [*doubts, *_changed(decision, request)]:
        doubted = doubted.doubted(doubt)
    status = Status.PROPOSED if doubts else draft.status
    return replace(draft.mapped(lambda each: doubted if each is decision else each), status=status)


def _doubts(decision: Claim, request: Request) -> list[Doubt]:
    if not decision.quoted:
        return [Doubt.NOBODY_DECIDES]
    message = request.lines[decision.quoted].message
    found = {
        Doubt.NOBODY_DECIDES: message.is_bot,
        Doubt.ADDRESSED_TO_AI: is_addressed(message.text),
        Doubt.OBJECTED_AFTER: _is_objected(request.thread, message.ts),
    }
    return [doubt for doubt, holds in found.items() if holds]


def _is_objected(thread: Thread, ts: str) -> bool:
    """In whatever language, if nobody can say which it is."""
    if vetoes(thread, ts):
        return True
    reading = Reading(thread)
    if reading.languages or ts not in reading.places:
        return False
    any_language = cues(tuple(LANGUAGES))
    later = reading.messages[reading.places[ts] + 1 :]
    return any(any_language.vetoes.search(reading.plain[each.ts]) for each in later)


def _changed(decision: Claim, request: Request) -> list[Doubt]:
    """Those who agreed may have agreed to other words."""
    if not decision.quoted:
        return []
    message = request.lines[decision.quoted].message
    later = (each for each in request.thread.messages if each.at > message.at)
    is_changed = message.edited_at is not None and any(each.at < message.edited_at for each in later)
    return [Doubt.EDITED_LATER] if is_changed else []
