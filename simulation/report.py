"""The verdict as a person reads it: what was counted, why some of it was late or missed, and what was broken."""

from collections.abc import Iterator

from simulation.findings import Finding
from simulation.verdict import Verdict

ROWS = (
    "prompts due",
    "prompts sent in time",
    "prompts sent late with a reason",
    "prompts missed with a reason",
    "reminders sent",
    "answers submitted",
    "answers stored",
    "messages owed",
    "messages sent",
    "messages not sent with a reason",
    "messages duplicated",
    "messages doubled with a reason",
    "messages lost",
    "commands, clicks and forms",
    "without an answer, with a reason",
    "messages and pages looked at",
    "private texts followed",
    "people asked outside their hours",
    "private things seen by others",
)
SHOWN = 10
"""Findings of one promise; the rest is a number."""
REASONS = 5


def report(verdict: Verdict) -> str:
    return "\n".join(_lines(verdict))


def _lines(verdict: Verdict) -> Iterator[str]:
    yield verdict.begin
    yield ""
    for name in (*ROWS, *sorted(set(verdict.counts) - set(ROWS))):
        yield f"{verdict.counts.get(name, 0):>8,}  {name}"
        yield from _reasons(verdict.reasons.get(name, {}))
    yield ""
    promises: dict[str, list[Finding]] = {}
    for finding in verdict.findings:
        promises.setdefault(finding.promise, []).append(finding)
    for promise, findings in promises.items():
        yield f"Broken: {promise} ({len(findings)})"
        yield from (f"  - {each.text}{_where(each)}" for each in findings[:SHOWN])
        if len(findings) > SHOWN:
            yield f"  and {len(findings) - SHOWN} more"
    yield "Every promise was kept." if not promises else f"{len(verdict.findings)} findings. A promise was broken."


def _reasons(reasons: dict[str, int]) -> Iterator[str]:
    often = sorted(reasons.items(), key=lambda each: -each[1])
    yield from (f"{count:>12,}  {why}" for why, count in often[:REASONS])
    if len(often) > REASONS:
        yield f"{'':>14}and {len(often) - REASONS} other reasons"


def _where(finding: Finding) -> str:
    lines = ", ".join(map(str, finding.lines))
    return f" (line {lines})" if len(finding.lines) == 1 else f" (lines {lines})" if lines else ""
