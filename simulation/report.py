"""The verdict as a person reads it: what was counted, why some of it was late or missed, and what was broken."""

from collections.abc import Iterator

from simulation.findings import Finding
from simulation.verdict import Verdict

ROWS = (
    (
        "prompts due",
        "prompts sent in time",
        "prompts sent late with a reason",
        "prompts missed with a reason",
        "reminders sent",
        "reminders missed with a reason",
        "people asked outside their hours",
    ),
    ("answers submitted", "answers stored"),
    (
        "messages owed",
        "messages sent",
        "messages not sent with a reason",
        "messages duplicated",
        "messages doubled with a reason",
        "messages lost",
    ),
    ("commands, clicks and forms", "without an answer, with a reason"),
    ("messages and pages looked at", "private texts followed", "private things seen by others"),
)
"""Always shown, in groups; whatever else was counted follows."""
SHOWN = 10
"""Findings of one promise; the rest is a number."""
REASONS = 5


def report(verdict: Verdict) -> str:
    return "\n".join(_lines(verdict))


def _lines(verdict: Verdict) -> Iterator[str]:
    yield verdict.begin
    yield ""
    for names in (*ROWS, sorted(set(verdict.counts).difference(*ROWS))):
        for name in names:
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
    yield _conclusion(len(verdict.findings))


def _conclusion(findings: int) -> str:
    if not findings:
        return "Every promise was kept."
    return "A promise was broken, once." if findings == 1 else f"Promises were broken, {findings} times."


def _reasons(reasons: dict[str, int]) -> Iterator[str]:
    often = sorted(reasons.items(), key=lambda each: -each[1])
    yield from (f"{count:>12,}  {why}" for why, count in often[:REASONS])
    if len(often) > REASONS:
        yield f"{'':>14}and {len(often) - REASONS} other reasons"


def _where(finding: Finding) -> str:
    lines = ", ".join(map(str, finding.lines))
    return f" (line {lines})" if len(finding.lines) == 1 else f" (lines {lines})" if lines else ""
