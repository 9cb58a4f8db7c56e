"""Once a decision is superseded, whoever drove it is asked what came of it, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.decision_refusals import NotYoursToTell, ResultTold
from domain.decision_results import Result
from domain.decision_states import AlreadyAccepted, DecisionState, Move
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.submissions import Submission
from services import decision_endings
from storage.engine import Database
from surface.decision_form import record_view, result_form
from surface.kit import Message
from surface.superseding import superseded_message
from tests.decisions.test_ending import DAY
from tests.decisions.test_superseding import approve, card, get, old, proposed, read, told
from tests.messages import said
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, WORKSPACE
from tests.trail import entries

EXPECTED = {"outcome": "Half the cost", "target": "500 euros a month"}


def supersede(db: Database, **given: str) -> None:
    old(db, **given)
    proposed(db)
    approve(db, 2)


def tell(db: Database, *, by: str = DEV, draft: str = "t1", **said: str) -> None:
    given = said or {"result": "A third less", "measured": "650 euros", "learned": "Ask the vendor first"}
    decision_endings.tell_result(db, sent=Submission(WORKSPACE, by, draft, given), decision_id=1, now=DAY)


def shown(db: Database, reader_id: str) -> Message:
    found = superseded_message(card(db, 1, reader_id), [], reader_id, is_out=True)
    assert found
    return found


def pressed(db: Database, reader_id: str) -> list[str]:
    return labels(record_view(card(db, 1, reader_id), reader_id)["blocks"])


def test_its_driver_is_asked_in_one_message_although_they_proposed_the_new_one(db: Database) -> None:
    supersede(db, **EXPECTED)
    assert sorted(row.person_id for row in told(db)) == [ANA, DEV]
    asked = said(db, Kind.DECISION_NEWS, now=DAY)
    assert "D-1: Small model is superseded by D-2: Large model." in asked[DEV]
    blocks = shown(db, DEV).blocks
    assert "*What came of D-1?*" in str(blocks)
    assert "Half the cost\\nTarget: 500 euros a month" in str(blocks)
    assert labels(blocks) == ["View", "What came of it"]
    assert "What came of" not in str(shown(db, ANA).blocks)


def test_where_nothing_was_expected_nobody_is_asked_and_the_record_has_the_button(db: Database) -> None:
    supersede(db)
    assert [row.person_id for row in told(db)] == [ANA]
    assert pressed(db, DEV) == ["What came of it"]
    assert pressed(db, CHLOE) == []


def test_what_was_said_stands_in_the_record_and_is_thanked_for(db: Database) -> None:
    supersede(db, **EXPECTED)
    tell(db)
    found = get(db, 1)
    assert found.state is DecisionState.SUPERSEDED
    assert found.result == Result("A third less", "650 euros", "Ask the vendor first", DEV, DAY)
    record = str(record_view(card(db, 1, CHLOE), CHLOE)["blocks"])
    assert "*What came of it, said by Dev on Tue 1 Dec 2026*" in record
    assert "Measured: 650 euros" in record
    assert pressed(db, DEV) == pressed(db, BEN) == []
    assert "You have said what came of D-1, thank you." in str(shown(db, DEV).blocks)
    assert labels(shown(db, DEV).blocks) == ["View"]
    assert {row.person_id: row.wanted for row in told(db)}[DEV] == 2
    line = entries(db)[-1]
    assert (line.what, line.details["learned"]) == ("decision result told", "Ask the vendor first")


def test_whoever_approved_it_may_say_so_and_nobody_else(db: Database) -> None:
    supersede(db, **EXPECTED)
    for person in (ANA, CHLOE):
        with pytest.raises(NotYoursToTell, match="can say what came of D-1"):
            tell(db, by=person)
    tell(db, by=BEN)
    assert get(db, 1).result


def test_what_somebody_else_has_said_meanwhile_is_not_overwritten(db: Database) -> None:
    supersede(db, **EXPECTED)
    tell(db, by=BEN)
    with pytest.raises(ResultTold, match="Ben has said meanwhile what came of D-1"):
        tell(db, draft="t2")
    with pytest.raises(ResultTold):
        decision_endings.form(db, workspace_id=WORKSPACE, decision_id=1, person_id=DEV, move=Move.TELL_RESULT)
    found = get(db, 1).result
    assert found
    assert found.by == BEN


def test_the_same_form_twice_counts_once_and_with_other_words_corrects_it(db: Database) -> None:
    supersede(db, **EXPECTED)
    with ThreadPoolExecutor(2) as pool:
        for attempt in [pool.submit(tell, db) for _ in range(2)]:
            attempt.result()
    assert [each.what for each in entries(db)].count("decision result told") == 1
    tell(db, result="Half of it")
    found = get(db, 1).result
    assert found
    assert (found.result, found.measured) == ("Half of it", "")


def test_an_empty_form_is_refused_on_its_field(db: Database) -> None:
    supersede(db)
    with pytest.raises(FieldErrors) as caught:
        tell(db, result=" ")
    assert list(caught.value.fields) == ["result"]


def test_what_still_holds_is_not_asked_about_like_that(db: Database) -> None:
    old(db, **EXPECTED)
    with pytest.raises(AlreadyAccepted):
        tell(db)


def test_what_came_before_it_was_superseded_can_be_said_anew(db: Database) -> None:
    old(db, **EXPECTED)
    sent = Submission(WORKSPACE, DEV, "k1", {"result": "Too early to say"})
    decision_endings.keep(db, sent=sent, decision_id=1, now=DAY.replace(hour=9))
    proposed(db)
    approve(db, 2)
    assert [row.person_id for row in told(db)] == [ANA], "it was said once, so nobody asks again"
    assert pressed(db, DEV) == ["What came of it"]
    tell(db, result="Half the cost")
    found = get(db, 1).result
    assert found
    assert found.result == "Half the cost"


def test_whoever_has_read_it_is_asked_to_read_the_new_one_all_the_same(db: Database) -> None:
    old(db, **EXPECTED)
    read(db, DEV)
    proposed(db)
    approve(db, 2)
    assert labels(shown(db, DEV).blocks) == ["Read", "View", "What came of it"]


def test_the_form_shows_what_was_expected(db: Database) -> None:
    supersede(db, **EXPECTED)
    form = str(result_form(get(db, 1), "t"))
    assert "Half the cost" in form
    assert "What did you learn?" in form
