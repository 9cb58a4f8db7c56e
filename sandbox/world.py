"""One workspace with everything that an act in it or a call about it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.changes import Changes
from sandbox.delivery.response_urls import ResponseUrls
from sandbox.delivery.triggers import Triggers
from sandbox.limits import RateLimits
from sandbox.log import Note
from sandbox.views.stacks import Views

if TYPE_CHECKING:
    from sandbox.slack import Slack
    from sandbox.state import Workspace


@dataclass(frozen=True)
class Installation:
    """The app in this workspace: what it was granted, and by whom."""

    bot_token: str
    scopes: tuple[str, ...]
    by: str


class World:
    def __init__(self, slack: Slack, workspace: Workspace, *, rate_limits: bool) -> None:
        self.slack = slack
        self.workspace = workspace
        self.installation: Installation | None = None
        # What all workspaces of one Slack share.
        self.manifest = slack.manifest
        self.clock = slack.clock
        self.log = slack.log
        self.faults = slack.faults
        self.connections = slack.connections
        self.deliveries = slack.deliveries
        self.followers = slack.followers
        self.agenda = slack.agenda
        # What each has for itself.
        self.limits = RateLimits(slack.clock, active=rate_limits)
        self.changes = Changes()
        self.triggers = Triggers(slack.ids, slack.clock, slack.faults.ends_trigger, slack.ack_seconds)
        self.views = Views(slack.ids)
        self.response_urls = ResponseUrls(slack.ids)

    @property
    def url(self) -> str:
        return self.slack.url

    @property
    def scopes(self) -> tuple[str, ...]:
        """What the app may do here."""
        return self.installation.scopes if self.installation else ()

    @property
    def has_token(self) -> bool:
        """Whether the app can speak here."""
        return self.installation is not None and self.slack.tokens.works(self.installation.bot_token)

    def note(self, kind: str, **details: Any) -> None:
        """Keep in the log what happened here."""
        self.log.add(Note(kind, self.clock.now(), self.workspace.id, details))
