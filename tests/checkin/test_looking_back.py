"""What somebody is told of their own check-ins by `/checkin` alone."""

import pytest

from services import checkins, own_answers
from services.own_prompts import NotYourPrompt
from surface.checkin_list import open_answer
from surface.own_answers import answers_view
from tests.checkin.team import AFTER, ANA, BEN, BERLIN, BERLIN_ENDS, WORKSPACE, Team


def listed(team: Team) -> str:
    found = checkins.open_prompts(team.db, workspace_id=WORKSPACE, person_id=ANA.id, now=BERLIN_ENDS)
    return str(open_answer(found))


def test_it_shows_what_i_answered_last_and_my_settings(team: Team) -> None:
    team.at(BERLIN)
    assert "What you answered last" not in listed(team)
    team.answer(ANA, BERLIN + AFTER, moved="The labels came.")
    team.answer(BEN, BERLIN + AFTER, moved="Nothing moved.")
    said = listed(team)
    assert "*Weekly sync*, Mon 23 Nov 2026\\nThe labels came. · 4 of 5" in said
    assert "Nothing moved." not in said
    assert "Mon-Fri 09:00-17:30, Europe/Berlin time, at most 3 reminders a day" in said


def test_i_read_the_whole_of_my_own_answers_and_nobody_elses(team: Team) -> None:
    team.at(BERLIN)
    with pytest.raises(NotYourPrompt):
        mine(team)
    team.answer(ANA, BERLIN + AFTER, moved="The labels came.", unblocker=BEN.id, blocked="GPUs")
    assert "Ben" in mine(team)
    assert "The labels came." in mine(team)
    with pytest.raises(NotYourPrompt):
        mine(team, BEN.id)


def mine(team: Team, reader: str = ANA.id) -> str:
    prompt_id = team.prompt(ANA).id
    found = own_answers.of_prompt(team.db, workspace_id=WORKSPACE, prompt_id=prompt_id, person_id=reader)
    return str(answers_view(found))
