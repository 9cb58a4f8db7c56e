"""What tests of people ask of the team."""

from datetime import UTC, datetime

from bot.library import shipped_library
from domain.people import Person
from domain.runs import Prompt, PromptState
from services import rituals
from storage import people as stored
from storage import prompts
from storage.engine import Database
from tests.team import ANA, FORECAST, NOW, WORKSPACE

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
"""Half past nine in Berlin."""


def person(db: Database, person_id: str) -> Person:
    with db.read() as session:
        found = stored.person(session, workspace_id=WORKSPACE, person_id=person_id)
    assert found
    return found


def switch_on(db: Database, *, by: str = ANA) -> int:
    ritual, _ = rituals.switch_on(
        db,
        workspace_id=WORKSPACE,
        channel_id=FORECAST,
        person_id=by,
        template=shipped_library()["weekly-sync"],
        now=NOW,
    )
    return ritual.id


def prompt_of(db: Database, person_id: str) -> Prompt:
    with db.read() as session:
        found = prompts.of_person(session, workspace_id=WORKSPACE, person_id=person_id, states=list(PromptState))
    return found[0]
