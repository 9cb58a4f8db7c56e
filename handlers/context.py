"""What every handler is given, and reading who acted on what from a payload."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from domain.clock import Clock
from domain.templates import Template
from services.secrets import Secrets
from storage.engine import Database
from surface.slack import Slack, SlackLimited, SlackRefused, SlackUnclear

log = logging.getLogger(__name__)
Body = dict[str, Any]


@dataclass(frozen=True)
class Muster:
    db: Database
    clock: Clock
    slack: Slack
    library: Mapping[str, Template]
    """The templates that can be switched on, by id."""
    freshen: Callable[[str, str], None]
    """(workspace, person): asks Slack again who is in that person's private channels. Slow; never before an answer."""
    background: ThreadPoolExecutor
    """For what may come after the acknowledgement."""
    secrets: Secrets = field(default_factory=Secrets)
    own_hosts: frozenset[str] = frozenset()
    """Where calendars may be read although they are not on the open internet."""
    rounds: Mapping[str, Template] = field(default_factory=dict)
    """What a decision can be asked with, by id."""
    model: str = ""
    """The language model that writes briefs, and where it is; empty if none is set up."""

    def later(self, work: Callable[..., None], *arguments: object) -> None:
        """In the background. A person who is then not reached is no error of theirs: it goes to the log."""
        self.background.submit(_logged, work, *arguments)


def _logged(work: Callable[..., None], *arguments: object) -> None:
    try:
        work(*arguments)
    except (SlackLimited, SlackRefused, SlackUnclear) as error:
        log.warning("A sentence did not reach its person: %s", error, extra={"action": "not_said"})
    except Exception:
        log.exception("Something after an acknowledgement failed.", extra={"action": "later_failed"})


def workspace_of(body: Body) -> str:
    """A command names its team plainly; on org-wide installs other payloads name it with the person or the view.

    In a channel shared with another company an event may name the other's; its authorization names ours.
    """
    ours: Body = next(iter(body.get("authorizations") or ()), {})
    team = body.get("team") or {}
    found = ours.get("team_id") or body.get("team_id") or team.get("id") or body.get("user", {}).get("team_id")
    return str(found or body["view"]["app_installed_team_id"])


def actor_of(body: Body) -> str:
    return str(body["user_id"] if "user_id" in body else body["user"]["id"])


def is_of_menu(body: Body) -> bool:
    """Whether it was chosen in the menu of a message."""
    return body.get("type") == "message_action"


def row_of(body: Body) -> int:
    """The id a button carries."""
    return int(body["actions"][0]["value"])


def asked_of(body: Body) -> dict[str, Any]:
    """Who pressed a button that is about one text of a decision, and about which."""
    decision_id, _, version = body["actions"][0]["value"].partition(".")
    who = {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
    return {**who, "decision_id": int(decision_id), "version": version}
