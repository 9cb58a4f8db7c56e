"""The decision record: its fields, and who may move it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.briefs import Drafted
from domain.decision_options import Option
from domain.decision_refusals import (
    NOT_YOURS,
    ApproverLeft,
    NotTheApprover,
    NotYoursToEnd,
    NotYoursToObject,
)
from domain.decision_results import Result
from domain.decision_states import MOVERS, NEVER_HELD, OPEN, OVER, DecisionState, Move, Part, after
from domain.objections import Concern, Objection
from domain.people import Person, has_left, name_of
from domain.posted import Posted
from domain.whom import Roles, may_move, who_may

TITLE_LIMIT = 150
TEXT_LIMIT = 3000
DETAIL_LIMIT = 1500
"""All texts together must fit the one message that shows a decision."""
SHORT_LIMIT = 150
REASON_LIMIT = 500
PEOPLE_LIMIT = 100
"""In one field, as Slack preselects no more; and what a form carries has to hold all whom it has warned about."""
LINKS_LIMIT = 10
"""Other decisions, or addresses, in one field."""
FIRST_VERSION = "0"


@dataclass(frozen=True)
class DecisionForm:
    """What a person filled in to record a decision."""

    title: str
    choice: str
    """What was decided."""
    because: str
    approver_id: str
    context: str = ""
    constraints: str = ""
    """What any option has to keep to."""
    options: tuple[Option, ...] = ()
    driver_id: str = ""
    contributors: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    good: str = ""
    bad: str = ""
    """What follows from it."""
    outcome: str = ""
    """What is expected of it, and how one will know."""
    metric: str = ""
    target: str = ""
    look_again_on: date | None = None
    confidence: int | None = None
    """In percent, that the outcome comes."""
    links: tuple[str, ...] = ()
    """Each an address, and perhaps words after it."""
    forum_id: int | None = None
    """The ritual of the channel in which it was decided."""
    supersedes: tuple[int, ...] = ()
    """The numbers of those that it takes the place of once it is accepted, in their order."""
    based_on: tuple[int, ...] = ()
    round: str = ""
    """Asks those named before it holds: `consent` or `advice`; empty leaves it to the approver alone."""

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
    edited_by: str = ""
    """When it last got another text."""
    completed_at: datetime | None = None
    completed_by: str = ""
    """When something was last added to its record after it was accepted; its text stays the same."""
    decided_at: datetime | None = None
    objections: tuple[Objection, ...] = ()
    """The oldest first. They stay in the record, whatever became of them."""
    result: Result | None = None
    """What came of it, if somebody has said so."""
    kept_at: datetime | None = None
    """When somebody last looked at it again and said that it still holds."""
    kept_by: str = ""
    ended_at: datetime | None = None
    """When it was rejected, withdrawn or superseded, or ceased to hold."""
    ended_by: str = ""
    ended_because: str = ""
    superseded_by: int = 0
    """The number of the one accepted in its place."""
    read_by: frozenset[str] = frozenset()
    """Who has said so."""
    concerns: tuple[Concern, ...] = ()
    """The oldest first; they stay in the record."""
    in_round: bool = False
    """Its present text waits for a round, and its approver is asked there."""
    message: Posted | None = None
    """What it was made of, in its channel."""
    drafted: Drafted | None = None
    """Where a brief filled its form."""

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
        return frozenset(person_id for person_id, _ in self.movers(Move.EDIT))

    def movers(self, move: Move) -> Roles:
        """Who may make it, while they are here."""
        parts = {
            Part.RECORDER: (self.recorded_by,),
            Part.DRIVER: (self.driver_id,),
            Part.APPROVER: (self.form.approver_id,),
            Part.CONTRIBUTOR: self.form.contributors,
            Part.OBJECTOR: tuple(each.person_id for each in self.objections),
        }
        return [(person_id, part) for part in MOVERS[move] for person_id in parts[part]]

    def check_mover(
        self, move: Move, person_id: str, known: Mapping[str, Person], caretakers: Sequence[Person]
    ) -> None:
        """Raises NotYourDecision for an edit, NotYoursToWithdraw, NotYoursToObject, NotTheApprover or ApproverLeft for
        a verdict, NotYoursToComplete, NotYoursToSupersede, NotYoursToTell, and NotYoursToEnd."""
        roles = self.movers(move)
        if move is Move.OBJECT:
            if not may_move(person_id, roles, ()):
                raise NotYoursToObject(name=self.name, driver=name_of(known, self.driver_id))
        elif MOVERS[move] != (Part.APPROVER,):
            if not may_move(person_id, roles, caretakers):
                raise NOT_YOURS.get(move, NotYoursToEnd)(name=self.name, who=who_may(roles, known, caretakers))
        elif person_id != self.form.approver_id:
            approver, drivers = name_of(known, self.form.approver_id), self.movers(Move.EDIT)
            if not has_left(known, self.form.approver_id):
                raise NotTheApprover(approver=approver)
            raise ApproverLeft(approver=approver, who=who_may(drivers, known, caretakers))

    def moved(self, move: Move) -> "Decision":
        """In its state after that move. Raises MoveRefused."""
        return replace(self, state=after(self.state, move, name=self.name))

    def driven_by(self, person_id: str) -> "Decision":
        """By that person from now on; its text stays as it is."""
        return replace(self, form=replace(self.form, driver_id=person_id))

    @property
    def named(self) -> frozenset[str]:
        return self.form.named | {self.recorded_by}

    @property
    def standing(self) -> tuple[Objection, ...]:
        """The objections to its present text that are neither withdrawn nor overruled."""
        return tuple(each for each in self.objections if each.version == self.version and not each.is_settled)

    def objection_of(self, person_id: str) -> Objection | None:
        """Theirs, while it stands."""
        return next((each for each in self.standing if each.person_id == person_id), None)

    def unsettled_of(self, person_id: str) -> tuple[Objection, ...]:
        """Theirs, those to earlier texts included."""
        return tuple(each for each in self.objections if each.person_id == person_id and not each.is_settled)

    @property
    def people(self) -> frozenset[str]:
        """Everybody whom its record names."""
        objected = (person_id for each in self.objections for person_id in each.people)
        worried = (each.person_id for each in self.concerns)
        said = {self.result.by} if self.result else set()
        return frozenset(
            {*self.named, *objected, *worried, *said, self.completed_by, self.kept_by, self.ended_by} - {""}
        )

    @property
    def informed(self) -> frozenset[str]:
        """Who hears of it once it is accepted: whoever recorded or approves it knows it already."""
        return frozenset(self.form.informed) - {self.recorded_by, self.form.approver_id}

    @property
    def unread_by(self) -> frozenset[str]:
        """Who heard of it and has not said that they have read it."""
        return self.informed - self.read_by if self.state is DecisionState.ACCEPTED else frozenset()

    @property
    def recorded_at(self) -> datetime:
        return self.proposed_at

    @property
    def version(self) -> str:
        """The id of its present text: a verdict is asked for, and given, about one text."""
        return _stamp(self.edited_at) if self.edited_at else FIRST_VERSION

    @property
    def changes(self) -> list[tuple[datetime, str]]:
        """When, and by whom, what its record says was last edited, completed, and looked at again."""
        found = [(self.edited_at, self.edited_by), (self.completed_at, self.completed_by), (self.kept_at, self.kept_by)]
        return [(at, by) for at, by in found if at]

    @property
    def revision(self) -> str:
        """The id of what its record says now: of two who have its form open, the later must not overwrite the other."""
        return _stamp(max(self.changes)[0]) if self.changes else FIRST_VERSION

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_argued(self) -> bool:
        """It waits for a verdict, and somebody has objected to this text or an earlier one."""
        return self.is_open and bool(self.objections)

    @property
    def is_proposal(self) -> bool:
        """It was never accepted, whatever became of it."""
        return self.state in OPEN | NEVER_HELD

    @property
    def is_over(self) -> bool:
        """Nothing leads out of its state."""
        return self.state in OVER

    @property
    def is_result_told(self) -> bool:
        """Since it ended, if it has."""
        return self.result is not None and (self.ended_at is None or self.result.at >= self.ended_at)

    @property
    def next_move(self) -> Move | None:
        """What those who drive it can do with it now."""
        if self.is_over:
            return None
        return Move.EDIT if self.is_open else Move.DEPRECATE

    @property
    def is_touched(self) -> bool:
        """Somebody else has acted on it, so what they acted on stays as they saw it."""
        verdict = self.objections or (self.decided_at and self.form.approver_id != self.recorded_by)
        has_ended_others = self.decided_at and self.form.supersedes
        has_gone_on = self.completed_at or self.kept_at or self.is_over
        return bool(verdict or has_ended_others or has_gone_on or self.read_by - {self.recorded_by})


def _stamp(at: datetime) -> str:
    return f"{at:%Y%m%d%H%M%S%f}"
