"""Several action items recorded or changed at once are told in one message to each of those concerned."""

from collections.abc import Iterator

from simulation.action_deeds import askers, lines_of, rows
from simulation.action_ids import ITEMS_FORM, LINES_FORM, SEVERAL_FORM
from simulation.allowances import EFFECT, PUNCTUAL
from simulation.case import Case, Owed
from simulation.deeds import taken
from simulation.findings import Book
from simulation.messages import ids_of, squeezed
from simulation.recognition import Kind
from simulation.rows import ITEM_ROW
from simulation.tokens import tokens
from simulation.trace import Line

PROMISE = "Several action items at once are recorded once each, and told in one message"


def judge(case: Case, book: Book) -> None:
    for line in (*taken(case, LINES_FORM), *taken(case, ITEMS_FORM)):
        _judge_lines(case, book, line)
    asked_by = askers(case)
    names = {row: record for record, row in rows(case).items()}
    for line in taken(case, SEVERAL_FORM):
        changed = {names[row] for row in str(ids_of(line).get("items")).split(",") if row in names}
        concerned = {asked_by[record] for record in changed if record in asked_by} - {line["person"]}
        if not _is_refused(case, line):
            for person in sorted(concerned):
                _judge_told(case, book, line, person, Kind.ACTIONS_NEWS)


def _judge_lines(case: Case, book: Book, line: Line) -> None:
    """All to whoever recorded them, to each owner what is theirs."""
    lines = lines_of(line)
    text = "\n".join(lines)
    book.count("action items recorded with others", len(tokens(text)))
    told = _judge_told(case, book, line, str(line["person"]), Kind.ACTIONS, *tokens(text))
    if told and len(ITEM_ROW.findall(told.message.first.text)) != len(lines):
        what = (
            f"{case.world.name_of(line['person'])} recorded {len(lines)} action items at once, and not each became one."
        )
        book.broken(PROMISE, what, line.number, told.line)
    for owner, marks in _owners(case, text):
        if owner != line["person"]:
            _judge_told(case, book, line, owner, Kind.ACTIONS, *marks)


def _owners(case: Case, text: str) -> Iterator[tuple[str, set[str]]]:
    found: dict[str, set[str]] = {}
    for each in text.splitlines():
        owner = next((user for name, user in case.world.by_name.items() if each.startswith(f"@{name} ")), "")
        if owner:
            found.setdefault(owner, set()).update(tokens(each))
    yield from found.items()


def _judge_told(case: Case, book: Book, line: Line, person: str, kind: Kind, *marks: str) -> Owed | None:
    """The message that came of it, if there is no doubt about it."""
    gone = any(each.deleted for each in case.world.people[person].within(line.at, case.trace.end))
    if gone or not case.excuses.is_settled(line.at, person):
        return None
    who = case.world.name_of(person)
    sent = [owed for owed in case.of(kind) if owed.reader == person and owed.at >= line.at - EFFECT]
    fitting = [owed for owed in sent if set(marks) <= tokens(squeezed(owed.message.first.text))]
    on_time = fitting and (fitting[0].at <= line.at + PUNCTUAL or case.excuses.delay(line.at, fitting[0].at, person))
    if not on_time and not case.excuses.refused(person, line.at - EFFECT, case.trace.end):
        did = case.world.name_of(line["person"])
        book.broken(PROMISE, f"{who} was not told in time what {did} did with several action items.", line.number)
    if marks and len({owed.message.delivery for owed in fitting}) > 1:
        text = f"{who} was told twice of the same action items."
        book.broken(PROMISE, text, *(owed.line for owed in fitting))
    return fitting[0] if fitting else None


def _is_refused(case: Case, line: Line) -> bool:
    """Whether something else stood in the form afterwards: that nothing was changed, or a warning."""
    later = (shown for shown in case.views if shown.view["id"] == line["view_id"] and shown.version.at >= line.at)
    return any(shown.act == "updated" and shown.version.line > _before(case, line) for shown in later)


def _before(case: Case, line: Line) -> int:
    """Which line tells what the same person did before."""
    found = [each.number for each in case.trace.of("diary") if each["person"] == line["person"]]
    return max((number for number in found if number < line.number), default=0)
