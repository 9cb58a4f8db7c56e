"""Whether an accepted decision still holds, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from domain.decision_cards import DecisionCard
from domain.decision_refusals import NoSuchDecision, NotYoursToEnd
from domain.decision_states import DecisionState, Move, NoLongerHolds, NotYetAccepted
from domain.decisions import Decision
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.people import Role
from domain.submissions import Submission
from services import decision_cards, decision_endings, decision_forms, decision_reminders, decisions, informed, verdicts
from storage import decisions as stored
from storage import people
from storage.engine import Database
from surface import decision_form, decision_list
from surface import decisions as views
from surface.informed import informed_message
from tests.messages import said
from tests.records import version
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, owed, readers
from tests.trail import entries

FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": BEN, "driver": DEV}
DAY = datetime(2026, 12, 1, 18, tzinfo=UTC)
"""In the driver's working hours, on the day to look again."""
SINCE = "No longer holds since Tue 1 Dec 2026"


def accept(db: Database, *, by: str = ANA, channel: str = FORECAST, **given: str) -> None:
    form = FORM | {"look_again_on": "2026-12-01"} | given
    sent = Submission(WORKSPACE, by, "d1", form, [ANA, BEN, DEV])
    decisions.submit(db, sent=sent, channel_id=channel, now=NOW)
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=BEN, now=NOW)


def deprecate(db: Database, *, by: str = DEV, reason: str = "Prices rose", draft: str = "n1") -> None:
    sent = Submission(WORKSPACE, by, draft, {"reason": reason})
    decision_endings.deprecate(db, sent=sent, decision_id=1, now=DAY)


def keep(db: Database, *, by: str = DEV, day: str = "", draft: str = "k1") -> None:
    sent = Submission(WORKSPACE, by, draft, {"look_again_on": day})
    decision_endings.keep(db, sent=sent, decision_id=1, now=DAY)


def read(db: Database, person_id: str) -> None:
    informed.read(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=person_id, now=NOW)


def only(db: Database) -> Decision:
    with db.read() as session:
        found = stored.decision(session, workspace_id=WORKSPACE, decision_id=1)
        assert found
        return found


def card(db: Database, reader_id: str = DEV) -> DecisionCard:
    found = decision_cards.reader_card(db, workspace_id=WORKSPACE, decision_id=1, reader_id=reader_id, now=DAY)
    assert found
    return found


def leave(db: Database, *ids: str, lead: str = "") -> None:
    with db.write() as session:
        known = people.people(session, workspace_id=WORKSPACE)
        for person_id in ids:
            people.save_person(session, person=replace(known[person_id], left=True))
        if lead:
            people.set_up_person(session, person=replace(known[lead], role=Role.LEAD))


@pytest.mark.parametrize("who", [DEV, BEN])
def test_its_driver_or_approver_ends_it_with_a_reason(db: Database, who: str) -> None:
    accept(db)
    deprecate(db, by=who)
    found = only(db)
    assert (found.state, found.ended_because, found.ended_by) == (DecisionState.DEPRECATED, "Prices rose", who)
    assert (found.decided_at, found.ended_at) == (NOW, DAY)
    line = entries(db)[-1]
    assert (line.what, line.actor_id) == ("decision no longer holds", who)
    assert line.details == {"reason": "Prices rose", "before": "accepted", "after": "deprecated"}


def test_nobody_else_ends_it_and_it_needs_a_reason(db: Database) -> None:
    accept(db)
    with pytest.raises(NotYoursToEnd, match=r"Only Dev, who drives it, or Ben, who approved it, can say whether D-1"):
        deprecate(db, by=CHLOE)
    with pytest.raises(FieldErrors) as caught:
        deprecate(db, reason=" ")
    assert list(caught.value.fields) == ["reason"]
    assert only(db).state is DecisionState.ACCEPTED


def test_whoever_may_not_see_it_learns_nothing(db: Database) -> None:
    accept(db, by=CHLOE, channel=PRICING, driver=CHLOE)
    for move in (Move.KEEP, Move.DEPRECATE):
        with pytest.raises(NoSuchDecision):
            decision_endings.form(db, workspace_id=WORKSPACE, decision_id=1, person_id=ANA, move=move)


