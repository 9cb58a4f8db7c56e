"""Who is told what became of a decision that waits for a verdict."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from domain.decision_cards import DecisionNews, News
from domain.decision_form import expects
from domain.decisions import Decision
from domain.objections import Concern, Objection
from domain.people import Person, has_left
from services import caretakers, owing, round_cards
from services.decision_cards import caretakers_of
from storage import actions, people


def tell(
    session: Session,
    decision: Decision,
    news: News,
    *,
    about: Objection | None = None,
    but: Collection[str] = (),
    now: datetime,
) -> None:
    """Those who wait for the verdict, and of an objection the approver; not whoever did it, nor those in `but`.
    Of those who look after the channel, the first."""
    approver_id = decision.form.approver_id
    known = people.people(session, workspace_id=decision.workspace_id, ids=decision.named)
    waiting = [known[each] for each in sorted(decision.drivers) if each in known and not known[each].left]
    here = {each.id for each in waiting or caretakers_of(session, decision, known)[:1]}
    if about and not has_left(known, approver_id):
        here.add(approver_id)
    by = about.person_id if about else approver_id
    _owe(session, decision, news, here - {by, *but}, now, about=about)


def tell_objector(session: Session, decision: Decision, news: News, objection: Objection, *, now: datetime) -> None:
    """What came of theirs, while they are here."""
    known = people.people(session, workspace_id=decision.workspace_id, ids=[objection.person_id])
    if not has_left(known, objection.person_id):
        _owe(session, decision, news, [objection.person_id], now, about=objection)


def tell_concern(session: Session, decision: Decision, concern: Concern, *, now: datetime) -> None:
    """Its driver and its approver; when both have left, whoever answers for it now. Not whoever raised it."""
    known = people.people(session, workspace_id=decision.workspace_id, ids=decision.named)
    answer = {decision.driver_id, decision.form.approver_id}
    here = {each for each in answer if not has_left(known, each)}
    here = here or {each.id for each in caretakers_of(session, decision, known)[:1]}
    _owe(session, decision, News.CONCERN, here - {concern.person_id}, now, about=concern)


def tell_end(session: Session, decision: Decision, *, now: datetime) -> None:
    """Whoever has read it, recorded, drives or approved it; not whoever ended it."""
    relied = {*decision.read_by, *decision.drivers, decision.form.approver_id} - {decision.ended_by}
    known = people.people(session, workspace_id=decision.workspace_id, ids=relied)
    here = {each.id for each in known.values() if not each.left}
    _owe(session, decision, News.NO_LONGER_HOLDS, here, now)


def tell_withdrawn(session: Session, before: Decision, decision: Decision, *, now: datetime) -> None:
    """Those it waited for: whoever was to approve it or was asked in its round, and whoever objects to it; and those
    who drive it. Not whoever withdrew it. `before`: as it was until then."""
    objected = {each.person_id for each in before.objections if not each.is_settled}
    asked = round_cards.asked_by_now(session, before)
    asked |= set() if before.in_round else {decision.form.approver_id}
    concerned = {*before.drivers, *objected, *asked} - {decision.ended_by}
    known = people.people(session, workspace_id=decision.workspace_id, ids=concerned)
    here = {each.id for each in known.values() if not each.left}
    _owe(session, decision, News.PROPOSAL_WITHDRAWN, here, now)


def tell_superseded(session: Session, decision: Decision, new: Decision, *, by: str, now: datetime) -> None:
    """Whoever relied on it and hears nothing of the new one otherwise; whoever is to say what becomes of the action
    items that are still open; and whoever is to say what came of it."""
    know = {new.recorded_by, new.driver_id, new.form.approver_id, *new.form.informed, by}
    relied = {*decision.read_by, *decision.drivers, decision.form.approver_id} - know
    known = people.people(session, workspace_id=decision.workspace_id, ids={*relied, *decision.named})
    here = {each for each in relied if not has_left(known, each)} | _settles_items(session, decision, known)
    here |= _tells_result(decision, known)
    _owe(session, decision, News.SUPERSEDED, here, now)


def _settles_items(session: Session, decision: Decision, known: Mapping[str, Person]) -> set[str]:
    """Whoever drives it, or else whoever recorded it, or looks after it."""
    place = {"workspace_id": decision.workspace_id}
    if not actions.open_of_decision(session, **place, decision_id=decision.id):
        return set()
    wanted = (each for each in (decision.driver_id, decision.recorded_by) if not has_left(known, each))
    looks_after = (each.id for each in caretakers.of_channel(session, **place, channel_id=decision.channel_id))
    return {next(wanted, "") or next(looks_after, "")} - {""}


def _tells_result(decision: Decision, known: Mapping[str, Person]) -> set[str]:
    """Whoever drives it, where it says what was expected and nobody has said what came."""
    is_wanted = expects(decision.form) and decision.result is None and not has_left(known, decision.driver_id)
    return {decision.driver_id} if is_wanted else set()


def _owe(
    session: Session,
    decision: Decision,
    news: News,
    readers: Iterable[str],
    now: datetime,
    *,
    about: Objection | Concern | None = None,
) -> None:
    told = owing.decision_news(decision, DecisionNews.of(decision, news, about), sorted(readers))
    owing.owe(session, decision.workspace_id, *told, now=now)


def ask_objectors(session: Session, decision: Decision, *, but: Collection[str], now: datetime) -> None:
    """Whether the changed text mends what they held against an earlier one; each once for each text, whatever they held
    against it. The approver is asked about it anyway."""
    latest = {each.person_id: each for each in decision.objections if not each.is_settled}
    for person_id in sorted(latest.keys() - set(but)):
        tell_objector(session, decision, News.CHANGED, latest[person_id], now=now)
