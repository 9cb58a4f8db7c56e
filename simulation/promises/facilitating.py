"""Whoever a ritual is handed to hears of it at once, and whoever's turn comes when a run begins."""

from simulation.allowances import EFFECT, PUNCTUAL, SETTLES
from simulation.case import Case
from simulation.dues import Run
from simulation.expected import LEARNS
from simulation.findings import Book
from simulation.promises.summaries import named
from simulation.recognition import Kind
from simulation.standing import is_summary
from simulation.switching import Handed, On
from simulation.turns import in_turn

PROMISE = "Whoever is to facilitate hears of it"


def judge(case: Case, book: Book) -> None:
    newest = {each.line: (on, each) for on in case.switched for each in on.handed}
    for on, handed in newest.values():
        if case.excuses.is_settled(handed.at, handed.to) and _is_new(on, handed):
            _judge_handed(case, book, on, handed)
    of_ritual: dict[tuple[str, str], list[Run]] = {}
    for run in case.runs:
        if run.on.template.facilitator:
            of_ritual.setdefault((run.on.template.id, run.on.channel), []).append(run)
    for runs in of_ritual.values():
        _judge_turns(case, book, runs)


def _is_new(on: On, handed: Handed) -> bool:
    before = [each.to for each in on.handed if each.line < handed.line]
    return handed.to != (before[-1] if before else on.by)


def _judge_handed(case: Case, book: Book, on: On, handed: Handed) -> None:
    book.count("rituals handed over")
    told = [
        owed.at
        for owed in case.of(Kind.FACILITATOR)
        if (owed.reader, owed.what.title) == (handed.to, on.template.title) and owed.at >= handed.at - EFFECT
    ]
    on_time = told and (told[0] <= handed.at + PUNCTUAL or case.excuses.delay(handed.at, told[0], handed.to))
    if not on_time and not case.excuses.refused(handed.to, handed.at, case.trace.end):
        text = f"{case.world.name_of(handed.to)} was not told in time that {on.template.title} is theirs to facilitate."
        book.broken(PROMISE, text, handed.line)


def _judge_turns(case: Case, book: Book, runs: list[Run]) -> None:
    """The first run is led by the first by name; from then on by whoever led longest ago, or never. Left open once
    somebody came, went, or was away, or a run may not have begun."""
    had: dict[str, list[int]] = {}
    expected: list[tuple[Run, str]] = []
    for number, run in enumerate(runs):
        leads = _who_leads(case, run, had)
        if not leads or run.on.handed or not case.run_messages(run):
            return
        before = expected[-1][1] if expected else leads
        expected.append((run, leads))
        had.setdefault(leads, []).insert(0, number)
        if leads not in (before, run.on.starter):
            _judge_turn(case, book, run, leads)
    of_title = [owed for owed in case.of(Kind.TURN) if owed.what.title == runs[0].on.template.title]
    for owed in of_title:
        if owed.reader not in had:
            text = f"{case.world.name_of(owed.reader or '')} was told that it is their turn, and it is not."
            book.broken(PROMISE, text, owed.line)


def _who_leads(case: Case, run: Run, had: dict[str, list[int]]) -> str:
    """Empty where it is left open."""
    whom, around = run.on.template.facilitator, (run.opens - LEARNS, run.opens + LEARNS)
    members = list(case.world.channels[run.on.channel].members.within(run.on.since, run.opens + LEARNS))
    pool = [user for user in members[0] if user != case.world.bot and case.team.means(whom, user)]
    here = [user for user in pool if case.world.stays(user, run.on.channel, *around)]
    is_away = any(case.team.absences_at(user, around[1]) for user in pool)
    sure = len(set(members)) == 1 and here == pool and not is_away
    return next(iter(in_turn(case.world, pool, had)), "") if sure else ""


def _judge_turn(case: Case, book: Book, run: Run, leads: str) -> None:
    """When they are at work, if the run is open then."""
    at = case.team.calendar(leads, run.opens).back_at_work(run.opens)
    closed = next((each.at for each in case.run_messages(run)[0].message.versions if is_summary(each)), case.trace.end)
    if closed <= at + SETTLES or not case.excuses.is_settled(at, leads):
        return
    book.count("turns to facilitate")
    told = [
        owed.at
        for owed in case.of(Kind.TURN)
        if (owed.reader, owed.what.title) == (leads, run.on.template.title) and owed.at >= run.opens - EFFECT
    ]
    on_time = told and (told[0] <= at + PUNCTUAL or case.excuses.delay(at, told[0], leads))
    if not on_time and not case.excuses.refused(leads, at, case.trace.end) and not case.excuses.longest(at, at, leads):
        text = f"{case.world.name_of(leads)} was not told in time that it is their turn to lead {named(case, run)}."
        book.broken(PROMISE, text, case.run_messages(run)[0].line)
