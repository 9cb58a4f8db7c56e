"""The deadline second itself is on time, and whom Slack refused can still answer."""

import pytest

from domain.deliveries import Kind, Outcome
from domain.runs import PromptState
from services import checkin_forms, deliveries
from services.own_prompts import TooLateToEdit
from tests.checkin.team import AFTER, ANA, BERLIN, BERLIN_ENDS, WORKSPACE, Team


def test_an_answer_at_the_deadline_is_in_time_and_can_be_changed_then(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN_ENDS)
    team.answer(ANA, BERLIN_ENDS, moved="The backfill is not done.")
    assert team.answers_of(ANA)["moved"] == "The backfill is not done."
    mine = team.prompt(ANA).id
    form = checkin_forms.open_form(team.db, workspace_id=WORKSPACE, prompt_id=mine, person_id=ANA.id, now=BERLIN_ENDS)
    assert not form.is_late
    with pytest.raises(TooLateToEdit):
        team.answer(ANA, BERLIN_ENDS + AFTER, moved="Or is it?")


@pytest.mark.parametrize("does", ["answers", "skips"])
def test_what_is_done_at_the_deadline_loses_its_buttons_after_it(team: Team, does: str) -> None:
    team.at(BERLIN)
    if does == "answers":
        team.answer(ANA, BERLIN_ENDS)
    else:
        team.skip(ANA, BERLIN_ENDS)
    team.at(BERLIN_ENDS)
    before = team.messages(Kind.PROMPT, ANA)
    team.at(BERLIN_ENDS + AFTER)
    assert team.messages(Kind.PROMPT, ANA) != before


def test_whoever_slack_refused_to_reach_can_answer_later(team: Team) -> None:
    team.open_and_ask(BERLIN)
    for each in deliveries.claim(team.db, now=BERLIN, limit=100, paces={}):
        if each.subject.person_id == ANA.id:
            refused = Outcome(each, shown=each.wanted, ended="refused: user_disabled", refused=True)
            deliveries.settle(team.db, outcomes=[refused], now=BERLIN)
    assert team.prompt(ANA).state is PromptState.FAILED
    team.answer(ANA, BERLIN + AFTER)
    assert team.prompt(ANA).state is PromptState.ANSWERED
