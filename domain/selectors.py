"""Whom a word of a template means: in `who`, in `for`, and as facilitator."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.people import FUNCTIONS, Person, Role
from domain.words import function_name, joined, people_count

GROUPS = {"leads": Role.LEAD, "managers": Role.MANAGER, "execs": Role.EXEC}
ROLES = {"lead": Role.LEAD, "manager": Role.MANAGER, "exec": Role.EXEC}
EVERYONE, ME = "everyone", "me"
PERSON = re.compile(r"@[UW][A-Z0-9]+")
USER_GROUP = re.compile(r"@S[A-Z0-9]+")
OF_SUBJECT = tuple(f"subject.{part}" for part in ("approver", "driver", "contributors", "informed"))
"""Those named in the decision that a round is about; the round itself holds who they are."""
CHANNEL = re.compile(r"#[^\W_A-Z][\w-]{0,79}")
_SELECTOR = re.compile(r"(?:(?P<count>[1-9][0-9]?) of |(?P<role>lead|manager|exec) of )?(?P<whom>\S+)")


@dataclass(frozen=True)
class Selector:
    whom: str
    """A function, `everyone`, `leads`, `me`, "@U...", "@S..." or "#name"."""
    role: Role | None = None
    """Of those only whoever has it."""
    count: int | None = None
    """Of those only so many at a time, in turn."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether it means people wherever they are, not members of the ritual's channel."""
        return self.whom[0] in "@#"

    def picks(self, person: Person) -> bool:
        """Among the members of the channel, or of what `whom` names."""
        if self.role and person.role is not self.role:
            return False
        if self.is_elsewhere or self.whom == EVERYONE:
            return True
        return person.role is GROUPS[self.whom] if self.whom in GROUPS else person.function == self.whom


def read_selector(text: str) -> Selector | None:
    """None if it means nobody Muster could know."""
    found = _SELECTOR.fullmatch(text)
    if found is None or not _is_whom(found["whom"]):
        return None
    role, count = found["role"], found["count"]
    is_one = found["whom"] in (ME, *OF_SUBJECT) or PERSON.fullmatch(found["whom"])
    if (role and found["whom"] in GROUPS) or ((role or count) and is_one):
        return None
    return Selector(found["whom"], ROLES[role] if role else None, int(count) if count else None)


def _is_whom(text: str) -> bool:
    patterns = (PERSON, USER_GROUP, CHANNEL)
    return text in (*FUNCTIONS, *GROUPS, EVERYONE, ME, *OF_SUBJECT) or any(each.fullmatch(text) for each in patterns)


def selectors(texts: Iterable[str]) -> list[Selector]:
    return [found for text in texts if (found := read_selector(text))]


def in_turn(people: Iterable[Person], count: int, had: Mapping[str, Sequence[int]], day: date | None) -> list[Person]:
    """Those whose turn it is: whoever had it longest ago, those who never had it first. Who is away is passed over.

    `had` gives the runs in which somebody had it, newest first. Of those who had it last in the same run, whoever had
    it longer ago before that comes first, or the first by name would be asked more often than the others.
    """
    here = (each for each in people if day is None or not each.is_away(day))
    return sorted(here, key=lambda each: (tuple(had.get(each.id, ())), each.name, each.id))[:count]


def asks_starter(who: Iterable[str]) -> bool:
    """Whether each run asks whoever starts it."""
    return ME in who


def audience_text(who: Iterable[str]) -> str:
    """Whom `who` of a template means: "ML, product and leads of legal"."""
    read = selectors(who)
    named = sum(bool(PERSON.fullmatch(each.whom)) for each in read)
    said = [_said(each) for each in read if not PERSON.fullmatch(each.whom)]
    return joined([*said, *([f"{people_count(named)} by name"] if named else [])])


def _said(selector: Selector) -> str:
    whom = _whom(selector.whom)
    if selector.role:
        return f"{selector.role}s of {whom}"
    return f"{selector.count} of {whom} in turn" if selector.count else whom


def _whom(word: str) -> str:
    if word == ME:
        return "whoever starts it"
    return "a user group" if word.startswith("@") else function_name(word)


def whom_to_add(who: tuple[str, ...]) -> str:
    """What somebody must set up so that `who` means anyone: "somebody of research or legal, or a lead"."""
    read = selectors(who)
    functions = [function_name(each.whom) for each in read if each.whom in FUNCTIONS and not each.role]
    wanted = [f"somebody of {' or '.join(dict.fromkeys(functions))}"] if functions else []
    wanted += [_one(each) for each in read if each.role or each.whom in GROUPS]
    wanted += [
        f"somebody of {_whom(each.whom)}" for each in read if each.whom.startswith(("@S", "#")) and not each.role
    ]
    return ", or ".join(dict.fromkeys(wanted)) or "people"


def _one(selector: Selector) -> str:
    role = selector.role or GROUPS[selector.whom]
    article = "an" if role is Role.EXEC else "a"
    return f"{article} {role} of {_whom(selector.whom)}" if selector.role else f"{article} {role}"
