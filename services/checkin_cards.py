"""What the messages of a check-in show, gathered for many at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.blockers import Blocker
from domain.cards import NoteCard, PromptCard, RunCard, UnpostedCard
from domain.decision_cards import DecisionCard
from domain.deliveries import Delivery
from domain.kept import Kept
from domain.later import offered
from domain.people import Person
from domain.runs import Late, Prompt, PromptState, Ritual, Run, RunState, late
from domain.said import named
from domain.windows import LATE
from services import ahead, audience, decision_cards, owing, summary_readers
from services.anonymous import is_told
from storage import (
    actions,
    anonymous,
    blockers,
    channels,
    decisions,
    delivery_queries,
    kept,
    observers,
    people,
    prompts,
    rituals,
    run_briefs,
    sequels,
    together,
)
from storage.engine import Database


def prompt_cards(
    db: Database, *, workspace_id: str, due: Sequence[Delivery], now: datetime
) -> dict[str, list[PromptCard]]:
    """By delivery id, of each prompt it is about."""
    with db.read() as session:
        return _prompt_cards(session, workspace_id, due, now)


def _prompt_cards(
    session: Session, workspace_id: str, due: Sequence[Delivery], now: datetime
) -> dict[str, list[PromptCard]]:
    about = _about(session, due)
    found = prompts.prompts(session, workspace_id=workspace_id, ids={each for ids in about.values() for each in ids})
    by_run = rituals.runs(session, workspace_id=workspace_id, ids={prompt.run_id for prompt in found.values()})
    given = prompts.responses(session, prompt_ids=list(found))
    made = actions.of_prompts(session, prompt_ids=list(given)) if given else []
    wanted = (
        {each.owner_id for each in made}
        | {run.facilitator_id for run in by_run.values()}
        | {prompt.person_id for prompt in found.values()}
    )
    wanted.update(*(named(by_run[found[key].run_id].template.ask, each.answers) for key, each in given.items()))
    known = people.people(session, workspace_id=workspace_id, ids=wanted)
    names = {key: person.name for key, person in known.items()}
    sent_ahead = {run.id: _sent_ahead(session, run) for run in by_run.values()}
    since = sequels.since(session, found=[(prompt, by_run[prompt.run_id]) for prompt in found.values()])
    pairs = {(by_run[prompt.run_id].channel_id, prompt.person_id) for prompt in found.values()}
    places = audience.place_names(session, workspace_id=workspace_id, pairs=pairs)

    def card(prompt: Prompt) -> PromptCard:
        run = by_run[prompt.run_id]
        facilitator = known.get(run.facilitator_id)
        sent = sent_ahead[run.id].get(prompt.person_id)
        return PromptCard(
            run=run,
            prompt=prompt,
            person=known[prompt.person_id],
            facilitator=facilitator.name if facilitator else "the facilitator",
            place=places[run.channel_id, prompt.person_id],
            names=names,
            response=given.get(prompt.id),
            is_closed=now > prompt.deadline or run.is_over,
            is_late=(prompt.sent_at or now) - prompt.due_at >= LATE,
            takes_late=late(run, since[prompt.id], now) is Late.TAKEN,
            late_until=since[prompt.id].late_until,
            is_reopened=sent is not None and not run.template.anonymous,
            now_read_by=_new_audience(session, run, sent) if sent else None,
            unnamed_places=summary_readers.unnamed(session, workspace_id, run.template.post) if sent else frozenset(),
            later=offered(known[prompt.person_id], prompt, now),
            subject=_subject(session, run, prompt, now),
            items=tuple(each for each in made if each.is_of(prompt.id) and not each.is_withdrawn),
        )

    cards = {key: [card(found[each]) for each in ids if each in found] for key, ids in about.items()}
    return {key: of_one for key, of_one in cards.items() if of_one}


def _subject(session: Session, run: Run, prompt: Prompt, now: datetime) -> DecisionCard | None:
    """What a round is about, as its person may see it. How the round stands is told by its card in the channel, which
    each answer changes."""
    if run.subject_id is None:
        return None
    found = decisions.decision(session, workspace_id=run.workspace_id, decision_id=run.subject_id)
    card = decision_cards.card_of(session, found, reader_id=prompt.person_id, now=now) if found else None
    return replace(card, round=None) if card else None


def _about(session: Session, due: Sequence[Delivery]) -> dict[str, list[int]]:
    """The prompts of each message."""
    joint = {each.subject.id for each in due if each.subject.is_joint}
    carried = together.carried(session, with_ids=joint)
    return {each.id: carried.get(each.subject.id, []) if each.subject.is_joint else [each.subject.id] for each in due}


def _sent_ahead(session: Session, run: Run) -> dict[str, Kept]:
    """By person, what was answered before it asked, and not taken over."""
    return kept.sent_early(session, workspace_id=run.workspace_id, ritual_id=run.ritual_id, occurrence=run.occurrence)


def _new_audience(session: Session, run: Run, sent: Kept) -> tuple[Person, ...] | None:
    """Who observes, where the run goes to others than what was answered ahead."""
    return tuple(_observers(session, run)) if ahead.has_new_readers(session, run, sent) else None


def run_card(db: Database, *, workspace_id: str, run_id: int) -> RunCard | None:
    with db.read() as session:
        run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
        return card_of(session, run) if run else None


def card_of(session: Session, run: Run) -> RunCard:
    card = _unnamed_card(session, run) if run.template.anonymous else _named_card(session, run)
    if run.state is RunState.CLOSED and run.template.post.brief:
        card = replace(card, brief=run_briefs.brief(session, run_id=run.id))
    if run.template.post.is_in_channel:
        return card
    hidden = summary_readers.unnamed(session, run.workspace_id, run.template.post)
    return replace(card, observers=_observers(session, run), unnamed_places=hidden)


def _observers(session: Session, run: Run) -> list[Person]:
    known = people.people(session, workspace_id=run.workspace_id, ids=observers.of_run(session, run=run))
    return sorted((each for each in known.values() if not each.left), key=lambda each: each.name)


def _unnamed_card(session: Session, run: Run) -> RunCard:
    """Nothing in it says who was asked, or has answered; the answers are there once nobody can answer any more."""
    asked = [replace(each, person_id="", function=None) for each in prompts.of_run(session, run_id=run.id)]
    is_closed = run.state is RunState.CLOSED
    unnamed = anonymous.of_run(session, run_id=run.id) if is_closed and is_told(session, run) else []
    found, earlier = blockers.of_run(session, run_id=run.id), _before(session, run)
    wanted = {run.facilitator_id, *(each for blocker in (*found, *earlier) for each in blocker.concerned)}
    wanted.update(*(named(run.template.ask, {each.question_id: each.value}) for each in unnamed))
    known = people.people(session, workspace_id=run.workspace_id, ids=wanted)
    return RunCard(run, asked, {}, known, found, earlier, unnamed=unnamed)


def _named_card(session: Session, run: Run) -> RunCard:
    asked = prompts.of_run(session, run_id=run.id)
    given = prompts.responses(session, prompt_ids=[prompt.id for prompt in asked])
    found, earlier = blockers.of_run(session, run_id=run.id), _before(session, run)
    items = actions.of_run(session, run_id=run.id)
    wanted = {run.facilitator_id} | {prompt.person_id for prompt in asked} | {each.owner_id for each in items}
    wanted |= {each for blocker in (*found, *earlier) for each in blocker.concerned}
    wanted.update(*(named(run.template.ask, each.answers) for each in given.values()))
    known = people.people(session, workspace_id=run.workspace_id, ids=wanted)
    return RunCard(run, asked, given, known, found, earlier, items)


def _before(session: Session, run: Run) -> list[Blocker]:
    """What earlier runs raised and was not settled when this one opened; only what its channel may read now, and of
    summaries that went at least as far."""
    place = audience.recorded_in(session, workspace_id=run.workspace_id, channel_id=run.channel_id)
    found = blockers.before(session, run=run)
    open_to = [each for each in found if place.is_private or not place.is_for_members(each.recorded_at)]
    raised_in = rituals.runs(session, workspace_id=run.workspace_id, ids={each.run_id for each in open_to})
    return [each for each in open_to if raised_in[each.run_id].template.post.covers(run.template.post)]


def unposted_card(
    db: Database, *, workspace_id: str, run_id: int, reader_id: str, now: datetime
) -> UnpostedCard | None:
    with db.read() as session:
        run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
        place = channels.channel(session, workspace_id=workspace_id, channel_id=run.channel_id) if run else None
        key = owing.run_message(run).key if run else ""
        standing = delivery_queries.standing(session, workspace_id=workspace_id, key=key)
        if run is None or place is None or standing is None:
            return None
        return UnpostedCard(
            summary=card_of(session, run),
            place=_place(session, run, reader_id),
            is_open=place.is_open,
            is_archived=place.is_archived,
            standing=standing,
            may_read=audience.may_read(session, record=run, person_id=reader_id, now=now),
        )


def note_card(db: Database, *, workspace_id: str, run_id: int, reader_id: str) -> NoteCard | None:
    """None of an anonymous run."""
    with db.read() as session:
        run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
        ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=run.ritual_id) if run else None
        if run is None or ritual is None or run.template.anonymous:
            return None
        newest = rituals.newest_run(session, ritual_id=run.ritual_id)
        return NoteCard(
            run,
            ritual,
            _place(session, run, reader_id),
            since=newest if newest and newest.id != run.id else None,
            has_answers=prompts.count(session, run_id=run_id, state=PromptState.ANSWERED) > 0,
        )


def nobody_card(db: Database, *, workspace_id: str, ritual_id: int, reader_id: str) -> tuple[Ritual, str] | None:
    """The ritual that had nobody to ask, and its channel as the reader may know it."""
    with db.read() as session:
        ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
        return (ritual, _place(session, ritual, reader_id)) if ritual else None


def _place(session: Session, found: Run | Ritual, reader_id: str) -> str:
    return audience.place_name(
        session, workspace_id=found.workspace_id, channel_id=found.channel_id, reader_id=reader_id
    )
