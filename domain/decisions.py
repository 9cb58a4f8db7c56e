"""The decision record: its fields, its states, and who may move it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.errors import UserError

TITLE_LIMIT = 150
TEXT_LIMIT = 3000


class DecisionState(StrEnum):
    PROPOSED = "proposed"
    CONTESTED = "contested"
    ACCEPTED = "accepted"


MOVES: dict[tuple[DecisionState, str], DecisionState] = {
    (DecisionState.PROPOSED, "approve"): DecisionState.ACCEPTED,
    (DecisionState.PROPOSED, "object"): DecisionState.CONTESTED,
    (DecisionState.CONTESTED, "approve"): DecisionState.ACCEPTED,
    (DecisionState.CONTESTED, "object"): DecisionState.CONTESTED,
}
"""Only the approver moves a decision. An accepted one is never moved or edited."""


@dataclass(frozen=True)
class DecisionForm:
    """What a person filled in to record a decision."""

    title: str
    choice: str
    """What was decided."""
    because: str
    approver_id: str
    context: str = ""
    options: str = ""
    """Options considered, one a line."""
    driver_id: str = ""
    contributors: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    look_again_on: date | None = None

    @property
    def named(self) -> frozenset[str]:
        people = {self.approver_id, self.driver_id, *self.contributors, *self.informed}
        return frozenset(people - {""})


@dataclass(frozen=True)
class Decision:
    id: int
    workspace_id: str
    number: int
    channel_id: str
    form: DecisionForm
    state: DecisionState
    recorded_by: str
    proposed_at: datetime
    decided_at: datetime | None = None
    objection: str = ""
    """Stays in the record after acceptance."""
    acknowledged: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"D-{self.number}"

    @property
    def driver_id(self) -> str:
        """Whoever recorded it drives it unless somebody else is named."""
        return self.form.driver_id or self.recorded_by

    @property
    def named(self) -> frozenset[str]:
        return self.form.named | {self.recorded_by}


class NoSuchDecision(UserError):
    """There is no decision {name} that you can see. Type `/decision list` to see those you can."""


class NotTheApprover(UserError):
    """Only the approver, {approver}, can do that. Ask them, or record a decision of your own with `/decision`."""


class AlreadyAccepted(UserError):
    """{name} is already accepted and stays as it is. Record a new decision with `/decision` if it should change."""
