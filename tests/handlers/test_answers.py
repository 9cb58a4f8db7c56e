"""Answers that come after the acknowledgement, by the address Slack gave with the click."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from slack_bolt import Ack

from domain.words import quoted
from handlers.context import Body, Muster
from handlers.reading import Answer, answer_fresh, replace_answer, say_again
from sandbox.client import Person, texts
from services.rituals import NotOn
from storage.engine import DatabaseBusy
from surface import answers
from surface.answers import plain_answer
from surface.kit import Message, divider, home
from surface.slack import Slack, SlackRefused, SlackUnclear
from tests.muster import FRIDAY, Running
from tests.surface.views import NASTY, check_message, check_view


@pytest.fixture
def slack(muster: Running) -> Slack:
    return Slack(muster.box.bot_token, f"{muster.box.url}/api/")


def address(muster: Running, person: Person) -> str:
    """Where Slack takes answers to something the person has just typed."""
    person.command("/muster", "help", channel="forecast")
    return str(muster.people.deliveries()[-1]["payload"]["response_url"])


def test_an_answer_reaches_the_person_who_acted(muster: Running, slack: Slack, grace: Person) -> None:
    slack.respond(address(muster, grace), {"response_type": "ephemeral", "text": "Only for you."})
    assert texts(grace.ephemerals("forecast")[-1]) == ["Only for you."]
    assert "Only for you." not in str(muster.people.person("Ana").messages("forecast"))


def test_a_used_up_address_refuses(muster: Running, slack: Slack, grace: Person) -> None:
    url = address(muster, grace)
    for number in range(5):
        slack.respond(url, {"text": str(number)})
    with pytest.raises(SlackRefused, match="used_url"):
        slack.respond(url, {"text": "One too many."})


def test_an_expired_address_refuses(muster: Running, slack: Slack, grace: Person) -> None:
    url = address(muster, grace)
    muster.people.jump_to(FRIDAY + timedelta(minutes=31))
    with pytest.raises(SlackRefused, match="expired_url"):
        slack.respond(url, {"text": "Too late."})


def test_nobody_at_the_address_is_unclear(slack: Slack) -> None:
    with pytest.raises(SlackUnclear):
        slack.respond("http://127.0.0.1:9/response/R1", {"text": "Hello?"})


def clicked(muster: Running, person: Person) -> Body:
    return {
        "team": {"id": muster.workspace_id},
        "user": {"id": person.id},
        "container": {"is_ephemeral": True},
        "response_url": address(muster, person),
    }


@contextmanager
def an_hour_later(muster: Running, slack: Slack) -> Iterator[Muster]:
    """Who is in private channels was read too long ago. At the end all is said that comes after acknowledgements."""
    process = muster.process
    with ThreadPoolExecutor(1) as background:
        yield Muster(process.db, lambda: process.clock() + timedelta(hours=1), slack, {}, lambda *_: None, background)


def not_found() -> Answer:
    raise NotOn(name=quoted("<!channel> & co"))


def test_an_error_in_a_late_answer_carries_what_people_typed_as_they_typed_it(
    muster: Running, slack: Slack, grace: Person
) -> None:
    body = clicked(muster, grace)
    with an_hour_later(muster, slack) as late:
        ack = Ack()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
        answer_fresh(late, ack, body, not_found)
    assert grace.ephemerals("forecast")[-1]["text"].startswith("“&lt;!channel&gt; &amp; co” is not on in this channel.")


def test_after_a_click_the_old_answer_stands_if_it_cannot_be_said_anew(
    muster: Running, slack: Slack, grace: Person, caplog: pytest.LogCaptureFixture
) -> None:
    def too_busy() -> Answer:
        raise DatabaseBusy

    body = clicked(muster, grace)
    before = grace.ephemerals("forecast")
    with an_hour_later(muster, slack) as late:
        replace_answer(late, body, body["response_url"], too_busy)
    assert grace.ephemerals("forecast") == before, "not “try again”: the click has been done"
    assert "Something after an acknowledgement failed." in caplog.text


def test_a_click_is_answered_with_what_it_did_and_nothing_is_read_again(
    muster: Running, slack: Slack, grace: Person
) -> None:
    body = clicked(muster, grace)
    with an_hour_later(muster, slack) as late:
        say_again(late, body, plain_answer("It is on."))
    assert grace.ephemerals("forecast")[-1]["text"] == "It is on."


@pytest.mark.parametrize("typed", NASTY.values(), ids=NASTY)
def test_what_was_typed_is_given_back_within_slacks_limits(typed: str) -> None:
    said = answers.not_opened(answers.Id.AGAIN, "decision", typed)
    check_message(Message(said["text"], said["blocks"]))


def test_home_has_room_for_a_sentence_above_it() -> None:
    full = home([divider() for _ in range(100)])
    check_view(answers.above(full, answers.not_opened("home.record_decision", "new", "")))
