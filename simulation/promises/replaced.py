"""Whoever relied on a decision hears that it no longer holds, or what takes its place, and is asked to read that; both
records name each other."""

from collections.abc import Mapping

from simulation.allowances import CONFIRMED, SETTLES
from simulation.case import Case, Owed
from simulation.decision_ids import DEPRECATE_FORM, READ, SUPERSEDED
from simulation.decision_moves import Move, has_read, moves, readings
from simulation.deeds import is_unsure
from simulation.findings import Book
from simulation.hearing import Told, unheard
from simulation.labels import APPROVER, DRIVER
from simulation.messages import elements, squeezed
from simulation.recognition import Kind
from simulation.trace import Line

PROMISE = "Whoever relied on a decision hears what takes its place"
ENDED = {SUPERSEDED: "superseded by", DEPRECATE_FORM: "no longer holds"}


def judge(case: Case, book: Book) -> None:
    cards = {owed.what.record: owed for owed in case.of(Kind.DECISION)}
    said = readings(case)
    for row, made in moves(case).items():
        old = cards.get(case.records.get(("decision", row), ""))
        for move in made:
            if not old or move.what not in (SUPERSEDED, DEPRECATE_FORM) or is_unsure(move.line):
                continue
            book.count("accepted decisions that ended")
            read = {line["person"] for line in said.get(row, []) if _counts(case, line, move)}
            for person in sorted(read - _did_it(case, move)):
                _judge_reader(case, book, move, old, person)
            if move.what == SUPERSEDED:
                _judge_cards(case, book, move, old, cards)


def _counts(case: Case, line: Line, move: Move) -> bool:
    return line.number < move.line.number and line["person"] in case.world.people and has_read(case, line)


def _did_it(case: Case, move: Move) -> set[str]:
    """They recorded, drive, approve or accepted the new one."""
    new = move.new["values"] if move.new else {}
    named = {case.world.by_name.get(str(new.get(label)), "") for label in (APPROVER, DRIVER)}
    return {*named, move.line["person"], *([move.new["person"]] if move.new else [])}


def _judge_cards(case: Case, book: Book, move: Move, old: Owed, cards: Mapping[str, Owed]) -> None:
    new, channel = cards[move.by], old.message.channel
    if new.message.channel != channel or not case.excuses.is_settled(move.line.at, channel):
        return
    for card, other in ((old, new), (new, old)):
        is_kept = not card.message.deleted_at and not case.excuses.refused(channel, move.line.at, case.trace.end)
        if is_kept and other.what.record not in squeezed(card.message.last.words):
            text = f"The card of {card.what.record} does not name {other.what.record}, and one supersedes the other."
            book.broken(PROMISE, text, move.line.number, card.message.last.line)


def _judge_reader(case: Case, book: Book, move: Move, old: Owed, person: str) -> None:
    """Whoever is to know of the new one, or drives it as they did the old one, has a message about that alone."""
    at, channel, record = move.line.at, old.message.channel, old.what.record
    if not all(case.world.reads(person, channel, each) for each in (at, at + SETTLES)):
        return
    book.count("readers of what ended")
    news = Told(Kind.DECISION_NEWS, record, says=ENDED[move.what])
    text = unheard(case, move.line, person, news)
    if move.what == DEPRECATE_FORM:
        if text:
            book.broken(PROMISE, text, move.line.number)
        return
    if not all(unheard(case, move.line, person, Told(kind, move.by)) for kind in (Kind.INFORMED, Kind.DRIVER)):
        return
    if text:
        book.broken(PROMISE, text, move.line.number)
    elif not case.excuses.upset(at - CONFIRMED, at + SETTLES) and not _is_asked(case, person, record):
        name = case.world.name_of(person)
        book.broken(PROMISE, f"{name} has read {record}, and is not asked to read {move.by}.", move.line.number)


def _is_asked(case: Case, person: str, record: str) -> bool:
    told = [owed for owed in case.of(Kind.DECISION_NEWS) if (owed.reader, owed.what.record) == (person, record)]
    versions = (version for owed in told for version in owed.message.versions)
    return not told or any(each["action_id"] == READ for version in versions for each in elements(version.blocks))
