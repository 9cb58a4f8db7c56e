"""Action items that answers make: recorded with the answer, changed with it, and withdrawn when it is taken out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain import actions as rules
from domain.actions import ActionItem, ActionNews, ActionState, Move, News, Source
from domain.errors import FieldErrors
from domain.into import Filled, Made, made_by
from domain.people import Person
from domain.runs import Prompt, Response, Run
from services import audience, owing
from services.actions import save
from storage import actions, delivery_queries, numbers, people
from storage.ending import Last, at_end

A_WEEK = timedelta(days=7)
"""When it is due if nobody says."""
HIDDEN = "{name} is not in this private channel. Choose somebody who is, or hand it over afterwards with `/action`."


def mistakes(
    session: Session,
    run: Run,
    prompt: Prompt,
    answers: Mapping[str, str],
    *,
    before: Mapping[str, str],
    now: datetime,
) -> dict[str, str]:
    """By question: a day that has passed, an owner who could not see it. What was answered `before` stays as it is."""
    found: dict[str, str] = {}
    made = made_by("action", run.template.questions_for(prompt), answers)
    known = _named(session, run, prompt, made) if made else {}
    for each in made:
        owner = known.get(each.value("owner"), known[prompt.person_id])
        found |= _hidden(session, run, prompt, each, owner)
        found |= _not_a_day(each.others.get("due"), now.astimezone(owner.zone).date())
    return {name: text for name, text in found.items() if before.get(name) != answers[name]}


def _named(session: Session, run: Run, prompt: Prompt, made: list[Made]) -> Mapping[str, Person]:
    named = {prompt.person_id, *(each.value("owner") for each in made)}
    return people.people(session, workspace_id=run.workspace_id, ids=named)


def _hidden(session: Session, run: Run, prompt: Prompt, made: Made, owner: Person) -> dict[str, str]:
    if owner.id == prompt.person_id or not audience.is_outside(session, record=run, person=owner):
        return {}
    return {made.others["owner"].question_id: HIDDEN.format(name=owner.name)}


def _not_a_day(due: Filled | None, today: date) -> dict[str, str]:
    if due is None:
        return {}
    try:
        rules.check_due(date.fromisoformat(due.value), today)
    except FieldErrors as error:
        return {due.question_id: error.fields["due"]}
    return {}


def record(session: Session, run: Run, prompt: Prompt, response: Response, *, now: datetime) -> None:
    """Makes the action items of a response what it says now, at the end of the transaction: numbers are locked late."""
    if any(each.into.startswith("action") for each in run.template.ask):
        # The prompts of a workspace together, as they share its counter of numbers.
        place = (Last.ITEMS, run.workspace_id, prompt.id)
        at_end(session, place, partial(_record, session, run, prompt, response, now))


def _record(session: Session, run: Run, prompt: Prompt, response: Response, now: datetime) -> None:
    found = actions.of_prompts(session, prompt_ids=[prompt.id])
    before = {each.source.key: each for each in found if each.source}
    for meant in _meant(session, run, prompt, response):
        item = before.pop(meant.key, None)
        if item is None:
            _add(session, run, prompt, meant, now)
        elif not item.by_hand:
            _edit(session, item, meant, now)
    for gone in before.values():
        if gone.is_open and not gone.by_hand:
            _drop(session, gone, now)


@dataclass(frozen=True)
class _Meant:
    """An action item as an answer says it now."""

    key: str
    what: str
    owner: Person
    due: date


def _meant(session: Session, run: Run, prompt: Prompt, response: Response) -> list[_Meant]:
    made = made_by("action", run.template.questions_for(prompt), response.answers)
    known = _named(session, run, prompt, made) if made else {}
    found = []
    for each in made:
        owner = known.get(each.value("owner"), known[prompt.person_id])
        due = each.value("due") or str(response.submitted_at.astimezone(owner.zone).date() + A_WEEK)
        found.append(_Meant(each.key, " ".join(each.title.value.split()), owner, date.fromisoformat(due)))
    return found


def _add(session: Session, run: Run, prompt: Prompt, meant: _Meant, now: datetime) -> None:
    item = ActionItem(
        id=0,
        workspace_id=run.workspace_id,
        number=numbers.next_number(session, workspace_id=run.workspace_id, counter="actions"),
        channel_id=run.channel_id,
        what=meant.what,
        owner_id=meant.owner.id,
        due=meant.due,
        first_due=meant.due,
        state=ActionState.OPEN,
        asked_by=prompt.person_id,
        created_at=run.recorded_at,
        source=Source(run.id, prompt.id, meant.key),
    )
    _keep(session, actions.add(session, item=item, next_at=None), meant.owner, now)


def _edit(session: Session, before: ActionItem, meant: _Meant, now: datetime) -> None:
    item = before.moved(Move.EDIT)
    item = replace(item, what=meant.what, owner_id=meant.owner.id, due=meant.due, first_due=meant.due)
    if item != before:
        owing.owe_homes(session, before.workspace_id, before.named, now=now)
        _keep(session, item, meant.owner, now)


def _keep(session: Session, item: ActionItem, owner: Person, now: datetime) -> None:
    """Its owner is told, unless they said it themselves: that stands in what they sent."""
    save(session, item, owner, now)
    if owner.id != item.asked_by:
        owing.owe(session, item.workspace_id, owing.action_message(item, owner.id), now=now)


def _drop(session: Session, before: ActionItem, now: datetime) -> None:
    owner = people.people(session, workspace_id=before.workspace_id, ids=[before.owner_id])[before.owner_id]
    item = before.moved(Move.DROP)
    save(session, item, owner, now)
    told = owing.action_message(item, owner.id).key
    standing = delivery_queries.standing(session, workspace_id=item.workspace_id, key=told)
    if standing and standing.is_shown and not owner.left:
        news = ActionNews(News.DROPPED, item.asked_by)
        owing.owe(session, item.workspace_id, *owing.action_news(item, news, [owner.id]), now=now)
