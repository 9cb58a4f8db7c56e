"""What was approved, objected to or done shows on its messages, and the others concerned hear of it."""

import re
from collections.abc import Iterator, Mapping

from simulation.action_deeds import with_others
from simulation.action_ids import ACTION_FORM, DONE, OWNER_FORM
from simulation.allowances import EFFECT, SETTLES
from simulation.case import Case, Owed
from simulation.decision_ids import ACCEPTS, CONCERN_FORM, DECISION_FORM, OBJECTION_FORM, WITHDRAW
from simulation.decision_moves import Move, moves, standing, state_after
from simulation.decision_rounds import asks_others
from simulation.deeds import drops, edits, is_unsure, perhaps_taken, recorded, taken
from simulation.findings import Book
from simulation.hearing import Told, unheard
from simulation.labels import APPROVER, DRIVER, INFORMED, OWNER, TO_DO
from simulation.messages import ids_of, squeezed
from simulation.recognition import Kind
from simulation.tokens import tokens
from simulation.trace import Line

PROMISE = "Verdicts and what is done are shown and told"
CONCERNED = (APPROVER, DRIVER, INFORMED)


def judge(case: Case, book: Book) -> None:
    cards = {owed.what.record: owed for owed in case.of(Kind.DECISION)}
    for row, made in moves(case).items():
        card = cards.get(case.records.get(("decision", row), ""))
        if card and not card.message.deleted_at:
            _judge_last(case, book, card, made)
    for card in cards.values():
        form = recorded(case, card)
        if form and form["values"][APPROVER] == case.world.name_of(form["person"]) and not asks_others(form):
            _judge_informed(case, book, card.what.record, form, form)
    _judge_concerns(case, book, cards)
    _judge_done(case, book)


def _judge_last(case: Case, book: Book, card: Owed, made: list[Move]) -> None:
    """A verdict about a text that was changed or objected to just before may come to nothing; edits are judged by
    themselves, and those asked in a round are asked again about the new text."""
    last, edits = made[-1], [move for move in made if move.what == DECISION_FORM]
    form = recorded(case, card)
    if edits and form and asks_others(form):
        return
    others = [move for move in made[:-1] if move.what == OBJECTION_FORM]
    is_disputed = is_unsure(last.line) or any(last.line.at - each.line.at <= SETTLES for each in (*edits, *others))
    channel = card.message.channel
    if is_disputed or not case.excuses.is_settled(last.line.at, channel):
        return
    book.count("verdicts")
    state = state_after(made)
    if not squeezed(card.message.last.text).startswith(state) and not case.excuses.refused(
        channel, last.line.at, case.trace.end
    ):
        text = f"{card.what.record} was to be shown as {state.lower()}, and is not."
        book.broken(PROMISE, text, last.line.number, card.message.last.line)
    _judge_request(case, book, card.what.record, last.line)
    if form and _is_told_on(case, form, made) and form["person"] not in {last.line["person"], *_knows(case, last)}:
        _judge_told(case, book, last.line, form["person"], Told(Kind.DECISION_NEWS, card.what.record))
    if form and last.what in ACCEPTS and not edits:
        _judge_informed(case, book, card.what.record, form, last.line)


def _is_told_on(case: Case, form: Line, made: list[Move]) -> bool:
    """Of what is withdrawn only where it was about the text as it is now, and nothing else stands against that."""
    last = made[-1]
    if last.line.kind == "round" and form["values"][APPROVER] == case.world.name_of(form["person"]):
        return False  # They are asked to approve it with what came of the round.
    return last.what != WITHDRAW or (last.line["person"] in standing(made[:-1]) and not standing(made))


def _knows(case: Case, last: Move) -> set[str]:
    """Whoever is concerned by what takes the place of a decision hears of that."""
    if last.new is None:
        return set()
    names = [name for label in CONCERNED for name in str(last.new["values"].get(label) or "").split(", ")]
    return {last.new["person"], *(case.world.by_name[name] for name in names if name in case.world.by_name)}


