"""The pages of the form of a decision, and what is kept of it until it is sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain import decision_options
from domain.briefs import Drafted
from domain.decision_states import Move
from domain.kept import merged
from domain.meanwhile import differs
from domain.posted import Posted
from domain.rounds import ALONE
from domain.submissions import Submission


class Page(StrEnum):
    BASICS = "basics"
    PEOPLE = "people"
    CONTEXT = "context"
    OPTIONS = "options"
    AFTER = "after"
    CONNECTIONS = "connections"


FIELDS: dict[Page, tuple[str, ...]] = {
    Page.BASICS: ("title", "choice", "status", "because", "approver", "round"),
    Page.PEOPLE: ("driver", "contributors", "informed"),
    Page.CONTEXT: ("context", "constraints"),
    Page.OPTIONS: ("option_title", "option_pros", "option_cons", "option_cost", "option_gain", "option_lines"),
    Page.AFTER: ("good", "bad", "outcome", "metric", "target", "look_again_on", "confidence"),
    Page.CONNECTIONS: ("supersedes", "based_on", "links", "forum"),
}
"""Slack shows a form of more than about eight fields as one long scroll."""
FILLED_BY_BRIEFS = ("title", "choice", "because", "context", "options")
NOTHING = "none"
"""What a menu holds in which nothing is chosen."""
UNCHOSEN = {"confidence": NOTHING, "forum": NOTHING, "round": ALONE}
"""What a field holds that has a choice in it for saying nothing: that is no change of it."""
SETTLED = ("title", "choice", "because", "approver", "round", "driver", "supersedes")
"""What was accepted, and who answers for it, stays; all else may come to the record later."""


@dataclass(frozen=True)
class Shown:
    """What of a form stood on the screen when somebody pressed something in it."""

    page: Page
    option: int = 0
    """Which of the options, on their page."""
    fields: Collection[str] = ()

    def whole(self, before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
        """With what was typed on the other pages before."""
        typed = {name: value for name, value in given.items() if name in self.fields and value != UNCHOSEN.get(name)}
        found = merged(before, typed, self.fields)
        return decision_options.folded(found, self.option) if self.page is Page.OPTIONS else found


def page_of(fields: Collection[str]) -> Page | None:
    """The first page that has one of these."""
    return next((page for page, names in FIELDS.items() if any(name in names for name in fields)), None)


@dataclass(frozen=True)
class About:
    """Where a form records, or what it edits."""

    channel_id: str
    decision_id: int | None = None
    version: str = ""
    """Which text of it."""
    message: Posted | None = None
    """What a new one is made of."""
    move: Move = Move.EDIT
    """What becomes of one that is there: edited while it is open, completed later."""
    drafted: Drafted | None = None
    """Of a new one that a brief has filled in."""


@dataclass(frozen=True)
class KeptForm:
    """A form of a decision that has not been sent."""

    sent: Submission
    """What it holds by now; nobody is confirmed in it."""
    about: About
    opened_with: Mapping[str, str]
    at: datetime
    """When it last changed."""

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that would be lost."""
        return any(differs(name, self.sent.given, self.opened_with) for name in {*self.sent.given, *self.opened_with})


@dataclass(frozen=True)
class Draft:
    """A form that was closed before it was sent, as its person is told of it."""

    draft_id: str
    title: str
    place: str
    is_edit: bool
    until: date
