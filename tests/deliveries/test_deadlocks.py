"""Many replicas' worth of people and time at once on PostgreSQL: nobody waits for another in a circle."""

import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, text

from domain.deliveries import Delivery, Outcome
from domain.errors import UserError
from domain.own_templates import EXAMPLE
from domain.question_form import written
from domain.question_text import with_text
from domain.sketches import Sketch, removed
from domain.submissions import Submission
from services import (
    absences,
    action_reminders,
    asking,
    blocker_passes,
    blockers,
    checkins,
    decision_reminders,
    deliveries,
    digests,
    erasing,
    forgetting,
    home,
    interim,
    opening,
    own_templates,
    people,
    question_changes,
    replanning,
    ritual_health,
    rituals,
    round_results,
    sketches,
    sync,
    unasked,
    unread,
)
from storage.engine import Database
from storage.tables import BlockerRow, PromptRow, RitualRow
from tests.deliveries import busy_briefs, busy_records
from tests.deliveries.busy_records import form
from tests.deliveries.busy_team import (
    CHANNELS,
    IDS,
    WORKSPACE,
    Team,
    channel,
    csv,
    everybody,
    settle_in,
    weekly,
)

SECONDS = 8.0
LONGEST = 180.0
"""A slow machine goes on until every kind of work has been done once."""
HANDS, STAY_ON = 10, 4
"""At once, and until everything has been done: the fewer, the less they wait for each other."""
STANCES = ("Consent", "Objection", "Do it", "Do not do it")
"""In either kind of round; the other's is refused."""


def answer(team: Team, chance: random.Random) -> None:
    prompt = team.one(PromptRow, chance)
    if prompt is None:
        return
    given = {
        "moved": f"Text {chance.random()}",
        "confidence": "3",
        "stance": chance.choice(STANCES),
        "blocked": f"Blocker {chance.random()}",
    }
    given |= {"reason": "It leaks.", "change": "Mask it."}
    given |= {"unblocker": chance.choice(IDS)} if chance.random() < 0.7 else {}
    given |= {"todo": f"Do {chance.random()}"} if chance.random() < 0.5 else {}
    place = {"workspace_id": WORKSPACE, "prompt_id": prompt.id, "person_id": prompt.person_id, "now": team.now}
    if chance.random() < 0.1:
        checkins.skip(team.db, **place)
    else:
        checkins.submit(team.db, **place, draft_id=f"draft {prompt.id}", given=given)


def send(team: Team, chance: random.Random) -> None:
    due = deliveries.claim(team.db, now=team.now, limit=50, paces=deliveries.PACES if chance.random() < 0.5 else {})
    chance.shuffle(due)
    deliveries.settle(team.db, outcomes=[_outcome(each, team.now, chance) for each in due], now=team.now)


def _outcome(each: Delivery, now: datetime, chance: random.Random) -> Outcome:
    fate = chance.random()
    if fate < 0.1:
        return Outcome(each, shown=each.wanted, ended="refused: user_disabled", refused=True)
    if fate < 0.2:
        return Outcome(each, retry_at=now, limited_until=now, why="ratelimited")
    where = each.subject.channel_id or f"D{each.subject.person_id}"
    ts = each.ts or f"ts of {each.id}"
    return Outcome(each, sent=True, shown=each.wanted, channel=where, ts=ts, knew_channel=chance.random() < 0.5)


STEPS = (
    replanning.look_again_due, opening.open_due, asking.ask_due, interim.sum_up_due, ritual_health.look_due,
    round_results.settle_due, decision_reminders.look_again_due, unread.remind_due, action_reminders.remind_due,
    digests.digests_due, blockers.nudge_due, unasked.forget_due,
)  # fmt: skip


def pass_time(team: Team, _chance: random.Random) -> None:
    for step in STEPS:
        with suppress(UserError):  # What is busy now is due in the next turn.
            step(team.db, now=team.now)


