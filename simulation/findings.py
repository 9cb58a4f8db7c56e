"""What a promise that was broken looks like, and the counts of the report."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    promise: str
    text: str
    lines: tuple[int, ...] = ()
    """Of the trace, for whoever wants to look."""


@dataclass
class Book:
    """What the promises found and counted."""

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, Counter[str]] = field(default_factory=dict)
    """Why things were late, missed or seen twice, where the trace supports it."""

    def broken(self, promise: str, text: str, *lines: int) -> None:
        self.findings.append(Finding(promise, text, lines))

    def count(self, what: str, number: int = 1) -> None:
        self.counts[what] += number

    def excused(self, what: str, why: str) -> None:
        self.counts[what] += 1
        self.reasons.setdefault(what, Counter())[why] += 1
