"""Each decision and action item gets its messages, and they show what was last done with it."""

from datetime import date

from simulation.action_deeds import with_others
from simulation.action_ids import ACTION_FORM, DATE_FORM, DONE, DROP_FORM, REOPEN
from simulation.action_words import day_text
from simulation.allowances import EFFECT, PUNCTUAL, SETTLES
from simulation.case import Case, Owed
from simulation.decision_ids import DECISION_FORM
from simulation.decision_rounds import asks_others
from simulation.deeds import adds, edits, is_hidden, is_unsure, perhaps_taken, taken
from simulation.findings import Book
from simulation.labels import APPROVER, DECIDED, HELPERS, NEW_DATE, OWNER, TITLE, TO_DO, WHY
from simulation.messages import ids_of, squeezed
from simulation.recognition import Kind
from simulation.trace import Line

PROMISE = "Decisions and action items reach those concerned, and show their last state"


def judge(case: Case, book: Book) -> None:
    for line in case.trace.diary("submitted"):
        if not case.forms.is_final(line) or not case.excuses.is_settled(line.at, line["person"]):
            continue
        if line["callback_id"] == DECISION_FORM:
            _judge_decision(case, book, line)
        elif line["callback_id"] == ACTION_FORM:
            _judge_action(case, book, line)
    _judge_done(case, book)
    _judge_dates(case, book)
    _judge_drops(case, book)


def _judge_decision(case: Case, book: Book, line: Line) -> None:
    values, ids = line["values"], ids_of(line)
    if ids.get("decision"):
        if not adds(line):
            _judge_edit(case, book, line)
        return
    title, approver = squeezed(values[TITLE]), case.world.by_name.get(values[APPROVER], "")
    cards = _about(case, line, title, Kind.DECISION)
    _owe(case, book, line, cards, place=str(ids.get("channel")), otherwise=f"no card of {values[TITLE]!r} came")
    if cards and approver != line["person"] and not asks_others(line):
        asked = [owed for owed in _about(case, line, title, Kind.APPROVAL) if owed.reader == approver]
        _owe(
            case,
            book,
            line,
            asked,
            place=approver,
            otherwise=f"{values[APPROVER]} was not asked to approve {values[TITLE]!r}",
        )


def _judge_action(case: Case, book: Book, line: Line) -> None:
    values, person = line["values"], line["person"]
    what, owner = squeezed(values[TO_DO]), case.world.by_name.get(values.get(OWNER) or "", "")
    told = _about(case, line, what, Kind.ACTION)
    if owner:
        to_owner = [owed for owed in told if owed.reader == owner]
        _owe(case, book, line, to_owner, place=owner, otherwise=f"{values[OWNER]} was not told of {what!r}")
    for helper in sorted(_named(case, values.get(HELPERS)) - {owner, person}):
        to_helper, name = [owed for owed in told if owed.reader == helper], case.world.name_of(helper)
        _owe(case, book, line, to_helper, place=helper, otherwise=f"{name} was not told to help with {what!r}")
    if owner != person:
        receipts = [owed for owed in told if owed.reader == person]
        _owe(case, book, line, receipts, place=person, otherwise=f"there is no receipt of {what!r}")


def _named(case: Case, names: str | None) -> set[str]:
    return {case.world.by_name[name] for name in str(names or "").split(", ") if name in case.world.by_name}


def _about(case: Case, line: Line, text: str, kind: Kind) -> list[Owed]:
    """The messages of a kind that came from then on and hold a text."""
    since = case.forms.first_sent(line) - EFFECT
    found = (owed for owed in case.of(kind) if owed.at >= since)
    return [owed for owed in found if text in squeezed(owed.message.first.text)]


def _owe(case: Case, book: Book, line: Line, found: list[Owed], *, place: str, otherwise: str) -> None:
    """`place`: the channel or person that it is for; `otherwise`: what is wrong if it did not come."""
    if place in case.world.people and not _stays(case, place, line):
        return
    book.count("messages owed")
    if found:
        book.count("messages sent")
        if found[0].at > line.at + PUNCTUAL and not case.excuses.delay(line.at, found[0].at, place):
            text = f"What {case.world.name_of(line['person'])} recorded was told late, and nothing stood in the way."
            book.broken(PROMISE, text, line.number, found[0].line)
    elif why := case.excuses.refused(place, line.at - EFFECT, case.trace.end):
        book.excused("messages not sent with a reason", why)
    else:
        book.count("messages lost")
        book.broken(PROMISE, f"{case.world.name_of(line['person'])} recorded something, and {otherwise}.", line.number)