def set_up(team: Team, chance: random.Random) -> None:
    text = csv(chance.choice(("08:00", "09:00", "10:00")), chance.choice(IDS))
    people.set_up_list(team.db, workspace_id=WORKSPACE, actor_id=IDS[0], text=text, now=team.now)


def come_and_go(team: Team, chance: random.Random) -> None:
    person_id = chance.choice(IDS)
    now, place = team.now, {"workspace_id": WORKSPACE, "person_id": person_id}
    days = {"first": str(now.date()), "last": str(now.date() + timedelta(days=2))}
    if chance.random() < 0.5:
        absences.back(team.db, **place, now=now)
    else:
        absences.away(team.db, **place, **days, draft_id=f"{chance.random()}", now=now)


def leave(team: Team, chance: random.Random) -> None:
    version = int(team.now.timestamp())
    found = [replace(each, left=each.id == IDS[-1] and chance.random() < 0.5, updated=version) for each in everybody()]
    chance.shuffle(found)
    sync.save_people(team.db, workspace_id=WORKSPACE, found=found, now=team.now)


def change_channels(team: Team, chance: random.Random) -> None:
    found = [channel(each, is_archived=chance.random() < 0.1) for each in CHANNELS if chance.random() < 0.9]
    chance.shuffle(found)
    sync.save_channels(team.db, workspace_id=WORKSPACE, found=found, now=team.now)
    ids = [each for each in IDS if chance.random() < 0.9]
    place = chance.choice(CHANNELS)
    sync.save_members(team.db, workspace_id=WORKSPACE, channel_id=place, ids=ids, read_at=team.now, now=team.now)


def switch(team: Team, chance: random.Random) -> None:
    ritual = team.one(RitualRow, chance)
    place = {"workspace_id": WORKSPACE, "channel_id": ritual.channel_id, "person_id": chance.choice(IDS)}
    try:
        rituals.switch_off(team.db, **place, name="weekly-sync", now=team.now)
    except rituals.NotOn:
        rituals.switch_on(team.db, **place, template=weekly(), now=team.now)


def ask_otherwise(team: Team, chance: random.Random) -> None:
    who, ritual = chance.choice(IDS), team.one(RitualRow, chance)
    mine: Any = {"workspace_id": WORKSPACE, "person_id": who}
    begun = sketches.of_ritual(team.db, **mine, ritual_id=ritual.id, now=team.now).sketch
    change = partial(written, question_id="", form_id="f", given={"text": f"How is it? {chance.randrange(9)}"})
    if len(begun.template.ask) > 15:
        change = partial(removed, question_id=begun.template.ask[-1].id)
    stands = sketches.step(team.db, **mine, sketch_id=begun.id, change=change, now=team.now).sketch
    sent = Submission(WORKSPACE, who, begun.id, {})
    question_changes.save(team.db, sent=sent, ritual_id=ritual.id, shown_round=stands.round, now=team.now)


def write_template(team: Team, chance: random.Random) -> None:
    """One template of everybody's, which is on here and there, and whose rituals follow it."""
    who, place = chance.choice(IDS), chance.choice(CHANNELS)
    mine: Any = {"workspace_id": WORKSPACE, "person_id": who, "now": team.now}
    try:
        begun = own_templates.edit(team.db, **mine, channel_id=place, template_id="friday-note").sketch
        change = partial(written, question_id="news", form_id="f", given={"text": f"News {chance.randrange(9)}?"})
    except sketches.SketchGone:
        begun = own_templates.write(team.db, **mine, channel_id=place).sketch
        change = partial(with_text, text=EXAMPLE)
    stands = sketches.step(team.db, **mine, sketch_id=begun.id, change=change).sketch
    given = {"title": "Friday note", "purpose": "What came.", "when": "every fri at 14:00", "who": "everyone"}
    sent = Submission(WORKSPACE, who, begun.id, given)
    saved = own_templates.save(team.db, sent=sent, shown_round=stands.round, files={}, now=team.now)
    if isinstance(saved, Sketch) and chance.random() < 0.5:
        rituals.switch_on(team.db, **mine, channel_id=place, template=saved.template)


