"""What somebody who left looked after, and is offered to others until one of them takes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.actions import ActionCard
from domain.decision_cards import DecisionCard
from domain.decisions import Decision
from domain.errors import UserError
from domain.people import Person, has_left


@dataclass(frozen=True)
class LeftBehind:
    """What is offered to one reader."""

    decisions: Sequence[DecisionCard] = ()
    """Open ones whose approver or driver has left."""
    items: Sequence[ActionCard] = ()
    """Open ones whose owner has left."""
    leaver: Person | None = None
    """Of whom alone, if of one."""
    is_past: bool = False
    """They have been back since they left it behind."""

    @property
    def count(self) -> int:
        return len(self.decisions) + len(self.items)


def driver_left(card: DecisionCard) -> bool:
    return has_left(card.people, card.decision.driver_id)


def leaving(leaver: Person) -> str:
    """The id of their last leaving: each one is told in messages of its own."""
    return f"{leaver.id}:{leaver.leavings}"


class TakenAlready(UserError):
    """{name} is with {who} now, so there is nothing to take over."""


def leavers(decision: Decision, known: dict[str, Person]) -> set[str]:
    """Those of its approver and its driver who have left."""
    return {each for each in (decision.form.approver_id, decision.driver_id) if has_left(known, each)}