def _stays(case: Case, person: str, line: Line) -> bool:
    """Whoever leaves meanwhile need not be told."""
    return not any(profile.deleted for profile in case.world.people[person].within(line.at, line.at + SETTLES))


def _judge_edit(case: Case, book: Book, line: Line) -> None:
    """The last edit of a decision stands on its card."""
    decision = str(ids_of(line)["decision"])
    later = [each for each in edits(case, decision) if each.number > line.number]
    cards = [owed for owed in case.of(Kind.DECISION) if owed.what.record == case.records.get(("decision", decision))]
    if later or not cards or cards[0].message.deleted_at:
        return
    shown = squeezed(cards[0].message.last.words)
    for label in (TITLE, DECIDED, WHY):
        if (wanted := squeezed(line["values"][label])) not in shown:
            text = f"The card of {cards[0].what.record} does not show what it was changed to: {wanted!r}"
            book.broken(PROMISE, text, line.number, cards[0].message.last.line)
            return


def _judge_done(case: Case, book: Book) -> None:
    """Unless somebody says later that it is not done after all."""
    pressed = [line for line in case.trace.diary("clicked") if line["action_id"] in (DONE, REOPEN)]
    reopened = {str(line.get("value")): line.number for line in pressed if line["action_id"] == REOPEN}
    for line in pressed:
        if not line.get("ok") or not case.excuses.is_settled(line.at, line["person"]):
            continue
        if line["action_id"] == REOPEN or line.number < reopened.get(str(line.get("value")), 0):
            continue
        record = case.records.get(("action", str(line.get("value"))))
        for owed in case.of(Kind.ACTION):
            if owed.what.record == record and not (_is_settled(owed) or is_hidden(case, owed)):
                name = case.world.name_of(line["person"])
                text = f"{name} said that {record} is done, and its message does not show it."
                book.broken(PROMISE, text, line.number, owed.message.last.line)


def _judge_dates(case: Case, book: Book) -> None:
    """A date form is about one item, and the last one taken says when it is due; one that is done has no date."""
    last, others = {str(ids_of(line).get("item")): line for line in perhaps_taken(case, DATE_FORM)}, with_others(case)
    for item, line in ((item, line) for item, line in last.items() if not (is_unsure(line) or item in others)):
        record, day = case.records.get(("action", item)), _day(line)
        for owed in case.of(Kind.ACTION):
            if owed.what.record != record or not case.excuses.is_settled(line.at, owed.reader or ""):
                continue
            if not (
                _is_settled(owed) or any(each in _last(owed) for each in (day, "was handed over to"))
            ) and not is_hidden(case, owed):
                told = f"{record} was moved to {day}, and its message does not show it."
                book.broken(PROMISE, told, line.number, owed.message.last.line)


def _judge_drops(case: Case, book: Book) -> None:
    """Why it is no longer needed stands in its messages."""
    for line in taken(case, DROP_FORM):
        record = case.records.get(("action", str(ids_of(line).get("item"))))
        if not case.excuses.is_settled(line.at, line["person"]):
            continue
        for owed in (each for each in case.of(Kind.ACTION) if each.what.record == record):
            if squeezed(line["values"][WHY]) not in _last(owed) and not is_hidden(case, owed):
                told = f"{record} was dropped, and its message does not show why."
                book.broken(PROMISE, told, line.number, owed.message.last.line)


def _is_settled(owed: Owed) -> bool:
    return any(each in _last(owed) for each in ("is done.", "is no longer needed, says "))


def _last(owed: Owed) -> str:
    return squeezed(owed.message.last.text)


def _day(line: Line) -> str:
    return day_text(date.fromisoformat(line["values"][NEW_DATE]))
