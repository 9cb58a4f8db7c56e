"""Who is meant by what somebody typed, or what a program wrote: a mention, a member id, an address or a name."""

import re
from collections import defaultdict
from collections.abc import Iterable

from domain.library import closest
from domain.people import Person
from domain.words import quoted

MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
HINTED = 10
"""Names that nobody has for which those are looked for that may be meant, which takes its time."""
MOST_COMPARED = 1000
"""Names that such a one is compared with."""

ELSE = " Write the name as Slack shows it."


class Directory:
    """Everybody of a workspace, to be looked up many times."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by_id: dict[str, Person] = {}
        self._by_address: dict[str, Person] = {}
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        self._by_first: dict[str, list[Person]] = defaultdict(list)
        self._hints = HINTED
        for person in people:
            self._add(person)

    def _add(self, person: Person) -> None:
        self._by_id[person.id] = person
        name = _folded(person.name)
        self._by_name[name].append(person)
        if name and not person.left:
            self._by_first[name.split()[0]].append(person)
        # An address goes on to somebody new once whoever had it has left.
        address = person.email.casefold()
        if address and (not person.left or address not in self._by_address):
            self._by_address[address] = person

    @property
    def knows_addresses(self) -> bool:
        """Whether Slack tells them here."""
        return bool(self._by_address)

    def who(self, text: str) -> Person:
        """Somebody who is here, in any case. Raises ValueError with a sentence."""
        found = self._by_id.get(_member_id(text))
        if found is None and ADDRESS.fullmatch(text):
            found = self._at(text)
        found = found or self._called(text)
        if found.left:
            raise ValueError(f"{found.name} is no longer in this workspace.")
        return found

    def _at(self, address: str) -> Person:
        if found := self._by_address.get(address.casefold()):
            return found
        if self.knows_addresses:
            raise ValueError(
                f"nobody here has the address {quoted(address)}; write the one in their Slack profile, or their name."
            )
        raise ValueError(
            f"{quoted(address)} is an e-mail address, which Slack does not tell Muster here; write the name or the "
            "member ID instead, or let an admin allow Muster to read addresses (users:read.email)."
        )

    def _called(self, text: str) -> Person:
        wanted = _folded(text.lstrip("@"))
        if not wanted:
            raise ValueError("the name is missing; write it first.")
        same = [person for person in self._by_name.get(wanted, []) if not person.left]
        alike = same or self._by_first.get(wanted, [])
        if len(alike) == 1:
            return alike[0]
        if same:
            raise ValueError(
                f"{len(same)} people are called {quoted(text)}; write the member ID, which their Slack profile copies."
            )
        if alike:
            raise ValueError(f"{quoted(text)} may be {_or(person.name for person in alike)}; write the full name.")
        if gone := self._by_name.get(wanted):
            return gone[0]
        raise ValueError(f"nobody here is called {quoted(text)}.{self._hint(wanted)}")

    def _hint(self, wanted: str) -> str:
        self._hints -= 1
        if self._hints < 0:
            return ELSE
        names = {first: people[0].name for first, people in self._by_first.items()}
        names |= {name: people[0].name for name, people in self._by_name.items() if not people[0].left}
        names.pop("", None)
        if len(names) > MOST_COMPARED:
            names = {name: whole for name, whole in names.items() if name[:2] == wanted[:2]}
        meant = list(dict.fromkeys(names[name] for name in closest(wanted, list(names)[:MOST_COMPARED])))
        return f" Did you mean {_or(meant)}?" if meant else ELSE


def _member_id(text: str) -> str:
    mention = MENTION.fullmatch(text)
    return mention[1] if mention else text.lstrip("@")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _or(names: Iterable[str]) -> str:
    return " or ".join(names)
