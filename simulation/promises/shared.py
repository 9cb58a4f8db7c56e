"""A brief that somebody shares stands in its thread with their name until they take it back, and no other does."""

from simulation.allowances import EFFECT, PUNCTUAL
from simulation.brief_words import SHARE_FORM, TAKE_BACK
from simulation.briefs import Briefs, Thread, quotes, shared_by
from simulation.case import Case, Owed
from simulation.deeds import perhaps_taken, taken
from simulation.findings import Book
from simulation.messages import ids_of
from simulation.recognition import Kind
from simulation.trace import Line

PROMISE = "A brief stands in its thread while whoever asked for it shares it"
Sent = dict[tuple[str, Thread], list[Owed]]
"""By who shared it, and where."""


def judge(case: Case, book: Book) -> None:
    briefs = Briefs(case)
    sent = _sent(case)
    asked = [(line, _thread(briefs, line)) for line in perhaps_taken(case, SHARE_FORM)]
    for line in taken(case, SHARE_FORM):
        thread = _thread(briefs, line)
        if thread and case.excuses.is_settled(line.at, thread.channel):
            book.count("briefs shared")
            _judge_shared(case, book, line, sent.get((line["person"], thread), []), thread)
    for (person, thread), messages in sent.items():
        for owed in messages:
            if not any(_is_before(line, owed) and (line["person"], of) == (person, thread) for line, of in asked):
                book.broken(PROMISE, f"{case.world.name_of(person)} shared no brief in that thread.", owed.line)
    for line in case.trace.diary("clicked"):
        if line["action_id"] == TAKE_BACK and line.get("ok"):
            _judge_taken_back(case, book, briefs, line, sent)


def _is_before(line: Line, owed: Owed) -> bool:
    return line.at <= owed.at + EFFECT


def _sent(case: Case) -> Sent:
    found: Sent = {}
    for owed in case.of(Kind.SHARED_BRIEF):
        person = case.world.by_name.get(shared_by(owed.message.first), "")
        found.setdefault((person, Thread(owed.message.channel, owed.message.thread_ts or "")), []).append(owed)
    return found


def _thread(briefs: Briefs, line: Line) -> Thread | None:
    return briefs.of_row.get(str(ids_of(line).get("brief")))


def _judge_shared(case: Case, book: Book, line: Line, messages: list[Owed], thread: Thread) -> None:
    """Shared again, the same message shows it."""
    since, until = line.at - EFFECT, line.at + PUNCTUAL
    states = (version for owed in messages for version in owed.message.versions if version.at >= since)
    shown = [version.at for version in states if shared_by(version)]
    if any(owed.message.deleted_at for owed in messages) or case.excuses.refused(thread.channel, since, until):
        return
    if not shown or (min(shown) > until and not case.excuses.delay(line.at, min(shown), thread.channel)):
        who = case.world.name_of(line["person"])
        book.broken(PROMISE, f"{who} shared a brief, and its thread did not show it in time.", line.number)


def _judge_taken_back(case: Case, book: Book, briefs: Briefs, line: Line, sent: Sent) -> None:
    thread = briefs.of_row.get(str(line.get("value")))
    if thread is None or not case.excuses.is_settled(line.at, thread.channel):
        return
    again = (_thread(briefs, each) for each in perhaps_taken(case, SHARE_FORM) if each.at >= line.at)
    for owed in sent.get((line["person"], thread), []) if thread not in again else []:
        if quotes(owed.message.last.words) and not owed.message.deleted_at:
            who = case.world.name_of(line["person"])
            book.broken(PROMISE, f"{who} took a shared brief back, and it still stands there.", line.number, owed.line)
