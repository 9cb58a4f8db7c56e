"""A blocker reaches whoever can clear it, and whoever raised it hears what came of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.blockers import AlreadyAnAction, AlreadyCleared, NotYoursToReopen
from domain.channels import Channel
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.people import Person
from domain.submissions import Submission
from domain.templates import Question, QuestionType
from services import action_changes, actions, blockers, checkins, rituals, sync
from storage import blockers as stored
from storage.engine import Database
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    BEN,
    BERLIN,
    CHANNEL,
    DEV,
    FRIDAY,
    GIVEN,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    utc,
    weekly,
)
from tests.checkin.test_anonymous import ASK

HOUR = timedelta(hours=1)
SOON = BERLIN + AFTER
ZOE = Person(WORKSPACE, "U9", "Zoe", zone_name="Europe/Berlin")


def named(db: Database, who: Person = BEN) -> Team:
    """Ana has said that somebody else can clear what blocks her."""
    team = settle_in(db)
    team.at(BERLIN)
    team.answer(ANA, SOON, blocked="No labels", unblocker=who.id)
    team.at(SOON)
    return team


def press(team: Team, by: Person, *, clear: bool = False, at: timedelta = HOUR) -> None:
    move = blockers.clear if clear else blockers.take
    move(team.db, workspace_id=WORKSPACE, blocker_id=1, person_id=by.id, now=SOON + at)
    team.at(SOON + at)


def object_to_it(team: Team, by: Person = ANA, *, at: timedelta) -> None:
    blockers.still(team.db, workspace_id=WORKSPACE, blocker_id=1, person_id=by.id, now=SOON + at)
    team.at(SOON + at)


def for_clearer(team: Team, who: Person = BEN) -> str:
    (said,) = team.messages(Kind.CLEARER, who)
    return said


def for_raiser(team: Team) -> str:
    (said,) = team.messages(Kind.BLOCKER_NEWS, ANA)
    return said


def test_whom_an_answer_names_hears_of_it_at_once_and_why(database: Database) -> None:
    said = for_clearer(named(database))
    assert "Ana is blocked and says that you can clear it: No labels" in said
    assert "From Weekly sync in #forecast. Ana named you, and hears which button you press. You get this once." in said
    assert all(label in said for label in ("I'll take it", "Cleared", "Make action item"))


def test_nobody_hears_who_names_themselves_or_nobody(database: Database) -> None:
    team = named(database, ANA)
    team.answer(BEN, SOON, blocked="No GPUs")
    team.at(SOON + HOUR)
    assert team.messages(Kind.CLEARER) == []


def test_it_waits_until_they_are_at_work_and_does_not_come_if_it_is_settled_by_then(database: Database) -> None:
    team = named(database, DEV)
    assert team.messages(Kind.CLEARER) == [], "Dev is asleep"
    team.answer(GRACE, SOON, blocked="No GPUs", unblocker=DEV.id)
    press(team, GRACE)
    team.at(ANGELES)
    assert "Grace is blocked" in for_clearer(team, DEV)


def test_taking_it_up_stands_in_both_messages_and_so_does_what_comes_after(database: Database) -> None:
    team = named(database)
    press(team, BEN)
    assert "You have taken it up." in for_clearer(team)
    assert "Your blocker: *No labels*. Ben has taken it up." in for_raiser(team)
    assert "Your next check-in asks whether it still blocks you." in for_raiser(team)
    press(team, BEN, clear=True, at=2 * HOUR)
    assert "Ana was blocked and said that you can clear it:" in for_clearer(team)
    assert "You have said that it is cleared." in for_clearer(team)
    assert "Ben has said that it is cleared." in for_raiser(team)
    press(team, BEN, clear=True, at=3 * HOUR)
    assert len(team.sent[f"{Kind.BLOCKER_NEWS}:1::{ANA.id}"]) == 2, "pressed twice is pressed once"


def test_what_somebody_else_does_stands_there_too_without_buttons(database: Database) -> None:
    team = named(database)
    press(team, GRACE)
    assert "Grace has taken it up." in for_clearer(team)
    assert "I'll take it" not in for_clearer(team)
    assert "Cleared" not in for_clearer(team)
    press(team, GRACE, clear=True)
    with pytest.raises(AlreadyCleared):
        press(team, BEN, clear=True)


def test_who_raised_it_hears_nothing_of_what_they_do_themselves(database: Database) -> None:
    team = named(database)
    press(team, ANA, clear=True)
    assert team.messages(Kind.BLOCKER_NEWS) == []
    assert "Ana has said that it is cleared." in for_clearer(team)


@pytest.mark.parametrize(("owner", "hears"), [(GRACE, 1), (ANA, 0)])
def test_an_action_item_is_told_once(database: Database, owner: Person, hears: int) -> None:
    """Who is to own it gets the item itself."""
    team = named(database)
    sent = Submission(WORKSPACE, BEN.id, "d1", {"what": "Relabel", "owner": owner.id, "due": "2026-11-26"})
    actions.submit(database, sent=sent, channel_id=CHANNEL, blocker_id=1, now=SOON + HOUR)
    team.at(SOON + HOUR)
    assert "You have made *A-1* of it." in for_clearer(team)
    news = team.messages(Kind.BLOCKER_NEWS)
    assert len(news) == hears
    assert all("Grace has it as *A-1*, due Thu 26 Nov 2026." in said for said in news)
    assert all("Type `/action A-1` to see it." in said for said in news)


def test_an_edit_names_somebody_else_or_takes_it_back(database: Database) -> None:
    team = named(database)
    team.answer(ANA, SOON + HOUR, blocked="No labels", unblocker=GRACE.id, moved="Edited.")
    team.at(SOON + HOUR)
    assert "Ana has changed the answer that named you. There is nothing for you to do any more." in for_clearer(team)
    assert "No labels" not in for_clearer(team)
    assert "No labels" in for_clearer(team, GRACE)
    press(team, GRACE, at=2 * HOUR)
    team.answer(ANA, SOON + 3 * HOUR)
    team.at(SOON + 3 * HOUR)
    assert "There is nothing for you to do any more." in for_clearer(team, GRACE)
    assert "This is with others now. There is nothing left for you to do here." in for_raiser(team)


def test_several_of_one_answer_are_one_message(database: Database) -> None:
    ask = (
        Question("blocked", "What blocks you?", QuestionType.LONG, optional=True, into="blocker.title", split=True),
        Question("unblocker", "Who can clear it?", QuestionType.USER, optional=True, into="blocker.owner"),
    )
    team = settle_in(database, replace(weekly(), ask=ask))
    team.at(BERLIN)
    team.answer(ANA, SOON, blocked="No labels\nNo GPUs", unblocker=BEN.id)
    team.at(SOON)
    assert "Ana is blocked by 2 things and says that you can clear them: No labels; No GPUs" in for_clearer(team)
    press(team, BEN)
    assert for_clearer(team).count("I'll take it") == 1


@pytest.mark.parametrize("guest", [False, True])
def test_nobody_is_named_who_could_not_read_it(database: Database, *, guest: bool) -> None:
    team = settle_in(database)
    sync.save_person(database, person=replace(ZOE, is_guest=guest), now=FRIDAY)
    closed = Channel(WORKSPACE, CHANNEL, "forecast", is_private=not guest, has_bot=True)
    sync.save_channel(database, channel=closed, now=FRIDAY)
    team.at(BERLIN)
    with pytest.raises(FieldErrors) as found:
        team.answer(ANA, SOON, blocked="No labels", unblocker=ZOE.id)
    assert "Zoe is not in this channel and may not read it." in found.value.fields["unblocker"]
    team.answer(ANA, SOON, unblocker=ZOE.id)
    team.at(SOON)
    assert team.messages(Kind.CLEARER) == [], "nothing blocks her"


def test_of_an_anonymous_answer_they_hear_with_the_results_and_from_nobody(database: Database) -> None:
    unblocker = Question("unblocker", "Who can?", QuestionType.USER, optional=True, into="blocker.owner")
    team = settle_in(database, replace(weekly(), ask=(*ASK, unblocker), anonymous=3))
    team.at(BERLIN)
    for person in (ANA, DEV, GRACE):
        stuck = {"stuck": f"{person.id} stuck", "unblocker": BEN.id} if person is not DEV else {}
        team.answer(person, SOON, None, mood="Yes", **stuck)
    team.at(SOON)
    assert team.messages(Kind.CLEARER) == []
    team.at(utc(24, 12))
    said = for_clearer(team)
    assert "Somebody is blocked by 2 things and says, without a name, that you can clear them: " in said
    assert "You get this once, because an anonymous answer names you." in said
    assert not any(person.name in said for person in (ANA, DEV, GRACE))
    press(team, BEN, at=timedelta(days=1, hours=4))
    assert team.messages(Kind.BLOCKER_NEWS) == []


def test_an_answer_that_comes_twice_names_nobody_twice(database: Database) -> None:
    team = named(database)
    given = {**GIVEN, "blocked": "No labels", "unblocker": BEN.id}
    for draft in (f"draft {team.prompt(ANA).id}", "another draft"):
        checkins.submit(
            database,
            workspace_id=WORKSPACE,
            prompt_id=team.prompt(ANA).id,
            person_id=ANA.id,
            draft_id=draft,
            given=given,
            now=SOON + HOUR,
        )
    team.at(SOON + HOUR)
    (said,) = (said for key, said in team.sent.items() if key.startswith(f"{Kind.CLEARER}:"))
    assert len(said) == 1


def test_what_still_blocks_somebody_although_it_was_cleared_waits_again(database: Database) -> None:
    team = named(database)
    week = timedelta(days=7)
    team.at(BERLIN + week)
    press(team, BEN, clear=True, at=week)
    team.answer(ANA, SOON + week + HOUR, None, **{"still-1": "still"})
    team.at(SOON + week + HOUR)
    assert "I'll take it" in for_clearer(team)
    assert "You said that it still blocks you." in for_raiser(team)
    with database.read() as session:
        found = stored.blocker(session, workspace_id=WORKSPACE, blocker_id=1)
    assert found
    assert found.waits


def test_whoever_raised_it_opens_it_again_and_whoever_cleared_it_sees_that(database: Database) -> None:
    team = named(database)
    press(team, BEN, clear=True)
    assert "Still blocked" in for_raiser(team)
    object_to_it(team, at=2 * HOUR)
    object_to_it(team, at=2 * HOUR)
    assert "Ana is blocked and says that you can clear it: No labels" in for_clearer(team)
    assert "You said that it is cleared, but Ana is still blocked by it." in for_clearer(team)
    assert "I'll take it" in for_clearer(team)
    assert "You said that it still blocks you." in for_raiser(team)
    assert "Still blocked" not in for_raiser(team)
    assert len(team.sent[f"{Kind.BLOCKER_NEWS}:1::{ANA.id}"]) == 2, "pressed twice is pressed once"
    press(team, BEN, clear=True, at=3 * HOUR)
    assert "Ben has said that it is cleared." in for_raiser(team)
    assert "Still blocked" in for_raiser(team)


def test_an_old_objection_changes_nothing(database: Database) -> None:
    team = named(database)
    press(team, BEN, clear=True)
    object_to_it(team, at=2 * HOUR)
    press(team, GRACE, at=3 * HOUR)
    object_to_it(team, at=4 * HOUR)
    assert "Grace has taken it up." in for_raiser(team)
    sent = Submission(WORKSPACE, BEN.id, "d1", {"what": "Relabel", "owner": GRACE.id, "due": "2026-11-26"})
    actions.submit(database, sent=sent, channel_id=CHANNEL, blocker_id=1, now=SOON + 5 * HOUR)
    with pytest.raises(AlreadyAnAction):
        object_to_it(team, at=6 * HOUR)


def test_only_whoever_raised_it_objects_and_also_once_the_ritual_is_off(database: Database) -> None:
    team = named(database)
    press(team, BEN, clear=True)
    with pytest.raises(NotYoursToReopen, match="Only Ana can say that this blocker still stands"):
        object_to_it(team, BEN, at=HOUR)
    off = {"workspace_id": WORKSPACE, "channel_id": CHANNEL, "person_id": GRACE.id, "name": "weekly-sync"}
    rituals.switch_off(database, **off, now=SOON + HOUR)
    object_to_it(team, at=2 * HOUR)
    assert "You said that it still blocks you." in for_raiser(team)


def test_the_news_follows_the_action_item_to_its_new_owner_and_until_it_is_done(database: Database) -> None:
    team = named(database)
    sent = Submission(WORKSPACE, BEN.id, "d1", {"what": "Relabel", "owner": GRACE.id, "due": "2026-11-26"})
    actions.submit(database, sent=sent, channel_id=CHANNEL, blocker_id=1, now=SOON + HOUR)
    team.at(SOON + HOUR)
    over = Submission(WORKSPACE, GRACE.id, "d2", {"owner": BEN.id, "why": "His"})
    action_changes.hand_over(database, sent=over, item_id=1, now=SOON + 2 * HOUR)
    team.at(SOON + 2 * HOUR)
    assert "Ben has it as *A-1*, due Thu 26 Nov 2026." in for_raiser(team)
    action_changes.done(database, workspace_id=WORKSPACE, item_id=1, person_id=BEN.id, now=SOON + 3 * HOUR)
    team.at(SOON + 3 * HOUR)
    assert "Ben has done it, as *A-1*." in for_raiser(team)


def test_the_news_says_that_the_action_item_is_no_longer_needed(database: Database) -> None:
    team = named(database)
    place = {"workspace_id": WORKSPACE, "person_id": BEN.id}
    sent = Submission(**place, draft_id="d1", given={"what": "Relabel", "owner": BEN.id, "due": "2026-11-26"})
    actions.submit(database, sent=sent, channel_id=CHANNEL, blocker_id=1, now=SOON + HOUR)
    dropped = Submission(**place, draft_id="d2", given={"why": "We buy them"})
    action_changes.drop(database, sent=dropped, item_id=1, now=SOON + 2 * HOUR)
    team.at(SOON + 2 * HOUR)
    assert "*A-1*, made of it, is no longer needed." in for_raiser(team)


def test_what_changed_while_somebody_had_left_stands_in_their_message_once_they_are_back(database: Database) -> None:
    team, version = named(database), int(SOON.timestamp())
    sync.save_person(database, person=replace(BEN, left=True, updated=version), now=SOON)
    team.at(SOON)
    press(team, ANA, clear=True)
    back = SOON + 2 * HOUR
    sync.save_person(database, person=replace(BEN, updated=version + 1), now=back)
    team.at(back)
    said = for_clearer(team)
    assert "cleared" in said
    assert "I'll take it" not in said