def test_once_driver_and_approver_have_left_whoever_recorded_it_ends_it_then_whoever_leads_there(db: Database) -> None:
    accept(db)
    leave(db, DEV, BEN, lead=CHLOE)
    with pytest.raises(NotYoursToEnd, match="Only Ana, who looks after it, can say"):
        deprecate(db, by=CHLOE)
    leave(db, ANA)
    deprecate(db, by=CHLOE)
    assert only(db).ended_by == CHLOE


def test_what_is_not_accepted_is_not_ended(db: Database) -> None:
    decisions.submit(db, sent=Submission(WORKSPACE, ANA, "d1", FORM), channel_id=FORECAST, now=NOW)
    for end in (deprecate, keep):
        with pytest.raises(NotYetAccepted, match="D-1 is not accepted yet"):
            end(db)


def test_those_who_have_read_it_are_told_once_and_so_are_those_named(db: Database) -> None:
    accept(db, informed=CHLOE)
    read(db, CHLOE)
    with ThreadPoolExecutor(2) as pool:
        for attempt in [pool.submit(deprecate, db) for _ in range(2)]:
            attempt.result()
    with pytest.raises(NoLongerHolds):
        deprecate(db, by=BEN, draft="n2")
    told = said(db, Kind.DECISION_NEWS, now=DAY)
    assert sorted(told) == [ANA, BEN, CHLOE]
    assert told[CHLOE] == [
        "Dev says that D-1: Small model no longer holds: “Prices rose” You are told because you have read it."
    ]
    assert [row.wanted for row in owed(db, "decision_news") if row.person_id == CHLOE] == [1]


def test_whoever_was_informed_and_has_not_read_it_reads_it_in_the_message_there_is(db: Database) -> None:
    accept(db, informed=CHLOE)
    deprecate(db)
    assert CHLOE not in readers(db, "decision_news")
    shown = informed_message(card(db), CHLOE, is_out=True)
    assert shown
    assert "no longer holds since Tue 1 Dec 2026: “Prices rose”." in shown.text
    assert informed_message(card(db), CHLOE, is_out=False) is None


def test_its_card_and_every_message_say_so(db: Database) -> None:
    accept(db, informed=CHLOE)
    read(db, CHLOE)
    deprecate(db)
    found = card(db)
    shown = views.card_message(found)
    assert shown.text.startswith(f"No longer holds: D-1: Small model. {SINCE}: Prices rose Decided: Ship it")
    assert f"*{SINCE}*" in str(shown.blocks)
    assert "Read by 1 person" in str(shown.blocks)
    assert labels(shown.blocks) == ["View"]
    for out in (
        views.approval_message(found, BEN, version(db), is_out=True),
        views.driver_message(found, DEV, is_out=True),
        views.look_again_message(found, DEV, "2026-12-01", is_out=True),
    ):
        assert out
        assert "no longer holds since Tue 1 Dec 2026" in out.text
    listed = decision_cards.listing(db, workspace_id=WORKSPACE, reader_id=ANA, now=DAY)
    assert "no longer holds since Tue 1 Dec 2026" in decision_list.list_answer(listed)["text"]


def test_nothing_more_can_be_done_with_it(db: Database) -> None:
    accept(db)
    deprecate(db)
    about: dict[str, Any] = {"workspace_id": WORKSPACE, "decision_id": 1}
    before, old = only(db), version(db)
    presses: list[Callable[[], object]] = [
        lambda: verdicts.approve(db, **about, version=old, person_id=BEN, now=DAY),
        lambda: informed.read(db, **about, version=old, person_id=CHLOE, now=DAY),
        lambda: decision_forms.edit_form(db, **about, person_id=ANA, now=NOW),
        lambda: keep(db),
        lambda: deprecate(db, draft="n2"),
        lambda: decision_endings.form(db, **about, person_id=DEV, move=Move.DEPRECATE),
    ]
    for press in presses:
        with pytest.raises(NoLongerHolds, match="D-1 no longer holds and stays as it is"):
            press()
    assert only(db) == before


