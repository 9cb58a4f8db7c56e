"""Several check-ins that one person is asked at the same minute: one message, and one reminder where theirs meet."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.people import Person
from domain.runs import Missed, Prompt, PromptState, counts
from services import nudges, owing
from storage import delivery_queries, people, together
from storage.owed import Want

MOST = 6
"""So many have room in one message of Slack."""


def put(session: Session, asked: Iterable[Prompt], *, workspace_id: str) -> list[Prompt]:
    """The same prompts, knowing the message that carries them; whoever is asked one thing gets a message about that,
    and what is asked anew is asked alone: a message of before may still be on its way or stand there."""
    groups: dict[tuple[str, datetime], list[Prompt]] = {}
    for prompt in asked:
        minute = prompt.due_at.replace(second=0, microsecond=0)
        groups.setdefault((prompt.person_id, minute), []).append(prompt)
    several = [prompt for group in groups.values() if len(group) > 1 for prompt in group]
    before = _asked_before(session, several, workspace_id)
    found = [prompt for group in groups.values() for some in _some(group, before) for prompt in _joined(some)]
    together.put(session, joined=[prompt for prompt in found if prompt.with_id])
    return found


def _asked_before(session: Session, asked: Sequence[Prompt], workspace_id: str) -> set[int]:
    """The prompts after which a message is named."""
    keys = {
        owing.prompt_message(replace(each, with_id=mine)).key: each.id for each in asked for mine in (None, each.id)
    }
    return {keys[key] for key in delivery_queries.owed(session, workspace_id=workspace_id, keys=keys)}


def _some(group: list[Prompt], before: Collection[int]) -> Iterable[list[Prompt]]:
    ordered = sorted((prompt for prompt in group if prompt.id not in before), key=lambda prompt: prompt.id)
    yield from ([prompt] for prompt in group if prompt.id in before)
    yield from (ordered[start : start + MOST] for start in range(0, len(ordered), MOST))


def _joined(some: list[Prompt]) -> list[Prompt]:
    return some if len(some) == 1 else [replace(prompt, with_id=some[0].id) for prompt in some]


def invitations(asked: Sequence[Prompt]) -> list[Want]:
    """A joint one is worth sending until the latest of their deadlines."""
    last: dict[str, Prompt] = {}
    for prompt in sorted(asked, key=lambda prompt: prompt.deadline):
        last[owing.prompt_message(prompt).key] = prompt
    return [Want(owing.prompt_message(prompt), not_after=prompt.deadline) for prompt in last.values()]


def leave(session: Session, prompt: Prompt, *, now: datetime) -> None:
    """What is no longer to be asked is not in a message that has not gone out."""
    if prompt.with_id and prompt.state is PromptState.PENDING:
        together.leave(session, prompt_id=prompt.id)
        owing.owe_again(session, prompt.workspace_id, owing.prompt_message(prompt), now=now)


def is_released(why: Missed, prompt: Prompt) -> bool:
    """Whether it is missed because nobody wants to ask it any more, and not because time ran out."""
    return not counts(replace(prompt, missed=why))


def remind(session: Session, due: Iterable[Prompt], now: datetime) -> None:
    """Reminds of each, once; `due` knows the reminders that are left after this one."""
    groups: dict[tuple[str, str, int], list[Prompt]] = {}
    for prompt in due:
        groups.setdefault((prompt.workspace_id, prompt.person_id, prompt.with_id or -prompt.id), []).append(prompt)
    for (workspace_id, person_id, with_id), group in groups.items():
        person = people.person(session, workspace_id=workspace_id, person_id=person_id)
        if person:
            _remind(session, person, with_id, group, now)


def _remind(session: Session, person: Person, with_id: int, group: list[Prompt], now: datetime) -> None:
    if len(group) > 1 and not together.is_reminded(session, with_id=with_id):
        together.reminded(session, ids=[prompt.id for prompt in group])
        reminder = Want(owing.joint_reminder(with_id, person.id), not_after=max(each.deadline for each in group))
        nudges.nudge(session, person, reminder, now=now, is_last=any(not each.reminders for each in group))
        return
    for prompt in group:
        reminder = Want(owing.reminder_message(prompt, len(prompt.reminders)), not_after=prompt.deadline)
        nudges.nudge(session, person, reminder, now=now, is_last=not prompt.reminders)
