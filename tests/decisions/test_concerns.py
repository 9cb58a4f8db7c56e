"""Reading what was accepted, and concerns about it: who is told, what stays, and who sees who has not read it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from domain.decision_cards import DecisionCard
from domain.decision_refusals import NoSuchDecision, TextChanged
from domain.decision_states import DecisionState, NoLongerHolds, NotYetAccepted
from domain.errors import FieldErrors
from domain.submissions import Submission
from services import decision_cards, decision_endings, informed, sync
from storage import people
from storage.engine import Database
from surface import decision_form, decision_list
from surface.decisions import card_message
from surface.informed import concern_form, concern_message, informed_message
from surface.kit import button
from tests.nasty import TEXTS
from tests.objecting import LATER, approve, news, only, propose
from tests.records import version
from tests.surface.views import check_message, check_view, labels, strings
from tests.team import ANA, BEN, CHLOE, DEV, NOW, PRICING, WORKSPACE, audited, owed
from tests.trail import entries


def read(db: Database, person_id: str) -> None:
    informed.read(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=person_id, now=LATER)


def worry(
    db: Database, *, by: str = DEV, words: str = "Who answers at night?", draft: str = "c1", about: str = ""
) -> None:
    sent = Submission(WORKSPACE, by, draft, {"reason": words})
    informed.raise_concern(db, sent=sent, decision_id=1, version=about or version(db), now=LATER)


def accept(db: Database, **given: str) -> None:
    propose(db, **{"informed": f"{CHLOE},{DEV}", "contributors": ""} | given)
    approve(db)


def deprecate(db: Database) -> None:
    sent = Submission(WORKSPACE, BEN, "end", {"reason": "Prices rose"})
    decision_endings.deprecate(db, sent=sent, decision_id=1, now=LATER)


def leave(db: Database, *ids: str) -> None:
    for person_id in ids:
        with db.read() as session:
            person = people.people(session, workspace_id=WORKSPACE)[person_id]
        sync.save_person(db, person=replace(person, left=True), now=LATER)


def card(db: Database) -> DecisionCard:
    found = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    assert found
    return found


def view(db: Database, reader_id: str) -> str:
    return " ".join(strings(decision_form.record_view(card(db), reader_id)))


def test_driver_and_approver_hear_of_a_concern_once_and_the_decision_stays_as_it_is(db: Database) -> None:
    accept(db)
    before = only(db)
    worry(db)
    worry(db)
    after = only(db)
    (concern,) = after.concerns
    assert (concern.person_id, concern.words, concern.at) == (DEV, "Who answers at night?", LATER)
    assert replace(after, concerns=(), read_by=frozenset()) == before
    told = news(db)
    said = "Dev raised a concern about D-1: Small model: “Who answers at night?” It stays accepted, and the concern"
    assert [each for each in told[ANA] if "concern" in each] == [
        f"{said} stays in its record. Talk it over with Dev. You are told because you drive it."
    ]
    assert told[BEN] == [f"{said} stays in its record. Talk it over with Dev. You are told because you approved it."]
    assert CHLOE not in told
    (line,) = (line for line in entries(db) if line.what == "decision concern raised")
    assert (line.actor_id, line.subject, line.details) == (DEV, "D-1", {"concern": "Who answers at night?"})


def test_whoever_is_worried_has_read_it(db: Database) -> None:
    accept(db)
    worry(db)
    assert only(db).read_by == {DEV}
    assert [what for what, _, _ in audited(db)].count("decision read") == 1


def test_the_form_sent_again_with_other_words_words_the_same_concern_anew(db: Database) -> None:
    accept(db)
    worry(db)
    worry(db, words="Who answers at the weekend?")
    assert [each.words for each in only(db).concerns] == ["Who answers at the weekend?"]
    assert len([row for row in owed(db, "decision_news") if row.part.startswith("concern")]) == 2
    assert "Who answers at the weekend?" in news(db)[BEN][0]


def test_another_form_raises_another_concern_and_two_at_once_lose_none(db: Database) -> None:
    accept(db)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda by: worry(db, by=by, draft=f"c{by}"), [DEV, CHLOE, DEV, CHLOE]))
    assert sorted(each.person_id for each in only(db).concerns) == [CHLOE, DEV]
    assert only(db).read_by == {CHLOE, DEV}
    worry(db, draft="c9", words="And who pays?")
    assert len(only(db).concerns) == 3


@pytest.mark.parametrize("words", ["", "  ", "x" * 501])
def test_a_concern_says_what_worries(db: Database, words: str) -> None:
    accept(db)
    with pytest.raises(FieldErrors) as caught:
        worry(db, words=words)
    assert list(caught.value.fields) == ["reason"]
    assert only(db).concerns == ()


def test_there_is_no_concern_about_what_is_not_accepted_or_no_longer_holds(db: Database) -> None:
    propose(db, informed=DEV)
    about = {"workspace_id": WORKSPACE, "decision_id": 1, "version": "0", "person_id": DEV}
    with pytest.raises(NotYetAccepted):
        worry(db)
    with pytest.raises(NotYetAccepted):
        informed.concern_form(db, **about)  # type: ignore[arg-type] # of strings and one number
    approve(db)
    with pytest.raises(TextChanged):
        worry(db, about="20200101")
    deprecate(db)
    with pytest.raises(NoLongerHolds):
        worry(db)
    assert only(db).concerns == ()


def test_a_concern_stays_in_what_told_of_it_when_the_decision_no_longer_holds(db: Database) -> None:
    accept(db)
    worry(db)
    deprecate(db)
    (told,) = (each for each in news(db)[ANA] if "concern" in each)
    assert told.startswith("Dev raised a concern about D-1: Small model: “Who answers at night?” D-1: Small model no")
    assert "*Concern of Dev on Fri 20 Nov 2026*\nWho answers at night?" in view(db, CHLOE)


def test_when_driver_and_approver_have_left_whoever_looks_after_it_hears_of_it(db: Database) -> None:
    accept(db, driver=CHLOE)
    leave(db, CHLOE, BEN)
    worry(db)
    (told,) = (each for each in news(db)[ANA] if "concern" in each)
    assert "You are told because whoever drove and approved it has left." in told


def test_the_driver_and_the_approver_see_who_has_not_read_it_and_nobody_else(db: Database) -> None:
    accept(db, driver=ANA)
    read(db, DEV)
    for reader in (ANA, BEN):
        assert "Not read yet: Chloe. Only you and the others who answer for it see this." in view(db, reader)
    for reader in (CHLOE, DEV):
        assert "ot read" not in view(db, reader)
    for shown in (card_message(card(db)), decision_list.one_answer(card(db), BEN)):
        assert "ot read" not in str(shown)
    read(db, CHLOE)
    assert "Everybody who was informed has read it." in view(db, ANA)


def test_who_has_left_or_knows_it_anyway_is_not_waited_for(db: Database) -> None:
    accept(db, informed=f"{ANA},{BEN},{CHLOE},{DEV}")
    leave(db, DEV)
    assert "Not read yet: Chloe. Only you" in view(db, ANA)
    deprecate(db)
    assert "ot read" not in view(db, ANA)


def test_its_card_shows_counts_only(db: Database) -> None:
    accept(db)
    read(db, CHLOE)
    worry(db)
    read(db, CHLOE)
    shown = str(card_message(card(db)).blocks)
    assert "Read by 2 people · 1 concern raised" in shown
    assert "Who answers" not in shown
    assert labels(card_message(card(db)).blocks)[:2] == ["Read", "View"]


def test_the_message_of_an_informed_person_follows_what_they_say(db: Database) -> None:
    accept(db)

    def shown(reader: str) -> tuple[str, list[str]]:
        message = informed_message(card(db), reader, is_out=True)
        assert message
        return " ".join(strings(message.blocks)), labels(message.blocks)

    assert shown(DEV)[1] == ["Read", "Raise a concern"]
    read(db, DEV)
    assert "You have read it, thank you." in shown(DEV)[0]
    assert shown(DEV)[1] == ["Raise a concern"]
    worry(db)
    assert (
        "You raised a concern: “Who answers at night?” It went to Ana and Ben. Thank you. It counts as read, too."
        in shown(DEV)[0]
    )
    assert shown(DEV)[1] == ["Raise another concern"]
    worry(db, words="Who pays?", draft="c2")
    assert "You raised a concern: “Who pays?”" in shown(DEV)[0]
    assert [each.words for each in card(db).decision.concerns] == ["Who answers at night?", "Who pays?"]
    assert shown(CHLOE)[1] == ["Read", "Raise a concern"]


def test_those_who_answer_for_it_are_not_asked_for_concerns(db: Database) -> None:
    accept(db)
    offered = {who: labels(decision_form.record_view(card(db), who)["blocks"]) for who in (ANA, BEN, CHLOE)}
    assert offered[CHLOE] == ["Add action item", "Raise a concern"]
    assert "Raise a concern" not in offered[ANA] + offered[BEN]


def test_nobody_outside_a_private_channel_raises_a_concern_or_reads_one(db: Database) -> None:
    propose(db, by=CHLOE, channel=PRICING, contributors="", approver=CHLOE)
    assert only(db).state is DecisionState.ACCEPTED
    with pytest.raises(NoSuchDecision):
        worry(db, by=DEV)
    worry(db, by=BEN)
    assert list(news(db)) == [CHLOE]
    with pytest.raises(NoSuchDecision):
        decision_cards.numbered(db, workspace_id=WORKSPACE, reader_id=DEV, number=1, now=NOW)


@pytest.mark.parametrize("text", TEXTS)
def test_nasty_words_fit_what_slack_takes(db: Database, text: str) -> None:
    accept(db)
    words = (text.replace("\0", "").strip() or "x")[:500]
    for number in range(21):
        worry(db, words=words, draft=f"c{number}")
    found = card(db)
    check_message(concern_message(found, found.decision.concerns[0], ANA, view=button("View", "decision.view", "1")))
    for reader in (CHLOE, DEV):
        check_message(informed_message(found, reader, is_out=True))
    check_view(decision_form.record_view(found, ANA))
    check_view(concern_form(found, "d", DEV))
    assert len(decision_list.one_answer(found, CHLOE)["blocks"]) <= 50
