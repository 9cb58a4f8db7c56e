"""The form of a decision: a new one, one to edit or complete, turning its pages, and sending it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain import decision_options
from domain.briefs import Drafted
from domain.channels import is_direct
from domain.clock import new_id
from domain.decision_cards import ANOTHER_RITUAL, DecisionSheet
from domain.decision_form import as_given
from domain.decision_pages import FILLED_BY_BRIEFS, About, KeptForm, Page, Shown, page_of
from domain.decision_refusals import EditedMeanwhile
from domain.decision_states import Move
from domain.decisions import Decision
from domain.errors import FieldErrors
from domain.meanwhile import differs, merged
from domain.people import has_left, name_of
from domain.posted import Posted
from domain.submissions import Submission
from services import audience, decisions, drafts, lineage
from services.decision_moves import check_mover, for_form, found
from services.rounds import NO_ROUNDS, Rounds
from storage import kept_forms, people, rituals
from storage.engine import Database


def open_form(
    db: Database,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    given: Mapping[str, str],
    message: Posted | None = None,
    drafted: Drafted | None = None,
    now: datetime,
) -> DecisionSheet:
    """A new form; the approver is whoever opens it until they choose somebody else. `message`: what it is made of;
    `drafted`: by way of which brief."""
    sent = Submission(workspace_id, person_id, new_id(), {"approver": person_id, **given})
    return _opened(db, sent, About(channel_id, message=message, drafted=drafted), now)


def edit_form(db: Database, *, workspace_id: str, decision_id: int, person_id: str, now: datetime) -> DecisionSheet:
    """The form of an open decision as it stands; an approver or driver who left is to be chosen anew."""
    return _of_one(db, workspace_id, decision_id, person_id, move=Move.EDIT, now=now)


def complete_form(db: Database, *, workspace_id: str, decision_id: int, person_id: str, now: datetime) -> DecisionSheet:
    """The form of an accepted decision, to add what its record lacks. Raises MoveRefused and NotYoursToComplete."""
    return _of_one(db, workspace_id, decision_id, person_id, move=Move.COMPLETE, now=now)


def _of_one(
    db: Database, workspace_id: str, decision_id: int, person_id: str, *, move: Move, now: datetime
) -> DecisionSheet:
    with db.read() as session:
        decision = for_form(session, workspace_id, decision_id, person_id, move)
        given = _as_it_stands(session, decision, person_id)
    sent = Submission(workspace_id, person_id, new_id(), given)
    return _opened(db, sent, About(decision.channel_id, decision.id, decision.revision, move=move), now)


def _as_it_stands(session: Session, decision: Decision, person_id: str) -> dict[str, str]:
    given = as_given(lineage.for_editor(session, decision, person_id))
    if not decision.is_open:
        return given
    known = people.people(session, workspace_id=decision.workspace_id, ids=decision.named)
    gone = [field for field in ("approver", "driver") if has_left(known, given.get(field, ""))]
    return {name: value for name, value in given.items() if name not in gone}


def superseding_form(
    db: Database, *, workspace_id: str, decision_id: int, person_id: str, now: datetime
) -> DecisionSheet:
    """A new form, in the channel of the accepted decision that it is to supersede, with what may stay as it was.

    Raises MoveRefused and NotYoursToSupersede.
    """
    with db.read() as session:
        old = found(session, workspace_id, decision_id, person_id, lock=False)
        old.moved(Move.SUPERSEDE)
        check_mover(session, old, Move.SUPERSEDE, person_id)
        known = people.people(session, workspace_id=workspace_id, ids=old.named)
    here = {each.id for each in known.values() if not each.left}
    kept = replace(
        old.form,
        approver_id=old.form.approver_id if old.form.approver_id in here else "",
        driver_id=old.form.driver_id if old.form.driver_id in here else "",
        contributors=tuple(each for each in old.form.contributors if each in here),
        informed=tuple(each for each in old.form.informed if each in here),
        choice="",
        because="",
        good="",
        bad="",
        look_again_on=None,
        confidence=None,
        supersedes=(old.number,),
        based_on=(),
    )
    return _opened(db, Submission(workspace_id, person_id, new_id(), as_given(kept)), About(old.channel_id), now)


def _opened(db: Database, sent: Submission, about: About, now: datetime) -> DecisionSheet:
    """What it was opened with is kept for its other pages, and tells later what was typed."""
    with db.write() as session:
        drawn = sheet(session, sent, about)
        kept_forms.keep(session, kept=KeptForm(sent, about, opened_with=sent.given, at=now))
        return drawn


def turn(
    db: Database, *, sent: Submission, about: About, shown: Shown, to: Shown, now: datetime, removes: bool = False
) -> DecisionSheet:
    """Shows another page, or another of the options; what was typed is kept. `removes`: the option that was shown."""
    with db.write() as session:
        filled = whole(session, sent, shown)
        if removes:
            filled = replace(filled, given=decision_options.without(filled.given, shown.option))
        return _kept_and_drawn(session, filled, about, to, now)


def send(
    db: Database, *, sent: Submission, about: About, shown: Shown, rounds: Rounds = NO_ROUNDS, now: datetime
) -> DecisionSheet | None:
    """Records what stands on all pages, or edits what the form is about; None once that is done.

    Otherwise nothing is recorded, and the form is to be shown again: with those outside the channel whom nobody has
    confirmed, with the page on which something is wrong, or with what somebody else has saved since it was opened.
    Raises FieldErrors of the page that is shown.
    """
    with db.read() as session:
        filled = whole(session, sent, shown)
        about = _as_corrected(session, filled, about)
    mistakes: Mapping[str, str] = {}
    try:
        outsiders = decisions.submit(db, sent=filled, **vars(about), rounds=rounds, now=now)
    except EditedMeanwhile:
        return _merged(db, filled, about, shown, now)
    except FieldErrors as error:
        to = _where(error, filled, shown)
        if to is None:
            raise
        mistakes = error.fields
    else:
        if not outsiders:
            return None
        to, filled = shown, replace(filled, confirmed=[each.id for each in outsiders])
    with db.write() as session:
        return replace(_kept_and_drawn(session, filled, about, to, now), mistakes=mistakes)


def _as_corrected(session: Session, filled: Submission, about: About) -> About:
    """Of what a brief filled in, whether that was put in other words here."""
    kept = kept_forms.of(session, sent=filled) if about.drafted else None
    if about.drafted is None or kept is None:
        return about
    is_changed = any(differs(name, filled.given, kept.opened_with) for name in FILLED_BY_BRIEFS)
    return replace(about, drafted=replace(about.drafted, is_corrected=about.drafted.is_corrected or is_changed))


def _merged(db: Database, filled: Submission, about: About, shown: Shown, now: datetime) -> DecisionSheet:
    """The newest text with this person's own changes. Raises EditedMeanwhile where nobody knows which these are."""
    with db.write() as session:
        newest = for_form(session, filled.workspace_id, about.decision_id or 0, filled.person_id, about.move)
        kept = kept_forms.of(session, sent=filled)
        if kept is None:
            raise EditedMeanwhile(name=newest.name)
        theirs = _as_it_stands(session, newest, filled.person_id)
        changed_by = max(newest.changes)[1] if newest.changes else ""
        known = people.people(session, workspace_id=filled.workspace_id, ids=newest.named | {changed_by})
        by = name_of(known, changed_by) if changed_by in known else ""
        given, meanwhile = merged(kept.opened_with, filled.given, theirs, by=by)
        filled = replace(filled, given=given)
        about = replace(about, version=newest.revision)
        kept_forms.keep(session, kept=KeptForm(filled, about, opened_with=theirs, at=now))
        drawn = replace(sheet(session, filled, about), page=shown.page, option=shown.option)
        return replace(drawn, meanwhile=replace(meanwhile, people=known))


