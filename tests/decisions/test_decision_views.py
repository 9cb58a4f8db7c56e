"""What people see of decisions, over nasty texts and every state."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain import decision_options
from domain.action_states import ActionState
from domain.actions import ActionItem
from domain.briefs import Drafted
from domain.decision_cards import DecisionCard, DecisionNews, DecisionSheet, News
from domain.decision_form import read_form
from domain.decision_options import Option
from domain.decision_pages import FIELDS, Page
from domain.decision_states import OVER, DecisionState
from domain.decisions import FIRST_VERSION, PEOPLE_LIMIT, Decision, DecisionForm
from domain.errors import FieldErrors
from domain.people import Person
from domain.posted import Posted
from sandbox.blockkit.problems import MOST_TEXT_IN_MESSAGE, problems_of_message, problems_of_view
from sandbox.blockkit.tree import text_length
from surface import decision_form, decision_list, decisions, forms, informed, objection_messages
from surface.decision_record import record
from surface.decision_texts import more
from surface.kit import Message
from surface.outsiders import ID
from tests.nasty import TEXTS
from tests.records import objection
from tests.surface.views import labels

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
MESSAGE = Posted("1763650000.000100", "1763640000.000200", "U5")
CROWD = tuple(f"U{number}" for number in range(60))


def card(
    text: str = "x", state: DecisionState = DecisionState.PROPOSED, *, approver: str = "U1", **changes: object
) -> DecisionCard:
    form = DecisionForm(
        title=text[:150] or "x",
        choice=text,
        because=text,
        approver_id=approver,
        context=text[:1500],
        constraints=text[:1500],
        options=(Option(text[:150] or "x", text[:500], text[:500], text[:150], text[:150]),) * decision_options.MOST,
        good=text[:1500],
        bad=text[:1500],
        outcome=text[:150],
        metric=text[:150],
        target=text[:150],
        confidence=70,
        links=("https://example.com/a?b=1&c=2 " + " ".join(text[:100].split()),),
        driver_id="U2",
        contributors=CROWD,
        informed=CROWD,
        look_again_on=date(2026, 12, 1),
    )
    about = f"{NOW:%Y%m%d%H%M%S%f}" if state is DecisionState.CONTESTED else FIRST_VERSION
    against = replace(objection("U1", text[:500], change=text[:500]), version=about)
    fields: dict[str, object] = {"objections": (against,), "edited_at": NOW, "read_by": frozenset({"U3"})}
    fields["message"] = MESSAGE
    if state in OVER:
        fields |= {"ended_at": NOW, "ended_by": approver, "ended_because": text[:500]}
    fields |= changes
    decision = Decision(1, "T1", 1, "C1", form, state, "U0", NOW, **fields)  # type: ignore[arg-type] # by name
    people = {each: Person("T1", each, text[:30] or "x") for each in CROWD[:-1]}
    return DecisionCard(decision, people, "#forecast", workspace_url="https://t1.slack.com/")


def came_of_it(text: str) -> ActionItem:
    day = date(2026, 12, 1)
    return ActionItem(1, "T1", 99, "C1", text[:300] or "x", "U1", day, day, ActionState.OPEN, "U2", NOW)


def check(message: Message | None) -> None:
    assert message is not None
    assert problems_of_message(message.blocks) == []
    assert text_length(message.blocks) <= MOST_TEXT_IN_MESSAGE
    assert 0 < len(message.text) <= 4000
    assert "<!" not in message.text
    assert "<!channel>" not in str(message.blocks)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("state", DecisionState)
def test_every_message_is_one_that_slack_takes(text: str, state: DecisionState) -> None:
    found = replace(card(text, state), items=(came_of_it(text),) * 12)
    check(decisions.card_message(found))
    for reader in ("U1", "U3", "U5", "U404"):
        for version in (found.decision.version, ""):
            check(decisions.approval_message(found, reader, version, is_out=True))
        check(informed.informed_message(found, reader, is_out=True))
        for day in ("2026-12-01", "2026-11-01"):
            check(decisions.look_again_message(found, reader, day, is_out=True))
        check(decisions.driver_message(found, reader, is_out=True))
        check(decisions.driver_message(found, "U2", is_out=False))
        for what in News:
            news = DecisionNews.of(found.decision, what)
            for reader_id in ("U0", "U2", reader):
                check(decisions.news_message(found, news, reader_id, is_out=True))
    for reader in ("U1", "U9"):
        assert problems_of_view(decision_form.record_view(found, reader)) == []
    for answer in (decision_list.one_answer(found, "U0"), decision_list.list_answer([found] * 30)):
        check(Message(answer["text"], answer["blocks"]))


def test_who_would_see_it_from_outside_is_said_above_and_under_the_field_that_names_them() -> None:
    given = {"approver": "U1", "informed": "U8,U9"}
    sheet = DecisionSheet("d" * 32, "C1", "#pricing", True, given, Page.PEOPLE, (Person("T1", "U9", "Dev"),))
    blocks = decision_form.decision_form(sheet)["blocks"]
    assert "Dev is not in #pricing" in blocks[0]["text"]["text"]
    hints = {block["label"]["text"]: block["hint"]["text"] for block in blocks if "hint" in block}
    assert hints["Informed"] == "Not in the channel, and will see it: Dev."
    assert "Not in the channel" not in hints["Driver"]


def test_a_card_says_what_has_been_decided_only_once_it_has() -> None:
    proposed, accepted = (card("Small model", each) for each in (DecisionState.PROPOSED, DecisionState.ACCEPTED))
    shown = decisions.card_message(proposed)
    assert "*Proposal*" in str(shown.blocks)
    assert "Decided" not in f"{shown.text}{shown.blocks}"
    assert "Read" not in str(shown.blocks)
    shown = decisions.card_message(accepted)
    assert "*Decided*" in str(shown.blocks)
    assert "Read" in str(shown.blocks)


def test_a_decision_says_when_it_was_made_on_the_calendar_of_whoever_made_it() -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    found = card("Small model", DecisionState.ACCEPTED)
    approver = found.decision.form.approver_id
    people = {approver: Person("T1", approver, "Ana", "Asia/Tokyo")}
    made = replace(found, decision=replace(found.decision, decided_at=late), people=people)
    assert "*Accepted* by Ana on Sat 21 Nov 2026" in str(record(made))
    assert "accepted on Sat 21 Nov 2026" in decision_list.list_answer([made])["text"]


def test_a_driver_reads_what_is_expected_of_them_and_whose_it_is_later() -> None:
    found = card("Small model", DecisionState.PROPOSED)
    shown = decisions.driver_message(found, "U2", is_out=False)
    assert shown
    assert "named you as the one who drives" in shown.text
    assert "waits for" in shown.text
    assert "Tue 1 Dec 2026" in shown.text
    assert labels(shown.blocks) == ["Edit", "View"]
    assert decisions.driver_message(found, "U3", is_out=False) is None
    later = decisions.driver_message(found, "U3", is_out=True)
    assert later
    assert "is driven by" in later.text
    settled = decisions.driver_message(card("Small model", DecisionState.ACCEPTED), "U2", is_out=True)
    assert settled
    assert labels(settled.blocks) == ["View"]


def test_whoever_looks_again_in_place_of_others_is_told_why() -> None:
    found = card("Small model", DecisionState.ACCEPTED)
    named, other = (decisions.look_again_message(found, each, "2026-12-01", is_out=False) for each in ("U0", "U404"))
    assert named
    assert other
    assert "has left" not in str(named.blocks)
    assert "asked because whoever drove it has left" in str(other.blocks)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("page", Page)
def test_the_form_opens_with_whatever_was_typed(text: str, page: Page) -> None:
    options = decision_options.written([Option(text, text, text, text, text)] * (decision_options.MOST + 1))
    given = dict.fromkeys([name for names in FIELDS.values() for name in names], text)
    given |= {"approver": "U1", "driver": "U1", "contributors": "U1,U2", "informed": "U1,U2", "options": options}
    given |= {"look_again_on": "2026-12-01", "confidence": "70", "forum": "7"}
    mistakes = dict.fromkeys(FIELDS[page], text)
    forums = tuple((number, text or "x") for number in range(200))
    sheet = DecisionSheet("d" * 32, "C1", "#forecast", False, given, page, (Person("T1", "U9", text[:80]),))
    sheet = replace(sheet, drafted=Drafted("granite"))
    for option in range(decision_options.MOST + 2) if page is Page.OPTIONS else (0,):
        view = decision_form.decision_form(replace(sheet, option=option, mistakes=mistakes, forums=forums))
        assert problems_of_view(view) == []
        assert set(FIELDS[page]) == set(forms.shown(view))
        assert len(forms.shown(view)) <= 8


@pytest.mark.parametrize("text", TEXTS)
def test_the_forms_of_verdicts_open_with_whatever_was_typed(text: str) -> None:
    contested = card(text, state=DecisionState.CONTESTED)
    for form in (decision_form.keep_form, decision_form.deprecate_form, objection_messages.reject_form):
        assert problems_of_view(form(contested.decision, "d" * 32)) == []
    assert problems_of_view(objection_messages.objection_form(contested.decision, "d" * 32, "U1")) == []
    assert problems_of_view(objection_messages.overrule_form(contested, "d" * 32, "U0")) == []


@pytest.mark.parametrize(
    "about", [{"decision_id": 9**9, "version": "2" * 20}, {"message": replace(MESSAGE, author_id="U0123456789")}]
)
def test_the_form_holds_as_many_outsiders_as_can_be_named(about: dict[str, Any]) -> None:
    ids = [f"U0{number:09}" for number in range(2 * PEOPLE_LIMIT + 2)]
    outsiders = tuple(Person("T1", each, f"Somebody called {each}") for each in ids)
    given = {"contributors": ",".join(ids[:PEOPLE_LIMIT]), "informed": ",".join(ids[PEOPLE_LIMIT:-2])}
    sheet = DecisionSheet("d" * 32, "C0123456789", "#pricing", False, given, Page.CONNECTIONS, outsiders, **about)
    view = decision_form.decision_form(sheet)
    assert problems_of_view(view) == []
    assert forms.ids(view)[ID].split(",") == ids
    assert "172 more are not in #pricing" in str(view)
    assert f"Press *{'Record' if 'message' in about else 'Save'} anyway*, or choose somebody else." in str(view)


@pytest.mark.parametrize("field", ["contributors", "informed"])
def test_more_people_than_the_form_holds_are_refused_in_words(field: str) -> None:
    given = {"title": "x", "choice": "x", "because": "x", "approver": "U1"}
    ids = [f"U{number}" for number in range(PEOPLE_LIMIT + 1)]
    read_form({**given, field: ",".join(ids[1:])})
    with pytest.raises(FieldErrors) as refused:
        read_form({**given, field: ",".join(ids)})
    assert refused.value.fields == {field: "Please choose at most 100 people here."}


def test_news_says_what_can_be_done_only_while_it_holds() -> None:
    contested = card(state=DecisionState.CONTESTED)
    news = DecisionNews.of(contested.decision, News.OBJECTED, contested.decision.objections[0])
    told, over = (
        decisions.news_message(found, news, "U0", is_out=True)
        for found in (contested, card(state=DecisionState.ACCEPTED))
    )
    assert told
    assert over
    assert labels(told.blocks) == ["Edit", "View"]
    assert labels(over.blocks) == []
    assert over.text == "D-1: x is accepted by x."
    assert decisions.news_message(contested, news, "U9", is_out=False) is None


def test_a_decision_whose_approver_left_says_so() -> None:
    for state in (DecisionState.PROPOSED, DecisionState.CONTESTED):
        assert "waits for another approver" in str(decisions.card_message(card(state=state, approver="U404")).blocks)


def test_long_texts_are_shown_whole() -> None:
    text = "word " * 599 + "end"
    shown = str(decisions.card_message(card(text)).blocks)
    assert shown.count("end") == 2


def test_the_informed_hear_nothing_of_what_is_not_accepted() -> None:
    assert informed.informed_message(card(), "U3", is_out=False) is None
    assert informed.informed_message(card(state=DecisionState.ACCEPTED), "U404", is_out=False) is None


def test_a_former_approver_reads_whether_it_still_waits_for_somebody() -> None:
    asked = decisions.approval_message(card(), "U404", "", is_out=True)
    assert asked
    assert asked.text == "D-1: x: x is asked to approve it instead."
    accepted = decisions.approval_message(card(state=DecisionState.ACCEPTED), "U404", "", is_out=True)
    assert accepted
    assert accepted.text == "D-1: x is accepted by x. It no longer waits for you."
    assert decisions.approval_message(card(), "U404", "", is_out=False) is None


def test_what_was_asked_about_an_older_text_gives_way_to_the_newer_message() -> None:
    found = card()
    old, new = (decisions.approval_message(found, "U1", each, is_out=True) for each in ("", found.decision.version))
    assert old
    assert new
    assert (labels(old.blocks), labels(new.blocks)) == ([], ["Approve", "Object", "Reject"])
    assert decisions.approval_message(found, "U1", "", is_out=False) is None


def test_answers_say_what_to_type() -> None:
    for answer in (decision_list.help_answer(), decision_list.list_answer([])):
        assert "`/decision" in answer["text"]
        assert problems_of_message(answer["blocks"]) == []


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (DecisionState.PROPOSED, "Changed after you objected, please look at it again: D-1"),
        (DecisionState.CONTESTED, "You objected, and can still approve it: D-1"),
    ],
)
def test_the_notification_says_as_the_message_does_what_became_of_an_objection(state: DecisionState, says: str) -> None:
    found = card(state=state)
    asked = decisions.approval_message(found, "U1", found.decision.version, is_out=True)
    assert asked
    assert asked.text.startswith(says)


def test_what_speaks_for_an_option_stays_with_it_when_it_was_written_one_below_the_other() -> None:
    form = DecisionForm(
        "Title", "Choice", "Because", "U1", options=(Option("Small", pros="Fast\n\n Cheap", gain="10 %"),)
    )
    assert more(form) == [("Options considered", "1. Small\n• For: Fast; Cheap\n• Gain: 10 %")]
