"""What people and models do with briefs while everything else happens."""

import random
from typing import Any

from domain.briefings import Asked, Briefing
from domain.briefs import Brief, Made, Statement
from domain.language_models import TOKENS_A_DAY, BeingWritten, NotWritten, Unwanted
from domain.run_briefs import DueBrief, kept_of
from services import brief_writing, briefings, language_models, run_briefs
from storage.tables import BriefRow
from tests.deliveries.busy_team import CHANNELS, IDS, WORKSPACE, Team

BRIEF = Brief(question=Statement("Which one?", ("1.1",)), made=Made("small-1", of=1))
REFUSED = (NotWritten, BeingWritten, Unwanted)


def ask_for_a_brief(team: Team, chance: random.Random) -> None:
    thread = f"{team.now.timestamp() - chance.randrange(3):.0f}.000100"
    asked = Asked(WORKSPACE, chance.choice(IDS), chance.choice(CHANNELS), thread)
    briefings.ask(team.db, asked=asked, now=team.now)


def draw_up(team: Team, chance: random.Random) -> None:
    for briefing in briefings.claim(team.db, now=team.now, limit=2):
        briefings.has_read(team.db, briefing=briefing, read=3, total=9, now=team.now)
        brief = _written(team, briefing, chance)
        briefings.drafted(team.db, briefing=briefing, brief=brief, read=9, last_ts=briefing.thread_ts, now=team.now)


def _written(team: Team, briefing: Briefing, chance: random.Random) -> Brief:
    begun_at, key = team.now, f"{chance.randrange(2)}"
    try:
        done = brief_writing.begin(team.db, briefing=briefing, fingerprint=key, read=9, now=begun_at)
        if done is None:
            _spend(team, brief_writing.reserve, briefing=briefing)
            brief_writing.written(team.db, briefing=briefing, fingerprint=key, brief=BRIEF, now=team.now)
    except REFUSED:
        brief_writing.given_up(team.db, briefing=briefing, begun_at=begun_at)
    return BRIEF


def _spend(team: Team, reserve: Any, **about: Any) -> None:
    now = team.now
    reserve(team.db, **about, tokens=9, most=TOKENS_A_DAY, now=now)
    brief_writing.settle(team.db, workspace_id=WORKSPACE, change=-3, reserved_at=now)


def discard(team: Team, chance: random.Random) -> None:
    row = team.one(BriefRow, chance)
    if row is None:
        return
    briefings.discard(team.db, workspace_id=WORKSPACE, brief_id=row.id, person_id=row.person_id, now=team.now)


def sum_up_runs(team: Team, _chance: random.Random) -> None:
    for due in run_briefs.claim(team.db, now=team.now, limit=2):
        found = run_briefs.material(team.db, due=due)
        if found:
            _ask_model(team, due)
            said = kept_of(BRIEF, {"1.1": "Which one?"})
            run_briefs.drafted(team.db, due=due, found=said, fingerprint=found.fingerprint, now=team.now)


def _ask_model(team: Team, due: DueBrief) -> None:
    try:
        run_briefs.begin(team.db, due=due, now=team.now)
        _spend(team, run_briefs.reserve, due=due)
    except REFUSED:
        return


def switch_model(team: Team, chance: random.Random) -> None:
    is_on, everywhere = chance.random() < 0.8, chance.random() < 0.3
    place = {"workspace_id": WORKSPACE, "actor_id": IDS[0], "channel_id": chance.choice(CHANNELS)}
    language_models.choose(team.db, **place, name="", is_on=is_on, everywhere=everywhere, now=team.now)


WORK = (ask_for_a_brief, draw_up, discard, sum_up_runs, switch_model)