def unblock(team: Team, chance: random.Random) -> None:
    """Whoever has it passes it on; the other clears it, and it is opened again."""
    row = team.one(BlockerRow, chance)
    if row is None:
        return
    other, about = chance.choice(IDS), {"workspace_id": WORKSPACE, "blocker_id": row.id, "now": team.now}
    with suppress(UserError):
        sent = form(row.owner_id or row.raised_by, {"who": "somebody", "person": other}, chance)
        blocker_passes.submit(team.db, sent=sent, blocker_id=row.id, now=team.now)
    blockers.clear(team.db, **about, person_id=row.raised_by)
    blockers.still(team.db, **about, person_id=row.raised_by)


def look(team: Team, chance: random.Random) -> None:
    home.open_page(team.db, workspace_id=WORKSPACE, person_id=chance.choice(IDS), now=team.now)


def forget(team: Team, chance: random.Random) -> None:
    """As if answers were kept for a moment only."""
    forgetting.forget_due(team.db, keep=timedelta(), now=team.now)


def erase(team: Team, chance: random.Random) -> None:
    """The last of them, who comes back as somebody new; not so often that nothing of theirs is left to take over."""
    if chance.random() < 0.7:
        raise busy_records.NothingToDo
    gone = everybody()[-1]
    erasing.erase(team.db, gone, now=team.now)
    sync.save_person(team.db, person=gone, now=team.now)


Work = Callable[[Team, random.Random], None]
WORK: tuple[Work, ...] = (
    answer, send, pass_time, set_up, come_and_go, leave, change_channels, switch, ask_otherwise, write_template,
    unblock, look, forget, erase, *busy_briefs.WORK, *busy_records.WORK,
)  # fmt: skip
ALL = {work.__name__ for work in WORK} | busy_records.SEEN.keys()


def left(team: Team) -> Sequence[Work]:
    """All that may happen; after a while what has not been done yet, on a slow machine or by bad luck."""
    if team.passed < SECONDS:
        return WORK
    missing = ALL - team.done if team.passed < LONGEST else set()
    found = [work for work in WORK if work.__name__ in missing]
    return [*found, *busy_records.WORK, pass_time, leave] if missing & busy_records.SEEN.keys() else found


def keep_busy(team: Team, seed: int) -> None:
    """One hand of many: everything that may happen, in an order of its own."""
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    while (work_left := left(team)) and (team.passed < SECONDS or seed < STAY_ON):
        for work in chance.sample(work_left, len(work_left)):
            if team.passed > LONGEST:
                return
            with suppress(UserError):
                work(team, chance)
                team.done.add(work.__name__)
        busy_records.see(team)


@pytest.fixture
def team(postgres_tables_url: str) -> Iterator[Team]:
    with closing(Database(postgres_tables_url)) as db:
        event.listen(db.engine, "connect", find_circles_soon)
        settle_in(db)
        yield Team(db)


def find_circles_soon(connection: psycopg.Connection, _record: object) -> None:
    """Else the server looks for one only after a second, and few would come up in the time there is."""
    sooner = "SELECT set_config('deadlock_timeout', '50ms', false) WHERE current_setting('is_superuser') = 'on'"
    connection.execute(sooner)
    connection.commit()


def circles(db: Database) -> int:
    """Counted by the server; what a connection has counted is certain once it is closed."""
    db.close()
    counted = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    with db.engine.connect() as connection:
        return int(connection.execute(counted).scalar_one())


def test_nobody_waits_in_a_circle_whatever_happens_at_once(team: Team) -> None:
    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(partial(keep_busy, team), range(HANDS)))
    assert sorted(ALL - team.done) == []
    assert circles(team.db) == 0
