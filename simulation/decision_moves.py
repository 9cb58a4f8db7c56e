"""What people did with each decision, in order, and what that leaves it as."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from simulation.case import Case
from simulation.decision_ids import (
    ACCEPTS,
    APPROVE,
    CONCERN_FORM,
    DECISION_FORM,
    DEPRECATE_FORM,
    ENDS,
    NAMED,
    OBJECTION_FORM,
    OVERRULE_FORM,
    PASSED,
    READ,
    REJECT_FORM,
    REPLACES,
    STATES,
    SUPERSEDED,
    WITHDRAW,
    WITHDRAWAL_FORM,
)
from simulation.decision_rounds import asks_others, rounds
from simulation.deeds import adds, is_answered_aside, is_unsure, perhaps_taken, recorded, rows_of_decisions
from simulation.labels import APPROVER, OBJECTS, SUPERSEDES
from simulation.messages import ids_of, squeezed
from simulation.pages import EARLIER
from simulation.recognition import Kind
from simulation.trace import Line

Moves = dict[str, list["Move"]]
"""By the row of their decision, in the order they were made."""


@dataclass(frozen=True)
class Move:
    line: Line
    row: str
    """The id of the decision."""
    what: str
    """A key of STATES, or WITHDRAW."""
    new: Line | None = None
    """The form of the decision that took its place."""
    by: str = ""
    """That decision: D-12."""


def moves(case: Case) -> Moves:
    """Those included of which nobody knows whether Muster heard of them. Nothing comes of what is pressed after the
    end of a decision, nor of what is withdrawn once it has been accepted."""
    made = sorted([*_forms(case), *_clicks(case), *_heard(case)], key=lambda move: move.line.number)
    by_hand = _in_order(made)
    return _in_order(sorted([*made, *_superseded(case, by_hand)], key=lambda move: move.line.number))


def _in_order(made: list[Move]) -> Moves:
    found: Moves = {}
    for move in made:
        before = found.setdefault(move.row, [])
        last = before[-1].what if before else ""
        if last not in ENDS and not (move.what == WITHDRAW and last in ACCEPTS):
            before.append(move)
    return found


def _forms(case: Case) -> Iterator[Move]:
    for form in (DECISION_FORM, OBJECTION_FORM, OVERRULE_FORM, REJECT_FORM, WITHDRAWAL_FORM, DEPRECATE_FORM):
        for line in perhaps_taken(case, form):
            if (row := ids_of(line).get("decision")) and not adds(line) and not _is_as_it_was(case, line):
                yield Move(line, str(row), form)


def _is_as_it_was(case: Case, edit: Line) -> bool:
    """Whether somebody sent a form for a change with all that stood in it, and so has changed nothing."""
    shown = [each.view for each in case.views if each.view.get("id") == edit.get("view_id")]
    stood: dict[str, str] = {}
    for block in (block for view in shown for block in view["blocks"] if block["type"] == "input"):
        element = block["element"]
        chosen = case.world.name_of(element["initial_user"]) if "initial_user" in element else ""
        option = (element.get("initial_option") or {}).get("text", {}).get("text", "")
        stood.setdefault(block["label"]["text"], element.get("initial_value") or chosen or option)
    sent = {label: value for label, value in edit["values"].items() if not EARLIER.search(label)}
    return bool(shown) and all(stood.get(label) == value for label, value in sent.items())


def _clicks(case: Case) -> Iterator[Move]:
    for line in case.trace.diary("clicked"):
        if line["action_id"] in (APPROVE, WITHDRAW):
            yield Move(line, str(line.get("value")).split(".")[0], line["action_id"])


def _heard(case: Case) -> Iterator[Move]:
    """What came of rounds: each objection, or that it passed."""
    for found in rounds(case):
        if found.closed:
            told = {"person": found.approver, "ok": True, "round": True}
            line = Line(found.closed.line, "round", found.closed.at, told)
            for person in found.surely((OBJECTS,)):
                yield Move(replace(line, fields={**told, "person": person}), found.row, OBJECTION_FORM)
            if found.outcome == {PASSED}:
                yield Move(line, found.row, PASSED)


def _superseded(case: Case, made: Moves) -> Iterator[Move]:
    """Each decision that another is recorded to take the place of, when that is accepted."""
    rows = rows_of_decisions(case)
    for card in case.of(Kind.DECISION):
        form = recorded(case, card)
        accepted = accepted_by(case, form, made.get(rows.get(card.what.record, ""), [])) if form else None
        for name in NAMED.findall(_replaces(case, form)) if form and accepted else ():
            if accepted and name in rows:
                yield Move(accepted, rows[name], SUPERSEDED, form, card.what.record)


def _replaces(case: Case, form: Line) -> str:
    """What it says in its own field, or at its head if nobody turned to the page of that field."""
    if SUPERSEDES in form["values"]:
        return str(form["values"][SUPERSEDES] or "")
    shown = (each for each in case.views if each.view["id"] == form["view_id"])
    found = (REPLACES.search(squeezed(each.version.words)) for each in shown)
    return next((each[1] for each in found if each), "")


def readings(case: Case) -> dict[str, list[Line]]:
    """By decision, in order, what people pressed or sent when they had read it, heard by Muster or not."""
    pressed = (line for line in case.trace.diary("clicked") if line["action_id"] == READ)
    said = [(str(line.get("value")).split(".")[0], line) for line in pressed]
    said += [(str(ids_of(line).get("decision")), line) for line in perhaps_taken(case, CONCERN_FORM)]
    found: dict[str, list[Line]] = {}
    for row, line in sorted(said, key=lambda each: each[1].number):
        found.setdefault(row, []).append(line)
    return found


def has_read(case: Case, line: Line) -> bool:
    """Whether that counts for certain."""
    return not is_unsure(line) and not is_answered_aside(case, line)


def accepted_by(case: Case, form: Line, made: list[Move]) -> Line | None:
    """What it was accepted by: its own form, of whoever approves what they record."""
    if form["values"][APPROVER] == case.world.name_of(form["person"]) and not asks_others(form):
        return form
    return next((move.line for move in made if move.what in ACCEPTS), None)


def standing(made: list[Move]) -> dict[str, Move]:
    """By person, what is still held against the text as it is after these moves."""
    found: dict[str, Move] = {}
    for move in made:
        if move.what == DECISION_FORM:
            found.clear()
        elif move.what == OBJECTION_FORM:
            found[move.line["person"]] = move
        elif move.what == WITHDRAW:
            found.pop(move.line["person"], None)
    return found


def state_after(made: list[Move]) -> str:
    """How its card begins then."""
    if made[-1].what == WITHDRAW:
        return STATES[OBJECTION_FORM if standing(made) else DECISION_FORM]
    return STATES[made[-1].what]
