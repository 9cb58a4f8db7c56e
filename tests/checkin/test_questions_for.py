"""Questions for leads, groups and single people, on both databases."""

from dataclasses import replace

import pytest

from domain.deliveries import Kind
from domain.people import Person, Role
from domain.runs import Prompt
from domain.templates import Question, QuestionType, Template
from services import checkin_forms
from services import people as set_up
from storage import groups
from storage.engine import Database
from tests.checkin.team import ANA, BEN, BERLIN, BERLIN_ENDS, DEV, GRACE, WORKSPACE, Team, settle_in, utc, weekly

LEADS = replace(GRACE, role=Role.LEAD)


def question(whom: str) -> Question:
    name = whom.strip("@").lower().replace(" ", "_")
    return Question(name, f"For {whom}?", QuestionType.SHORT, optional=True, audience=(whom,))


def template(*whom: str) -> Template:
    common = Question("moved", "What moved?", QuestionType.SHORT, optional=True)
    return replace(weekly(), ask=(common, *map(question, whom)))


def sees(team: Team, prompt: Prompt) -> list[str]:
    """The questions of that person's form, in order."""
    form = checkin_forms.open_form(
        team.db, workspace_id=WORKSPACE, prompt_id=prompt.id, person_id=prompt.person_id, now=BERLIN
    )
    return [each.id for each in form.run.template.questions_for(form.prompt)][1:]


@pytest.fixture
def team(database: Database) -> Team:
    everybody = (ANA, BEN, DEV, LEADS)
    wanted = template("leads", "lead of mlops", "mlops", f"@{ANA.id}", "@SGROUP")
    found = settle_in(database, wanted, everybody=everybody)
    with database.write() as session:
        groups.set_all(session, workspace_id=WORKSPACE, groups={"SGROUP": [DEV.id, ANA.id]})
    found.at(BERLIN)
    return found


def test_each_sees_what_is_for_them(team: Team) -> None:
    assert {person.name: sees(team, team.prompt(person)) for person in (ANA, BEN, GRACE)} == {
        "Ana": [ANA.id.lower(), "sgroup"],
        "Ben": ["mlops"],
        "Grace": ["leads"],
    }
    assert team.prompt(DEV).meant_by == ("@SGROUP",)


def promote(team: Team, person: Person, role: str) -> None:
    given = {"role": role}
    set_up.set_up(
        team.db,
        workspace_id=WORKSPACE,
        actor_id=GRACE.id,
        person_id=person.id,
        given=given,
        shown={},
        now=BERLIN,
    )


def test_a_form_that_has_come_stays_as_it_is_whatever_its_person_becomes(team: Team) -> None:
    promote(team, BEN, "lead")
    assert sees(team, team.prompt(BEN)) == ["mlops"]
    team.answer(BEN, BERLIN, leads="Not mine", mlops="Fine")
    assert team.answers_of(BEN)["mlops"] == "Fine"
    assert "leads" not in team.answers_of(BEN)


def test_before_it_comes_it_follows_what_its_person_becomes(team: Team) -> None:
    promote(team, DEV, "lead")
    assert sees(team, team.prompt(DEV)) == ["leads", "sgroup"]


def test_the_summary_has_every_answer_where_it_belongs(team: Team) -> None:
    team.answer(GRACE, BERLIN, leads="We hire", confidence="4")
    team.answer(ANA, BERLIN, sgroup="Group work")
    team.at(BERLIN_ENDS)
    team.at(utc(24, 1, 31))
    said = team.messages(Kind.RUN)[-1]
    assert all(each in said for each in ("For leads?", "We hire", "For @SGROUP?", "Group work"))


def test_an_answer_ahead_is_to_the_questions_of_whoever_gives_it(database: Database) -> None:
    team = settle_in(database, template("leads", "mlops"), everybody=(ANA, BEN, DEV, LEADS))
    form = checkin_forms.open_early(
        team.db, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_id=GRACE.id, now=utc(22, 12)
    )
    assert [each.id for each in form.run.template.questions_for(form.prompt)] == ["moved", "leads"]