def _where(error: FieldErrors, filled: Submission, shown: Shown) -> Shown | None:
    """The page with a mistake; None for the one that is shown."""
    to = Shown(page_of(error.fields) or shown.page, decision_options.mistakes(filled.given)[0])
    is_shown = any(name in shown.fields for name in error.fields)
    return None if is_shown and (to.page is not Page.OPTIONS or to.option == shown.option) else to


def whole(session: Session, sent: Submission, shown: Shown) -> Submission:
    """With what was typed on the other pages; of a form that was sent before, with what it was sent with."""
    kept = kept_forms.of(session, sent=sent)
    before = kept.sent.given if kept else drafts.given_before(session, sent) or {}
    return replace(sent, given=shown.whole(before, sent.given))


def _kept_and_drawn(session: Session, filled: Submission, about: About, to: Shown, now: datetime) -> DecisionSheet:
    """Slack may tell of a click after the form was sent: then there is nothing left to keep."""
    if drafts.made(session, filled) is None:
        kept = kept_forms.of(session, sent=filled)
        opened_with = kept.opened_with if kept else {}
        kept_forms.keep(session, kept=KeptForm(filled, about, opened_with=opened_with, at=now))
    return replace(sheet(session, filled, about), page=to.page, option=to.option)


def sheet(session: Session, sent: Submission, about: About) -> DecisionSheet:
    place = {"workspace_id": sent.workspace_id, "channel_id": about.channel_id}
    audience.actor(session, workspace_id=sent.workspace_id, person_id=sent.person_id)
    if about.decision_id is None:
        audience.place(session, **place)
    outsiders = people.people(session, workspace_id=sent.workspace_id, ids=[each for each in sent.confirmed if each])
    answer = [sent.given[name] for name in ("approver", "driver") if name in sent.given]
    completes = about.move is Move.COMPLETE
    # Any other form is opened where it is for.
    reader_id = sent.person_id if about.decision_id or sent.given.get("supersedes") else ""
    return DecisionSheet(
        draft_id=sent.draft_id,
        place=audience.place_name(session, **place, reader_id=reader_id),
        is_direct=is_direct(about.channel_id),
        given=sent.given,
        outsiders=tuple(outsiders.values()),
        forums=_forums(session, sent, about.channel_id),
        page=Page.CONTEXT if completes else Page.BASICS,
        people=people.people(session, workspace_id=sent.workspace_id, ids=answer) if completes else {},
        **vars(about),
    )


def _forums(session: Session, sent: Submission, channel_id: str) -> tuple[tuple[int, str], ...]:
    """The rituals of the channel, and the one that is chosen. Which a private channel has is for its members."""
    place = {"workspace_id": sent.workspace_id}
    chosen = sent.given.get("forum")
    if audience.is_hidden(session, **place, channel_id=channel_id, reader_id=sent.person_id):
        return ((int(chosen), ANOTHER_RITUAL),) if chosen else ()
    found = {each.id: each.template.title for each in rituals.active(session, **place, channel_id=channel_id)}
    if chosen and int(chosen) not in found and (ritual := rituals.ritual(session, **place, ritual_id=int(chosen))):
        found[ritual.id] = ritual.template.title
    return tuple(found.items())
