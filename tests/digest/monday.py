"""A Monday morning of Grace's, with something of everything in her digest."""

from collections.abc import Container
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.demo import set_up
from domain.runs import Run
from sandbox.client import Person, eventually
from services import manual_runs, measure_lines
from storage import prompts, rituals
from storage.tables import ResponseRow
from tests.muster import Running
from tests.records import TEMPLATE
from tests.trends.lived import DAY, WEEK, closed, decided, ritual

MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
"""08:00 in Berlin, where Grace is."""
FRIDAY = MONDAY - 3 * DAY + timedelta(hours=4)
WEEKS = 6
EACH = timedelta(minutes=40)
FUNCTIONS = {"Ana": "research", "Ben": "ml", "Chloe": "product", "Dev": "mlops", "Erin": "support", "Farid": "legal"}
MOVED = "What moved last week that another team should know?"
BLOCKED = "What is blocking you?"
CONFIDENT = "How confident are you in our next milestone date?"
QUALITY = (88.4, 88.0, 88.4, 88.2, 88.0, 88.4, 88.2, 88.4, 88.0, 89.6, 91.2, 93.0)
TICKETS = (116, 120, 118, 116, 120, 118, 120, 116, 118, 126, 138, 150)
BLOCKERS = {"Ana": "Labels for refunds are undefined", "Ben": "No GPU quota in the west region"}


def live_weeks(muster: Running) -> None:
    """A check-in a day, and measures."""
    set_up(muster.process)
    answer_for_weeks(muster)
    bring_measures(muster)


def live_friday(muster: Running) -> None:
    """What people do that afternoon."""
    ana, ben, grace = (muster.people.person(name) for name in ("Ana", "Ben", "Grace"))
    propose(ana, "Freeze the scoring API", "No changes until the pilot ends.", approver="Grace")
    propose(ben, "Distilled model for all", "The small model for everything but legal.", approver="Grace")
    propose(grace, "Ship the baseline first", "The baseline, with a switch to go back.")
    promise(ana, "Publish the on-call rota", "Grace Kim")
    promise(ana, "Book the labelling vendor", "Grace Kim")
    promise(ben, "Agree on the pilot's end", "Grace Kim")
    promise(grace, "Rollback test", "Dev Patel")
    promise(ana, "Write up the March drift", "Chloe Martin")
    raise_blockers(muster)


def answer_for_weeks(muster: Running) -> None:
    """More and more people answer, each within hours; nobody of legal lately."""
    db, workspace, channel = muster.process.db, muster.workspace_id, _forecast(muster)
    ids = {muster.people.person_id(name): function for name, function in FUNCTIONS.items()}
    daily = ritual(db, workspace=workspace, channel=channel, template=replace(TEMPLATE, title="Daily check-in"))
    for back in range(WEEKS):
        silent = {*list(ids)[: back // 2], *(list(ids)[-1:] if back < 2 else [])}
        for weekday in range(5):
            at = FRIDAY - back * WEEK - weekday * DAY
            run = closed(db, daily, at, {each: (function, each not in silent) for each, function in ids.items()})
            _answered(muster, run, silent)
        if back:
            decided(db, workspace=workspace, channel=channel, by=daily.facilitator_id, at=at, days=3 + back)


def _forecast(muster: Running) -> str:
    return muster.people.person("Grace").channel_id("forecast")


def _answered(muster: Running, run: Run, silent: Container[str]) -> None:
    """One after the other."""
    with muster.process.db.write() as session:
        asked = [each for each in prompts.of_run(session, run_id=run.id) if each.person_id not in silent]
        for number, each in enumerate(asked, 1):
            at, seconds = each.due_at + number * EACH, number * int(EACH.total_seconds())
            answer = ResponseRow(prompt_id=each.id, workspace_id=run.workspace_id, submitted_at=at, waited=seconds)
            session.add(answer)


def bring_measures(muster: Running) -> None:
    """Quality gets better, and tickets get worse."""
    lines = ["measure,value,moment,unit,source"]
    for week, (quality, tickets) in enumerate(zip(QUALITY, TICKETS, strict=True), 1):
        day = (FRIDAY - (len(QUALITY) - week) * WEEK).date()
        lines += [f"Quality,{quality},{day},%,evaluation", f"Tickets,{tickets},{day},a week,support desk"]
    measure_lines.bring(
        muster.process.db, text="\n".join(lines), file="", channel="forecast", now=muster.process.clock()
    )


def raise_blockers(muster: Running) -> None:
    """The check-in of next Monday is run on Friday already."""
    db, workspace, grace = muster.process.db, muster.workspace_id, muster.people.person("Grace")
    with db.read() as session:
        on = rituals.active(session, workspace_id=workspace, template_id="weekly-sync")
    now = muster.process.clock()
    manual_runs.run_now(
        db, workspace_id=workspace, ritual_id=on[0].id, person_id=grace.id, draft_id="on Friday", now=now
    )
    for name, blocked in BLOCKERS.items():
        person = muster.people.person(name)
        assert eventually(partial(_is_asked, person))
        person.click(person.dm()[-1], "Answer")
        person.fill({MOVED: "The backfill is done.", BLOCKED: blocked, CONFIDENT: "4 of 5"})
        assert person.submit() == {}


def _is_asked(person: Person) -> bool:
    return any("Weekly sync" in str(message) for message in person.dm()[-1:])


def propose(by: Person, title: str, choice: str, *, approver: str = "") -> None:
    by.command("/decision", title, channel="forecast")
    by.fill(
        {
            "What was decided?": choice,
            "Why?": "Two partners build on it.",
            **({"Approver": approver} if approver else {}),
        }
    )
    assert by.submit() == {}


def promise(by: Person, what: str, owner: str) -> None:
    """Due today."""
    by.command("/action", what, channel="forecast")
    by.fill({"Owner": owner, "Due": "2026-11-20"})
    assert by.submit() == {}
