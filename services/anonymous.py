"""Anonymous check-ins: an answer is taken without its person, and results are made when nobody can answer any more.

The state of the prompt is all that is kept of who has answered; docs/decisions/0018 says what that guards against.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlmodel import Session

from domain import windows
from domain.anonymous import Unnamed, settled
from domain.blockers import Blocker, made_of
from domain.clock import new_id
from domain.errors import TooLate, UserError
from domain.runs import Prompt, PromptState, Run, RunState
from domain.templates import Template, split_label
from services import blocker_trail, digest_changes, facilitators, owing
from storage import anonymous, blockers, prompts, rituals
from storage.ending import Last, at_end


class AlreadyTaken(UserError):
    """Your answers have been taken. They are kept without your name, so nobody can show or change them any more, and
    what you sent now was not added."""


class TooLateForAnonymous(TooLate):
    """This check-in is closed, and an anonymous one takes no late answers: it would be easy to see whose they are."""


def check_open(run: Run, prompt: Prompt, now: datetime, typed: Sequence[tuple[str, str]] = ()) -> None:
    """Raises AlreadyTaken, and TooLateForAnonymous with what was typed."""
    if prompt.state is PromptState.ANSWERED:
        raise AlreadyTaken
    if now > prompt.deadline or run.state is RunState.CLOSED:
        raise TooLateForAnonymous(typed)


def take(session: Session, run: Run, prompt: Prompt, answers: Mapping[str, str], *, now: datetime) -> None:
    """The prompt says that it is answered, and nothing of when; the answers are put among the others."""
    seal_at = windows.next_moment((), prompt.deadline)
    prompts.move(session, prompt_id=prompt.id, state=PromptState.ANSWERED)
    # The reminders still to come would tell when.
    prompts.set_next(session, prompt_id=prompt.id, reminders=(), at=seal_at)
    owing.owe_prompt_changed(session, run, prompt, now=now)
    new = _without_name(run.template, answers, prompt.function)
    at_end(session, (Last.RUNS, run.id, rituals.TAKE), partial(_put_among, session, run, new, now))


def _without_name(template: Template, answers: Mapping[str, str], function: str | None) -> list[Unnamed]:
    """Each answer apart from the others of the same person, but for those that make one record."""
    group = function or "" if template.post.by == "function" else ""
    ids: dict[str, str] = {}
    found = []
    for question in template.ask:
        if question.id in answers:
            # A label stands before a full stop, an id of a question holds none.
            record = f".{split_label(question.into)[0]}" if question.into else question.id
            same = ids.setdefault(record, new_id())
            found.append(Unnamed(same, question.id, answers[question.id], group))
    return found


def _put_among(session: Session, run: Run, new: list[Unnamed], now: datetime) -> None:
    current = rituals.run(session, workspace_id=run.workspace_id, run_id=run.id, lock=True)
    if current is None or current.state is RunState.CLOSED:
        raise TooLateForAnonymous
    anonymous.set_of_run(session, run=run, answers=[*anonymous.of_run(session, run_id=run.id), *new])
    if is_told(session, run):
        owing.owe(session, run.workspace_id, owing.run_message(run), now=now)
        digest_changes.run_changed(session, run, now=now)


def is_told(session: Session, run: Run) -> bool:
    """Whether enough have answered to say how many. Of a ritual with names: whether anybody has."""
    return prompts.count(session, run_id=run.id, state=PromptState.ANSWERED) >= (run.template.anonymous or 1)


def settle(session: Session, run: Run, *, now: datetime) -> None:
    """Once nobody can answer any more, in the transaction that closes the run: what is never to be shown is not kept,
    and what the answers say stands in the way is raised, by nobody."""
    least = run.template.anonymous or 1
    found = anonymous.of_run(session, run_id=run.id) if is_told(session, run) else []
    kept = settled(found, least)
    anonymous.set_of_run(session, run=run, answers=kept)
    made = _raised(run, kept)
    hears_at = facilitators.hears_of_blockers_at(session, run, now)
    blockers.add_unnamed(session, blockers=made, next_at=hears_at)
    if made:
        blocker_trail.note_answer(session, (), blockers.of_run(session, run_id=run.id), by="", now=now)
    owing.owe(session, run.workspace_id, *owing.clearer_messages(blocker for _key, blocker in made), now=now)


def _raised(run: Run, kept: Sequence[Unnamed]) -> list[tuple[str, Blocker]]:
    by_record: dict[str, dict[str, str]] = {}
    for each in kept:
        by_record.setdefault(each.id, {})[each.question_id] = each.value
    of_records = (given for _id, given in sorted(by_record.items()))
    return [each for given in of_records for each in made_of(run, run.template.ask, given, by="")]
