"""How a decision names others: by number, linked to their cards; without a number where its reader may not see them."""

from collections.abc import Sequence

from domain.decision_cards import DecisionCard
from domain.words import joined
from surface.kit import line, message_link

TITLE_ROOM = 150
LATER = "a later decision"


def one(card: DecisionCard, number: int) -> str:
    """ "D-12", linked to its card if that is known; empty for those who may not see it."""
    related = card.related.get(number)
    if related is None:
        return ""
    name = related.decision.name
    if not (related.workspace_url and related.ts):
        return name
    return f"<{message_link(related.workspace_url, related.decision.channel_id, related.ts)}|{name}>"


def titled(card: DecisionCard, number: int) -> str:
    """The same with its title."""
    related = card.related.get(number)
    return f"{one(card, number)}: {line(related.decision.form.title, TITLE_ROOM)}" if related else ""


def all_of(card: DecisionCard, numbers: Sequence[int]) -> str:
    """ "D-12 and an earlier decision"."""
    shown = [name for number in numbers if (name := one(card, number))]
    hidden = len(numbers) - len(shown)
    more = [f"{hidden} earlier decisions"] if hidden > 1 else ["an earlier decision"] * hidden
    return joined([*shown, *more])


def by(card: DecisionCard) -> str:
    """What has superseded it."""
    return one(card, card.decision.superseded_by) or LATER


def by_name(card: DecisionCard) -> str:
    """The same without a link, for notifications."""
    related = card.related.get(card.decision.superseded_by)
    return related.decision.name if related else LATER
