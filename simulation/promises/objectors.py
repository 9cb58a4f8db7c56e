"""Whoever objects to a decision is asked again about each later text, and hears when it is accepted all the same."""

from simulation.allowances import SETTLES
from simulation.case import Case
from simulation.decision_ids import DECISION_FORM, OBJECTION_FORM, OVERRULE_FORM
from simulation.decision_moves import Move, moves, standing
from simulation.decision_rounds import rounds
from simulation.deeds import is_unsure
from simulation.findings import Book
from simulation.hearing import Told, unheard
from simulation.labels import APPROVER
from simulation.recognition import Kind

PROMISE = "Whoever objects hears what comes of it"


def judge(case: Case, book: Book) -> None:
    for row, made in moves(case).items():
        record = case.records.get(("decision", row), "")
        for place, move in enumerate(made):
            if record and not is_unsure(move.line) and _lasts(made[place + 1 :], move):
                if move.what == DECISION_FORM:
                    _judge(case, book, move, _asked_again(case, made[:place], move), _changed(record))
                elif move.what == OVERRULE_FORM:
                    _judge(case, book, move, set(standing(made[:place])), _overruled(record))


def _changed(record: str) -> Told:
    return Told(Kind.DECISION_NEWS, record, says="^Changed after you objected")


def _overruled(record: str) -> Told:
    return Told(Kind.DECISION_NEWS, record, says="although you objected")


def _lasts(later: list[Move], move: Move) -> bool:
    """Whether it is not overtaken before it could be told."""
    return not later or later[0].line.at - move.line.at > SETTLES


def _asked_again(case: Case, before: list[Move], edit: Move) -> set[str]:
    """Whoever objected to any text before, and has not taken it back; the approver is asked to approve it anyway, and
    those whom a round asks are asked by the next."""
    objected: set[str] = set()
    for move in before:
        if move.what == OBJECTION_FORM:
            objected.add(move.line["person"])
        elif move.what != DECISION_FORM:
            objected.discard(move.line["person"])
    asked = {person for found in rounds(case) if found.row == edit.row for person in found.asked}
    return objected - asked - {case.world.by_name.get(str(edit.line["values"].get(APPROVER)), "")}


def _judge(case: Case, book: Book, move: Move, objected: set[str], wanted: Told) -> None:
    for person in sorted(objected - {move.line["person"]}):
        book.count("objections of which something came")
        if text := unheard(case, move.line, person, wanted):
            book.broken(PROMISE, text, move.line.number)
