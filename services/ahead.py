"""Whether what was sent ahead still is what its person would say: to the same questions, and to no new readers."""

from sqlmodel import Session

from domain.kept import Kept
from domain.runs import Prompt, Run
from domain.templates import FACILITATOR
from services import audience
from services.own_prompts import slot_of
from storage import channels, kept, observers, people


def readers(session: Session, run: Run) -> list[str]:
    """Whom the summary of a run to come goes to, as a ritual says it: places, and "@U024BE7LH" who observes."""
    named = sorted(observers.of_ritual(session, ritual_id=run.ritual_id))
    return [*run.template.post.to, *(f"@{each}" for each in named)]


def is_answered(session: Session, run: Run, prompt: Prompt) -> bool:
    """As the run asks it, so that it is taken over when its person would be asked."""
    found = kept.of(session, slot=slot_of(run, prompt))
    return found is not None and found.sent is not None and stands(session, run, found)


def stands(session: Session, run: Run, found: Kept) -> bool:
    return found.version == run.version and not has_new_readers(session, run, found)


def has_new_readers(session: Session, run: Run, found: Kept) -> bool:
    """Whether the run goes to a place or a person that nobody could know of when it was sent."""
    known = {FACILITATOR, *found.sent_to}
    if not known.issuperset(run.template.post.to):
        return True
    named = observers.of_run(session, run=run)
    return any(not _reads_anyway(session, run, each) for each in named if f"@{each}" not in known)


def _reads_anyway(session: Session, run: Run, person_id: str) -> bool:
    """In the channel, where everything is posted."""
    if not run.template.post.is_in_channel:
        return False
    who = {"workspace_id": run.workspace_id, "person_id": person_id}
    if channels.is_member(session, **who, channel_id=run.channel_id):
        return True
    place = audience.recorded_in(session, workspace_id=run.workspace_id, channel_id=run.channel_id)
    found = people.person(session, **who)
    return found is not None and not found.is_guest and not place.is_for_members(run.recorded_at)
