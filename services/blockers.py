"""Which Homes and digests show a blocker that was raised or settled."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from domain.actions import Blocker
from domain.runs import Prompt, Run
from services import digest_changes, owing
from storage import actions, digests, people


def unsettled(session: Session, prompt: Prompt, run: Run) -> dict[int, Blocker]:
    """What this person raised in this ritual and nobody has settled, by id."""
    ids = digests.unsettled_of(session, ritual_id=run.ritual_id, person_id=prompt.person_id)
    return actions.blockers_of(session, workspace_id=run.workspace_id, ids=ids)


def answered(session: Session, prompt: Prompt, run: Run, before: dict[int, Blocker], *, now: datetime) -> None:
    """A newer answer settles older blockers and may raise others."""
    after = unsettled(session, prompt, run)
    if before != after:
        settled = [blocker for key, blocker in before.items() if key not in after]
        changed(session, raised_by=prompt.person_id, settled=settled, run=run, now=now)


def changed(session: Session, *, raised_by: str, settled: Collection[Blocker], run: Run, now: datetime) -> None:
    for blocker in settled:
        digest_changes.blocker_settled(session, blocker, now=now)
    person = people.person(session, workspace_id=run.workspace_id, person_id=raised_by)
    if person and person.manager_id:
        owing.owe_again(session, run.workspace_id, owing.home_page(person.manager_id), now=now)
