"""Whoever says that they have read a decision is counted, and nobody asks them to read it any more."""

from simulation.allowances import EFFECT
from simulation.case import Case, Owed
from simulation.decision_ids import ENDS, READ, READ_BY
from simulation.decision_moves import has_read, moves, readings
from simulation.deeds import edits
from simulation.findings import Book
from simulation.messages import elements, squeezed
from simulation.recognition import Kind
from simulation.trace import Line

PROMISE = "Whoever has read a decision is counted, and asked no more"


def judge(case: Case, book: Book) -> None:
    cards = {owed.what.record: owed for owed in case.of(Kind.DECISION)}
    for row, said in readings(case).items():
        card = cards.get(case.records.get(("decision", row), ""))
        if card and not edits(case, row):
            _judge_count(case, book, card, said)
            for line in said:
                if has_read(case, line):
                    book.count("readings of decisions")
                    _judge_asked(case, book, card.what.record, line)
    _judge_ended(case, book)


def _judge_count(case: Case, book: Book, card: Owed, said: list[Line]) -> None:
    counted = READ_BY.search(squeezed(card.message.last.words))
    shown = int(counted[1]) if counted else 0
    most = len({line["person"] for line in said})
    sure = {line["person"]: line.at for line in reversed(said) if has_read(case, line)}
    channel = card.message.channel
    settled = [at for at in sure.values() if case.excuses.is_settled(at, channel)]
    is_there = not card.message.deleted_at and not any(
        case.excuses.refused(channel, at, case.trace.end) for at in settled
    )
    if shown > most or (is_there and shown < len(settled)):
        text = f"{card.what.record} is shown as read by {shown}, and {most} have said so."
        book.broken(PROMISE, text, said[-1].number, card.message.last.line)


def _judge_asked(case: Case, book: Book, record: str, line: Line) -> None:
    for owed in case.of(Kind.INFORMED, Kind.UNREAD):
        if owed.what.record != record or owed.reader != line["person"]:
            continue
        name = case.world.name_of(line["person"])
        if owed.what.kind is Kind.UNREAD and owed.at > line.at + EFFECT:
            book.broken(PROMISE, f"{name} was reminded to read {record}, which they had.", line.number, owed.line)
        elif _still_asks(case, owed, line):
            text = f"{name} has read {record}, and is still asked to."
            book.broken(PROMISE, text, line.number, owed.message.last.line)


def _still_asks(case: Case, owed: Owed, line: Line) -> bool:
    asks = any(each["action_id"] == READ for each in elements(owed.message.last.blocks))
    is_settled = case.excuses.is_settled(line.at, line["person"]) and not owed.message.deleted_at
    return asks and is_settled and not case.excuses.refused(line["person"], line.at, case.trace.end)


def _judge_ended(case: Case, book: Book) -> None:
    """Nobody is reminded of what no longer holds."""
    ended = {
        case.records.get(("decision", row), ""): made[-1].line
        for row, made in moves(case).items()
        if made[-1].what in ENDS
    }
    for owed in case.of(Kind.UNREAD):
        line = ended.get(owed.what.record)
        if line and owed.at > line.at + EFFECT:
            text = f"{case.world.name_of(owed.reader or '')} was reminded to read {owed.what.record}, which had ended."
            book.broken(PROMISE, text, line.number, owed.line)
