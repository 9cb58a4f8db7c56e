"""What the messages and forms about decisions are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.actions import ActionItem
from domain.briefs import Drafted
from domain.decision_pages import Page
from domain.decision_states import DecisionState, Move
from domain.decisions import Decision
from domain.meanwhile import Meanwhile
from domain.objections import Concern, Objection
from domain.people import Person, has_left, name_of
from domain.posted import Posted
from domain.rounds import RoundCard
from domain.whom import may_move


class News(StrEnum):
    """What those who wait for a verdict are told, and whoever relies on it when it ends."""

    APPROVED = "approved"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"
    """The last objection: it waits for the approver again."""
    CHANGED = "changed"
    """To somebody who objected: whether the new text mends it."""
    OVERRULED = "overruled"
    """To somebody who objected."""
    CONCERN = "concern"
    """Of somebody about what is accepted: to those who answer for it."""
    REJECTED = "rejected"
    PROPOSAL_WITHDRAWN = "proposal withdrawn"
    NO_LONGER_HOLDS = "no longer holds"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class DecisionNews:
    """One piece of news: it holds for the approver and the text there were at the time, and for one objection or
    concern, if it is about one."""

    what: News
    approver_id: str
    version: str
    about_id: int = 0

    @classmethod
    def of(cls, decision: Decision, what: News, about: Objection | Concern | None = None) -> "DecisionNews":
        return cls(what, decision.form.approver_id, decision.version, about.id if about else 0)

    @classmethod
    def read(cls, part: str) -> "DecisionNews":
        what, approver_id, version, *about = part.split(":")
        return cls(News(what), approver_id, version, int(about[0]) if about else 0)

    def __str__(self) -> str:
        about = f":{self.about_id}" if self.about_id else ""
        return f"{self.what}:{self.approver_id}:{self.version}{about}"

    def about(self, decision: Decision) -> Objection | Concern | None:
        found = decision.concerns if self.what is News.CONCERN else decision.objections
        return next((each for each in found if each.id == self.about_id), None)

    def holds(self, card: "DecisionCard") -> bool:
        """Whether it is still so."""
        decision, about = card.decision, self.about(card.decision)
        return (
            self == self.of(decision, self.what, about)
            and {
                News.APPROVED: decision.state is DecisionState.ACCEPTED,
                News.REJECTED: decision.state is DecisionState.REJECTED,
                News.PROPOSAL_WITHDRAWN: decision.state is DecisionState.WITHDRAWN,
                News.NO_LONGER_HOLDS: decision.state is DecisionState.DEPRECATED,
                News.SUPERSEDED: decision.state is DecisionState.SUPERSEDED,
                News.OBJECTED: about in decision.standing,
                News.WITHDRAWN: decision.state is DecisionState.PROPOSED,
                News.CHANGED: decision.is_open and isinstance(about, Objection) and not about.is_settled,
                News.OVERRULED: decision.state is DecisionState.ACCEPTED,
                News.CONCERN: about is not None,
            }[self.what]
        )


@dataclass(frozen=True)
class Related:
    """Another decision, for somebody who may see it."""

    decision: Decision
    workspace_url: str = ""
    ts: str = ""
    """With the address of the workspace, where Slack shows its card; empty for those who may not read its channel."""


@dataclass(frozen=True)
class DecisionCard:
    """A decision with what is needed to show it."""

    decision: Decision
    people: Mapping[str, Person]
    place: str
    """Where it was recorded, as the reader may know it: "#forecast", "a private channel"."""
    caretakers: tuple[Person, ...] = ()
    """Who edits or ends it when all who could have left."""
    workspace_url: str = ""
    """Where Slack shows the message it was made of; empty for those who may not read that."""
    related: Mapping[int, Related] = field(default_factory=dict)
    """By number: what it supersedes, is based on or was superseded by, as far as the reader may see that."""
    items: tuple[ActionItem, ...] = ()
    """What came of it, as far as the reader may see that."""
    round: RoundCard | None = None
    """About its present text."""
    forum: str = ""
    """The ritual it was decided in; empty for those who may not know the channel."""

    def name_of(self, person_id: str) -> str:
        return name_of(self.people, person_id)

    @property
    def approver_left(self) -> bool:
        return has_left(self.people, self.decision.form.approver_id)

    def may_edit(self, reader_id: str) -> bool:
        return self._may(Move.EDIT, reader_id)

    def may_complete(self, reader_id: str) -> bool:
        """Its caretakers end it and complete it."""
        is_accepted = self.decision.state is DecisionState.ACCEPTED
        return is_accepted and may_move(reader_id, self.decision.movers(Move.COMPLETE), self.caretakers)

    def may_end(self, reader_id: str) -> bool:
        return self._may(Move.DEPRECATE, reader_id)

    def may_tell_result(self, reader_id: str) -> bool:
        """Of what another has taken the place of, until somebody has."""
        decision = self.decision
        is_wanted = decision.state is DecisionState.SUPERSEDED and not decision.is_result_told
        return is_wanted and may_move(reader_id, decision.movers(Move.TELL_RESULT), ())

    def _may(self, move: Move, reader_id: str) -> bool:
        decision = self.decision
        return decision.next_move is move and may_move(reader_id, decision.movers(move), self.caretakers)


ANOTHER_RITUAL = "another ritual"
"""What one is called for those who may not know of it, or that is no longer there."""


@dataclass(frozen=True)
class DecisionSheet:
    """The form to record a decision, as it is opened or shown again."""

    draft_id: str
    channel_id: str
    place: str
    is_direct: bool
    given: Mapping[str, str]
    """By field, as typed."""
    page: Page = Page.BASICS
    outsiders: tuple[Person, ...] = ()
    """Named, but not in the private channel; sending the form again confirms them."""
    decision_id: int | None = None
    """The one it changes."""
    version: str = ""
    """Which text of it."""
    copied: str = ""
    """The decision whose parts it begins with."""
    move: Move = Move.EDIT
    """How it changes that one."""
    people: Mapping[str, Person] = field(default_factory=dict)
    """Its approver and driver, where they are only shown."""
    meant: str = ""
    """A word of the command that it may have been opened by instead."""
    message: Posted | None = None
    """What it was opened from."""
    drafted: Drafted | None = None
    """A brief has filled it in."""
    option: int = 0
    """Which of the options their page shows."""
    mistakes: Mapping[str, str] = field(default_factory=dict)
    """By field of the page; what Slack marks by itself while the page stays is not among them."""
    forums: tuple[tuple[int, str], ...] = ()
    """The rituals of the channel, and their titles."""
    meanwhile: Meanwhile | None = None
    """What somebody else has saved since the form was opened."""
