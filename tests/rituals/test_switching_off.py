"""Who may switch a ritual off, who hears of it, and what becomes of a run that is open, on both databases."""

from dataclasses import replace

import pytest

from domain.deliveries import Kind
from domain.people import Person, Role
from domain.runs import PromptState
from services import rituals, sync
from services.rituals import NotYours
from storage import people
from storage import rituals as stored
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    DEV,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    utc,
)

NOON = utc(23, 11)


def switch_off(team: Team, by: Person, name: str = "weekly-sync") -> None:
    rituals.switch_off(team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, person_id=by.id, name=name, now=NOON)
    team.at(NOON)


def become(team: Team, person: Person, role: Role) -> None:
    with team.db.write() as session:
        people.set_up_person(session, person=replace(person, role=role))


def facilitated_by(team: Team, person: Person) -> None:
    with team.db.write() as session:
        (on,) = stored.active(session, workspace_id=WORKSPACE)
        stored.set_facilitator(session, ritual_id=on.id, person_id=person.id)


@pytest.mark.parametrize("role", [Role.LEAD, Role.MANAGER, Role.EXEC])
def test_leads_may_and_the_card_names_them(team: Team, role: Role) -> None:
    become(team, BEN, role)
    switch_off(team, BEN)
    assert "*Weekly sync* has been switched off by Ben, " in team.messages(Kind.RITUAL)[0]


def test_slacks_admins_the_facilitator_and_whoever_switched_it_on_may(team: Team) -> None:
    facilitated_by(team, ANA)
    team.change(replace(BEN, is_admin=True))
    for person in (GRACE, ANA, BEN):
        switch_off(team, person)
        rituals.switch_on(
            team.db,
            workspace_id=WORKSPACE,
            channel_id=CHANNEL,
            person_id=GRACE.id,
            template=team.ritual.template,
            now=FRIDAY,
        )
        facilitated_by(team, ANA)


def test_others_read_who_may(team: Team) -> None:
    facilitated_by(team, ANA)
    with pytest.raises(NotYours) as caught:
        switch_off(team, BEN)
    assert str(caught.value) == (
        "Only Ana, Grace, leads, managers, execs and Slack's admins may change Weekly sync or switch it off. "
        "Ask one of them."
    )
    sync.save_person(team.db, person=replace(GRACE, left=True, updated=1), now=NOON)
    with pytest.raises(NotYours, match="Only Ana, leads, managers, execs and Slack's admins may change"):
        switch_off(team, BEN)


def test_the_facilitator_hears_who_did_it_and_how_to_switch_it_on_again(team: Team) -> None:
    become(team, BEN, Role.LEAD)
    switch_off(team, BEN)
    (told,) = team.messages(Kind.ENDED, GRACE)
    assert "Ben has switched *Weekly sync* off in #forecast, which you facilitated." in told
    assert "`/ritual on weekly-sync` there switches it on again." in told


def test_a_facilitator_who_does_it_hears_nothing_new(team: Team) -> None:
    switch_off(team, GRACE)
    assert not team.messages(Kind.ENDED)


def test_whoever_has_been_asked_can_finish_and_nobody_else_is_asked(team: Team) -> None:
    team.at(BERLIN)
    switch_off(team, GRACE)
    assert "0 of 3 answered" in team.messages(Kind.RUN)[0]
    team.answer(ANA, NOON + AFTER)
    team.at(ANGELES)
    assert not team.messages(Kind.PROMPT, DEV)
    assert not team.is_open(), "the last deadline of those who have been asked is over"
    team.at(BERLIN_ENDS + AFTER)
    assert (
        "1 of 3 answered · not heard from: Ben and Grace · switched off before they were asked: Dev"
        in team.messages(Kind.RUN)[0]
    )


def test_a_message_that_was_on_its_way_is_not_sent(team: Team) -> None:
    team.open_and_ask(BERLIN)
    switch_off(team, GRACE)
    assert not team.messages(Kind.PROMPT)
    assert {prompt.missed for prompt in team.prompts} == {"ended"}
    assert (
        "Closed, no answers. Switched off before they were asked: Ana, Ben, Dev and Grace."
        in (team.messages(Kind.RUN)[0])
    )
    team.at(utc(24, 9))
    assert not team.messages(Kind.NOTE), "nobody needs to think of fewer questions now"


def test_a_late_answer_to_what_was_switched_off_is_still_welcome(team: Team) -> None:
    team.at(BERLIN)
    switch_off(team, GRACE)
    team.at(BERLIN_ENDS + AFTER)
    assert team.states()[0] == "no answer"
    team.answer(ANA, BERLIN_ENDS + 2 * AFTER)
    assert team.prompt(ANA).state is PromptState.ANSWERED
