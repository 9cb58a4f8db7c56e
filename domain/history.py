"""Past runs of a channel's rituals, and searching in their answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.cards import RunCard
from domain.errors import FieldErrors
from domain.people import FUNCTIONS
from domain.runs import Prompt, Run
from domain.summaries import Line

WORDS_LIMIT = 100


@dataclass(frozen=True)
class Filter:
    """Which past runs of a channel somebody looks for; what is empty leaves nothing out."""

    channel_id: str
    ritual_id: int = 0
    person_id: str = ""
    function: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""
    page: int = 0

    @property
    def is_of_answers(self) -> bool:
        return bool(self.words or self.person_id or self.function)

    def may_hold(self, run: Run) -> bool:
        """Who answered an anonymous one, and for which function, nobody can look for."""
        return not (run.template.anonymous and (self.person_id or self.function))

    def takes(self, prompt: Prompt) -> bool:
        """Whether its answers are looked at."""
        return self.person_id in ("", prompt.person_id) and self.function in ("", prompt.function)


@dataclass(frozen=True)
class PastRun:
    card: RunCard
    lines: tuple[Line, ...]
    """The answers that were looked for."""


@dataclass(frozen=True)
class History:
    asked: Filter
    runs: tuple[PastRun, ...]
    """Of one page, newest first."""
    has_more: bool
    rituals: Mapping[int, str] = field(default_factory=dict)
    """Those the channel has had, and their titles."""
    is_partial: bool = False
    """Slack has not said lately what the reader may see."""
    may_export: bool = False
    """The reader may take along what was answered in the one check-in that is looked for."""


def read_filter(channel_id: str, given: Mapping[str, str], page: int) -> Filter:
    """What the fields of the form hold. Raises FieldErrors."""
    first, last = (date.fromisoformat(given[name]) if given.get(name) else None for name in ("first", "last"))
    if first and last and last < first:
        raise FieldErrors({"last": "The last day is before the first. Choose a later one."})
    ritual, function = given.get("ritual", ""), given.get("function", "")
    return Filter(
        channel_id,
        int(ritual) if ritual.isdecimal() else 0,
        given.get("person", ""),
        function if function in FUNCTIONS else "",
        first,
        last,
        " ".join(given.get("words", "").split())[:WORDS_LIMIT],
        page,
    )


def matches(line: Line, words: str) -> bool:
    """Whether all the words stand in it, in capitals or not."""
    text = f"{line.person} {line.question} {line.answer}".casefold()
    return all(word in text for word in words.casefold().split())
