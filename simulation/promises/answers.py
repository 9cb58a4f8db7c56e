"""Every answer that was taken is shown where it must be, as it was last submitted, and none that nobody submitted."""

from collections.abc import Mapping
from datetime import datetime

from simulation import joined
from simulation.answers import (
    Submission,
    acceptable,
    differences,
    in_receipt,
    in_summary,
    set_apart,
)
from simulation.case import Case, Owed
from simulation.dues import Due, Run
from simulation.expected import LEARNS
from simulation.findings import Book
from simulation.messages import ids_of
from simulation.reading import copies, reads_on
from simulation.recognition import IN_SHORT, Kind
from simulation.standing import counts, is_summary

PROMISE = "Every answer is kept as it was last submitted"


def judge(case: Case, book: Book) -> None:
    taken = case.submissions
    for prompt, submissions in taken.items():
        book.count("answers submitted", len(acceptable(submissions)) > 0 and any(each.is_taken for each in submissions))
        if prompt in case.by_prompt_id:
            _judge_receipt(case, book, *case.by_prompt_id[prompt], submissions)
    # Of answers without names another promise says what is shown of them.
    for run in (run for run in case.runs if not run.on.template.anonymous):
        of_run = {due.person: case.submitted(due) for due in (*run.dues, *run.gone)}
        asked = {person: found for person, found in of_run.items() if found}
        _judge_run(case, book, run, asked, joined.of_run(case, run))
    _judge_unasked(case, book)


def _judge_receipt(case: Case, book: Book, owed: Owed, due: Due | None, submissions: list[Submission]) -> None:
    wanted = acceptable(submissions)
    if (
        due is None
        or due.template.anonymous
        or not wanted
        or owed.message.deleted_at
        or IN_SHORT in owed.message.last.words
        or not case.excuses.is_settled(wanted[-1].line.at, due.person)
    ):
        return
    shown = in_receipt(owed.message.last, due.template)
    found = [differences(each.given, shown, due.template) for each in wanted]
    if all(found) and any(each.is_taken for each in wanted):
        who = case.world.name_of(due.person)
        text = f"The receipt of {who} for {due.template.title} of {due.day} is not what they submitted: {found[0][0]}"
        book.broken(PROMISE, text, wanted[0].line.number, owed.message.last.line)


def _judge_run(
    case: Case,
    book: Book,
    run: Run,
    submitted: Mapping[str, list[Submission]],
    more: Mapping[str, list[Submission]],
) -> None:
    """`more` is of those who joined later: it is to be shown, and not among those counted."""
    posted = [owed for owed in case.run_messages(run) if not owed.message.deleted_at]
    everything = {**submitted, **more}
    newest = max((each[-1].line.at for each in everything.values()), default=run.opens)
    if not posted or not case.excuses.is_settled(newest, run.on.channel):
        return
    _judge_count(case, book, run, posted[-1], submitted)
    if is_summary(posted[-1].message.last) and "channel" in run.on.template.to:
        _judge_summary(case, book, run, posted[-1], everything)
    for copy in (owed for owed in copies(case, run) if not owed.message.deleted_at):
        if _is_kept_up(case, run, copy, newest):
            _judge_summary(case, book, run, copy, everything)


def _judge_count(case: Case, book: Book, run: Run, owed: Owed, submitted: Mapping[str, list[Submission]]) -> None:
    said = counts(owed.message.last)
    sure = sum(_has_counted(case, due) for due in run.dues)
    if said and not sure <= said[0] <= len(submitted):
        text = f"{_named(case, run)} says that {said[0]} answered; {sure} did."
        book.broken(PROMISE, text, owed.message.last.line)


def _has_counted(case: Case, due: Due) -> bool:
    """Whether the person answered, and if ahead, would have been asked long enough before the end of the trace."""
    taken = [(each.line.at, each.counts_at(due.until)) for each in case.submitted(due) if each.is_taken]
    return any(at == sent or case.excuses.is_settled(at, due.on.channel) for sent, at in taken)


def _is_kept_up(case: Case, run: Run, copy: Owed, newest: datetime) -> bool:
    """Whether nothing kept what was sent on from showing it too, and its reader is to see it to the end."""
    to = copy.reader or copy.message.channel
    since = min(newest, copy.at) - LEARNS
    is_calm = case.excuses.is_settled(newest, to) and not case.excuses.refused(to, newest, case.trace.end)
    return is_calm and reads_on(case, run, copy.reader, since)


def _judge_summary(case: Case, book: Book, run: Run, owed: Owed, submitted: Mapping[str, list[Submission]]) -> None:
    parts = (part.message for part in case.parts(run, owed.message.channel) if not part.message.deleted_at)
    messages = [owed.message, *parts]
    shown, above = in_summary(messages, run.on.template), set_apart(owed.message.last)
    for person, submissions in submitted.items():
        name = case.world.name_of(person)
        wanted, seen = acceptable(submissions), shown.pop(name, {})
        found = [differences(each.given, seen, run.on.template, elsewhere=above) for each in wanted]
        if any(each.is_taken for each in wanted):
            if all(found):
                text = f"{_named(case, run)} does not show what {name} submitted{_to(case, owed)}: {found[0][0]}"
                book.broken(PROMISE, text, wanted[0].line.number, owed.message.last.line)
            else:
                book.count("answers stored" if owed.what.kind is Kind.RUN else "answers stored where they are sent on")
        elif seen and all(found):
            book.broken(PROMISE, f"{_named(case, run)} shows what {name} did not submit.", owed.message.last.line)
    for name in shown:
        book.broken(PROMISE, f"{_named(case, run)} shows answers of {name}, who gave none.", owed.message.last.line)


def _judge_unasked(case: Case, book: Book) -> None:
    """An answer that belongs to no run that the judge knows would be judged by nobody."""
    known = {each.line.number for run in case.runs for due in (*run.dues, *run.gone) for each in case.submitted(due)}
    more = [found for run in case.runs for found in joined.of_run(case, run).values()]
    known |= {each.line.number for found in more for each in found}
    for submissions in case.submissions.values():
        for each in submissions:
            ids = ids_of(each.line)
            is_ahead = bool(ids.get("occurrence")) and not ids.get("run")  # Another promise says what becomes of it.
            if each.is_taken and each.line.number not in known and not is_ahead:
                name = case.world.name_of(each.person)
                text = f"{name} answered {each.line.get('title')!r}, which nobody was to be asked."
                book.broken(PROMISE, text, each.line.number)


def _to(case: Case, owed: Owed) -> str:
    return f" to {case.world.name_of(owed.reader)}" if owed.reader else ""


def _named(case: Case, run: Run) -> str:
    channel = case.world.channels[run.on.channel].name.at(run.opens)
    return f"{run.on.template.title} of {run.day} in #{channel}"
