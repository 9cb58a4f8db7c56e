"""A blocker that somebody takes up, passes on or clears says so, and its button is gone until whoever raised it
objects; whoever it is passed on to hears of it."""

from simulation.allowances import SETTLES
from simulation.blocker_ids import BLOCKER_BUTTONS, PASS_FORM, PASS_ON, STILL_BLOCKED
from simulation.case import Case, Owed
from simulation.deeds import is_answered_aside, taken
from simulation.findings import Book
from simulation.labels import LAST_TIME, NOBODY, SO_LONG, SOMEBODY_ELSE, STILL, WHO_COULD
from simulation.messages import elements, ids_of, squeezed
from simulation.recognition import CHECKIN_FORM, Kind
from simulation.trace import Json, Line

PROMISE = "A blocker that somebody took up, passed on or cleared says so"


def judge(case: Case, book: Book) -> None:
    for line in case.trace.diary("clicked"):
        if line["action_id"] in BLOCKER_BUTTONS and line.get("ok") and not is_answered_aside(case, line):
            if _is_open_again(case, line):
                continue
            book.count("blockers taken up or cleared")
            _judge_pressed(case, book, line)
    for line in taken(case, PASS_FORM):
        book.count("blockers passed on")
        _judge_passed(case, book, line, str(ids_of(line)["blocker"]))


def _is_open_again(case: Case, line: Line) -> bool:
    """Whoever raised it has objected, or whoever was to clear it has passed it on."""
    objected = (each for each in case.trace.diary("clicked") if each["action_id"] == STILL_BLOCKED and each.get("ok"))
    about = [(each.at, str(each.get("value"))) for each in objected]
    about += [(each.at, str(ids_of(each)["blocker"])) for each in taken(case, PASS_FORM)]
    return any(at >= line.at and row == str(line.get("value")) for at, row in about)


def _is_said_again(case: Case, line: Line, owed: Owed) -> bool:
    """Somebody has answered since that it still blocks them."""
    shown = squeezed(owed.message.last.words)
    return any(
        label.startswith(LAST_TIME)
        and str(value).startswith(STILL)
        and squeezed(label.removeprefix(LAST_TIME))[:SO_LONG] in shown
        for form in taken(case, CHECKIN_FORM)
        if form.at >= line.at
        for label, value in form["values"].items()
    )


def _judge_pressed(case: Case, book: Book, line: Line) -> None:
    """In the summary, and in what brings it to the facilitator and to whoever can clear it."""
    for owed in case.of(Kind.RUN, Kind.BLOCKED, Kind.CLEARER, Kind.HANDED):
        place = owed.message.channel
        is_there = (
            not owed.message.deleted_at and case.excuses.is_settled(line.at, place) and not _is_gone(case, line, owed)
        )
        if is_there and not case.excuses.refused(place, line.at, case.trace.end):
            for pressed in elements(owed.message.last.blocks):
                is_same = (pressed["action_id"], pressed.get("value")) == (line["action_id"], line.get("value"))
                if is_same and not _is_said_again(case, line, owed):
                    who = case.world.name_of(line["person"])
                    text = f"{who} pressed {line.get('label')!r} at a blocker, and can still press it."
                    book.broken(PROMISE, text, line.number, owed.message.last.line)


def _is_gone(case: Case, line: Line, owed: Owed) -> bool:
    """Nothing changes before whoever has left the workspace by then."""
    people = case.world.people
    return owed.reader in people and any(
        each.deleted for each in people[owed.reader].within(line.at, line.at + SETTLES)
    )


def _judge_passed(case: Case, book: Book, line: Line, row: str) -> None:
    """Whatever somebody does with it afterwards is judged by itself."""
    clicked = case.trace.diary("clicked")
    is_moved = any(each.at > line.at and each.get("value") == row and each.get("ok") for each in clicked)
    who, to = case.world.name_of(line["person"]), str(line["values"].get(SOMEBODY_ELSE) or "")
    mine = [owed for owed in _about(case, row) if owed.reader == line["person"] and owed.at < line.at]
    is_calm = case.excuses.is_settled(line.at, line["person"])
    still = [owed for owed in mine if _offers(owed, row) and not owed.message.deleted_at]
    if still and is_calm and not is_moved:
        book.broken(
            PROMISE, f"{who} passed a blocker on, and can still do so.", line.number, still[0].message.last.line
        )
    person = case.world.by_name.get(to, "")
    if is_moved or not person or str(line["values"].get(WHO_COULD) or "").startswith(NOBODY):
        return
    told = [owed for owed in _about(case, row) if owed.reader == person and owed.at >= line.at]
    is_there = all(case.team.calendar(person, at).is_at_work(at) for at in (line.at, line.at + SETTLES))
    if is_there and not told and case.excuses.is_settled(line.at, person):
        book.broken(PROMISE, f"{who} passed a blocker on to {to}, who did not hear of it.", line.number)


def _about(case: Case, row: str) -> list[Owed]:
    """What came about one blocker to those who can clear it."""
    return [
        owed
        for owed in case.of(Kind.CLEARER, Kind.HANDED)
        if any(_in(each.blocks, row) for each in owed.message.versions)
    ]


def _in(blocks: list[Json], row: str) -> bool:
    return any((pressed["action_id"], pressed.get("value")) == (PASS_ON, row) for pressed in elements(blocks))


def _offers(owed: Owed, row: str) -> bool:
    return _in(owed.message.last.blocks, row)
