"""What somebody has typed into a check-in and not sent yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Slot:
    """One person's place in one occurrence of a ritual, whether it has begun or not."""

    workspace_id: str
    ritual_id: int
    occurrence: str
    person_id: str


@dataclass(frozen=True)
class Kept:
    values: dict[str, str]
    """By question id, as typed."""
    at: datetime
    """When it last changed."""
    page: int = 0
    """Where in the form they were."""
    sent: dict[str, str] | None = None
    """The answers that were sent before their occurrence began."""
    sent_to: tuple[str, ...] = ()
    """Whom they were to be read by, see `services.ahead.readers`."""
    version: int = 1
    """Of the questions they answer."""
    seconds: int | None = None
    """That it took to answer ahead, where it was measured."""
    draft_id: str = ""
    """Of the form in which it was typed."""
    told: float | None = None
    """When Slack says that was; see `Filled`."""

    def has_overtaken(self, filled: "Filled") -> bool:
        """Slack may tell of a click or of typing after what came later, even after the page was turned."""
        if filled.told is None:
            return False
        is_turned = self.draft_id == filled.draft_id and self.page != filled.page
        return is_turned or (self.told is not None and filled.told < self.told)


@dataclass(frozen=True)
class Filled:
    """A form of a check-in as Slack tells of it, sent or not."""

    workspace_id: str
    person_id: str
    prompt_id: int
    draft_id: str
    given: dict[str, str]
    on_form: Collection[str] | None
    """The questions it showed; None means all, in one page."""
    page: int = 0
    again: Mapping[str, int] = field(default_factory=dict)
    """How often each question has been filled in on a click."""
    run_id: int = 0
    """Of a run that had begun before its person came; then there was no prompt either."""
    ritual_id: int = 0
    """Of an occurrence that had not begun when the form was opened; then there was no prompt."""
    occurrence: str = ""
    told: float | None = None
    """When somebody clicked or typed, by Slack's clock; None where Slack does not say, as when a form is sent."""
    opened_at: datetime | None = None
    """See `domain.answering_time.seconds_taken`."""


@dataclass(frozen=True)
class Recalled:
    """What somebody answered the last time."""

    value: str
    text: str
    """As they read it."""
    day: date
    is_fit: bool
    """It can be taken over as the answer."""
    of: str = ""
    """The other question that it answered; empty where it was the same one."""


def merged(before: Mapping[str, str], given: Mapping[str, str], on_form: Collection[str] | None) -> dict[str, str]:
    """What stands in all pages of a form: those not shown keep what they had."""
    rest = {} if on_form is None else {name: value for name, value in before.items() if name not in on_form}
    return {**rest, **given}
