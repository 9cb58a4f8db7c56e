"""The past runs of a channel's rituals, as one person may read them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from sqlmodel import Session

from domain.actions import Source
from domain.cards import RunCard
from domain.errors import UserError
from domain.history import Filter, History, PastRun, matches
from domain.people import Person
from domain.runs import Ritual, Run
from domain.summaries import Line, all_lines
from domain.summary_pages import first_of
from domain.words import day_text
from services import action_cards, audience, checkin_cards, exports, summary_readers
from storage import actions, channels, people, rituals
from storage import history as stored
from storage.engine import Database

SHOWN = 10
"""On one page."""
LOOKED_THROUGH = 200
"""So many of the newest runs are searched."""
OFFERED = 99
"""Slack takes a hundred options in a menu, and one is for all."""


class NoSuchRun(UserError):
    """There is no such check-in that you can see. Type `/checkin history` in its channel to see those you can."""


def past_runs(db: Database, *, workspace_id: str, asked: Filter, reader_id: str, now: datetime) -> History:
    """A page of them, newest first. With words only those in whose answers, questions or names all of them stand."""
    with db.read() as session:
        reader = audience.actor(session, workspace_id=workspace_id, person_id=reader_id)
        found = stored.closed(session, workspace_id=workspace_id, asked=asked, limit=LOOKED_THROUGH)
        seen = summary_readers.readable(session, found, reader, now)
        past = _past(session, [run for run in seen if asked.may_hold(run)], asked)
        page = list(islice(past, asked.page * SHOWN, (asked.page + 1) * SHOWN + 1))
        return History(
            asked,
            tuple(PastRun(*_told(session, *each, asked)) for each in page[:SHOWN]),
            has_more=len(page) > SHOWN,
            rituals=_titles(session, asked.channel_id, reader, now),
            is_partial=asked.channel_id
            in channels.stale_for(session, workspace_id=workspace_id, person_id=reader_id, now=now),
            may_export=exports.may_export(session, reader, asked.ritual_id),
        )


def of_ritual(db: Database, *, workspace_id: str, ritual_id: int, reader_id: str, now: datetime) -> History:
    """The same of one ritual, from its desk. Raises NoSuchRun."""
    with db.read() as session:
        ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
    if ritual is None:
        raise NoSuchRun
    asked = Filter(ritual.channel_id, ritual_id)
    return past_runs(db, workspace_id=workspace_id, asked=asked, reader_id=reader_id, now=now)


def past_run(db: Database, *, workspace_id: str, run_id: int, reader_id: str, now: datetime) -> RunCard:
    """Raises NoSuchRun for those who may not read it, and before its answers are shown."""
    return folded_run(db, workspace_id=workspace_id, run_id=run_id, page=1, reader_id=reader_id, now=now)[0]


def folded_run(
    db: Database, *, workspace_id: str, run_id: int, page: int, reader_id: str, now: datetime
) -> tuple[RunCard, int]:
    """With the place of the answer that begins that page of its summary. Raises NoSuchRun."""
    with db.read() as session:
        reader = audience.actor(session, workspace_id=workspace_id, person_id=reader_id)
        run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
        if run is None or not run.shows_answers or not summary_readers.readable(session, [run], reader, now):
            raise NoSuchRun
        return _with_items(session, _card(session, run), reader, now), first_of(
            checkin_cards.card_of(session, run), page
        )


def run_at(db: Database, *, workspace_id: str, answer: Source, reader_id: str, now: datetime) -> tuple[RunCard, int]:
    """The run of an answer, with its place among all. Raises NoSuchRun."""
    card = past_run(db, workspace_id=workspace_id, run_id=answer.run_id, reader_id=reader_id, now=now)
    found = [place for place, each in enumerate(all_lines(card)) if each.source == answer]
    return card, found[0] if found else 0


def _with_items(session: Session, card: RunCard, reader: Person, now: datetime) -> RunCard:
    """What its answers made, and people made of them, as far as the reader may see that."""
    made = [*actions.of_run(session, run_id=card.run.id), *actions.of_answers(session, run_id=card.run.id)]
    if not made:
        return card
    places = channels.readable(session, workspace_id=reader.workspace_id, person_id=reader.id, now=now)
    added = action_cards.visible(session, made, reader, places, now)
    known = people.people(session, workspace_id=reader.workspace_id, ids={each.owner_id for each in added})
    return replace(card, added=added, people={**known, **card.people})


def is_unsure(db: Database, *, workspace_id: str, run_id: int, reader_id: str, now: datetime) -> bool:
    """Slack has not said lately whether this person may read it."""
    with db.read() as session:
        run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
        stale = channels.stale_for(session, workspace_id=workspace_id, person_id=reader_id, now=now)
        return run is not None and run.channel_id in stale


def _past(session: Session, found: Iterable[Run], asked: Filter) -> Iterator[tuple[Run, RunCard | None]]:
    """With the card where it had to be read to know; one by one, as a page needs only the first."""
    for run in found:
        card = _card(session, run) if asked.words else None
        if card is None or _lines(card, asked):
            yield run, card


def _titles(session: Session, channel_id: str, reader: Person, now: datetime) -> dict[int, str]:
    """Of the channel's rituals that went on while the reader could know of them."""
    places = channels.readable(session, workspace_id=reader.workspace_id, person_id=reader.id, now=now)
    found = stored.of_channel(session, workspace_id=reader.workspace_id, channel_id=channel_id, limit=OFFERED)
    return {each.id: _title(each, reader) for each in found if places.shows(channel_id, each.ended_at or now)}


def _title(ritual: Ritual, reader: Person) -> str:
    """The same template may be on again after it has ended."""
    if ritual.ended_at is None:
        return ritual.template.title
    return f"{ritual.template.title}, until {day_text(ritual.ended_at.astimezone(reader.zone).date())}"


def _told(session: Session, run: Run, card: RunCard | None, asked: Filter) -> tuple[RunCard, tuple[Line, ...]]:
    card = card or _card(session, run)
    return card, _lines(card, asked) if asked.is_of_answers else ()


def _lines(card: RunCard, asked: Filter) -> tuple[Line, ...]:
    looked_at = replace(card, prompts=[each for each in card.prompts if asked.takes(each)])
    return tuple(line for line in all_lines(looked_at) if matches(line, asked.words))


def _card(session: Session, run: Run) -> RunCard:
    """With all answers in their places; what became of the blockers among them is told beside."""
    card = checkin_cards.card_of(session, run)
    return replace(card.answers_alone, raised=card.blockers)
