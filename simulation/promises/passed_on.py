"""Whoever an action item is handed over to hears of it, and why; whoever asked for it reads that it was accepted."""

from simulation.action_deeds import with_others
from simulation.action_ids import ACCEPT, OWNER_FORM
from simulation.allowances import SETTLES
from simulation.case import Case
from simulation.deeds import is_hidden, is_unsure, perhaps_taken, settled_at
from simulation.findings import Book
from simulation.hearing import Told, unheard
from simulation.labels import NEW_OWNER, WHY
from simulation.messages import ids_of, squeezed
from simulation.recognition import Kind
from simulation.trace import Line

PROMISE = "What is handed over or accepted is told to those concerned"
HAS_IT = "accepted it"


def judge(case: Case, book: Book) -> None:
    handed, others = perhaps_taken(case, OWNER_FORM), with_others(case)
    for place, line in enumerate(handed):
        item = str(ids_of(line).get("item"))
        later = (each for each in handed[place + 1 :] if str(ids_of(each).get("item")) == item)
        if not is_unsure(line) and item not in others and all(each.at - line.at > SETTLES for each in later):
            _judge_handed(case, book, line, item)
    for line in case.trace.diary("clicked"):
        if line["action_id"] == ACCEPT and line.get("ok"):
            _judge_accepted(case, book, line)


def _judge_handed(case: Case, book: Book, line: Line, item: str) -> None:
    """Why stands beside it."""
    record, settled = case.records.get(("action", item), ""), settled_at(case, item)
    owner = case.world.by_name.get(line["values"][NEW_OWNER], "")
    is_over = settled is not None and settled - line.at <= SETTLES
    if not record or not owner or owner == line["person"] or is_over:
        return
    book.count("action items handed over")
    if text := unheard(case, line, owner, Told(Kind.ACTION_NEWS, record, says=r"(?:handed|gave) .+ to you")):
        book.broken(PROMISE, text, line.number)
        return
    told = [each for each in case.of(Kind.ACTION_NEWS) if each.what.record == record and each.reader == owner]
    why = squeezed(line["values"].get(WHY) or "")
    if told and not any(why in squeezed(version.words) for each in told for version in each.message.versions):
        text = f"{case.world.name_of(owner)} was given {record}, and not told why."
        book.broken(PROMISE, text, line.number, told[0].line)


def _judge_accepted(case: Case, book: Book, line: Line) -> None:
    record = case.records.get(("action", str(line.get("value"))), "")
    for owed in case.of(Kind.ACTION):
        reader = owed.reader or ""
        is_concerned = owed.what.record == record and reader != line["person"] and owed.at < line.at
        if not is_concerned or not case.excuses.is_settled(line.at, reader) or is_hidden(case, owed):
            continue
        book.count("action items accepted")
        later = [each for each in owed.message.versions if each.at >= line.at]
        if not any(HAS_IT in squeezed(each.words) for each in later) and not owed.message.deleted_at:
            text = f"{case.world.name_of(line['person'])} accepted {record}, and its message does not show it."
            book.broken(PROMISE, text, line.number, owed.message.last.line)
