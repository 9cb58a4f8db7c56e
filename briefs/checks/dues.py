"""Check 7: a day that something is due is said in the thread, and code reads it."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from briefs.checks.drafts import Claim, Draft
from briefs.checks.quotes import words_of
from briefs.due import due
from briefs.preparing import Line, Request
from briefs.reading import Reading
from domain.briefs import Doubt, Part

BEFORE, AFTER = timedelta(days=1), timedelta(days=730)
_EITHER_WAY = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}(?!\d)")
"""The month may be the first or the second."""
_ALSO = ("en", "de")
"""Whatever the language, a day may be said in English, or with dots."""


def said(draft: Draft, request: Request) -> Draft:
    languages = tuple(dict.fromkeys([*Reading(request.thread).languages, *_ALSO]))
    return draft.mapped(lambda each: _checked(each, request, languages) if each.part is Part.ACTION_ITEM else each)


def _checked(claim: Claim, request: Request, languages: Sequence[str]) -> Claim:
    found = next(((line, words) for line in claim.sources(request) if (words := _said(claim, line))), None)
    if found is None:
        cleared = replace(claim, due_said="", due_date="")
        return cleared.doubted(Doubt.DATE_NOT_SAID) if claim.due_said or claim.due_date else cleared
    line, words = found
    sent = line.message.at.astimezone(request.thread.zone).date()
    read, suggested = due(words, languages, sent), _suggested(claim.due_date, sent)
    if read is None or read.on is None:
        day = None if _EITHER_WAY.search(words) else suggested
        return replace(claim, due_said=words, due=day).doubted(Doubt.DATE_UNSURE)
    kept = replace(claim, due_said=words, due=read.on)
    return kept.doubted(Doubt.DATE_DIFFERS) if claim.due_date and suggested != read.on else kept


def _said(claim: Claim, line: Line) -> str:
    return words_of(claim.due_said, line, is_short=True)


def _suggested(text: str, sent: date) -> date | None:
    with suppress(ValueError):
        day = date.fromisoformat(text)
        return day if sent - BEFORE <= day <= sent + AFTER else None
    return None
