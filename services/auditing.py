"""Looking whether the audit trail is as it was written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from domain.chain import Head, Line, faults
from domain.errors import UserError
from storage import trail
from storage.engine import Database

HEAD = re.compile(r"(?P<number>\d+):(?P<digest>[0-9a-f]{64})")


class NoHead(UserError):
    """{typed} is no head of an audit trail. Write it as an export or an earlier check shows it: a number, a colon, and
    64 letters and digits.
    """


@dataclass(frozen=True)
class Checked:
    """The trail of one workspace."""

    workspace_id: str
    head: Head
    erased: int
    """Values that were erased on request."""
    erased_on: tuple[date, ...]
    """The days, in their order."""
    faults: tuple[str, ...]
    has_copy: bool
    """The head that somebody kept is one of its lines."""


def read_head(typed: str) -> Head:
    """Raises NoHead."""
    if not (found := HEAD.fullmatch(typed.strip())):
        raise NoHead(typed=typed)
    return Head(int(found["number"]), found["digest"])


def check(db: Database, copy: Head | None = None) -> list[Checked]:
    """Every trail from its first line on. Takes a while. `copy`: a head that was kept elsewhere."""
    with db.read() as session:
        return [_check(session, each, copy) for each in trail.workspaces(session)]


def _check(session: Session, workspace_id: str, copy: Head | None) -> Checked:
    head = trail.head(session, workspace_id=workspace_id)
    seen = _Seen(copy)
    wrong = tuple(faults(seen.passing(trail.lines(session, workspace_id=workspace_id, until=head.number)), head))
    return Checked(workspace_id, head, seen.erased, tuple(sorted(seen.days)), wrong, seen.has_copy)


@dataclass
class _Seen:
    """What is counted while the lines go by: there may be too many to hold."""

    copy: Head | None
    erased: int = 0
    days: set[date] = field(default_factory=set)
    has_copy: bool = False

    def passing(self, lines: Iterator[Line]) -> Iterator[Line]:
        for line in lines:
            gone = [value.erased_at.date() for value in line.values.values() if value.is_erased and value.erased_at]
            self.erased += len(gone)
            self.days.update(gone)
            self.has_copy |= self.copy == Head(line.link.number, line.link.digest)
            yield line
