"""Whoever asks for a brief of a thread they may read gets one message for each asking, with a draft or a reason."""

from datetime import datetime, timedelta

from simulation.allowances import EFFECT, PUNCTUAL, SETTLES
from simulation.brief_words import DISCARD, NO_THREAD, ONE_MOMENT, UNFINISHED, Stage
from simulation.briefs import Asking, Briefs, Thread, quotes, stage_of
from simulation.case import Case, Owed
from simulation.deeds import BEFORE, SOON, is_unsure
from simulation.expected import LEARNS
from simulation.findings import Book
from simulation.messages import ids_of, squeezed
from simulation.promises.silence import HINDERED
from simulation.recognition import Kind
from simulation.trace import Line

PROMISE = "Whoever asks for a brief of a thread they may read gets one message for each asking"
ENDED = "A brief ends in a draft or in a reason, and what is discarded is gone"
UNREAD = "A link to what somebody may not read is answered like a link to nothing"
TRIED = timedelta(minutes=40)
"""After the last trouble: a reading that died is begun anew after ten minutes, what failed is read again for twenty."""


def judge(case: Case, book: Book) -> None:
    briefs = Briefs(case)
    for asking in briefs.askings:
        may = _may_read(case, asking)
        if may and not is_unsure(asking.line) and case.excuses.is_settled(asking.at, asking.person):
            _judge_asked(case, book, briefs, asking)
        if may is False:
            _judge_denied(case, book, asking)
    for (reader, thread), sent in briefs.sent.items():
        asked = briefs.asked.get((reader, thread), [])
        _judge_sent(case, book, reader, sent, asked)
        for owed in sent:
            _judge_end(case, book, owed, thread)
    for line in case.trace.diary("clicked"):
        if line["action_id"] == DISCARD and line.get("ok") and case.excuses.is_settled(line.at, line["person"]):
            _judge_discarded(case, book, briefs, line)


def _may_read(case: Case, asking: Asking) -> bool | None:
    """None where that changes around it, or Muster cannot read the thread itself."""
    channel = case.world.channels.get(asking.thread.channel)
    if channel is None:
        return False
    since, until = asking.at - LEARNS, asking.at + SETTLES
    people = case.world.people[asking.person]
    changes = [at for each in (channel.members, channel.kind, people) for at, _ in each.changes()]
    moments = [since, until, *(at for at in changes if since <= at <= until)]
    found = {case.world.reads(asking.person, channel.id, at) for at in moments}
    if found == {False}:
        return False
    is_there = all(case.world.bot in members for members in channel.members.within(since, until))
    is_steady = len(found) == 1 and is_there and not any(channel.archived.within(since, until))
    return True if is_steady else None


def _judge_asked(case: Case, book: Book, briefs: Briefs, asking: Asking) -> None:
    book.count("briefs asked for")
    who, sent = case.world.name_of(asking.person), briefs.sent.get((asking.person, asking.thread), [])
    owed = next((each for each in sent if _answers(each, asking)), None)
    is_asked_first = any(text.startswith(ONE_MOMENT) for text in _told(case, asking))
    if owed is None:
        why = case.excuses.upset(asking.at - HINDERED, asking.at + SOON) if is_asked_first else ""
        if why := why or case.excuses.refused(asking.person, asking.at - EFFECT, case.trace.end):
            book.excused("messages not sent with a reason", why)
        else:
            book.count("messages lost")
            book.broken(PROMISE, f"{who} asked for a brief, and no message of it came.", asking.line.number)
    elif owed.at > asking.at + PUNCTUAL and not (
        is_asked_first or case.excuses.delay(asking.at, owed.at, asking.person)
    ):
        text = f"{who} heard late of the brief they asked for, and nothing stood in the way."
        book.broken(PROMISE, text, asking.line.number, owed.line)


def _answers(owed: Owed, asking: Asking) -> bool:
    """It came after that, or was still being read then."""
    then = owed.message.at(asking.at)
    return owed.at >= asking.at - EFFECT or (then is not None and stage_of(then) in UNFINISHED)


def _judge_sent(case: Case, book: Book, reader: str, sent: list[Owed], asked: list[Asking]) -> None:
    who = case.world.name_of(reader)
    for number, owed in enumerate(sent, start=1):
        if sum(each.at <= owed.at + EFFECT for each in asked) < number:
            text = f"{who} got a message about a brief that they had not asked for."
            book.broken(PROMISE, text, owed.line)


def _judge_end(case: Case, book: Book, owed: Owed, thread: Thread) -> None:
    last, end = owed.message.last, case.trace.end
    places = (owed.reader or "", thread.channel)
    troubles = [found.until for place in places if (found := case.excuses.longest(owed.at, end, place))]
    if stage_of(last) in UNFINISHED and max([owed.at, *troubles]) + TRIED <= end and not owed.message.deleted_at:
        who = case.world.name_of(owed.reader or "")
        book.broken(ENDED, f"{who} still reads that the thread of their brief is being read.", owed.line, last.line)


def _judge_discarded(case: Case, book: Book, briefs: Briefs, line: Line) -> None:
    """Nothing of it is shown any more, unless it is asked for again."""
    book.count("briefs discarded")
    who, row = case.world.name_of(line["person"]), str(line.get("value"))
    thread = briefs.of_row.get(row)
    again = [each.at for each in briefs.askings if (each.person, each.thread) == (line["person"], thread)]
    until = min((at for at in again if at > line.at), default=case.trace.end)
    for owed in case.of(Kind.BRIEF):
        is_same = (owed.message.channel, owed.message.ts) == (line["channel"], line["ts"])
        if is_same and stage_of(owed.message.last) in (Stage.DRAFT, *UNFINISHED):
            book.broken(ENDED, f"{who} discarded a brief, and it still stands there.", line.number, owed.line)
    for shown in briefs.reviews:
        is_same = str(ids_of(shown.view).get("brief")) == row and line.at + EFFECT < shown.version.at < until
        if is_same and shown.user == line["person"] and quotes(shown.version.words):
            book.broken(ENDED, f"{who} was shown a brief that they had discarded.", line.number, shown.version.line)


def _judge_denied(case: Case, book: Book, asking: Asking) -> None:
    line, who = asking.line, case.world.name_of(asking.person)
    if line["did"] != "commanded" or is_unsure(line):
        return
    book.count("links answered like links to nothing")
    is_told = any(text.startswith(NO_THREAD) for text in _told(case, asking))
    if not is_told and not case.excuses.upset(line.at - HINDERED, line.at + SOON):
        text = f"{who} gave a link to what they may not read, and was not answered as if it led to nothing."
        book.broken(UNREAD, text, line.number)


def _told(case: Case, asking: Asking) -> list[str]:
    """What they alone read just then, whatever stands there now."""
    found = (each for each in case.messages if each.only_for == asking.person)
    told = (each for each in found if _is_soon(asking.line, each.first.at))
    return [squeezed(version.text) for each in told for version in each.versions]


def _is_soon(line: Line, at: datetime) -> bool:
    return line.at - BEFORE <= at <= line.at + SOON
