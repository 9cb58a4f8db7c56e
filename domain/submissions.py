"""A form as somebody sent it."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from domain.people import Person


@dataclass(frozen=True)
class Submission:
    workspace_id: str
    person_id: str
    draft_id: str
    """Minted when the form was opened: the same form again makes nothing twice."""
    given: Mapping[str, str]
    """By field, as typed."""
    confirmed: Collection[str] = ()
    """Those outside a private channel whom the form has warned about."""

    @property
    def fingerprint(self) -> "Submission":
        """Tells the same form again from an edit, and holds no word of what was typed."""
        text = json.dumps([self.draft_id, *sorted(self.given.items())])
        return replace(self, given={"sha256": hashlib.sha256(text.encode()).hexdigest()})

    def confirms(self, outsiders: Collection[Person]) -> bool:
        return {each.id for each in outsiders} <= set(self.confirmed)
