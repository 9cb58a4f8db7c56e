"""A value that changes now and then, and what it was at a moment."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Timeline(Generic[T]):
    """Changes are told in the order they happened."""

    first: T
    _moments: list[datetime] = field(default_factory=list)
    _values: list[T] = field(default_factory=list)

    def change(self, at: datetime, value: T) -> None:
        self._moments.append(at)
        self._values.append(value)

    def at(self, moment: datetime) -> T:
        """A change counts from its own moment on."""
        place = bisect_right(self._moments, moment)
        return self._values[place - 1] if place else self.first

    @property
    def last(self) -> T:
        return self._values[-1] if self._values else self.first

    def within(self, since: datetime, until: datetime) -> Iterator[T]:
        """Every value it had in between, both moments included."""
        yield self.at(since)
        yield from (value for at, value in self.changes() if since < at <= until)

    def changes(self) -> Iterator[tuple[datetime, T]]:
        return zip(self._moments, self._values, strict=True)
