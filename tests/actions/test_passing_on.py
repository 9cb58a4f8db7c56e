"""A blocker is passed on by whoever was to clear it, and comes back to those who had it in hand."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.blockers import AlreadyAnAction, Blocker, NoBlocker, NothingToPassOn
from domain.channels import Channel
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.people import Person
from domain.submissions import Submission
from domain.templates import Question, QuestionType
from services import actions, blocker_passes, sync
from storage import blockers as stored
from storage.engine import Database
from tests.actions.test_clearers import HOUR, SOON, ZOE, for_clearer, for_raiser, named, object_to_it, press
from tests.checkin.team import ANA, BEN, BERLIN, CHANNEL, DEV, FRIDAY, GRACE, WORKSPACE, Team, settle_in, utc, weekly
from tests.checkin.test_anonymous import ASK
from tests.team import audited
from tests.trail import Entry, entries

WHY = "I have no access"


def pass_on(
    team: Team,
    by: Person = BEN,
    to: Person | None = GRACE,
    *,
    why: str = "",
    at: timedelta = HOUR,
    form: str = "",
    confirmed: Collection[str] = (),
) -> tuple[Person, ...]:
    given = {"who": "somebody", "person": to.id} if to else {"who": "nobody"}
    given |= {"why": why} if why else {}
    sent = Submission(WORKSPACE, by.id, form or f"form of {by.id}", given, confirmed)
    found = blocker_passes.submit(team.db, sent=sent, blocker_id=1, now=SOON + at)
    team.at(SOON + at)
    return found


def handed(team: Team, who: Person) -> str:
    return team.messages(Kind.HANDED, who)[-1]


def standing(team: Team) -> Blocker:
    with team.db.read() as session:
        found = stored.blocker(session, workspace_id=WORKSPACE, blocker_id=1)
    assert found
    return found


def make_action(team: Team, by: Person = BEN, *, at: timedelta = HOUR) -> None:
    sent = Submission(WORKSPACE, by.id, "item", {"what": "Relabel", "owner": GRACE.id, "due": "2026-11-26"})
    actions.submit(team.db, sent=sent, channel_id=CHANNEL, blocker_id=1, now=SOON + at)
    team.at(SOON + at)


def test_the_next_person_reads_from_whom_and_why_it_comes_and_can_act(database: Database) -> None:
    team = named(database)
    assert "Pass on" in for_clearer(team)
    pass_on(team, why=WHY)
    said = handed(team, GRACE)
    assert "Ben has passed on to you what blocks Ana: No labels" in said
    assert f"Why: “{WHY}”." in said
    assert "From Weekly sync in #forecast. Ana hears which button you press. You get this once." in said
    assert all(label in said for label in ("I'll take it", "Cleared", "Make action item", "Pass on"))
    assert f"You have passed it on to Grace: “{WHY}”." in for_clearer(team)
    assert "I'll take it" not in for_clearer(team)
    assert f"Your blocker: *No labels*. Ben has passed it on to Grace: “{WHY}”." in for_raiser(team)


def test_what_comes_of_it_stands_in_every_message(database: Database) -> None:
    team = named(database)
    pass_on(team)
    press(team, GRACE, at=2 * HOUR)
    assert "Grace has taken it up." in for_clearer(team)
    assert "Grace has taken it up." in for_raiser(team)
    assert "You have taken it up." in handed(team, GRACE)
    pass_on(team, GRACE, DEV, at=3 * HOUR)
    assert "Grace has passed it on to Dev." in for_clearer(team)
    assert "You have passed it on to Dev." in handed(team, GRACE)
    assert standing(team).waits
    assert team.messages(Kind.HANDED, DEV) == [], "Dev is asleep"
    press(team, DEV, clear=True, at=9 * HOUR)
    assert all("Dev has said that it is cleared." in said for said in (for_clearer(team), handed(team, GRACE)))
    assert "Pass on" not in handed(team, GRACE)
    assert team.messages(Kind.HANDED, DEV) == [], "settled by themselves before it came"


def test_nobody_is_named_any_more_once_somebody_says_that_they_cannot_clear_it(database: Database) -> None:
    team = named(database)
    pass_on(team, to=None, why="It needs a budget")
    assert "You have said that you cannot clear it: “It needs a budget”." in for_clearer(team)
    assert "Your blocker: *No labels*. Ben cannot clear it: “It needs a budget”." in for_raiser(team)
    assert "Nobody is named to clear it now: whoever facilitates hears of it." in for_raiser(team)
    assert team.messages(Kind.HANDED) == []
    press(team, GRACE, at=2 * HOUR)
    assert "Grace has taken it up." in for_clearer(team)


def test_the_summary_says_who_passed_it_on(database: Database) -> None:
    team = named(database)
    pass_on(team, to=None, why=WHY)
    for person in (BEN, DEV, GRACE):
        team.answer(person, SOON + 2 * HOUR)
    team.at(SOON + 2 * HOUR)
    (summary,) = team.messages(Kind.RUN)
    assert f"_Ana_ · Ben cannot clear it: “{WHY}”" in summary


def test_whoever_took_it_up_passes_it_on_and_it_waits_again(database: Database) -> None:
    team = named(database)
    press(team, BEN)
    pass_on(team, at=2 * HOUR)
    found = standing(team)
    assert (found.waits, found.owner_id, found.acknowledged_at) == (True, GRACE.id, None)
    assert "I'll take it" in handed(team, GRACE)


def test_the_same_form_again_changes_nothing_and_another_one_is_too_late(database: Database) -> None:
    team = named(database)
    pass_on(team)
    pass_on(team)
    assert len(standing(team).passed) == 1
    with pytest.raises(NothingToPassOn, match="you have passed it on to Grace already"):
        pass_on(team, to=DEV, form="another")
    assert len(team.messages(Kind.BLOCKER_NEWS)) == 1


def test_the_same_form_with_somebody_else_takes_the_place_of_what_it_said(database: Database) -> None:
    team = named(database)
    pass_on(team)
    pass_on(team, to=DEV, at=9 * HOUR)
    assert [each.to for each in standing(team).passed] == [DEV.id]
    assert "This is with others now. There is nothing left for you to do here." in handed(team, GRACE)
    assert "what blocks Ana: No labels" in handed(team, DEV)
    press(team, DEV, at=10 * HOUR)
    with pytest.raises(NothingToPassOn, match="Dev has taken it up"):
        pass_on(team, to=GRACE, at=11 * HOUR)


def test_what_was_settled_or_taken_up_meanwhile_has_a_kind_sentence(database: Database) -> None:
    team = named(database)
    press(team, GRACE)
    with pytest.raises(NothingToPassOn, match=r"nothing for you to pass on: Grace has taken it up\. Thank you"):
        pass_on(team)
    press(team, GRACE, clear=True, at=2 * HOUR)
    with pytest.raises(NothingToPassOn, match="Grace has said that it is cleared"):
        pass_on(team, at=2 * HOUR)
    object_to_it(team, at=3 * HOUR)
    make_action(team, at=4 * HOUR)
    with pytest.raises(AlreadyAnAction):
        pass_on(team, at=5 * HOUR)


def test_only_whom_it_waits_for_passes_it_on(database: Database) -> None:
    team = named(database)
    with pytest.raises(NothingToPassOn, match="it is with Ben now"):
        pass_on(team, DEV)
    team.answer(ANA, SOON + HOUR)
    with pytest.raises(NoBlocker):
        pass_on(team, at=2 * HOUR)


@pytest.mark.parametrize(
    ("to", "says"),
    [(BEN, "That is you."), (ANA, "Ana is the one it blocks."), (ZOE, "Muster does not know them")],
)
def test_it_goes_to_somebody_else_whom_it_does_not_block(database: Database, to: Person, says: str) -> None:
    team = named(database)
    with pytest.raises(FieldErrors) as found:
        pass_on(team, to=to)
    assert says in found.value.fields["person"]


def test_it_does_not_come_back_to_whoever_passed_it_on(database: Database) -> None:
    team = named(database)
    pass_on(team)
    with pytest.raises(FieldErrors) as found:
        pass_on(team, GRACE, BEN, at=2 * HOUR)
    assert "Ben has passed it on already." in found.value.fields["person"]


def test_naming_somebody_outside_a_private_channel_warns_first_and_is_audited(database: Database) -> None:
    team = named(database)
    sync.save_person(database, person=ZOE, now=FRIDAY)
    closed = Channel(WORKSPACE, CHANNEL, "forecast", is_private=True, has_bot=True)
    sync.save_channel(database, channel=closed, now=SOON)
    assert [each.name for each in pass_on(team, to=ZOE)] == ["Zoe"]
    assert standing(team).passed == ()
    assert pass_on(team, to=ZOE, confirmed=[ZOE.id]) == ()
    said = handed(team, ZOE)
    assert "From Weekly sync in a private channel." in said
    assert "what blocks Ana: No labels" in said
    assert ("outsider named", "blocker 1", BEN.id) in audited(database)


def test_an_answer_that_names_somebody_else_takes_it_from_whom_it_was_passed_to(database: Database) -> None:
    team = named(database)
    pass_on(team)
    team.answer(ANA, SOON + 2 * HOUR, blocked="No labels", unblocker=BEN.id, moved="Edited.")
    assert standing(team).owner_id == GRACE.id, "the answer names nobody else"
    team.answer(ANA, SOON + 3 * HOUR, blocked="No labels", unblocker=DEV.id)
    team.at(SOON + 3 * HOUR)
    assert "This is with others now. There is nothing left for you to do here." in handed(team, GRACE)
    assert standing(team).owner_id == DEV.id


def test_whoever_had_it_in_hand_from_the_summary_hears_once_that_it_is_open_again(database: Database) -> None:
    team = named(database)
    press(team, GRACE)
    press(team, GRACE, clear=True, at=2 * HOUR)
    assert team.messages(Kind.HANDED) == []
    for hours in (3, 5):
        object_to_it(team, at=hours * HOUR)
        assert "Ana is still blocked by what you said is cleared: No labels" in handed(team, GRACE)
        assert "You said that it is cleared, but Ana is still blocked by it." in handed(team, GRACE)
        press(team, GRACE, clear=True, at=(hours + 1) * HOUR)
        assert "Ana was still blocked by what you said is cleared" in handed(team, GRACE)
    assert len(team.messages(Kind.HANDED)) == 1, "Ben has a message about it, and sees it there"


def test_whoever_took_it_up_hears_it_too_when_somebody_else_cleared_it(database: Database) -> None:
    team = named(database)
    press(team, GRACE)
    press(team, BEN, clear=True, at=2 * HOUR)
    object_to_it(team, at=3 * HOUR)
    assert "Ana is still blocked by what you have taken up: No labels" in handed(team, GRACE)
    assert "Ben said that it is cleared, but Ana is still blocked by it." in handed(team, GRACE)
    pass_on(team, GRACE, DEV, at=4 * HOUR)
    assert "You have passed it on to Dev." in handed(team, GRACE)


def test_every_move_goes_to_the_audit_trail(database: Database) -> None:
    team = named(database)
    press(team, BEN)
    pass_on(team, why=WHY, at=2 * HOUR)
    press(team, GRACE, clear=True, at=3 * HOUR)
    object_to_it(team, at=4 * HOUR)
    make_action(team, at=5 * HOUR)
    lines = trail(database)
    assert [(line.what, line.actor_id) for line in lines] == [
        ("blocker raised", ANA.id),
        ("blocker taken up", BEN.id),
        ("blocker passed on", BEN.id),
        ("blocker cleared", GRACE.id),
        ("blocker open again", ANA.id),
        ("blocker made an action item", BEN.id),
    ]
    passed = lines[2]
    assert passed.at == SOON + 2 * HOUR
    assert passed.details["before"] == {"state": "acknowledged", "owner": BEN.id}
    assert passed.details["after"] == {"state": "open", "owner": GRACE.id}
    assert lines[-1].details["after"]["action"] == "A-1"
    assert not any(word in str(line.details) for line in lines for word in (WHY, "No labels"))


def trail(database: Database) -> list[Entry]:
    return [line for line in entries(database) if line.what.startswith("blocker")]


def test_the_audit_trail_of_an_anonymous_ritual_names_nobody(database: Database) -> None:
    unblocker = Question("unblocker", "Who can?", QuestionType.USER, optional=True, into="blocker.owner")
    team = settle_in(database, replace(weekly(), ask=(*ASK, unblocker), anonymous=3))
    team.at(BERLIN)
    for person in (ANA, DEV, GRACE):
        stuck = {"stuck": "The licence", "unblocker": BEN.id} if person is ANA else {}
        team.answer(person, SOON, None, mood="Yes", **stuck)
    team.at(utc(24, 12))
    day = timedelta(days=1, hours=4)
    pass_on(team, why=WHY, at=day)
    assert "Ben has passed on to you what blocks somebody: The licence" in handed(team, GRACE)
    press(team, GRACE, clear=True, at=day + HOUR)
    lines = trail(database)
    assert [line.what for line in lines] == ["blocker raised", "blocker passed on", "blocker cleared"]
    told = str([(line.actor_id, line.details) for line in lines])
    assert not any(person.id in told for person in (ANA, BEN, DEV, GRACE))
    assert team.messages(Kind.BLOCKER_NEWS) == []
