"""The use cases of decisions, on both databases."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

import pytest
from sqlmodel import select

from domain.decision_refusals import (
    AlreadyActedOn,
    ApproverLeft,
    NoSuchDecision,
    NotTheApprover,
    NotYourDecision,
    NotYoursToObject,
)
from domain.decision_states import AlreadyAccepted, DecisionState
from domain.decisions import Decision
from domain.errors import FieldErrors, NotInChannel
from domain.people import Person
from domain.submissions import Submission
from services import decision_cards, decision_forms, decisions, informed, verdicts
from storage import decisions as stored
from storage import people
from storage.engine import Database
from storage.tables import DecisionRow
from surface.decision_form import decision_form
from tests.records import object_to, version
from tests.team import ANA, BEN, CHLOE, DEV, ELSEWHERE, FORECAST, GONE, NOW, PRICING, WORKSPACE, audited, owed
from tests.team import readers as told

FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": ANA}


def submit(
    db: Database,
    *,
    by: str = ANA,
    draft: str = "d1",
    channel: str = FORECAST,
    confirmed: Iterable[str] = (),
    **given: str,
) -> tuple[Person, ...]:
    sent = Submission(WORKSPACE, by, draft, FORM | given, list(confirmed))
    return decisions.submit(db, sent=sent, channel_id=channel, now=NOW)


def only(db: Database) -> Decision:
    with db.read() as session:
        ids = session.exec(select(DecisionRow.id)).all()
        assert len(ids) == 1
        found = stored.decision(session, workspace_id=WORKSPACE, decision_id=ids[0] or 0)
        assert found
        return found


def approve(db: Database, *, person_id: str, now: datetime = NOW) -> None:
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=person_id, now=now)


def read(db: Database, *, person_id: str, now: datetime = NOW) -> None:
    informed.read(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=person_id, now=now)


def test_whoever_approves_their_own_has_decided(db: Database) -> None:
    submit(db)
    assert only(db).state is DecisionState.ACCEPTED
    assert told(db, "decision") == [FORECAST]
    assert told(db, "approval") == []


def test_anybody_else_is_asked_to_approve(db: Database) -> None:
    submit(db, approver=BEN, informed=f"{DEV},{CHLOE}")
    assert only(db).state is DecisionState.PROPOSED
    assert told(db, "approval") == [BEN]
    assert told(db, "informed") == []


def test_the_informed_hear_of_it_once_it_is_accepted(db: Database) -> None:
    submit(db, approver=BEN, informed=f"{DEV},{BEN},{ANA}")
    approve(db, person_id=BEN)
    assert told(db, "informed") == [DEV]


def test_approving_twice_changes_nothing(db: Database) -> None:
    submit(db, approver=BEN)
    approve(db, person_id=BEN)
    before = [row.wanted for row in owed(db, "decision")]
    approve(db, person_id=BEN)
    assert [row.wanted for row in owed(db, "decision")] == before
    assert [line[0] for line in audited(db)] == ["decision recorded", "decision approved"]


def test_only_the_approver_approves_or_objects(db: Database) -> None:
    submit(db, approver=BEN)
    with pytest.raises(NotTheApprover, match="Ben"):
        approve(db, person_id=ANA)
    with pytest.raises(NotYoursToObject, match="Tell Ana"):
        object_to(db, by=DEV, reason="No")


def test_who_may_act_is_named_once_and_only_while_here(db: Database) -> None:
    submit(db, approver=BEN)
    with pytest.raises(NotYourDecision, match=r"^Only Ana, who recorded and drives it, can edit D-1\. Ask them\.$"):
        decision_forms.edit_form(db, workspace_id=WORKSPACE, decision_id=1, person_id=DEV, now=NOW)
    with db.write() as session:
        people.save_person(session, person=Person(WORKSPACE, BEN, "Ben", left=True))
    with pytest.raises(ApproverLeft, match=r"Ben has left\. Ask Ana, who recorded and drives it, to choose another"):
        approve(db, person_id=DEV)


def test_an_objection_stays_in_the_record_after_acceptance(db: Database) -> None:
    submit(db, approver=BEN)
    object_to(db, by=BEN, reason=" Too early ")
    assert only(db).state is DecisionState.CONTESTED
    approve(db, person_id=BEN)
    assert (only(db).state, [each.reason for each in only(db).objections]) == (DecisionState.ACCEPTED, ["Too early"])
    with pytest.raises(AlreadyAccepted):
        object_to(db, by=BEN, reason="Again", draft="o2")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_an_objection_needs_a_reason_that_fits(db: Database, reason: str) -> None:
    submit(db, approver=BEN)
    with pytest.raises(FieldErrors):
        object_to(db, by=BEN, reason=reason)
    assert only(db).state is DecisionState.PROPOSED


def test_each_person_is_counted_once(db: Database) -> None:
    submit(db)
    for person_id in (BEN, BEN, DEV):
        read(db, person_id=person_id)
    assert only(db).read_by == {BEN, DEV}
    assert [line[0] for line in audited(db)].count("decision read") == 2


def test_the_same_form_again_makes_one_record_and_one_card(db: Database) -> None:
    submit(db)
    submit(db)
    assert only(db).name == "D-1"
    assert [row.wanted for row in owed(db, "decision")] == [1]
    assert [line[0] for line in audited(db)] == ["decision recorded"]


def test_the_same_form_with_another_text_keeps_the_changed_text_in_one_record(db: Database) -> None:
    submit(db)
    submit(db, choice="Ship both", informed=DEV)
    found = only(db)
    assert (found.name, found.form.choice, found.form.informed, found.edited_at) == ("D-1", "Ship both", (DEV,), NOW)
    assert told(db, "informed") == [DEV]
    assert [line[0] for line in audited(db)] == ["decision recorded", "decision edited"]


def test_the_same_form_with_another_approver_asks_the_other_one(db: Database) -> None:
    submit(db, approver=BEN)
    submit(db, approver=DEV)
    assert told(db, "approval") == [BEN, DEV]
    assert only(db).form.approver_id == DEV
    with pytest.raises(NotTheApprover):
        approve(db, person_id=BEN)


def test_an_edit_can_turn_an_accepted_one_back_into_a_proposal(db: Database) -> None:
    submit(db)
    submit(db, approver=BEN)
    assert (only(db).state, only(db).decided_at) == (DecisionState.PROPOSED, None)


@pytest.mark.parametrize("what", ["approved", "objected", "read"])
def test_what_somebody_has_acted_on_stays_as_they_saw_it(db: Database, what: str) -> None:
    submit(db, approver=BEN)
    act = {
        "approved": partial(approve, person_id=BEN),
        "objected": partial(object_to, by=BEN),
        "read": partial(read, person_id=DEV),
    }
    act[what](db)
    with pytest.raises(AlreadyActedOn, match="D-1"):
        submit(db, approver=BEN, choice="Ship both")
    assert only(db).form.choice == "Ship it"


def test_a_second_form_gets_the_next_number(db: Database) -> None:
    submit(db)
    submit(db, draft="d2")
    cards = decision_cards.listing(db, workspace_id=WORKSPACE, reader_id=ANA, now=NOW)
    assert [card.decision.name for card in cards] == ["D-2", "D-1"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"choice": "x" * 3001}, "choice"),
        ({"because": ""}, "because"),
        ({"context": "x" * 1501}, "context"),
        ({"approver": GONE}, "approver"),
        ({"approver": "UBOT"}, "approver"),
        ({"informed": f"{BEN},{GONE}"}, "informed"),
        ({"look_again_on": "2026-11-20"}, "look_again_on"),
        ({"look_again_on": "2025-01-01"}, "look_again_on"),
        ({"look_again_on": "2200-01-01"}, "look_again_on"),
        ({"look_again_on": "9999-12-31"}, "look_again_on"),
    ],
)
def test_a_mistake_is_marked_on_its_field_and_nothing_is_recorded(
    db: Database, given: dict[str, str], field: str
) -> None:
    with pytest.raises(FieldErrors) as caught:
        submit(db, **given)
    assert list(caught.value.fields) == [field]
    assert audited(db) == []
    assert told(db, "decision") == []


def test_where_muster_is_not_there_is_no_form(db: Database) -> None:
    for channel in (ELSEWHERE, "C404"):
        with pytest.raises(NotInChannel):
            decision_forms.open_form(db, workspace_id=WORKSPACE, channel_id=channel, person_id=ANA, given={}, now=NOW)


def test_naming_somebody_outside_a_private_channel_warns_first_and_is_audited(db: Database) -> None:
    outside = submit(db, by=BEN, channel=PRICING, approver=BEN, informed=f"{DEV},{CHLOE}")
    assert [person.id for person in outside] == [DEV]
    assert audited(db) == []
    assert submit(db, by=BEN, channel=PRICING, approver=BEN, informed=f"{DEV},{CHLOE}", confirmed=[DEV]) == ()
    assert ("outsider named", "D-1", BEN) in audited(db)


def test_nobody_is_warned_about_themselves(db: Database) -> None:
    """Slack may not have said yet that somebody has just come into the channel."""
    assert submit(db, by=DEV, channel=PRICING, approver=DEV) == ()
    assert "outsider named" not in [what for what, _, _ in audited(db)]


def test_another_outsider_is_warned_about_anew(db: Database) -> None:
    form = {"by": BEN, "channel": PRICING, "approver": BEN}
    assert submit(db, **form, informed=f"{DEV},{ANA}", confirmed=[DEV])


@pytest.mark.parametrize(
    ("reader", "sees"), [(BEN, True), (CHLOE, True), (DEV, True), (ANA, False), (GONE, False), ("U404", False)]
)
def test_a_private_decision_is_seen_by_members_and_the_named(db: Database, reader: str, *, sees: bool) -> None:
    submit(db, by=BEN, channel=PRICING, approver=BEN, informed=DEV, confirmed=[DEV])
    find = partial(decision_cards.numbered, db, workspace_id=WORKSPACE, reader_id=reader, now=NOW)
    cards = decision_cards.listing(db, workspace_id=WORKSPACE, reader_id=reader, now=NOW)
    assert len(cards) == sees
    if sees:
        assert find(number=1).place == ("a private channel" if reader == DEV else "#pricing")
        return
    with pytest.raises(NoSuchDecision) as hidden:
        find(number=1)
    with pytest.raises(NoSuchDecision) as unknown:
        find(number=2)
    assert str(hidden.value).replace("D-1", "D-2") == str(unknown.value)


def test_what_is_recorded_in_a_direct_message_belongs_to_those_named(db: Database) -> None:
    submit(db, channel="D123", approver=BEN)
    assert told(db, "decision") == [ANA]
    for reader, count in ((ANA, 1), (BEN, 1), (CHLOE, 0)):
        assert len(decision_cards.listing(db, workspace_id=WORKSPACE, reader_id=reader, now=NOW)) == count


def test_the_same_form_delivered_twice_at_once_makes_one_record(db: Database) -> None:
    with ThreadPoolExecutor(2) as pool:
        for attempt in [pool.submit(submit, db) for _ in range(2)]:
            attempt.result()
    assert only(db).name == "D-1"


def test_the_form_says_whom_it_reaches(db: Database) -> None:
    opened = partial(decision_forms.open_form, db, workspace_id=WORKSPACE, person_id=ANA, given={}, now=NOW)
    for channel, words in ((FORECAST, "posted in #forecast"), ("D123", "for the people named in it alone")):
        assert words in str(decision_form(opened(channel_id=channel)))
