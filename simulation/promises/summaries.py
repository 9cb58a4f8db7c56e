"""Each run has one message in its channel: a count while it is open, the summary when it closes."""

from datetime import datetime

from simulation.allowances import EFFECT, GRACE, PUNCTUAL, RECOVERS
from simulation.case import Case, Owed
from simulation.dues import Due, Run
from simulation.expected import LEARNS
from simulation.findings import Book
from simulation.messages import Version
from simulation.recognition import EMPTY, Kind
from simulation.rituals import ME
from simulation.standing import is_summary

PROMISE = "Every run is summed up when it closes"


def judge(case: Case, book: Book) -> None:
    for run in case.runs:
        asked = [due for due in run.dues if case.sent(due)]
        posted = case.run_messages(run)
        if posted:
            book.count("messages owed")
            book.count("messages sent")
            if not run.on.template.quiet:
                _judge_opening(case, book, run, posted[0])
            _judge_close(case, book, run, posted[-1])
        elif not run.on.template.quiet and (asked or _must_open(case, run)):
            book.count("messages owed")
            _judge_missing(case, book, run)


def _must_open(case: Case, run: Run) -> bool:
    certain = [due for due in run.dues if due.certain and not due.away]
    return bool(certain) and case.excuses.is_settled(run.opens, run.on.channel)


def _judge_missing(case: Case, book: Book, run: Run) -> None:
    if not case.excuses.is_settled(run.opens, run.on.channel):
        return
    outages = case.excuses.troubles.outages_between(run.opens, run.closes)
    if outages and max(each.last for each in outages) >= run.opens + GRACE:
        book.excused("messages not sent with a reason", "Muster was not running until it was too late")
    elif why := case.excuses.refused(run.on.channel, run.opens, case.trace.end):
        book.excused("messages not sent with a reason", why)
    else:
        book.count("messages lost")
        book.broken(PROMISE, f"{named(case, run)} has no message in its channel.")


def _judge_opening(case: Case, book: Book, run: Run, owed: Owed) -> None:
    if owed.at < run.may_open - EFFECT:
        book.broken(PROMISE, f"{named(case, run)} was opened before anybody was due.", owed.line)
    first = min((due.until for due in run.dues if due.certain), default=owed.at)
    opens = run.on.started or max(run.opens, first)
    if owed.at > opens + PUNCTUAL and not case.excuses.delay(opens, owed.at, run.on.channel):
        book.broken(PROMISE, f"{named(case, run)} was opened late, and nothing stood in the way.", owed.line)


def _judge_close(case: Case, book: Book, run: Run, owed: Owed) -> None:
    # An anonymous run waits for the last window: when it closes must not tell who had answered.
    closes = max(case.deadline(due) if run.on.template.anonymous else case.done(due) for due in run.dues)
    summary = next((each for each in owed.message.versions if is_summary(each)), None)
    if summary is None:
        if case.excuses.is_settled(closes, run.on.channel) and not is_out_of_reach(case, owed, closes):
            book.count("messages lost")
            text = f"{named(case, run)} was to be summed up at {closes:%d %b %H:%M} UTC, and is not."
            book.broken(PROMISE, text, owed.message.last.line)
        return
    book.count("summaries")
    if summary.at > closes + PUNCTUAL and not case.excuses.delay(closes, summary.at, run.on.channel):
        book.broken(PROMISE, f"{named(case, run)} was summed up late, and nothing stood in the way.", summary.line)
    _judge_early(case, book, run, summary)
    _judge_note(case, book, run, summary)


def _judge_early(case: Case, book: Book, run: Run, summary: Version) -> None:
    """It closes once everybody has answered, or has skipped, or has no time left."""
    waiting = [due for due in run.dues if _waits(case, due, summary.at)]
    if waiting:
        who = case.world.name_of(waiting[0].person)
        book.broken(PROMISE, f"{named(case, run)} was closed while {who} could still answer.", summary.line)


def _waits(case: Case, due: Due, at: datetime) -> bool:
    """Has neither answered nor skipped nor left, and still has time."""
    if not due.certain or due.away or not case.sent(due) or at >= case.deadline(due) - EFFECT:
        return False
    goes_away = case.team.absences_at(due.person, at, due.template.title) != due.calendar.absences
    stays = case.world.stays(due.person, due.on.channel, due.at, at) and due.on.is_on(at)
    answered = any(each.line.at <= at + PUNCTUAL for each in case.submitted(due))
    return stays and not (goes_away or answered or case.may_have_skipped(due, at + PUNCTUAL))


def _judge_note(case: Case, book: Book, run: Run, summary: Version) -> None:
    """When nobody answered, the facilitator is asked about it once they are at work."""
    facilitator = run.on.by
    was_asked = any(case.sent(due) for due in run.dues)  # Else nobody was silent.
    is_own = ME in run.on.template.who  # It may be left by whoever has started it.
    if EMPTY not in summary.text or not case.has_one_facilitator(run.on) or not was_asked or is_own:
        return
    at = case.team.calendar(facilitator, summary.at).back_at_work(summary.at)
    heard = any(summary.at < each.at <= at + PUNCTUAL for each in case.run_messages(run)[-1].message.versions)
    if heard or not case.excuses.is_settled(at, facilitator):
        return
    if not case.world.is_member(facilitator, run.on.channel, summary.at + LEARNS) or _asks_again(
        case, run, summary, at
    ):
        return
    notes = [
        owed
        for owed in case.of(Kind.NOTE)
        if owed.what.title == run.on.template.title and summary.at - PUNCTUAL <= owed.at <= at + RECOVERS
    ]
    if not notes and not case.excuses.delay(summary.at, at + RECOVERS, facilitator):
        text = f"{named(case, run)} ended without answers, and its facilitator was not asked about it."
        book.broken(PROMISE, text, summary.line)


def is_out_of_reach(case: Case, owed: Owed, closes: datetime) -> bool:
    channel = case.world.channels[owed.message.channel]
    is_shut = channel.archived.last or case.world.bot not in channel.members.last
    return bool(owed.message.deleted_at or is_shut or case.excuses.refused(channel.id, closes, case.trace.end))


def named(case: Case, run: Run) -> str:
    channel = case.world.channels[run.on.channel].name.at(run.opens)
    return f"{run.on.template.title} of {run.day} in #{channel}"


def _asks_again(case: Case, run: Run, summary: Version, at: datetime) -> bool:
    """By then the ritual has begun its next run, and nobody is asked about the one before."""
    return any(
        (other.on.template.id, other.on.channel) == (run.on.template.id, run.on.channel)
        and run.opens < other.opens
        and summary.at - PUNCTUAL <= other.opens <= at
        for other in case.runs
    )
