"""What the messages of a check-in show, gathered for many at once."""

from collections.abc import Sequence

from datetime import datetime

from sqlmodel import Session

from domain.cards import NoteCard, PromptCard, RunCard
from domain.deliveries import Delivery
from domain.runs import Prompt, Ritual, Run
from domain.windows import LATE
from storage import actions, channels, people, prompts, rituals


def prompt_cards(
    session: Session, *, workspace_id: str, due: Sequence[Delivery], now: datetime
) -> dict[str, PromptCard]:
    """By delivery id."""
    found = prompts.prompts(session, workspace_id=workspace_id, ids={delivery.subject.id for delivery in due})
    by_run = rituals.runs(session, workspace_id=workspace_id, ids={prompt.run_id for prompt in found.values()})
    given = prompts.responses(session, prompt_ids=list(found))
    hosts = {run.facilitator_id for run in by_run.values()}
    known = people.people(
        session, workspace_id=workspace_id, ids={prompt.person_id for prompt in found.values()} | hosts
    )
    newest = {run.ritual_id: _newest(session, run) for run in by_run.values()}
    names = {run.channel_id: _channel_name(session, run) for run in by_run.values()}

    def card(prompt: Prompt) -> PromptCard:
        run = by_run[prompt.run_id]
        host = known.get(run.facilitator_id)
        return PromptCard(
            run=run,
            prompt=prompt,
            person=known[prompt.person_id],
            host=host.name if host else "the facilitator",
            channel_name=names[run.channel_id],
            response=given.get(prompt.id),
            is_closed=now > prompt.deadline,
            is_late=(prompt.sent_at or now) - prompt.due_at >= LATE,
            takes_late=newest[run.ritual_id] == run.id,
        )

    return {each.id: card(found[each.subject.id]) for each in due if each.subject.id in found}


def _newest(session: Session, run: Run) -> int:
    found = rituals.newest_run(session, ritual_id=run.ritual_id)
    return found.id if found else run.id


def run_card(session: Session, *, workspace_id: str, run_id: int) -> RunCard | None:
    run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
    if run is None:
        return None
    asked = prompts.of_run(session, run_id=run.id)
    blockers = actions.blockers(session, run_id=run.id)
    given = prompts.responses(session, prompt_ids=[prompt.id for prompt in asked])
    return RunCard(run, asked, given, people.people(session, workspace_id=workspace_id), blockers)


def note_card(session: Session, *, workspace_id: str, run_id: int, reader_id: str) -> NoteCard | None:
    run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
    reader = people.person(session, workspace_id=workspace_id, person_id=reader_id)
    return NoteCard(run, _channel_name(session, run), reader) if run and reader else None


def nobody_card(session: Session, *, workspace_id: str, ritual_id: int) -> tuple[Ritual, str] | None:
    """The ritual that had nobody to ask, and the name of its channel."""
    ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
    return (ritual, _channel_name(session, ritual)) if ritual else None


def _channel_name(session: Session, place: Run | Ritual) -> str:
    found = channels.channel(session, workspace_id=place.workspace_id, channel_id=place.channel_id)
    return found.name if found else "the channel"
