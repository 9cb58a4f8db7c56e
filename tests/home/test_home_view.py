"""The page of one person."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.action_states import ActionState
from domain.actions import ActionItem
from domain.blockers import Blocker
from domain.cadence import parse
from domain.cards import LateCheckin
from domain.decision_states import DecisionState
from domain.decisions import Decision, DecisionForm
from domain.home import Facilitated, HomeCard
from domain.hours import Duration
from domain.own_answers import OwnAnswers
from domain.people import Absence, Person
from domain.runs import Prompt, PromptState, Response, Ritual, Run, RunState
from domain.templates import Template
from sandbox.blockkit.problems import problems_of_view, too_large
from surface.answers import above, not_opened
from surface.home import Id, home_page, where_form
from surface.kit import Json
from tests.nasty import TEXTS
from tests.records import objection
from tests.surface.views import labels
from tests.team import ANA, BEN, FORECAST, NOW, WORKSPACE

READER = Person(WORKSPACE, BEN, "Ben", "Europe/Berlin")
CARD = HomeCard(
    READER, NOW, prompts=[], approvals=[], overdue=[], blockers=[], mine=[], waiting=[], recent=[], people={BEN: READER}
)


def crowded(text: str, size: int = 40) -> HomeCard:
    numbers = range(1, size + 1)
    form = DecisionForm(text[:150], text, text, BEN)
    decisions = [Decision(n, WORKSPACE, n, FORECAST, form, DecisionState.PROPOSED, ANA, NOW) for n in numbers]
    due = date(2026, 11, 12)
    items = [
        ActionItem(n, WORKSPACE, n, FORECAST, text[:300], BEN, due, due, ActionState.OPEN, ANA, NOW) for n in numbers
    ]
    template = Template("sync", text[:24], "Purpose.", "", parse("every mon at 09:30"), (), (), Duration(hours=8), ())
    run = Run(1, WORKSPACE, 1, FORECAST, "2026-11-20T09:30", template, BEN, RunState.OPEN, NOW)
    later = NOW + timedelta(hours=2)
    prompts = [(Prompt(n, WORKSPACE, 1, BEN, None, PromptState.SENT, NOW, later, asked_at=NOW), run) for n in numbers]
    people = {BEN: READER, ANA: Person(WORKSPACE, ANA, text[:80])}
    blockers = [Blocker(n, WORKSPACE, 1, FORECAST, text, ANA, NOW, owner_id=BEN) for n in numbers]
    return HomeCard(
        replace(READER, name=text[:80], absences=tuple(Absence(due, NOW.date(), text[:150]) for _ in numbers)),
        NOW, prompts, decisions, items, blockers, items, items, decisions, people, is_partial=True,
        orphans=[replace(each, owner_id="", due=None) for each in items],
        late=[LateCheckin(*pair, None) for pair in prompts],
        answered=[OwnAnswers(run, prompt, Response(1, {}, NOW, late=True), (("?", text),)) for prompt, _ in prompts],
        facilitated=[facilitated(template, n) for n in numbers],
    )  # fmt: skip


def facilitated(template: Template, number: int, **more: Any) -> Facilitated:
    ritual = Ritual(number, WORKSPACE, FORECAST, template, BEN, **{"next_day": NOW.date(), "next_at": NOW, **more})
    return Facilitated(ritual, "#forecast", is_open=True, answered=4, asked=7)


def texts(page: Json) -> list[str]:
    """Of its blocks; of buttons, what the first one says."""
    found = (block.get("text") or block["elements"][0] for block in page["blocks"])
    return [each["text"]["text"] if each["type"] == "button" else each["text"] for each in found]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", [1, 40])
def test_whatever_people_wrote_slack_takes_it(text: str, size: int) -> None:
    page = home_page(crowded(text, size))
    assert problems_of_view(page) == []
    assert not too_large(page)
    assert "<!channel>" not in "".join(texts(page))


def test_six_of_each_and_how_many_more() -> None:
    page = str(home_page(crowded("Text")))
    assert page.count("'Approve'") == page.count("'Answer'") == page.count("'Make action item'") == 6
    assert page.count("'Hand over'") == 2 * 6
    assert page.count("+34 more") == 7
    assert page.count("+36 more") == 1, "check-ins they facilitate"
    assert "Needs you (120)" in page
    assert "Only you see this page" in page


def test_with_everything_full_and_an_offer_above_it_nothing_is_cut() -> None:
    page = above(home_page(crowded("Text")), not_opened("x", "1", ""))
    assert len(page["blocks"]) <= 100
    assert "Only you see this page" in str(page["blocks"][-1])
    assert "Change settings" in str(page["blocks"][-2])


def test_it_shows_how_what_i_facilitate_stands() -> None:
    template = crowded("Text", 1).prompts[0][1].template

    def said(found: Facilitated) -> str:
        return texts(home_page(replace(CARD, facilitated=[found])))[8]

    found = facilitated(template, 1)
    assert said(found) == "*Text* in #forecast\nopen now, 4 of 7 answered · next on Fri 20 Nov 2026"
    assert said(replace(found, answered=0, asked=0)).endswith("\nopen now · next on Fri 20 Nov 2026"), "anonymous"
    nobody = facilitated(template, 1, next_day=None)
    assert said(replace(nobody, is_open=False)).endswith("\nnobody to ask at present")
    paused = facilitated(template, 1, paused_until=NOW.date())
    assert said(replace(paused, is_open=False)).endswith("\npaused, asks again on Fri 20 Nov 2026")


def test_it_shows_my_absences_with_a_button_to_end_the_one_of_today() -> None:
    away = replace(READER, absences=(Absence(NOW.date(), NOW.date(), "A new child"),))
    page = home_page(replace(CARD, person=away))
    assert "You are away on Fri 20 Nov 2026 (A new child)." in str(page)
    assert labels(page["blocks"])[-4:] == ["I am away", "I am back", "Follow your calendar", "Change settings"]
    coming = replace(READER, absences=(Absence(date(2026, 12, 1), date(2026, 12, 2), rituals=frozenset({"sync"})),))
    page = home_page(replace(CARD, person=coming, rituals={"sync": "Weekly sync"}))
    assert "You are away for Weekly sync only from Tue 1 Dec 2026 to Wed 2 Dec 2026." in str(page)
    assert "I am back" not in str(page)
    assert "You have not said that you are away." in str(home_page(CARD))


def test_a_checkin_has_a_part_of_its_own() -> None:
    page = texts(home_page(replace(CARD, prompts=crowded("Text", 1).prompts)))
    assert page[1:5:2] == ["Check-ins", "Needs you"]
    assert page[4] == "Nothing else needs you right now."
    offered = str(home_page(replace(CARD, late=crowded("Text", 1).late)))
    assert "You can still answer" in offered
    assert "Nothing needs you right now." not in offered


def test_an_empty_page_says_what_comes_next() -> None:
    shown = texts(home_page(CARD))
    assert shown[1] == "Needs you"
    assert "Check-ins come to you as a direct message" in shown[2]
    assert "`/action`" in shown[4]
    assert "`/decision`" in shown[6]
    assert shown[7] == "Your time"
    assert len(shown) == 12


def test_buttons_carry_the_id_of_a_row() -> None:
    blocks = home_page(crowded("Text", 1))["blocks"]
    found = [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    begin = ["Record a decision", "Add an action item"]
    says = [element["text"]["text"] for element in found]
    own = ["Accept", "Done", "New date", "Hand over", "No longer needed", "Edit"]
    blocked = ["I'll take it", "Cleared", "Make action item"]
    about_me = ["I am away", "I am back", "Follow your calendar"]
    assert says == [*begin, "Approve", "Object", "View", *own, *blocked, *own, *about_me]
    assert [element["value"] for element in found[2:]] == ["1.0", "1.0", *["1"] * 16, BEN, BEN, BEN]


def test_what_has_been_accepted_is_done_next() -> None:
    item = replace(crowded("Text", 1).mine[0], accepted_at=NOW)
    blocks = home_page(replace(CARD, mine=[item]))["blocks"]
    assert labels(blocks)[2] == "Done"


def test_a_recent_decision_can_be_opened() -> None:
    blocks = home_page(replace(CARD, recent=crowded("Text", 1).recent))["blocks"]
    viewed = [block["accessory"] for block in blocks if block.get("accessory", {}).get("action_id") == "decision.view"]
    assert [(each["text"]["text"], each["value"]) for each in viewed] == [("View", "1")]


def test_a_decision_i_objected_to_can_still_be_approved() -> None:
    card = crowded("Text", 1)
    contested = [
        replace(each, state=DecisionState.CONTESTED, objections=(objection(card.person.id),)) for each in card.approvals
    ]
    page = str(home_page(replace(card, approvals=contested)))
    assert "You objected." in page
    assert "'Object'" not in page


def test_overdue_is_said_in_words_on_the_owners_calendar() -> None:
    card = crowded("Text", 1)
    today = [replace(card.mine[0], due=date(2026, 11, 20))]
    assert "*Overdue*, was due Thu 12 Nov 2026" in str(home_page(card))
    calm = str(home_page(replace(card, overdue=[], mine=today, waiting=[])))
    assert "Due Fri 20 Nov 2026" in calm
    assert "overdue" not in calm.casefold()


@pytest.mark.parametrize("count", [1, 10, 11, 150])
def test_any_number_of_channels_fits_the_form(count: int) -> None:
    form = where_form("Add an action item", Id.ADD_WHERE, {f"C{n}": f"channel-{n}" for n in range(count)})
    assert problems_of_view(form) == []
