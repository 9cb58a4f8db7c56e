"""What somebody typed into the form of a decision and did not send: theirs alone, until they send or discard it."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.decision_cards import DecisionSheet
from domain.decision_pages import About, Draft, KeptForm, Shown
from domain.errors import UserError
from domain.submissions import Submission
from services import audience, drafts, owing
from services.decision_forms import sheet, whole
from services.decision_moves import for_form
from storage import kept_forms
from storage.engine import Database

KEPT = timedelta(days=30)


class DraftOutside(UserError):
    """You are no longer in the private channel that this draft is for. Discard it, or type `/decision` in another
    channel."""


class DraftGone(UserError):
    """This draft is not there any more: you have sent or discarded it, or it lay for 30 days. Type `/decision` to begin
    anew."""


def closed(db: Database, *, sent: Submission, about: About, shown: Shown, tells: bool, now: datetime) -> None:
    """A form was closed. `tells`: whether Slack says what stood in it; otherwise what was kept before stays."""
    with db.write() as session:
        if drafts.made(session, sent) is not None and about.decision_id is None:
            return
        kept = kept_forms.of(session, sent=sent)
        if kept is None:
            return
        if tells:
            filled = replace(whole(session, sent, shown), confirmed=[])
            kept = replace(kept, sent=filled, about=about, at=now)
        if kept.is_changed:
            kept_forms.keep(session, kept=kept)
        else:
            kept_forms.drop(session, sent=sent)
        _owe_home(session, sent, now)


def of_person(session: Session, *, workspace_id: str, person_id: str, now: datetime) -> list[Draft]:
    """The newest first."""
    found = kept_forms.of_person(session, workspace_id=workspace_id, person_id=person_id, since=now - KEPT)
    changed = [each for each in found if each.is_changed]
    pairs = [(each.about.channel_id, person_id) for each in changed]
    places = audience.place_names(session, workspace_id=workspace_id, pairs=pairs)
    person = audience.actor(session, workspace_id=workspace_id, person_id=person_id)
    return [
        Draft(
            each.sent.draft_id,
            title=each.sent.given.get("title", ""),
            place=places[each.about.channel_id, person_id],
            is_edit=each.about.decision_id is not None,
            until=(each.at + KEPT).astimezone(person.zone).date(),
        )
        for each in changed
    ]


def listing(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> list[Draft]:
    with db.read() as session:
        return of_person(session, workspace_id=workspace_id, person_id=person_id, now=now)


def go_on(db: Database, *, workspace_id: str, person_id: str, draft_id: str, now: datetime) -> DecisionSheet:
    """The form as it was left. Raises DraftGone, DraftOutside, and what opening it anew would raise."""
    with db.read() as session:
        kept = _found(session, workspace_id, person_id, draft_id, now)
        if kept.about.decision_id is not None:
            for_form(session, workspace_id, kept.about.decision_id, person_id, kept.about.move)
        elif not kept.sent.given.get(
            "supersedes"
        ):  # Which may be begun from outside, by whoever answers for the old one.
            place = {"workspace_id": workspace_id, "channel_id": kept.about.channel_id}
            if audience.is_hidden(session, **place, reader_id=person_id):
                raise DraftOutside
        return sheet(session, kept.sent, kept.about)


def discard(db: Database, *, workspace_id: str, person_id: str, draft_id: str, now: datetime) -> None:
    """Discarded again it changes nothing."""
    sent = Submission(workspace_id, person_id, draft_id, {})
    with db.write() as session:
        kept_forms.drop(session, sent=sent)
        _owe_home(session, sent, now)


def _found(session: Session, workspace_id: str, person_id: str, draft_id: str, now: datetime) -> KeptForm:
    kept = kept_forms.of(session, sent=Submission(workspace_id, person_id, draft_id, {}))
    if kept is None or kept.at < now - KEPT:
        raise DraftGone
    return kept


def _owe_home(session: Session, sent: Submission, now: datetime) -> None:
    owing.owe_again(session, sent.workspace_id, owing.home_page(sent.person_id), now=now)