def test_on_its_day_the_driver_says_that_it_is_still_right_and_names_a_new_day(db: Database) -> None:
    accept(db)
    decision_reminders.look_again_due(db, now=DAY)
    asked = views.look_again_message(card(db), DEV, "2026-12-01", is_out=True)
    assert asked
    assert labels(asked.blocks) == ["Still right", "Supersede", "No longer holds", "Add detail"]
    keep(db, day="2027-03-01")
    found = only(db)
    assert (found.state, found.kept_by, found.form.look_again_on) == (DecisionState.ACCEPTED, DEV, date(2027, 3, 1))
    answered = views.look_again_message(card(db), DEV, "2026-12-01", is_out=True)
    assert answered
    assert answered.text == (
        "D-1: Small model still holds, said Dev on Tue 1 Dec 2026. Somebody looks at it again on Mon 1 Mar 2027."
    )
    assert "still right, said Dev on Tue 1 Dec 2026" in str(views.card_message(card(db)).blocks)
    assert decision_reminders.look_again_due(db, now=datetime(2027, 3, 1, 18, tzinfo=UTC)) == 1
    assert readers(db, "look_again") == [DEV, DEV]
    (line,) = (line for line in entries(db) if line.what == "decision still right")
    assert line.details == {"look_again_on": {"before": "2026-12-01", "after": "2027-03-01"}}


def test_still_right_without_a_day_asks_nobody_again(db: Database) -> None:
    accept(db)
    read(db, CHLOE)
    keep(db)
    assert (only(db).form.look_again_on, only(db).read_by) == (None, frozenset({CHLOE}))
    assert decision_reminders.look_again_due(db, now=datetime(2027, 3, 1, 18, tzinfo=UTC)) == 0


def test_a_day_that_has_passed_is_marked(db: Database) -> None:
    accept(db)
    with pytest.raises(FieldErrors) as caught:
        keep(db, day="2026-12-01")
    assert caught.value.fields == {"look_again_on": "That day has begun already. Please choose a later one."}
    assert only(db).kept_at is None


def test_its_record_offers_to_end_it_only_to_those_who_may(db: Database) -> None:
    accept(db)
    offered = partial(decision_form.record_view, card(db))
    assert [labels(offered(who)["blocks"]) for who in (DEV, BEN, ANA)] == [
        ["Add action item", "Still right", "Supersede", "No longer holds", "Add detail"],
        ["Add action item", "Still right", "Supersede", "No longer holds", "Add detail"],
        ["Add action item", "Raise a concern", "Add detail"],
    ]
    deprecate(db)
    assert labels(decision_form.record_view(card(db), DEV)["blocks"]) == []


CAME = {"result": "Costs fell by a third", "measured": "34 %", "learned": "Latency matters more"}


def test_what_came_of_it_stands_beside_what_was_expected(db: Database) -> None:
    accept(db, outcome="Half the cost", metric="The monthly bill", target="50 %")
    form = str(decision_form.keep_form(only(db), "k1"))
    assert "Half the cost" in form
    assert "Target: 50 %" in form
    sent = Submission(WORKSPACE, DEV, "k1", {"look_again_on": "2026-12-10", **CAME})
    decision_endings.keep(db, sent=sent, decision_id=1, now=DAY)
    decision_endings.keep(db, sent=sent, decision_id=1, now=DAY)
    shown = str(decision_form.record_view(card(db), DEV)["blocks"])
    assert "Expected outcome*\\nHalf the cost\\nMeasured by: The monthly bill\\nTarget: 50 %" in shown
    told = "Costs fell by a third\\nMeasured: 34 %\\nLearned: Latency matters more"
    assert f"*What came of it, said by Dev on Tue 1 Dec 2026*\\n{told}" in shown
    assert "Also in the record: expected outcome and what came of it." in str(views.card_message(card(db)).blocks)
    keep(db, draft="k2")
    assert told in str(decision_form.record_view(card(db), DEV)["blocks"])


def test_what_came_of_it_is_said_when_it_ends_and_may_be_too_long(db: Database) -> None:
    accept(db)
    given = {"reason": "Prices rose", **CAME}
    sent = Submission(WORKSPACE, DEV, "n1", given | {"measured": "x" * 151})
    with pytest.raises(FieldErrors):
        decision_endings.deprecate(db, sent=sent, decision_id=1, now=DAY)
    assert only(db).state is DecisionState.ACCEPTED
    decision_endings.deprecate(db, sent=Submission(WORKSPACE, DEV, "n1", given), decision_id=1, now=DAY)
    found = only(db)
    assert found.result
    assert (found.state, found.result.result, found.result.by) == (DecisionState.DEPRECATED, CAME["result"], DEV)
    assert entries(db)[-1].details["learned"] == CAME["learned"]
