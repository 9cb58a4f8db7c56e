"""Forgetting what people answered: of check-ins that closed longer ago than answers are kept, and of one person who
asks for it. What was counted stays, and so do blockers, action items and decisions: they are the team's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import UserError
from domain.people import Person
from services import closing, owing
from storage import ending, forgetting, prompts, rituals, trail
from storage.engine import Database

BATCH = 20
"""Runs at a time: what is due comes before."""
PROMPTS = 100


class NoSuchPerson(UserError):
    """Nobody in this database is called {typed}. Write a name as Slack shows it, or an id such as U024BE7LH."""


class SeveralPeople(UserError):
    """{typed} is the name of several people: {known}. Write the id of one of them."""


@dataclass(frozen=True)
class Wrote:
    """What somebody wrote in check-ins that have their name on it."""

    person: Person
    answers: int
    prompts: list[int]


def forget_due(db: Database, *, keep: timedelta, now: datetime) -> bool:
    """Deletes the answers of a batch of runs; whether there may be more."""
    with db.read() as session:
        found = forgetting.due(session, closed_before=now - keep, limit=BATCH)
    for workspace_id, run_id in found:
        with db.write() as session:
            ending.makes_nothing_due(session)
            run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
            if run:
                forgetting.forget_run(session, run=run, at=now)
    return len(found) == BATCH


def wrote(db: Database, *, typed: str) -> Wrote:
    """Raises NoSuchPerson and SeveralPeople."""
    with db.read() as session:
        found = forgetting.people_called(session, typed=typed)
        if not found:
            raise NoSuchPerson(typed=typed)
        if len(found) > 1:
            raise SeveralPeople(typed=typed, known=", ".join(f"{each.id} in {each.workspace_id}" for each in found))
        ids = forgetting.of_person(session, person=found[0])
        return Wrote(found[0], forgetting.count_answers(session, person=found[0]), ids)


def erase(db: Database, found: Wrote, *, now: datetime) -> None:
    """Deletes it, and takes it out of the messages that show it. Nobody can tell which anonymous answers are theirs."""
    person = found.person
    with db.write() as session:
        forgetting.forget_forms(session, person=person)
        trail.note(
            session,
            workspace_id=person.workspace_id,
            at=now,
            actor_id=trail.COMMAND_LINE,
            what="answers erased",
            subject=person.id,
            details={"answers": found.answers, "check-ins": len(found.prompts)},
        )
    for start in range(0, len(found.prompts), PROMPTS):
        _erase(db, person, found.prompts[start : start + PROMPTS], now)


def _erase(db: Database, person: Person, ids: list[int], now: datetime) -> None:
    with db.write() as session:
        forgetting.forget_prompts(session, prompt_ids=ids)
        of_person = prompts.prompts(session, workspace_id=person.workspace_id, ids=ids)
        wanted = {each.run_id for each in of_person.values()}
        of_runs = rituals.runs(session, workspace_id=person.workspace_id, ids=wanted)
        for prompt in of_person.values():
            owing.owe_prompt_changed(session, of_runs[prompt.run_id], prompt, now=now)
        for run in of_runs.values():
            closing.fit(session, run, now=now)
