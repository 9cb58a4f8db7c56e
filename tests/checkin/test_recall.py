"""What somebody said the last time stands above the field, and can be taken over with a click."""

from dataclasses import replace
from datetime import timedelta

from bot.library import shipped_library
from domain.cards import CheckinForm
from domain.kept import Filled
from domain.templates import Question, QuestionType
from services import checkin_forms, home
from storage.engine import Database
from surface import forms
from surface.checkin_form import again_of, checkin_form
from surface.home import home_page
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
)

NEXT = BERLIN + timedelta(days=7)
WEEKLY = shipped_library()["weekly-sync"]
ASKED = (
    *(replace(each, recall="moved") if each.id == "moved" else each for each in WEEKLY.ask),
    Question("doubts", "Any doubts?", QuestionType.LONG, optional=True, recall="moved"),
)


def two_weeks(database: Database, *, anonymous: int | None = None) -> Team:
    team = settle_in(database, replace(WEEKLY, ask=ASKED, anonymous=anonymous))
    team.at(BERLIN)
    team.answer(ANA, BERLIN, moved="The backfill <is> done.")
    team.answer(BEN, BERLIN)
    for moment in (ANGELES, ANGELES_ENDS + AFTER, NEXT):
        team.at(moment)
    return team


def opened(team: Team) -> CheckinForm:
    return checkin_forms.open_form(
        team.db, workspace_id=WORKSPACE, prompt_id=team.prompt(ANA).id, person_id=ANA.id, now=NEXT
    )


def press(team: Team, form: CheckinForm, **given: str) -> CheckinForm:
    """Use it again, with what stands in the form."""
    view = checkin_form(form)
    page = Filled(WORKSPACE, ANA.id, form.prompt.id, form.draft_id, given, forms.shown(view), again=again_of(view))
    return checkin_forms.use_again(team.db, filled=page, question_id="moved", now=NEXT)


def field_of(form: CheckinForm) -> tuple[str, str]:
    """The id of the field, under which Slack fills it anew, and what it is filled with."""
    block = next(each for each in checkin_form(form)["blocks"] if each["block_id"].split(".")[0] == "moved")
    return block["block_id"], block["element"].get("initial_value", "")


def test_the_last_answer_stands_above_the_field_and_is_not_the_answer_yet(database: Database) -> None:
    form = opened(two_weeks(database))
    said = str(checkin_form(form))
    assert said.count("On Mon 23 Nov 2026 you said:\\nThe backfill &lt;is&gt; done.") == 1
    other = "you said to “What moved last week that another team should know?”:\\nThe backfill &lt;is&gt; done."
    assert other in said, "of another question it says which"
    assert said.count("Use it again") == 2, "the button and what screen readers say of it: not for another type"
    assert field_of(form) == ("moved", "")


def test_a_click_takes_it_over_and_a_second_one_after_a_change_does_so_again(database: Database) -> None:
    team = two_weeks(database)
    once = press(team, opened(team), confidence="3")
    assert field_of(once) == ("moved.1", "The backfill <is> done.")
    assert once.answers["confidence"] == "3"
    assert field_of(press(team, once, moved="Changed.")) == ("moved.2", "The backfill <is> done.")
    assert opened(team).answers["moved"] == "The backfill <is> done.", "it is kept like what is typed"


def test_somebody_who_has_not_answered_before_sees_nothing_of_it(database: Database) -> None:
    team = two_weeks(database)
    prompt_id = team.prompt(GRACE).id
    form = checkin_forms.open_form(team.db, workspace_id=WORKSPACE, prompt_id=prompt_id, person_id=GRACE.id, now=NEXT)
    assert "you said" not in str(checkin_form(form))


def test_nobody_is_told_what_they_said_in_an_anonymous_check_in(database: Database) -> None:
    assert "you said" not in str(checkin_form(opened(two_weeks(database, anonymous=5))))


def home_of(team: Team, now: object) -> str:
    card = home.card(team.db, workspace_id=WORKSPACE, person_id=GRACE.id, now=now)  # type: ignore[arg-type] # a moment
    return str(home_page(card))


def test_home_offers_what_was_missed_until_the_next_run(database: Database) -> None:
    team = settle_in(database)
    team.at(BERLIN)
    for moment in (ANGELES, ANGELES_ENDS + AFTER):
        assert "You can still answer" not in home_of(team, BERLIN)
        team.at(moment)
    assert "You can still answer" in home_of(team, ANGELES_ENDS + AFTER)
    assert "*Weekly sync*: closed <!date^" in home_of(team, ANGELES_ENDS + AFTER)
    team.answer(GRACE, ANGELES_ENDS + AFTER)
    assert "You can still answer" not in home_of(team, ANGELES_ENDS + AFTER)
    team.at(NEXT)
    assert "You can still answer" not in home_of(team, NEXT)
