"""The decision record: its fields, its states, and who may move it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.cadence import moment
from domain.errors import UserError
from domain.hours import back_at_work
from domain.people import Person, has_left, name_of
from domain.whom import Roles, may_move, who_may

TITLE_LIMIT = 150
TEXT_LIMIT = 3000
DETAIL_LIMIT = 1500
"""All texts together must fit the one message that shows a decision."""
REASON_LIMIT = 500
FIRST_VERSION = "0"


class DecisionState(StrEnum):
    PROPOSED = "proposed"
    CONTESTED = "contested"
    ACCEPTED = "accepted"


class Move(StrEnum):
    APPROVE = "approve"
    OBJECT = "object"
    EDIT = "edit"


MOVES: dict[tuple[DecisionState, Move], DecisionState] = {
    (DecisionState.PROPOSED, Move.APPROVE): DecisionState.ACCEPTED,
    (DecisionState.PROPOSED, Move.OBJECT): DecisionState.CONTESTED,
    (DecisionState.PROPOSED, Move.EDIT): DecisionState.PROPOSED,
    (DecisionState.CONTESTED, Move.APPROVE): DecisionState.ACCEPTED,
    (DecisionState.CONTESTED, Move.OBJECT): DecisionState.CONTESTED,
    (DecisionState.CONTESTED, Move.EDIT): DecisionState.PROPOSED,
}
"""The approver approves and objects; `Decision.roles` edit, and once they have all left, those who look after the
channel. An accepted one is never moved."""


class News(StrEnum):
    """What those who wait for a verdict are told."""

    APPROVED = "approved"
    OBJECTED = "objected"
    APPROVER_LEFT = "approver left"


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
    edited_at: datetime | None = None
    """When it last got another text."""
    decided_at: datetime | None = None
    objection: str = ""
    """Stays in the record after acceptance."""
    objected_by: str = ""
    """The approver of that time."""
    acknowledged: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"D-{self.number}"

    @property
    def driver_id(self) -> str:
        """Whoever recorded it drives it unless somebody else is named."""
        return self.form.driver_id or self.recorded_by

    @property
    def drivers(self) -> frozenset[str]:
        """Who waits for the verdict, and may edit it until then."""
        return frozenset(person_id for person_id, _ in self.roles)

    @property
    def roles(self) -> Roles:
        return (self.recorded_by, "recorded"), (self.driver_id, "drives")

    def check_mover(
        self, move: Move, person_id: str, known: Mapping[str, Person], caretakers: Sequence[Person]
    ) -> None:
        """Raises NotYourDecision for an edit, NotTheApprover or ApproverLeft for a verdict."""
        if move is Move.EDIT:
            if not may_move(person_id, self.roles, caretakers):
                raise NotYourDecision(name=self.name, who=who_may(self.roles, known, caretakers))
        elif person_id != self.form.approver_id:
            approver = name_of(known, self.form.approver_id)
            if not has_left(known, self.form.approver_id):
                raise NotTheApprover(approver=approver)
            raise ApproverLeft(approver=approver, who=who_may(self.roles, known, caretakers))

    def moved(self, move: Move) -> "Decision":
        """In its state after that move. Raises AlreadyAccepted."""
        if (self.state, move) not in MOVES:
            raise AlreadyAccepted(name=self.name)
        return replace(self, state=MOVES[self.state, move])

    @property
    def named(self) -> frozenset[str]:
        return self.form.named | {self.recorded_by}

    @property
    def recorded_at(self) -> datetime:
        return self.proposed_at

    @property
    def version(self) -> str:
        """The id of its present text: a verdict is asked for, and given, about one text."""
        return f"{self.edited_at:%Y%m%d%H%M%S%f}" if self.edited_at else FIRST_VERSION

    @property
    def is_open(self) -> bool:
        return self.state is not DecisionState.ACCEPTED

    @property
    def is_touched(self) -> bool:
        """Somebody else has acted on it, so what they acted on stays as they saw it."""
        verdict = self.objection or (self.decided_at and self.form.approver_id != self.recorded_by)
        return bool(verdict or self.acknowledged - {self.recorded_by})


@dataclass(frozen=True)
class DecisionNews:
    """One piece of news: it holds for the approver and the text there were at the time."""

    what: News
    approver_id: str
    version: str

    @classmethod
    def of(cls, decision: Decision, what: News) -> "DecisionNews":
        return cls(what, decision.form.approver_id, decision.version)

    @classmethod
    def read(cls, part: str) -> "DecisionNews":
        what, approver_id, version = part.split(":", 2)
        return cls(News(what), approver_id, version)

    def __str__(self) -> str:
        return f"{self.what}:{self.approver_id}:{self.version}"

    def holds(self, card: "DecisionCard") -> bool:
        """Whether it is still so."""
        decision = card.decision
        return (
            self == self.of(decision, self.what)
            and {
                News.APPROVED: not decision.is_open,
                News.OBJECTED: decision.state is DecisionState.CONTESTED,
                News.APPROVER_LEFT: decision.is_open and card.approver_left,
            }[self.what]
        )


@dataclass(frozen=True)
class DecisionCard:
    """A decision with what is needed to show it."""

    decision: Decision
    people: Mapping[str, Person]
    place: str
    """Where it was recorded, as the reader may know it: "#forecast", "a private channel"."""
    caretakers: tuple[Person, ...] = ()
    """Who edits it when all who drive it have left."""

    def name_of(self, person_id: str) -> str:
        return name_of(self.people, person_id)

    @property
    def approver_left(self) -> bool:
        return has_left(self.people, self.decision.form.approver_id)

    def may_edit(self, reader_id: str) -> bool:
        return self.decision.is_open and may_move(reader_id, self.decision.roles, self.caretakers)


@dataclass(frozen=True)
class DecisionSheet:
    """The form to record a decision, as it is opened or shown again."""

    draft_id: str
    channel_id: str
    place: str
    is_direct: bool
    given: Mapping[str, str]
    """By field, as typed."""
    has_detail: bool = False
    outsiders: tuple[Person, ...] = ()
    """Named, but not in the private channel; sending the form again confirms them."""
    decision_id: int | None = None
    """The one it edits."""
    version: str = ""
    """Which text of it."""
    meant: str = ""
    """A word of the command that it may have been opened by instead."""


def first_state(form: DecisionForm, recorder_id: str) -> DecisionState:
    """Who decides alone has decided; everything else waits for its approver."""
    return DecisionState.ACCEPTED if form.approver_id == recorder_id else DecisionState.PROPOSED


def state_after_edit(before: Decision, form: DecisionForm, editor_id: str) -> DecisionState:
    """Only whoever recorded it can decide alone, and only by their own hand; any other approver presses Approve.

    An accepted one comes here only with the form that recorded it, sent again: then it is recorded anew.
    """
    if not before.is_open or editor_id == before.recorded_by == form.approver_id:
        return first_state(form, before.recorded_by)
    return before.moved(Move.EDIT).state


def look_again_at(driver: Person, day: date | None) -> datetime | None:
    """The first working moment of that day in the driver's zone; on a day off, of the next working day."""
    start = moment(day, driver.hours.start, driver.zone) if day else None
    return back_at_work(driver, start) if start else None


class NoSuchDecision(UserError):
    """There is no decision {name} that you can see. Type `/decision list` to see those you can."""


class TextChanged(UserError):
    """The text of {name} was changed meanwhile, so nothing was recorded. Read the newer message first."""


class EditedMeanwhile(UserError):
    """Somebody else changed {name} while you were editing it, so nothing was saved. Copy what you wrote, close this
    form, and press *Edit* again."""


class NotTheApprover(UserError):
    """Only the approver, {approver}, can do that. Ask them, or record a decision of your own with `/decision`."""


class ApproverLeft(UserError):
    """Only the approver can do that, and {approver} has left. Ask {who} to choose another."""


class AlreadyAccepted(UserError):
    """{name} is already accepted and stays as it is. Record a new decision with `/decision` if it should change."""


class NotYourDecision(UserError):
    """Only {who} can edit {name}. Ask them."""


class AlreadyActedOn(UserError):
    """{name} was recorded from this form, and somebody has acted on it since, so it stays as they saw it.
    Copy what you changed into a new decision."""