def _judge_request(case: Case, book: Book, record: str, verdict: Line) -> None:
    """Whoever gave their verdict is no longer asked for it as before."""
    for owed in case.of(Kind.APPROVAL):
        is_theirs = owed.what.record == record and owed.reader == verdict["person"] and owed.at < verdict.at
        if is_theirs and len(owed.message.versions) == 1 and not owed.message.deleted_at:
            text = f"{case.world.name_of(verdict['person'])} is still asked about {record} as before their verdict."
            book.broken(PROMISE, text, verdict.number, owed.line)


def _judge_informed(case: Case, book: Book, record: str, form: Line, accepted: Line) -> None:
    """Those who are to know of it hear of it once it is accepted; whoever did it knows."""
    names = str(form["values"].get(INFORMED) or "").split(", ")
    informed = {case.world.by_name[name] for name in names if name in case.world.by_name}
    for person in sorted(informed - {form["person"], accepted["person"]}):
        _judge_told(case, book, accepted, person, Told(Kind.INFORMED, record))


def _judge_concerns(case: Case, book: Book, cards: Mapping[str, Owed]) -> None:
    """Whoever approved it and whoever drives it read each concern; an edit may have named others."""
    for line in taken(case, CONCERN_FORM):
        row = str(ids_of(line).get("decision"))
        card = cards.get(case.records.get(("decision", row), ""))
        form = recorded(case, card) if card else None
        if not card or not form or edits(case, row):
            continue
        book.count("concerns raised")
        words = "|".join(map(re.escape, sorted(tokens(" ".join(line["values"].values())))))
        for person in sorted(_answer(case, form) - {line["person"]}):
            _judge_told(case, book, line, person, Told(Kind.DECISION_NEWS, card.what.record, says=words))


def _answer(case: Case, form: Line) -> set[str]:
    """Whoever approves what it records, and whoever drives it: themselves, if they name nobody."""
    driver = form["values"].get(DRIVER) or case.world.name_of(form["person"])
    named = (case.world.by_name.get(str(name), "") for name in (form["values"][APPROVER], driver))
    return {each for each in named if each}


def _judge_done(case: Case, book: Book) -> None:
    """The owner hears that whoever asked for it has done it, or no longer needs it. Whoever asked reads that in the
    message that they have about it."""
    changed = {str(ids_of(line).get("item")) for line in perhaps_taken(case, OWNER_FORM)} | with_others(case)
    for line in taken(case, ACTION_FORM):
        what, owner = squeezed(line["values"][TO_DO]), _owner(case, line)
        # Not what was said of another before: of a blocker that several have, several items are made.
        since = (owed for owed in case.of(Kind.ACTION) if owed.at >= line.at - EFFECT)
        messages = [owed for owed in since if what in squeezed(owed.message.first.text)]
        record = messages[0].what.record if messages else ""
        row = next((row for (kind, row), name in case.records.items() if kind == "action" and name == record), "")
        done = [each for each in _pressed(case, DONE) if str(each.get("value")) == row]
        settled = min([*done, *drops(case, row)], key=lambda each: each.number, default=None)
        if settled and not is_unsure(settled) and row not in changed and owner not in ("", settled["person"]):
            _judge_told(case, book, settled, owner, Told(Kind.ACTION_NEWS, record))


def _pressed(case: Case, button: str) -> Iterator[Line]:
    return (line for line in case.trace.diary("clicked") if line["action_id"] == button and line.get("ok"))


def _owner(case: Case, line: Line) -> str:
    return case.world.by_name.get(line["values"].get(OWNER) or "", "")


def _judge_told(case: Case, book: Book, deed: Line, person: str, wanted: Told) -> None:
    if text := unheard(case, deed, person, wanted):
        book.broken(PROMISE, text, deed.number)
