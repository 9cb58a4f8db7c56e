"""Where one person belongs, and so whether a word of a template means them."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.people import FUNCTIONS, Person
from domain.selectors import ME, PERSON, USER_GROUP, Selector, read_selector
from domain.templates import Template


@dataclass(frozen=True)
class Belonging:
    person: Person
    channels: Collection[str]
    """The ids of those they are in."""
    names: Collection[str]
    """Of those that a template may name."""
    groups: Collection[str]

    def is_meant(self, selector: Selector, channel_id: str) -> bool:
        """By a ritual of that channel, whoever's turn it is; whoever starts a run is not known here."""
        return not self.person.left and self._is_in(selector, channel_id) and selector.picks(self.person)

    def _is_in(self, selector: Selector, channel_id: str) -> bool:
        whom = selector.whom
        if whom == ME or PERSON.fullmatch(whom):
            return whom == f"@{self.person.id}"
        if USER_GROUP.fullmatch(whom):
            return whom.removeprefix("@") in self.groups
        return whom.removeprefix("#") in self.names if selector.is_elsewhere else channel_id in self.channels

    def seats(self, template: Template, channel_id: str) -> tuple[str, ...]:
        """The selectors, functions aside, that questions are for and that mean them, being asked."""
        read = [(text, read_selector(text)) for text in template.audiences if text not in FUNCTIONS]
        return tuple(text for text, selector in read if selector and self._sits(selector, channel_id))

    def _sits(self, selector: Selector, channel_id: str) -> bool:
        """A lead is one wherever they are."""
        return self.is_meant(selector, channel_id) if selector.is_elsewhere else selector.picks(self.person)
