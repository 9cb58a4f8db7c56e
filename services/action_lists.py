"""What `/action list` shows: one's own items, what others owe one, one's team's, one's lead's, anybody's, and
what has no owner or day; as far as the reader may see them."""

from datetime import datetime

from sqlmodel import Session

from domain.action_lists import PAGE, ActionLists, Asked, Part, Which
from domain.actions import ActionItem
from domain.errors import UserError
from domain.named import one_named
from domain.people import Person
from domain.words import quoted
from services import audience, leavers, needs
from services.action_cards import cards_of, visible
from storage import actions, channels, people
from storage.engine import Database

OVERVIEW = (Which.MINE, Which.LEFT, Which.WAITING, Which.HELPING, Which.TEAM, Which.ORPHANS)


class NoLead(UserError):
    """Muster does not know whom you report to. Ask a lead or manager to set it with `/muster people`."""


class NobodyCalled(UserError):
    """Nobody here, or more than one, is called {name}. Please pick them from the names Slack offers as you type."""


def of_one_called(db: Database, *, workspace_id: str, channel_id: str, reader_id: str, name: str) -> Asked:
    """The list of the one in that channel, or assigned to the reader, who is called so. Raises NobodyCalled."""
    with db.read() as session:
        place = audience.recorded_in(session, workspace_id=workspace_id, channel_id=channel_id)
        here = audience.may_be_named(session, place, reader_id)
        team = {each.id: each for each in needs.team(session, here[reader_id])}
    if person_id := one_named(name, (here | team).values()):
        return Asked(Which.PERSON, person_id=person_id)
    raise NobodyCalled(name=quoted(name))


def listing(db: Database, *, workspace_id: str, reader_id: str, asked: Asked, now: datetime) -> ActionLists:
    """Each list by day; a page past the end is the last one. Raises NoLead."""
    with db.read() as session:
        reader = audience.actor(session, workspace_id=workspace_id, person_id=reader_id)
        which = OVERVIEW if asked.which is Which.ALL else (asked.which,)
        found: dict[Which, list[ActionItem]] = {}
        for each in which:
            told = {item.id for items in found.values() for item in items}
            listed = _items(session, reader, each, asked.person_id, now)
            found[each] = [item for item in listed if item.id not in told or each is not Which.ORPHANS]
        most = max((len(items) for items in found.values()), default=0)
        page = min(asked.page, max(most - 1, 0) // PAGE)
        asked = Asked(asked.which, page, asked.person_id)
        parts = []
        for each, items in found.items():
            shown = items[page * PAGE : (page + 1) * PAGE]
            whose = _whose(session, reader, each, asked.person_id)
            cards = cards_of(session, shown, reader_id=reader_id, now=now)
            parts.append(Part(each, cards, len(items), whose.name if whose else ""))
        return ActionLists(asked, reader_id, tuple(part for part in parts if part.total))


def _items(session: Session, reader: Person, which: Which, person_id: str, now: datetime) -> list[ActionItem]:
    workspace_id = reader.workspace_id
    if which is Which.WAITING:
        return actions.asked_for(session, workspace_id=workspace_id, person_id=reader.id)
    if which is Which.HELPING:
        return actions.helped_by(session, workspace_id=workspace_id, person_id=reader.id)
    places = channels.readable(session, workspace_id=workspace_id, person_id=reader.id, now=now)
    if which is Which.LEFT:
        return [card.item for card in leavers.offered(session, reader, now=now).items]
    if which is Which.LATE:
        found = needs.overdue(session, reader, needs.around(reader, needs.team(session, reader)), now)
    elif which is Which.ORPHANS:
        found = needs.orphans(session, reader)
    else:
        owners = _owners(session, reader, which, person_id)
        found = actions.open_of(session, workspace_id=workspace_id, owner_ids=owners) if owners else []
    return visible(session, found, reader, places, now)


def _owners(session: Session, reader: Person, which: Which, person_id: str) -> list[str]:
    if which is Which.TEAM:
        return [each.id for each in needs.team(session, reader)]
    whose = _whose(session, reader, which, person_id)
    return [whose.id] if whose else []


def _whose(session: Session, reader: Person, which: Which, person_id: str) -> Person | None:
    """The one whose list it is. Raises NoLead."""
    if which is Which.MINE:
        return reader
    if which is Which.PERSON:
        return people.person(session, workspace_id=reader.workspace_id, person_id=person_id)
    if which is not Which.LEAD:
        return None
    if not reader.manager_id:
        raise NoLead
    return people.person(session, workspace_id=reader.workspace_id, person_id=reader.manager_id)
