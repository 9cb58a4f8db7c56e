"""What somebody began to record and has not sent, for them alone."""

from collections.abc import Sequence
from enum import StrEnum

from domain.decision_pages import Draft
from domain.words import day_text
from surface.kit import Block, button, buttons, context, escape, line, section

SHOWN = 5
TITLE_ROOM = 150
NO_TITLE = "No title yet"
DISCARDED = "The draft is discarded. Nobody else has seen it."


class Id(StrEnum):
    GO_ON = "decision.draft_go_on"
    DISCARD = "decision.draft_discard"


def blocks(drafts: Sequence[Draft]) -> list[Block]:
    """Nothing if there are none."""
    found = [block for draft in drafts[:SHOWN] for block in _draft(draft)]
    more = len(drafts) - SHOWN
    return [*found, context(f"+{more} more; they come up as you send or discard these.")] if more > 0 else found


def _draft(draft: Draft) -> list[Block]:
    title = line(draft.title, TITLE_ROOM) or NO_TITLE
    what = "Changes to a decision" if draft.is_edit else "A decision"
    text = f"*{title}*\n{what} in {escape(draft.place)}; only you see it, until {day_text(draft.until)}"
    go_on = button("Go on", Id.GO_ON, draft.draft_id, style="primary", label=f"Go on with {draft.title or NO_TITLE}")
    discard = button("Discard", Id.DISCARD, draft.draft_id, label=f"Discard {draft.title or NO_TITLE}")
    return [section(text), buttons(go_on, discard)]
