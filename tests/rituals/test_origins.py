"""A template that changed after a ritual took its questions from it, on both databases."""

from dataclasses import replace
from functools import partial

import pytest

from domain.runs import Ritual
from domain.sketches import SketchCard, removed
from domain.templates import Question, QuestionType, Template
from services import origins, ritual_desks
from services.rituals import NotYours
from surface.questions import list_view
from surface.ritual_desk import desk_view
from tests.checkin.team import AFTER, ANA, BERLIN, FRIDAY, GRACE, WORKSPACE, Team
from tests.rituals.test_changing import ritual
from tests.rituals.test_changing_questions import NEW, begin, save, step
from tests.team import audited


def library(team: Team, **changed: object) -> dict[str, Template]:
    """Read when Muster started again."""
    found = replace(team.ritual.template, when="every fri at 16:00", **changed)  # type: ignore[arg-type] # by name
    return {found.id: found}


def other(team: Team) -> dict[str, Template]:
    """Its last question makes room for another."""
    asked = Question("learned", "What did we learn?", QuestionType.SHORT)
    return library(team, ask=(*team.ritual.template.ask[:-1], asked), purpose="Another one.")


def shown(team: Team, files: dict[str, Template], reader: str = GRACE.id) -> str:
    about = {"workspace_id": WORKSPACE, "person_id": reader}
    return str(desk_view(ritual_desks.desk(team.db, ritual_id=team.ritual.id, now=FRIDAY, library=files, **about)))


def look(team: Team, files: dict[str, Template], by: str = GRACE.id) -> SketchCard:
    return origins.look(
        team.db, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_id=by, library=files, now=FRIDAY
    )


def keep_ours(team: Team, files: dict[str, Template], by: str = GRACE.id) -> None:
    origins.pass_over(
        team.db, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_id=by, library=files, now=FRIDAY
    )


def test_nothing_is_said_while_a_template_asks_the_same(team: Team) -> None:
    for files in ({}, library(team)):
        assert "has changed" not in shown(team, files)


def test_a_ritual_asks_as_before_until_somebody_takes_the_new_questions_over(team: Team) -> None:
    files = other(team)
    assert "*Its template in the library (`weekly-sync`) has changed*" in shown(team, files)
    assert "has changed" not in shown(team, files, ANA.id), "who cannot do anything about it"
    card = look(team, files)
    text = str(list_view(card))
    assert "Save takes it over; until then nothing changes." in text
    assert "New: “What did we learn?” (short text)" in text
    assert "Gone: “How confident are you" in text
    assert "Its title and what it is for are taken over, too." in text
    assert ritual(team).template == team.ritual.template
    after = save(team, card)
    assert isinstance(after, Ritual)
    assert save(team, card) == after
    wanted = files["weekly-sync"]
    assert after.template == replace(team.ritual.template, ask=wanted.ask, purpose=wanted.purpose), "when stays"
    assert (after.version, after.questions_by) == (2, GRACE.id)
    assert "has changed" not in shown(team, files)
    assert "questions changed by Grace (version 2)" in shown(team, files)
    team.at(BERLIN + AFTER)
    assert team.runs[-1].template.ask == wanted.ask


def test_whether_it_asks_without_names_is_taken_over_too_and_said(team: Team) -> None:
    alone = team.ritual.template.ask[:1]
    card = look(team, library(team, ask=alone, anonymous=3))
    assert "It then asks without names, and shows answers once there are 3." in str(list_view(card))
    after = save(team, card)
    assert isinstance(after, Ritual)
    assert (after.template.anonymous, after.version) == (3, 2)
    assert "It then asks with names." in str(list_view(look(team, library(team, ask=alone))))


def test_what_is_passed_over_is_not_said_again_but_the_next_change_is(team: Team) -> None:
    files = other(team)
    for _ in range(2):
        keep_ours(team, files)
    assert audited(team.db)[1:] == [("ritual keeps its questions", "weekly-sync", GRACE.id)]
    assert "has changed" not in shown(team, files)
    assert ritual(team).template == team.ritual.template
    assert "has changed" in shown(team, library(team, ask=team.ritual.template.ask[:3]))


def test_own_changes_alone_are_no_change_of_the_library(team: Team) -> None:
    save(team, step(team, begin(team), NEW))
    assert "has changed" not in shown(team, library(team))
    assert "has changed" in shown(team, other(team))


def test_what_somebody_had_begun_themselves_waits_meanwhile(team: Team) -> None:
    own = step(team, begin(team), NEW)
    seen = look(team, other(team))
    step(team, seen, partial(removed, question_id="learned"))
    assert look(team, other(team)).sketch.template.ask[-1].id == "learned", "always what the library asks"
    assert begin(team).sketch.template == own.sketch.template


def test_only_those_who_may_change_a_ritual_take_it_over_or_pass_it_by(team: Team) -> None:
    for act in (look, keep_ours):
        with pytest.raises(NotYours):
            act(team, other(team), ANA.id)
