"""Everything that was written of one decision: whoever is named later reads all of it."""

from collections.abc import Iterator

from simulation.case import Case
from simulation.decision_ids import DECISION_FORM
from simulation.deeds import perhaps_taken, recorded, rows_of_decisions
from simulation.messages import ids_of
from simulation.recognition import Kind
from simulation.tokens import tokens
from simulation.trace import Line


def later_forms(case: Case) -> Iterator[tuple[Line, set[str]]]:
    """Each form that changes a decision or adds to it, with the marks of all its texts."""
    rows = rows_of_decisions(case)
    for card in case.of(Kind.DECISION):
        first, row = recorded(case, card), rows.get(card.what.record)
        later = [line for line in perhaps_taken(case, DECISION_FORM) if str(ids_of(line).get("decision")) == row]
        forms = [*([first] if first else []), *later]
        marks = {mark for line in forms for value in line["values"].values() for mark in tokens(str(value))}
        yield from ((line, marks) for line in later)
