"""A template of the library: what is asked, of whom, when, and what the answers do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from domain.cadence import Cadence
from domain.hours import Duration

TITLE_LIMIT = 24
PURPOSE_LIMIT = 150
TEXT_LIMIT = 120
OPTION_LIMIT = 75
SCALE = range(1, 6)
MOST_REMINDERS = 3


class QuestionType(StrEnum):
    SHORT = "short"
    LONG = "long"
    ONE = "one"
    MANY = "many"
    SCALE = "scale"
    USER = "user"
    DATE = "date"
    NUMBER = "number"


CHOICES = frozenset({QuestionType.ONE, QuestionType.MANY})
"""Those with options of their own."""
CLICKS = CHOICES | {QuestionType.SCALE}
"""Those that other questions may follow: Slack tells of a click while the form is open, but not of typing."""


class Asked(Protocol):
    """Whoever sees the questions that are for them."""

    @property
    def function(self) -> str | None: ...
    @property
    def meant_by(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Seat:
    """Somebody of a kind, whom nothing has asked."""

    function: str | None = None
    meant_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    type: QuestionType
    hint: str = ""
    options: tuple[str, ...] = ()
    """The choices of `one` and `many`; the two end labels of `scale`."""
    optional: bool = False
    audience: tuple[str, ...] = ()
    """Selectors of those who see it; empty means all."""
    condition: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(earlier question, answers that make this one appear); all must hold."""
    into: str = ""
    """`blocker.title` or `blocker.owner`: the answer also becomes a blocker, or names who can clear it; `action.title`,
    `action.owner`, `action.due`: an action item; `measure:drift.value`: a value of the measure of that name.

    With a label, as in `blocker:infra.title`, those of that label belong together."""
    recall: str = ""
    """The question whose last answer of the same person stands with it; it may be the question itself."""
    split: bool = False
    """Each line of the answer makes a record of its own."""

    def is_for(self, whom: Asked) -> bool:
        return not self.audience or not {whom.function, *whom.meant_by}.isdisjoint(self.audience)

    def appears(self, answers: dict[str, str]) -> bool:
        return all(not set(wanted).isdisjoint(chosen(answers.get(earlier, ""))) for earlier, wanted in self.condition)


def split_label(into: str) -> tuple[str, str]:
    """(label, what it is without): "infra" and "blocker.title" of "blocker:infra.title"."""
    kind, _, field = into.partition(".")
    name, _, label = kind.partition(":")
    return label, f"{name}.{field}"


def chosen(value: str) -> list[str]:
    """What was chosen in an answer to `one`, `many` or `scale`: no option holds a line break."""
    return value.split("\n") if value else []


CHANNEL, FACILITATOR, PARTICIPANTS, MANAGERS = PLACES = ("channel", "facilitator", "participants", "managers")
"""Where a summary may go, besides other channels."""

UNNAMED_ORDERS = ("function", "question")
"""How a summary may be ordered that names nobody."""


@dataclass(frozen=True)
class Post:
    """Where the summary goes, and how it is ordered."""

    to: tuple[str, ...] = (CHANNEL,)
    """channel, facilitator, participants, managers, or the name of another channel as "#name"."""
    by: str = "question"
    """function, question, person or answer."""
    early: bool = False
    """Answers are shown as they come, not only counts and blockers, while the run is open for more than a day."""

    quiet: bool = False
    """The channel reads nothing while the run is open: its message comes with the summary."""

    brief: bool = False
    """A brief of the answers stands above them, once the run has closed."""

    @property
    def is_in_channel(self) -> bool:
        return CHANNEL in self.to

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Other channels, by name."""
        return tuple(place.removeprefix("#") for place in self.to if place.startswith("#"))

    def covers(self, other: "Post") -> bool:
        """Whether whoever reads what goes to the other may read what goes here."""
        return self.is_in_channel or {*other.to} <= {*self.to, FACILITATOR}


OF_ROUND = Post(to=(), quiet=True)
"""What a round answers stands with its decision."""
DECISION = "decision"
PROPOSED = "after decision proposed"
"""When a round asks."""


@dataclass(frozen=True)
class Verdict:
    """What the answers of a round do to the decision it is about."""

    over: tuple[str, ...]
    """The questions it looks at."""
    stop: tuple[str, ...]
    """The answers that contest it."""
    passing: tuple[str, ...]
    """The answers with which those it needs let it pass."""
    needs: tuple[str, ...] = ()
    """Selectors of those without whose word it does not pass."""


@dataclass(frozen=True)
class Template:
    id: str
    title: str
    purpose: str
    when: str
    cadence: Cadence | None
    """None: whenever somebody starts it."""
    who: tuple[str, ...]
    ask: tuple[Question, ...]
    closes: Duration
    remind: tuple[Duration, ...]
    facilitator: str | None = None
    """A selector, such as "@U024BE7LH"; None means whoever switches the ritual on."""
    post: Post = Post()
    anonymous: int | None = None
    """From how many answers on the results are shown, without names; None means with names."""
    about: str = ""
    """`decision` for a round: it is asked when somebody proposes one so, and cannot be switched on."""
    verdict: Verdict | None = None
    """None: its answers decide nothing."""

    @property
    def purpose_sentence(self) -> str:
        """To stand before another sentence."""
        return self.purpose if self.purpose.endswith((".", "!", "?", ":", "…")) else f"{self.purpose}."

    def questions_for(self, whom: Asked) -> tuple[Question, ...]:
        return tuple(question for question in self.ask if question.is_for(whom))

    def follow_ups(self, question_id: str, answer: str) -> tuple[Question, ...]:
        """In which somebody who gives that answer writes more."""
        typed = (each for each in self.ask if each.type in (QuestionType.SHORT, QuestionType.LONG))
        return tuple(each for each in typed if answer in dict(each.condition).get(question_id, ()))

    @property
    def audiences(self) -> tuple[str, ...]:
        """Every selector that a question is for."""
        return tuple(dict.fromkeys(each for question in self.ask for each in question.audience))
