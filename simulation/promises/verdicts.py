"""What was approved, objected to or done shows on its messages, and the others concerned hear of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulation.allowances import EFFECT, PUNCTUAL, SETTLES
from simulation.case import Case, Owed
from simulation.decision_ids import (
    APPROVE,
    DECISION_FORM,
    DEPRECATE_FORM,
    ENDS,
    OBJECTION_FORM,
    OVERRULE_FORM,
    REJECT_FORM,
    STATES,
)
from simulation.deeds import drops, is_unsure, perhaps_taken, taken
from simulation.findings import Book
from simulation.labels import APPROVER, DECIDED, INFORMED, OWNER, TITLE, TO_DO
from simulation.messages import ids_of, squeezed
from simulation.recognition import ACTION_FORM, DONE, OWNER_FORM, Kind
from simulation.trace import Line

PROMISE = "Verdicts and what is done are shown and told"


@dataclass(frozen=True)
class Move:
    line: Line
    row: str
    """The id of the decision."""
    what: str
    """A key of STATES."""


@dataclass(frozen=True)
class Told:
    """A message that somebody is to get about a decision or action item."""

    kind: Kind
    record: str


def judge(case: Case, book: Book) -> None:
    cards = {owed.what.record: owed for owed in case.of(Kind.DECISION)}
    for row, made in _moves(case).items():
        card = cards.get(case.records.get(("decision", row), ""))
        if card and not card.message.deleted_at:
            _judge_last(case, book, card, made)
    for card in cards.values():
        form = _recorded(case, card)
        if form and form["values"][APPROVER] == case.world.name_of(form["person"]):
            _judge_informed(case, book, card.what.record, form, form)
    _judge_done(case, book)


def _moves(case: Case) -> dict[str, list[Move]]:
    """By decision, in the order they were made; those included of which nobody knows whether Muster heard of them.
    Nothing comes of what is pressed after its end."""
    found: dict[str, list[Move]] = {}
    for move in sorted([*_forms(case), *_approvals(case)], key=lambda move: move.line.number):
        before = found.setdefault(move.row, [])
        if not before or before[-1].what not in ENDS:
            before.append(move)
    return found


def _forms(case: Case) -> Iterator[Move]:
    for form in (DECISION_FORM, OBJECTION_FORM, OVERRULE_FORM, REJECT_FORM, DEPRECATE_FORM):
        for line in perhaps_taken(case, form):
            if row := ids_of(line).get("decision"):
                yield Move(line, str(row), form)


def _approvals(case: Case) -> Iterator[Move]:
    for line in case.trace.diary("clicked"):
        if line["action_id"] == APPROVE:
            yield Move(line, str(line.get("value")).split(".")[0], APPROVE)


def _judge_last(case: Case, book: Book, card: Owed, moves: list[Move]) -> None:
    """A verdict about a text that was changed or objected to just before may come to nothing, and edits are judged by
    themselves."""
    last, edits = moves[-1], [move for move in moves if move.what == DECISION_FORM]
    others = [move for move in moves[:-1] if move.what == OBJECTION_FORM]
    is_disputed = is_unsure(last.line) or any(last.line.at - each.line.at <= SETTLES for each in (*edits, *others))
    channel = card.message.channel
    if is_disputed or not case.excuses.is_settled(last.line.at, channel):
        return
    book.count("verdicts")
    state = STATES[last.what]
    if not squeezed(card.message.last.text).startswith(state) and not case.excuses.refused(
        channel, last.line.at, case.trace.end
    ):
        text = f"{card.what.record} was to be shown as {state.lower()}, and is not."
        book.broken(PROMISE, text, last.line.number, card.message.last.line)
    _judge_request(case, book, card.what.record, last.line)
    form = _recorded(case, card)
    if form and form["person"] != last.line["person"]:
        _judge_told(case, book, last.line, form["person"], Told(Kind.DECISION_NEWS, card.what.record))
    if form and last.what in (APPROVE, OVERRULE_FORM) and not edits:
        _judge_informed(case, book, card.what.record, form, last.line)


def _judge_request(case: Case, book: Book, record: str, verdict: Line) -> None:
    """Whoever gave their verdict is no longer asked for it as before."""
    for owed in case.of(Kind.APPROVAL):
        is_theirs = owed.what.record == record and owed.reader == verdict["person"] and owed.at < verdict.at
        if is_theirs and len(owed.message.versions) == 1 and not owed.message.deleted_at:
            text = f"{case.world.name_of(verdict['person'])} is still asked about {record} as before their verdict."
            book.broken(PROMISE, text, verdict.number, owed.line)


def _recorded(case: Case, card: Owed) -> Line | None:
    """The form that the decision was recorded with; of several with one title, the one with its words."""
    text = squeezed(card.message.first.text)
    forms = (line for line in taken(case, DECISION_FORM) if not ids_of(line).get("decision"))
    titled = [line for line in forms if squeezed(line["values"][TITLE]) in text]
    return next((line for line in titled if squeezed(line["values"][DECIDED]) in text), next(iter(titled), None))


def _judge_informed(case: Case, book: Book, record: str, form: Line, accepted: Line) -> None:
    """Those who are to know of it hear of it once it is accepted; whoever did it knows."""
    names = str(form["values"].get(INFORMED) or "").split(", ")
    informed = {case.world.by_name[name] for name in names if name in case.world.by_name}
    for person in sorted(informed - {form["person"], accepted["person"]}):
        _judge_told(case, book, accepted, person, Told(Kind.INFORMED, record))


def _judge_done(case: Case, book: Book) -> None:
    """The owner hears that whoever asked for it has done it, or no longer needs it. Whoever asked reads that in the
    message that they have about it."""
    changed = {str(ids_of(line).get("item")) for line in perhaps_taken(case, OWNER_FORM)}
    for line in taken(case, ACTION_FORM):
        what, owner = squeezed(line["values"][TO_DO]), _owner(case, line)
        messages = [owed for owed in case.of(Kind.ACTION) if what in squeezed(owed.message.first.text)]
        record = messages[0].what.record if messages else ""
        row = next((row for (kind, row), name in case.records.items() if kind == "action" and name == record), "")
        done = [each for each in _pressed(case, DONE) if str(each.get("value")) == row]
        settled = min([*done, *drops(case, row)], key=lambda each: each.number, default=None)
        if settled and not is_unsure(settled) and row not in changed and owner != settled["person"]:
            _judge_told(case, book, settled, owner, Told(Kind.ACTION_NEWS, record))


def _pressed(case: Case, button: str) -> Iterator[Line]:
    return (line for line in case.trace.diary("clicked") if line["action_id"] == button and line.get("ok"))


def _owner(case: Case, line: Line) -> str:
    return case.world.by_name.get(line["values"][OWNER], "")


def _judge_told(case: Case, book: Book, deed: Line, person: str, wanted: Told) -> None:
    gone = any(profile.deleted for profile in case.world.people[person].within(deed.at, deed.at + SETTLES))
    if gone or not case.excuses.is_settled(deed.at, person):
        return
    told = [
        owed
        for owed in case.of(wanted.kind)
        if owed.what.record == wanted.record and owed.reader == person and owed.at >= deed.at - EFFECT
    ]
    on_time = told and (told[0].at <= deed.at + PUNCTUAL or case.excuses.delay(deed.at, told[0].at, person))
    if not on_time and not case.excuses.refused(person, deed.at, case.trace.end):
        who, did = case.world.name_of(person), case.world.name_of(deed["person"])
        book.broken(PROMISE, f"{who} was not told in time what {did} did with {wanted.record}.", deed.number)
