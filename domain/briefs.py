"""A brief: what a thread comes to, each statement with the messages it rests on."""

from dataclasses import dataclass
from datetime import date
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
    """It cites no message of the thread."""
    QUOTE_NOT_FOUND = "quote not found"
    NOBODY_DECIDES = "nobody decides"
    """No person is quoted deciding it."""
    OBJECTED_AFTER = "objected after"
    NOT_IN_THREAD = "not in the thread"
    """The owner or speaker."""
    DATE_NOT_SAID = "date not said"
    LITTLE_OVERLAP = "little overlap"
    NUMBER_NOT_SAID = "number not said"
    TOO_MANY = "too many"


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
    """Whose it is, by id."""
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
    language: str = ""
    """The BCP 47 tag of what it is written in; empty if nobody can say."""
