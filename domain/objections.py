"""What somebody holds against a decision, and what became of it; and what worries people about one that is accepted."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Objection:
    id: int
    person_id: str
    version: str
    """The text it is about."""
    reason: str
    """What would go wrong, and for whom."""
    change: str
    """What would make it acceptable."""
    at: datetime
    withdrawn_at: datetime | None = None
    overruled_at: datetime | None = None
    overruled_by: str = ""
    overruled_because: str = ""

    @property
    def is_settled(self) -> bool:
        return bool(self.withdrawn_at or self.overruled_at)

    @property
    def people(self) -> frozenset[str]:
        return frozenset({self.person_id, self.overruled_by} - {""})


@dataclass(frozen=True)
class Concern:
    """About a decision that is accepted: whoever answers for it reads it, and nothing else comes of it by itself."""

    id: int
    person_id: str
    words: str
    at: datetime
