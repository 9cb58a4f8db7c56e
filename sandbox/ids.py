"""Ids as Slack makes them: one letter for the kind, and never the same twice in one sandbox."""

from collections import Counter


class Ids:
    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def new(self, prefix: str) -> str:
        return f"{prefix}{self.number(prefix):010d}"

    def number(self, kind: str) -> int:
        self._counts[kind] += 1
        return self._counts[kind]
