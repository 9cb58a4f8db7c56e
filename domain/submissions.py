"""A form as somebody sent it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

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

    def confirms(self, outsiders: Collection[Person]) -> bool:
        return {each.id for each in outsiders} <= set(self.confirmed)
