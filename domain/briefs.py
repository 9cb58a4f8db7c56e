"""A brief: what a thread comes to, each statement with the messages it rests on."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """Of a statement, as whoever reviews the brief sees it."""

    SUPPORTED = "supported"
    WEAK = "weak"
    """It may not say what its sources say."""
    EDITED = "edited"
    ADDED = "added"
    """By whoever reviewed it: what was left out, or words of their own."""


class Status(StrEnum):
    """What became of the question."""

    DECIDED = "decided"
    PROPOSED = "proposed"
    DEFERRED = "deferred"
    NONE = "none"


class Part(StrEnum):
    """Where in a brief something stands."""

    QUESTION = "question"
    CONTEXT = "context"
    OPTION = "option"
    PRO = "pro"
    CON = "con"
    DECISION = "decision"
    RATIONALE = "rationale"
    DISSENT = "dissent"
    OPEN_QUESTION = "open question"
    ACTION_ITEM = "action item"


class Doubt(StrEnum):
    """Why something was left out, cleared or is weak."""

    NO_SOURCE = "no source"
    """It cites no message."""
    FOREIGN_SOURCE = "cites a message that is not in the thread"
    OPTION_LEFT_OUT = "its option was left out"
    QUOTE_NOT_FOUND = "quote not found"
    NOBODY_DECIDES = "nobody decides"
    """No person is quoted deciding it."""
    OBJECTED_AFTER = "objected after"
    ADDRESSED_TO_AI = "text addressed to an AI"
    """In the message that is quoted deciding it."""
    EDITED_LATER = "edited after replies"
    NOT_IN_THREAD = "not in the thread"
    """The owner or speaker."""
    OWNER_NOT_NAMED = "owner not named"
    """In none of the sources."""
    DATE_NOT_SAID = "date not said"
    DATE_UNSURE = "date unsure"
    """It is said, and only the model reads it as this day, or nobody does."""
    DATE_DIFFERS = "date differs"
    """The model reads another day out of it."""
    LITTLE_OVERLAP = "little overlap"
    NUMBER_NOT_SAID = "number not said"
    LINK_REMOVED = "link removed"
    MENTION_MADE_PLAIN = "mention made plain"
    REDACTED = "secret removed"
    SHORTENED = "shortened"
    TOO_MANY = "too many"
    BY_REVIEWER = "by reviewer"
    """Whoever reviews it left it out."""


@dataclass(frozen=True)
class Statement:
    text: str
    sources: tuple[str, ...] = ()
    """The ids of messages, the oldest first; empty only of what a person added."""
    quote: str = ""
    """Word for word from one of the sources."""
    state: State = State.SUPPORTED
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Option:
    label: Statement
    pros: tuple[Statement, ...] = ()
    cons: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Dissent:
    by: str
    """Whose it is, by id; empty if nobody can say."""
    statement: Statement


@dataclass(frozen=True)
class Task:
    """What somebody is to do."""

    statement: Statement
    owner_id: str = ""
    """Empty if the thread names nobody."""
    due: date | None = None
    due_said: str = ""
    """As the thread says it."""


@dataclass(frozen=True)
class LeftOut:
    part: Part
    text: str
    doubt: Doubt
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hints:
    """What a reviewer should look at beside the draft: the ids of messages, the oldest first, and of people."""

    objections: tuple[str, ...] = ()
    """Perhaps, and cited nowhere: votes against, and words that object."""
    supported: tuple[str, ...] = ()
    """By several people, and cited nowhere."""
    marked: tuple[str, ...] = ()
    """Said to be a decision, and cited nowhere."""
    people: tuple[str, ...] = ()
    """Nothing of theirs is cited."""
    addressed: tuple[str, ...] = ()
    """They contain text for a machine rather than for people."""


class WhyNot(StrEnum):
    """Why no language model worded it, although one is set up: its text was extracted by rules instead."""

    OFF_HERE = "off here"
    """Models are switched off in the channel."""
    USED_UP = "used up"
    """What the workspace or the person may use in a while."""
    NOT_SET_UP = "not set up"
    """Its key is missing or refused."""
    NO_ANSWER = "no answer"
    TOO_SLOW = "too slow"
    BUSY = "busy"
    NO_CREDIT = "no credit"
    NO_SUCH_MODEL = "no such model"
    TOO_LONG = "too long"
    """The thread, for the model."""
    DECLINED = "declined"
    NOT_FINISHED = "not finished"
    """It was cut off by its own limit, twice."""
    NOT_USABLE = "not usable"
    """The answer is not of the form that was asked for, twice."""
    OFF_THREAD = "off thread"
    """More than half of it is not of the thread."""


@dataclass(frozen=True)
class Made:
    """How a brief came about."""

    model: str = ""
    """The language model that worded it; empty if it was extracted by rules."""
    why_not: WhyNot | None = None
    failed: int = 0
    """Statements of the model that were not of the thread, of `of`."""
    of: int = 0
    again_at: datetime | None = None
    """When a model may be asked again, where that is known."""


@dataclass(frozen=True)
class Drafted:
    """How a brief gave a record its first words."""

    model: str = ""
    """As in `Made`."""
    is_corrected: bool = False
    """Whoever recorded it put some of them in other words."""

    @classmethod
    def read(cls, text: str) -> "Drafted | None":
        """Of what `str` makes of it; None of nothing."""
        how, _, model = text.partition(":")
        return cls(model, how == _CORRECTED) if how else None

    def __str__(self) -> str:
        return f"{_CORRECTED if self.is_corrected else _DRAFTED}:{self.model}"


_DRAFTED, _CORRECTED = "drafted", "corrected"


@dataclass(frozen=True)
class Brief:
    question: Statement | None = None
    context: tuple[Statement, ...] = ()
    options: tuple[Option, ...] = ()
    status: Status = Status.NONE
    decision: tuple[Statement, ...] = ()
    """What was decided or proposed; of the extractive brief the candidates, the likeliest first."""
    rationale: tuple[Statement, ...] = ()
    dissent: tuple[Dissent, ...] = ()
    open_questions: tuple[Statement, ...] = ()
    tasks: tuple[Task, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    hints: Hints = Hints()
    language: str = ""
    """The BCP 47 tag of what it is written in; empty if nobody can say."""
    made: Made = Made()

    @property
    def doubts(self) -> Mapping[Doubt, int]:
        """How often each was found."""
        kept = [doubt for each in self.statements for doubt in each.doubts]
        return Counter([*kept, *(each.doubt for each in self.left_out)])

    @property
    def drafted(self) -> Drafted:
        """What is recorded of it as it stands."""
        touched = any(each.state in (State.EDITED, State.ADDED) for each in self.statements)
        return Drafted(self.made.model, touched or any(each.doubt is Doubt.BY_REVIEWER for each in self.left_out))

    @property
    def is_plainly_decided(self) -> bool:
        """A person is quoted deciding it, in a message to people, and nobody objects afterwards."""
        first = next(iter(self.decision), None)
        if self.status is not Status.DECIDED or first is None or first.state is not State.SUPPORTED or first.doubts:
            return False
        objected = (*self.hints.objections, *(each for said in self.dissent for each in said.statement.sources))
        is_to_people = set(first.sources).isdisjoint(self.hints.addressed)
        return bool(first.quote) and is_to_people and all(each < min(first.sources) for each in objected)

    @property
    def statements(self) -> Iterator[Statement]:
        """All of it, in the order in which it is read."""
        if self.question:
            yield self.question
        yield from self.context
        for option in self.options:
            yield from (option.label, *option.pros, *option.cons)
        yield from (*self.decision, *self.rationale)
        yield from (each.statement for each in self.dissent)
        yield from self.open_questions
        yield from (each.statement for each in self.tasks)
