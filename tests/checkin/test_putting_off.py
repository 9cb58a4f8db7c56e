"""Later, and skipped with a reason."""

from datetime import timedelta

import pytest

from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.later import Later
from services import putting_off
from services.putting_off import NotSkipped, NotThen
from tests.checkin.team import AFTER, ANA, ANGELES, ANGELES_ENDS, BEN, BERLIN, BERLIN_ENDS, DEV, GRACE, WORKSPACE, Team

HOUR = timedelta(hours=1)


def later(team: Team, now: object = BERLIN, when: Later = Later.HOUR) -> None:
    mine = {"workspace_id": WORKSPACE, "prompt_id": team.prompt(ANA).id, "person_id": ANA.id}
    putting_off.ask_later(team.db, **mine, later=when, now=now)  # type: ignore[arg-type] # by name


def reason(team: Team, words: str) -> None:
    mine = {"workspace_id": WORKSPACE, "prompt_id": team.prompt(ANA).id, "person_id": ANA.id}
    putting_off.give_reason(team.db, **mine, reason=words, now=BERLIN)  # type: ignore[arg-type] # by name


def test_an_invitation_offers_when_to_ask_again(team: Team) -> None:
    team.at(BERLIN)
    (said,) = team.messages(Kind.PROMPT, ANA)
    assert "In an hour\nThis afternoon" in said
    assert "Tomorrow" not in said, "it closes tonight"


def test_it_asks_again_once_at_that_moment_and_says_nothing_before(team: Team) -> None:
    team.at(BERLIN)
    later(team)
    team.at(BERLIN + AFTER)
    (said,) = team.messages(Kind.PROMPT, ANA)
    assert "Put off: *Weekly sync*, Mon 23 Nov 2026. I will ask again <!date^" in said
    assert "Answer" in said
    assert "Skip" not in said
    team.at(BERLIN + HOUR - AFTER)
    assert not team.messages(Kind.ASKED_AGAIN, ANA)
    team.at(BERLIN + HOUR)
    (again,) = team.messages(Kind.ASKED_AGAIN, ANA)
    assert again.startswith("You wanted to be asked again: Weekly sync closes Mon 23 Nov 2026 17:30 CET.")
    assert all(word in again for word in ("Answer", "Skip today", "In an hour"))
    assert "I have asked again below." in team.messages(Kind.PROMPT, ANA)[0]
    team.at(BERLIN + 2 * HOUR)
    assert len(team.messages(Kind.ASKED_AGAIN)) == 1


def test_a_second_click_changes_nothing(team: Team) -> None:
    team.at(BERLIN)
    later(team)
    later(team, BERLIN + AFTER)
    later(team, BERLIN + AFTER, Later.AFTERNOON)
    assert team.prompt(ANA).later_at == BERLIN + HOUR


def test_it_can_be_put_off_again_when_it_has_come(team: Team) -> None:
    team.at(BERLIN)
    later(team)
    team.at(BERLIN + HOUR)
    later(team, BERLIN + HOUR)
    team.at(BERLIN + 2 * HOUR)
    first, second = team.messages(Kind.ASKED_AGAIN, ANA)
    assert "I have asked again below." in first
    assert "Skip today" in second


@pytest.mark.parametrize("settle", [Team.answer, Team.skip])
def test_whoever_answers_or_skips_meanwhile_is_not_asked_again(team: Team, settle: object) -> None:
    team.at(BERLIN)
    later(team)
    settle(team, ANA, BERLIN + AFTER)  # type: ignore[operator] # what a person does
    team.at(BERLIN + HOUR)
    assert not team.messages(Kind.ASKED_AGAIN)
    later(team, BERLIN + HOUR)
    assert team.prompt(ANA).later_at is None, "what is settled stays so"


def test_an_answer_after_it_came_again_settles_both_messages(team: Team) -> None:
    team.at(BERLIN)
    later(team)
    team.at(BERLIN + HOUR)
    team.answer(ANA, BERLIN + HOUR)
    team.at(BERLIN + HOUR + AFTER)
    assert team.messages(Kind.ASKED_AGAIN, ANA) == ["\n".join(["Weekly sync: answered, thank you."] * 2)]
    assert "answered, thank you" in team.messages(Kind.PROMPT, ANA)[0]


def test_what_was_put_off_past_its_reminder_is_not_reminded_and_still_closes(team: Team) -> None:
    team.at(BERLIN)
    later(team, BERLIN_ENDS - 3 * HOUR)
    assert team.prompt(ANA).later_at == BERLIN_ENDS - 2 * HOUR, "the moment of the reminder"
    team.at(BERLIN_ENDS - 2 * HOUR)
    assert len(team.messages(Kind.ASKED_AGAIN, ANA)) == 1
    assert not team.messages(Kind.REMINDER, ANA)
    assert team.messages(Kind.REMINDER, GRACE)
    team.at(BERLIN_ENDS + AFTER)
    assert team.prompt(ANA).missed == "no answer"
    assert team.messages(Kind.ASKED_AGAIN, ANA)[0].startswith("Weekly sync: closed. While a late answer is welcome")


def test_a_reminder_offers_what_the_deadline_still_allows(team: Team) -> None:
    team.at(BERLIN)
    reminded = BERLIN_ENDS - 2 * HOUR
    team.at(reminded)
    (reminder,) = team.messages(Kind.REMINDER, ANA)
    assert reminder.endswith("Skip today\nLater\nIn an hour"), "there is no more time for anything else"
    later(team, reminded)
    team.at(reminded + AFTER)
    (reminder,) = team.messages(Kind.REMINDER, ANA)
    assert reminder.startswith("Put off: Weekly sync, Mon 23 Nov 2026. I will ask again ")
    assert "Skip" not in reminder
    team.at(reminded + HOUR)
    assert len(team.messages(Kind.ASKED_AGAIN, ANA)) == 1


def test_a_moment_that_has_passed_is_refused_with_what_to_do(team: Team) -> None:
    team.at(BERLIN)
    with pytest.raises(NotThen, match="“This afternoon” does not work here"):
        later(team, BERLIN + 4 * HOUR, Later.AFTERNOON)


def test_a_reason_for_skipping_stands_in_the_message_and_in_the_summary(team: Team) -> None:
    team.at(BERLIN)
    team.skip(ANA, BERLIN)
    team.at(BERLIN + AFTER)
    assert "Add a reason" in team.messages(Kind.PROMPT, ANA)[0]
    reason(team, " on  call <!here> ")
    for person in (BEN, GRACE):
        team.answer(person, BERLIN + AFTER)
    team.at(ANGELES)
    team.answer(DEV, ANGELES)
    team.at(ANGELES + AFTER)
    assert "Your reason: on call &lt;!here&gt;." in team.messages(Kind.PROMPT, ANA)[0]
    assert "skipped: Ana (on call &lt;!here&gt;)" in team.messages(Kind.RUN)[0]
    reason(team, "")
    team.at(ANGELES_ENDS)
    assert "skipped: Ana\n" in team.messages(Kind.RUN)[0].replace(" ·", "\n")


def test_a_reason_is_short_and_only_for_what_was_skipped(team: Team) -> None:
    team.at(BERLIN)
    with pytest.raises(NotSkipped):
        reason(team, "on call")
    team.skip(ANA, BERLIN)
    with pytest.raises(FieldErrors, match="keep it to 100"):
        reason(team, "x" * 101)
