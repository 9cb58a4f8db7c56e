"""A decision and the one in its place, when not everybody may see both, on both databases."""

from typing import Any

import pytest

from domain.decision_cards import DecisionCard
from domain.deliveries import Kind
from domain.errors import FieldErrors
from services import decision_cards, decision_forms, informed
from storage.engine import Database
from surface import decision_list
from surface import decisions as views
from surface.decision_form import record_view
from tests.decisions.test_superseding import NEW, OLD, get, propose
from tests.messages import said
from tests.records import version
from tests.team import ANA, BEN, CHLOE, FORECAST, NOW, PRICING, WORKSPACE

HERE: dict[str, Any] = {"workspace_id": WORKSPACE}


def supersede(db: Database, *, old: str, new: str) -> None:
    """Ben records both, each in its channel; Ana (if she may) and Chloe have read the old one."""
    propose(db, "old", OLD | {"driver": BEN}, by=BEN, channel=old)
    for person_id in (ANA, CHLOE) if old == FORECAST else (CHLOE,):
        informed.read(db, **HERE, decision_id=1, version=version(db), person_id=person_id, now=NOW)
    propose(db, "new", NEW | {"driver": BEN}, by=BEN, channel=new)


def in_place(db: Database, number: int) -> str:
    """Its card, as it stands in its channel."""
    found = decision_cards.card(db, **HERE, decision_id=number, now=NOW)
    assert found
    shown = views.card_message(found)
    return f"{shown.text} {shown.blocks}"


def read_by(db: Database, reader_id: str, number: int) -> str:
    """Its record and its line in the list."""
    about: dict[str, Any] = {**HERE, "reader_id": reader_id, "now": NOW}
    found: DecisionCard = decision_cards.numbered(db, **about, number=number)
    return f"{record_view(found, reader_id)} {decision_list.list_answer(decision_cards.listing(db, **about))}"


def test_a_successor_in_a_private_channel_has_no_number_outside(db: Database) -> None:
    supersede(db, old=FORECAST, new=PRICING)
    for shown in (in_place(db, 1), read_by(db, ANA, 1)):
        assert "by a later decision on Fri 20 Nov 2026" in shown
        assert "D-2" not in shown
        assert "Large model" not in shown
    assert "*Superseded by* D-2: Large model" in read_by(db, CHLOE, 1)
    assert "supersedes D-1" in in_place(db, 2)


def test_what_a_private_channel_gave_up_has_no_number_outside(db: Database) -> None:
    supersede(db, old=PRICING, new=FORECAST)
    for shown in (in_place(db, 2), read_by(db, ANA, 2)):
        assert "supersedes an earlier decision" in shown
        assert "D-1" not in shown
        assert "Small model" not in shown
    assert "supersedes D-1" in read_by(db, CHLOE, 2)
    assert "*Superseded by* D-2: Large model" in in_place(db, 1)


def test_whoever_has_read_it_and_may_not_see_the_new_one_hears_only_that_it_ended(db: Database) -> None:
    supersede(db, old=FORECAST, new=PRICING)
    told = said(db, Kind.DECISION_NEWS, now=NOW)
    assert told[ANA] == ["D-1: Small model was superseded by a later decision on Fri 20 Nov 2026."]
    assert "is superseded by D-2: Large model. Decided: Ship that" in told[CHLOE][0]


def test_a_hidden_number_is_refused_like_an_unknown_one(db: Database) -> None:
    propose(db, "old", OLD | {"driver": BEN}, by=BEN, channel=PRICING)
    for field in ("supersedes", "based_on"):
        for number in (1, 9):
            with pytest.raises(FieldErrors) as caught:
                propose(db, "new", OLD | {field: f"D-{number}"})
            expected = f"There is no decision D-{number} that you can see. Please check the number."
            assert caught.value.fields == {field: expected}


def test_an_editor_who_may_not_see_what_it_supersedes_neither_reads_nor_loses_it(db: Database) -> None:
    propose(db, "old", OLD | {"driver": BEN}, by=BEN, channel=PRICING)
    propose(db, "new", NEW | {"driver": ANA}, by=CHLOE)
    sheet = decision_forms.edit_form(db, **HERE, decision_id=2, person_id=ANA, now=NOW)
    assert "supersedes" not in sheet.given
    given = {**sheet.given, "choice": "Half of it"}
    propose(db, "edit", given, by=ANA, decision_id=2, version=version(db, 2))
    assert (get(db, 2).form.choice, get(db, 2).form.supersedes) == ("Half of it", (1,))
