"""How SQLite finds rows: through an index that leads to what is asked for, however much there is beside it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import select

from sandbox.client import Person, eventually, texts
from sandbox.state import Json
from services import digests, measure_lines
from storage import migrate, people
from storage.engine import Database
from storage.tables import PromptRow
from tests.muster import Running, running

GROWING = "absence|action_item|answer|blocker|decision|delivery|digest|draft|prompt|response|run"
"""Tables with new rows every day."""
WHOLE = re.compile(rf"^SCAN ({GROWING})\b|^SEARCH ({GROWING}) .*\(workspace_id=\?\)$")
"""A plan that reads such a table from end to end, or all of a workspace's rows in it."""
BLOCKED = "What is blocking you?"
ANSWERS = {
    "What moved last week that another team should know?": "The pilot started.",
    "How confident are you in our next milestone date?": "5 (Certain)",
    BLOCKED: "The licence",
}
Plans = dict[str, list[str]]


@contextmanager
def plans_of_all_statements() -> Iterator[Plans]:
    found: Plans = {}

    def explain(_connection: Any, cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        shape = re.sub(r"(\?, )+\?", "?, ...", statement)
        if shape in found or not statement.startswith(("SELECT", "UPDATE", "DELETE")):
            return
        rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values[0] if many else values)
        found[shape] = [row[3] for row in rows]

    event.listen(Engine, "after_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(Engine, "after_cursor_execute", explain)


def wasteful(plans: Plans) -> Plans:
    """Those that read more than they answer; the newest few, found in the order of an index, are no waste."""
    return {shape: plan for shape, plan in plans.items() if any(map(WHOLE.match, plan)) and not is_few(shape, plan)}


def is_few(shape: str, plan: list[str]) -> bool:
    return "LIMIT" in shape and "USE TEMP B-TREE FOR ORDER BY" not in plan


def test_cost_follows_what_is_asked_for(sqlite_url: str) -> None:
    with plans_of_all_statements() as plans, running(sqlite_url) as muster:
        live_a_week(muster)
    assert len(plans) > 100
    assert wasteful(plans) == {}


def test_reading_everything_is_noticed(sqlite_url: str) -> None:
    with plans_of_all_statements() as plans:
        db = Database(sqlite_url)
        migrate.upgrade(db)
        with db.read() as session:
            session.exec(select(PromptRow).where(PromptRow.state == "sent")).all()
        db.close()
    assert list(wasteful(plans).values()) == [["SCAN prompt"]]


def live_a_week(muster: Running) -> None:
    ana, chloe, grace = (muster.people.person(name) for name in ("Ana", "Chloe", "Grace"))
    manage(muster, manager=grace, person=ana)
    muster.switch_on()
    for hour in (8, 12):
        muster.people.jump_to(datetime(2026, 11, 23, hour, 30, tzinfo=UTC))
    press(chloe, "Skip today")
    press(ana, "Answer")
    ana.fill(ANSWERS)
    assert ana.submit() == {}
    muster.people.jump_to(datetime(2026, 11, 24, 8, tzinfo=UTC))
    record(ana, "/decision", "Freeze the API", approver="Grace")
    press(grace, "Approve")
    record(ana, "/decision", "Freeze it for good", approver="Grace")
    press(grace, "Reject")
    grace.fill({"Why is it rejected?": "Too long."})
    assert grace.submit() == {}
    record(ana, "/action", "Write the plan", due="2026-11-26")
    muster.people.jump_to(datetime(2026, 11, 30, 7, 30, tzinfo=UTC))
    assert eventually(lambda: "Mon 23 to Sun 29 Nov" in str(grace.dm()))
    for command in ("/decision list", "/action list", "/ritual", "/checkin", "/muster people list"):
        name, _, rest = command.partition(" ")
        grace.command(name, rest, channel="forecast")
    look_back(grace)
    look_at_trends(muster, grace)
    assert eventually(lambda: all(each["acked"] for each in muster.people.deliveries()))


def look_back(person: Person) -> None:
    person.home(open_tab=True)
    person.command("/ritual", "", channel="forecast")
    person.click(person.ephemerals("forecast")[-1], "Browse the library")
    person.close()
    person.click(person.ephemerals("forecast")[-1], "Details")
    person.click(person.modal() or {}, "Export as CSV")
    assert eventually(lambda: [each for each in person.dm() if each.get("files")])
    person.click(person.modal() or {}, "History")
    person.fill({"Words": "pilot", "Who answered": "Ana", "From": "2026-11-23", "To": "2026-11-23"})
    assert person.submit() == {}
    person.close()
    person.close()


def look_at_trends(muster: Running, person: Person) -> None:
    """Both pages, and a number of a measure to tell of."""
    table = "measure,value,moment\nTickets,120,2026-11-27"
    measure_lines.bring(muster.process.db, text=table, file="", channel="forecast", now=muster.process.clock())
    person.command("/digest", "trends", channel="forecast")
    press(person, "Show 2 more")
    assert eventually(lambda: "Tickets" in str(person.dm()), within=30)


def manage(muster: Running, *, manager: Person, person: Person) -> None:
    with muster.process.db.write() as session:
        known = people.people(session, workspace_id=muster.workspace_id)
        people.set_up_person(session, person=replace(known[person.id], manager_id=manager.id))
        digests.plan(session, workspace_id=muster.workspace_id, person_id=manager.id, now=muster.process.clock())


def press(person: Person, label: str) -> None:
    def look() -> Json | None:
        return next((each for each in reversed(person.dm()) if label in texts(each)), None)

    found = eventually(look)
    assert found, (label, person.dm())
    person.click(found, label)


def record(person: Person, command: str, title: str, **answers: str) -> None:
    person.command(command, title, channel="forecast")
    form = person.modal()
    assert form
    labels = [block["label"]["text"] for block in form["blocks"] if block["type"] == "input"]
    person.fill({label: "Because." for label in labels if label.startswith(("What was", "Why"))})
    person.fill(
        {next(each for each in labels if each.startswith(key.title())): value for key, value in answers.items()}
    )
    assert person.submit() == {}
