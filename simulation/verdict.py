"""The judgement: every promise held against one trace."""

from dataclasses import dataclass
from pathlib import Path

from simulation import plan as plans
from simulation import rituals, trace
from simulation.case import Case, open_case
from simulation.findings import Book, Finding
from simulation.promises import (
    answers,
    asked,
    blocked,
    briefed,
    comes_again,
    digests,
    early,
    escalated,
    facilitating,
    followed,
    handed_back,
    hours,
    interim,
    leaks,
    limits,
    listed,
    looked_at,
    moved_dates,
    objectors,
    observed,
    once,
    orphans,
    over,
    overdue,
    passed_on,
    put_off,
    questions,
    quoted,
    reacted,
    readers,
    records,
    reminders,
    replaced,
    rounds,
    sent_on,
    several,
    shared,
    silence,
    split,
    steps_told,
    suited,
    summaries,
    switched,
    together,
    told,
    unheard,
    unnamed,
    verdicts,
)

PROMISES = (
    switched,
    asked,
    together,
    hours,
    followed,
    reminders,
    limits,
    once,
    answers,
    summaries,
    told,
    interim,
    early,
    unheard,
    unnamed,
    sent_on,
    observed,
    questions,
    split,
    facilitating,
    suited,
    handed_back,
    digests,
    reacted,
    records,
    verdicts,
    objectors,
    readers,
    replaced,
    rounds,
    looked_at,
    passed_on,
    blocked,
    overdue,
    put_off,
    escalated,
    orphans,
    comes_again,
    steps_told,
    moved_dates,
    listed,
    several,
    over,
    briefed,
    quoted,
    shared,
    leaks,
    silence,
)


@dataclass(frozen=True)
class Verdict:
    begin: str
    """When and how the simulation began."""
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    reasons: dict[str, dict[str, int]]

    @property
    def exit_code(self) -> int:
        return 1 if self.findings else 0


def judge(trace_path: Path, plan_path: Path, rituals_folder: Path) -> Verdict:
    """Raises Unreadable for what is no trace, plan or ritual that the judge understands."""
    plan = plans.read(plan_path)
    templates = rituals.of_plan(rituals_folder, plan)
    return judge_case(open_case(trace.read(trace_path), plan, templates))


def judge_case(case: Case) -> Verdict:
    book = Book()
    for promise in PROMISES:
        promise.judge(case, book)
    if not book.counts["prompts due"]:
        book.broken("Something is shown", "Nobody was to be asked in this trace, so nothing has been shown.")
    began = ", ".join(
        f"{name} {value}" for name, value in case.trace.lines[0].fields.items() if name not in ("kind", "at")
    )
    when = f"{case.trace.begin:%d %b %Y %H:%M} to {case.trace.end:%d %b %Y %H:%M} UTC"
    reasons = {what: dict(found) for what, found in book.reasons.items()}
    return Verdict(f"{when}: {began}", tuple(book.findings), dict(book.counts), reasons)
