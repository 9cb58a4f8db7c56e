"""Action items that answers make: recorded with the answer, changed with it, and withdrawn when it is taken out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlmodel import Session

from domain import action_answers as rules
from domain.action_answers import Meant
from domain.action_news import ActionNews, News
from domain.action_states import Move
from domain.actions import ActionItem
from domain.into import Made
from domain.people import Person
from domain.runs import Prompt, Response, Run
from services import action_trail, audience, owing
from services.actions import save
from storage import actions, delivery_queries, numbers, people
from storage.ending import Last, at_end

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
    found = rules.made(run.template.questions_for(prompt), answers)
    if not found:
        return {}
    known = _named(session, run, prompt, found)
    wrong = rules.passed_days(found, by=known[prompt.person_id], known=known, now=now)
    for each in found:
        wrong |= _hidden(session, run, prompt, each, rules.owner_of(each, known[prompt.person_id], known))
    return {name: text for name, text in wrong.items() if before.get(name) != answers[name]}


def _named(session: Session, run: Run, prompt: Prompt, found: list[Made]) -> Mapping[str, Person]:
    named = {prompt.person_id, *(each.value("owner") for each in found)}
    return people.people(session, workspace_id=run.workspace_id, ids=named)


def _hidden(session: Session, run: Run, prompt: Prompt, each: Made, owner: Person) -> dict[str, str]:
    if owner.id == prompt.person_id or not audience.is_outside(session, record=run, person=owner):
        return {}
    return {each.others["owner"].question_id: HIDDEN.format(name=owner.name)}


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
            _withdraw(session, gone, now)


def _meant(session: Session, run: Run, prompt: Prompt, response: Response) -> list[Meant]:
    found = rules.made(run.template.questions_for(prompt), response.answers)
    if not found:
        return []
    known = _named(session, run, prompt, found)
    return rules.meant(found, by=known[prompt.person_id], known=known, at=response.submitted_at)


def _add(session: Session, run: Run, prompt: Prompt, meant: Meant, now: datetime) -> None:
    number = numbers.next_number(session, workspace_id=run.workspace_id, counter="actions")
    new = actions.add(session, item=rules.item(run, prompt, meant, number=number), next_at=None)
    action_trail.note(session, "recorded", before=None, after=new, by=new.asked_by, now=now)
    _keep(session, new, meant.owner, now)


def _edit(session: Session, before: ActionItem, meant: Meant, now: datetime) -> None:
    item = before.moved(Move.RESTATE)
    item = replace(item.given_to(meant.owner.id), what=meant.what, due=meant.due, first_due=meant.due)
    if item != before:
        owing.owe_homes(session, before.workspace_id, before.named, now=now)
        action_trail.note(session, "edited", before=before, after=item, by=before.asked_by, now=now)
        _keep(session, item, meant.owner, now)


def _keep(session: Session, item: ActionItem, owner: Person, now: datetime) -> None:
    """Its owner is told, unless they said it themselves: that stands in what they sent."""
    save(session, item, owner, now)
    if owner.id != item.asked_by:
        owing.owe(session, item.workspace_id, owing.action_message(item, owner.id), now=now)


def _withdraw(session: Session, before: ActionItem, now: datetime) -> None:
    owner = people.people(session, workspace_id=before.workspace_id, ids=[before.owner_id])[before.owner_id]
    item = before.moved(Move.WITHDRAW)
    action_trail.note(session, "withdrawn", before=before, after=item, by=before.asked_by, now=now)
    save(session, item, owner, now)
    told = owing.action_message(item, owner.id).key
    standing = delivery_queries.standing(session, workspace_id=item.workspace_id, key=told)
    if standing and standing.is_shown and not owner.left:
        news = ActionNews(News.WITHDRAWN, item.asked_by)
        owing.owe(session, item.workspace_id, *owing.action_news(item, news, [owner.id]), now=now)
