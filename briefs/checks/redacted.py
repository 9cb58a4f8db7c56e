"""Check 11: no secret comes back, and only what the request gave a name gets it back."""

import re
from dataclasses import replace

from briefs.checks.drafts import Claim, Draft
from briefs.checks.links import plain
from briefs.preparing import Request
from domain.briefs import Doubt

_CALLED = re.compile(r"(?<!\w)(?:P|BOT)\d{1,4}(?!\w)|#channel-\d{1,4}(?!\w)")


def redacted(draft: Draft, request: Request) -> Draft:
    def checked(claim: Claim) -> Claim:
        text, quote, due_said = (request.redaction.redacted(each) for each in (claim.text, claim.quote, claim.due_said))
        is_same = text == claim.text
        kept = replace(claim, text=named(text, request), quote=quote, due_said=due_said)
        return kept if is_same else kept.doubted(Doubt.REDACTED)

    return draft.mapped(checked)


def named(text: str, request: Request) -> str:
    """People and channels by their names again."""
    names = {**request.pseudonyms.places, **request.pseudonyms.names}
    return _CALLED.sub(lambda found: plain(names.get(found[0], "")) or found[0], text)
