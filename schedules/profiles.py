"""Reading from people's Slack profiles who manages them, where the workspace has chosen a field for it."""

import logging
from collections import deque
from dataclasses import dataclass

from domain.clock import Clock
from domain.profile_managers import GONE
from schedules.listings import Pauses
from services import profile_managers
from storage.engine import Database
from surface.slack import PROFILE, PROFILE_FIELDS, Slack, SlackLimited, SlackRefused, SlackUnclear

log = logging.getLogger(__name__)
WAITS = frozenset({"user_not_found", "user_not_visible"})
"""What Slack refuses of one person alone."""


@dataclass
class _Round:
    field: str
    """As it was chosen."""
    field_id: str
    left: deque[str]


class Profiles:
    """One a turn, which is a second: Slack takes 100 a minute. What is left stands in the database."""

    def __init__(self, db: Database, clock: Clock, slack: Slack, pauses: Pauses) -> None:
        self._db, self._clock, self._slack, self._pauses = db, clock, slack, pauses
        self._rounds: dict[str, _Round] = {}

    def read(self, workspace_id: str) -> None:
        if self._pauses.holds(PROFILE, PROFILE_FIELDS):
            return
        try:
            if found := self._round(workspace_id):
                self._read_one(workspace_id, found)
        except SlackRefused as refused:
            self._give_up(workspace_id, refused.error)
        except (SlackLimited, SlackUnclear) as error:
            self._pauses.note(error, PROFILE)
            log.warning("Slack did not tell profiles: %s", error, extra={"action": "not_read", "what": PROFILE})

    def _round(self, workspace_id: str) -> _Round | None:
        known = self._rounds.get(workspace_id)
        if known and known.left and known.field == profile_managers.found(self._db, workspace_id=workspace_id).name:
            return known
        due = profile_managers.due(self._db, workspace_id=workspace_id, now=self._clock())
        if due is None:
            return None
        field_id = self._field(due.field)
        if not field_id:
            self._give_up(workspace_id, GONE)
            return None
        self._rounds[workspace_id] = _Round(due.field, field_id, deque(due.person_ids))
        return self._rounds[workspace_id]

    def _field(self, name: str) -> str:
        """Its id; empty if there is none of that label or id."""
        fields = self._slack.profile_fields()
        same = [each for each, label in fields.items() if name in (each, label)]
        alike = [each for each, label in fields.items() if name.casefold() == " ".join(label.split()).casefold()]
        return next(iter([*same, *alike]), "")

    def _read_one(self, workspace_id: str, found: _Round) -> None:
        person_id = found.left[0]
        try:
            said = self._slack.profile(person_id).get(found.field_id, "")
        except SlackRefused as refused:
            if refused.error not in WAITS:
                raise
            said = ""
        found.left.popleft()
        profile_managers.note(self._db, workspace_id=workspace_id, said={person_id: said}, now=self._clock())

    def _give_up(self, workspace_id: str, why: str) -> None:
        """Until tomorrow; the doctor and whoever asks in Slack are told."""
        self._rounds.pop(workspace_id, None)
        profile_managers.end(self._db, workspace_id=workspace_id, now=self._clock(), trouble=why)
        log.warning(
            "Slack did not tell who manages whom: %s", why, extra={"action": "not_read", "what": PROFILE_FIELDS}
        )
