"""A decision that is accepted in the place of others, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from domain.decision_cards import DecisionCard
from domain.decision_refusals import AlreadyActedOn, NoLongerToSupersede, NotYoursToSupersede
from domain.decision_states import AlreadySuperseded, DecisionState, NotYetAccepted
from domain.decisions import Decision
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.submissions import Submission
from services import (
    decision_cards,
    decision_endings,
    decision_forms,
    decision_reminders,
    decisions,
    informed,
    objections,
    verdicts,
)
from storage import decisions as stored
from storage.engine import Database
from storage.tables import DeliveryRow
from surface import decision_list
from surface import decisions as views
from surface.informed import informed_message
from tests.decisions.test_ending import DAY
from tests.messages import said
from tests.records import object_to, version
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, WORKSPACE, owed, readers
from tests.trail import entries

SUPERSEDED, ACCEPTED = DecisionState.SUPERSEDED, DecisionState.ACCEPTED
OLD = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": BEN, "driver": DEV}
NEW = OLD | {"title": "Large model", "choice": "Ship that", "because": "Prices fell", "supersedes": "D-1"}


def propose(db: Database, draft: str, given: dict[str, str], *, by: str = DEV, **about: Any) -> None:
    sent = Submission(WORKSPACE, by, draft, given, [ANA, BEN, CHLOE, DEV])
    decisions.submit(db, sent=sent, channel_id=about.pop("channel", FORECAST), now=NOW, **about)


def approve(db: Database, number: int, *, by: str = BEN) -> None:
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=number, version=version(db, number), person_id=by, now=DAY)


def old(db: Database, **given: str) -> None:
    """D-1, accepted by Ben."""
    propose(db, "old", OLD | given, by=ANA)
    approve(db, 1)


def proposed(db: Database, draft: str = "new", **given: str) -> None:
    """Another that is to supersede it and waits for Ben."""
    propose(db, draft, NEW | given)


def read(db: Database, person_id: str, number: int = 1) -> None:
    shown = version(db, number)
    informed.read(db, workspace_id=WORKSPACE, decision_id=number, version=shown, person_id=person_id, now=DAY)


def get(db: Database, number: int) -> Decision:
    with db.read() as session:
        found = stored.decision(session, workspace_id=WORKSPACE, decision_id=number)
        assert found
        return found


def told(db: Database) -> list[DeliveryRow]:
    """The messages about the end of D-1."""
    return [row for row in owed(db, "decision_news") if ":superseded:" in row.key]


def card(db: Database, number: int, reader_id: str = DEV) -> DecisionCard:
    found = decision_cards.reader_card(db, workspace_id=WORKSPACE, decision_id=number, reader_id=reader_id, now=DAY)
    assert found
    return found


def mistake(db: Database, **given: str) -> str:
    """What is written at the field for the numbers."""
    with pytest.raises(FieldErrors) as caught:
        proposed(db, "wrong", **given)
    (text,) = caught.value.fields.values()
    return text


def test_it_takes_the_place_of_another_once_it_is_accepted(db: Database) -> None:
    old(db)
    proposed(db)
    assert (get(db, 1).state, get(db, 1).superseded_by, get(db, 2).form.supersedes) == (ACCEPTED, 0, (1,))
    approve(db, 2)
    ended = get(db, 1)
    assert (ended.state, ended.superseded_by, ended.ended_at, ended.ended_by) == (SUPERSEDED, 2, DAY, BEN)
    assert (get(db, 2).state, get(db, 2).superseded_by) == (ACCEPTED, 0)


def test_recorded_by_its_own_approver_it_does_so_at_once_and_for_several(db: Database) -> None:
    old(db)
    propose(db, "other", OLD | {"title": "Other"}, by=ANA)
    approve(db, 2)
    propose(db, "new", NEW | {"supersedes": "d1 and D-2"}, by=BEN)
    assert [get(db, number).superseded_by for number in (1, 2, 3)] == [3, 3, 0]


def test_overruling_an_objection_accepts_it_too(db: Database) -> None:
    old(db)
    proposed(db, contributors=CHLOE)
    object_to(db, by=CHLOE, decision_id=2)
    sent = Submission(WORKSPACE, BEN, "o2", {"reason": "It must go on"})
    objections.overrule(db, sent=sent, decision_id=2, version=version(db, 2), now=DAY)
    assert get(db, 1).superseded_by == 2


def test_an_edit_that_leaves_the_approval_to_its_editor_accepts_it_too(db: Database) -> None:
    old(db)
    proposed(db)
    propose(db, "edit", NEW | {"approver": DEV}, decision_id=2, version=version(db, 2))
    assert (get(db, 1).superseded_by, get(db, 1).ended_by) == (2, DEV)


def test_what_a_form_may_not_supersede_is_marked_on_its_field(db: Database) -> None:
    old(db)
    propose(db, "open", OLD | {"title": "Open"})
    assert mistake(db, supersedes="the old one") == "Please write the numbers of decisions here, such as D-12, D-15."
    assert mistake(db, supersedes="D-9") == ("There is no decision D-9 that you can see. Please check the number.")
    assert mistake(db, supersedes="D-2") == (
        "D-2 is proposed; only an accepted decision can be superseded. Please take it out."
    )
    with pytest.raises(FieldErrors, match="D-2 is this decision itself"):
        propose(db, "self", OLD | {"supersedes": "D-2"}, decision_id=2, version=version(db, 2))
    propose(db, "new", NEW, by=BEN)
    assert mistake(db, supersedes="D-1") == (
        "D-1 is superseded by D-3 already. Please take it out, or name D-3 instead."
    )
    sent = Submission(WORKSPACE, DEV, "end", {"reason": "Prices rose"})
    decision_endings.deprecate(db, sent=sent, decision_id=3, now=DAY)
    assert mistake(db, supersedes="D-3") == (
        "D-3 no longer holds, so there is nothing to supersede. Please take it out."
    )


def test_nobody_supersedes_what_is_not_theirs_unless_one_of_them_approves(db: Database) -> None:
    old(db)
    with pytest.raises(
        FieldErrors, match="Only Dev, who drives it, or Ben, who approved it, can let D-1 be superseded"
    ):
        propose(db, "new", NEW | {"approver": CHLOE, "driver": ""}, by=CHLOE)
    with pytest.raises(NotYoursToSupersede):
        decision_forms.superseding_form(db, workspace_id=WORKSPACE, decision_id=1, person_id=CHLOE, now=NOW)
    propose(db, "new", NEW | {"driver": CHLOE}, by=CHLOE)
    approve(db, 2)
    assert get(db, 1).superseded_by == 2


def test_the_second_to_be_accepted_is_refused_and_hears_which_was_first(db: Database) -> None:
    old(db)
    proposed(db)
    proposed(db, "rival", title="Middle model")
    approve(db, 2)
    before = len(entries(db))
    refused = (
        "D-3 was to supersede D-1, which D-2 has superseded since. "
        "Ask Dev, who recorded and drives it, to take it out or to name another, and you are asked again."
    )
    with pytest.raises(NoLongerToSupersede) as caught:
        approve(db, 3)
    assert str(caught.value) == refused
    assert (get(db, 3).state, get(db, 1).superseded_by, len(entries(db))) == (DecisionState.PROPOSED, 2, before)
    propose(db, "mend", NEW | {"title": "Middle model", "supersedes": "D-2"}, decision_id=3, version=version(db, 3))
    approve(db, 3)
    assert (get(db, 2).superseded_by, get(db, 3).state) == (3, ACCEPTED)


def test_it_is_refused_once_the_old_one_no_longer_holds(db: Database) -> None:
    old(db)
    proposed(db)
    decision_endings.deprecate(
        db, sent=Submission(WORKSPACE, DEV, "end", {"reason": "Prices rose"}), decision_id=1, now=DAY
    )
    with pytest.raises(NoLongerToSupersede, match="D-2 was to supersede D-1, which no longer holds"):
        approve(db, 2)
    assert get(db, 2).is_open


def test_of_two_accepted_in_the_same_moment_one_stands(db: Database) -> None:
    old(db)
    proposed(db)
    proposed(db, "rival", title="Middle model")

    def press(number: int) -> str:
        try:
            approve(db, number)
        except NoLongerToSupersede as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(press, [2, 3, 2, 3]))
    states = {number: get(db, number).state for number in (2, 3)}
    first = get(db, 1).superseded_by
    assert states == {first: ACCEPTED, 5 - first: DecisionState.PROPOSED}
    assert [bool(text) for text in said].count(True) == 2
    assert [line.what for line in entries(db)].count("decision superseded") == 1


def test_a_double_click_ends_the_old_one_once_and_tells_once(db: Database) -> None:
    old(db)
    read(db, CHLOE)
    proposed(db)
    with ThreadPoolExecutor(2) as pool:
        for attempt in [pool.submit(approve, db, 2) for _ in range(2)]:
            attempt.result()
    assert [(row.person_id, row.wanted) for row in told(db)] == [(ANA, 1), (CHLOE, 1)]


def test_the_form_sent_again_does_not_take_back_what_it_has_ended(db: Database) -> None:
    old(db)
    propose(db, "new", NEW, by=BEN)
    propose(db, "new", NEW, by=BEN)
    with pytest.raises(AlreadyActedOn):
        propose(db, "new", NEW | {"supersedes": ""}, by=BEN)
    assert get(db, 1).superseded_by == 2


def test_nothing_more_is_done_with_it_and_nobody_is_asked_about_it_again(db: Database) -> None:
    old(db, look_again_on="2026-12-01")
    proposed(db)
    approve(db, 2)
    refused = "D-1 was superseded and stays as it is. Type `/decision D-1` to see by which."
    with pytest.raises(AlreadySuperseded) as caught:
        read(db, CHLOE)
    assert str(caught.value) == refused
    with pytest.raises(AlreadySuperseded):
        decision_forms.superseding_form(db, workspace_id=WORKSPACE, decision_id=1, person_id=DEV, now=NOW)
    assert decision_reminders.look_again_due(db, now=DAY) == 0


def test_only_what_is_accepted_is_offered_to_be_superseded(db: Database) -> None:
    propose(db, "old", OLD)
    with pytest.raises(NotYetAccepted):
        decision_forms.superseding_form(db, workspace_id=WORKSPACE, decision_id=1, person_id=DEV, now=NOW)


def test_the_form_begins_with_what_may_stay_as_it_was(db: Database) -> None:
    old(db, context="Two vendors", contributors=CHLOE, look_again_on="2026-12-01")
    sheet = decision_forms.superseding_form(db, workspace_id=WORKSPACE, decision_id=1, person_id=DEV, now=NOW)
    assert dict(sheet.given) == {
        "title": "Small model",
        "context": "Two vendors",
        "approver": BEN,
        "driver": DEV,
        "contributors": CHLOE,
        "supersedes": "D-1",
    }


def test_whoever_has_read_it_is_asked_again_in_one_message(db: Database) -> None:
    old(db, informed=CHLOE)
    read(db, CHLOE)
    proposed(db)
    approve(db, 2)
    asked = said(db, Kind.DECISION_NEWS, now=DAY)[CHLOE]
    asks = "D-1: Small model, which you have read, is superseded by D-2: Large model. Decided: Ship that"
    assert asked == [f"{asks} Why: Prices fell"]
    assert readers(db, "informed") == [CHLOE]
    read(db, CHLOE, 2)
    assert get(db, 2).read_by == {CHLOE}
    assert {row.person_id: row.wanted for row in told(db)} == {ANA: 2, CHLOE: 2}


def test_whoever_is_named_in_the_new_one_is_asked_by_that_alone(db: Database) -> None:
    old(db, informed=CHLOE)
    read(db, CHLOE)
    proposed(db, informed=CHLOE)
    approve(db, 2)
    assert [row.person_id for row in told(db)] == [ANA]
    assert readers(db, "informed") == [CHLOE, CHLOE]


def test_both_cards_name_each_other(db: Database) -> None:
    old(db)
    proposed(db)
    assert "is to supersede D-1" in str(views.card_message(card(db, 2)).blocks)
    approve(db, 2)
    gone, new = views.card_message(card(db, 1)), views.card_message(card(db, 2))
    assert gone.text.startswith("Superseded: D-1: Small model. Superseded by D-2 on Tue 1 Dec 2026. Decided: Ship it")
    assert "*Superseded by* D-2: Large model" in str(gone.blocks)
    assert "*Superseded* on Tue 1 Dec 2026" in str(gone.blocks)
    assert str(gone.blocks).count("D-2") == 1
    assert labels(gone.blocks) == ["View"]
    assert "supersedes D-1" in str(new.blocks)
    listed = decision_list.list_answer(decision_cards.listing(db, workspace_id=WORKSPACE, reader_id=ANA, now=DAY))
    assert "superseded by D-2 on Tue 1 Dec 2026" in listed["text"]
    for out in (
        views.approval_message(card(db, 1), BEN, version(db), is_out=True),
        views.driver_message(card(db, 1), DEV, is_out=True),
        informed_message(card(db, 1), CHLOE, is_out=True),
        views.look_again_message(card(db, 1), DEV, "2026-12-01", is_out=True),
    ):
        assert out
        assert "D-1: Small model was superseded by D-2 on Tue 1 Dec 2026." in out.text


def test_nobody_is_told_of_it_before_it_is_accepted(db: Database) -> None:
    old(db)
    read(db, CHLOE)
    proposed(db)
    assert told(db) == []
