"""Answers that come after the acknowledgement, by the address Slack gave with the click."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.words import quoted
from handlers.context import Muster
from handlers.reading import say_again
from sandbox.client import Person, texts
from services.rituals import NotOn
from surface import answers
from surface.kit import Message, divider, home
from surface.slack import Slack, SlackRefused, SlackUnclear
from tests.muster import FRIDAY, Running, running
from tests.surface.views import NASTY, check_message, check_view


@pytest.fixture
def connected(tmp_path: Path) -> Iterator[Running]:
    with running(f"sqlite:///{tmp_path / 'muster.db'}") as found:
        yield found


@pytest.fixture
def grace(connected: Running) -> Person:
    return connected.people.person("Grace")


@pytest.fixture
def slack(connected: Running) -> Slack:
    return Slack(connected.box.bot_token, f"{connected.box.url}/api/")


def address(connected: Running, person: Person) -> str:
    """Where Slack takes answers to something the person has just typed."""
    person.command("/muster", "help", channel="forecast")
    return str(connected.people.deliveries()[-1]["payload"]["response_url"])


def test_an_answer_reaches_the_person_who_acted(connected: Running, slack: Slack, grace: Person) -> None:
    slack.respond(address(connected, grace), {"response_type": "ephemeral", "text": "Only for you."})
    assert texts(grace.ephemerals("forecast")[-1]) == ["Only for you."]
    assert "Only for you." not in str(connected.people.person("Ana").messages("forecast"))


def test_a_used_up_address_refuses(connected: Running, slack: Slack, grace: Person) -> None:
    url = address(connected, grace)
    for number in range(5):
        slack.respond(url, {"text": str(number)})
    with pytest.raises(SlackRefused, match="used_url"):
        slack.respond(url, {"text": "One too many."})


def test_an_expired_address_refuses(connected: Running, slack: Slack, grace: Person) -> None:
    url = address(connected, grace)
    connected.people.jump_to(FRIDAY + timedelta(minutes=31))
    with pytest.raises(SlackRefused, match="expired_url"):
        slack.respond(url, {"text": "Too late."})


def test_nobody_at_the_address_is_unclear(slack: Slack) -> None:
    with pytest.raises(SlackUnclear):
        slack.respond("http://127.0.0.1:9/response/R1", {"text": "Hello?"})


def test_an_error_in_a_late_answer_carries_what_people_typed_as_they_typed_it(
    connected: Running, slack: Slack, grace: Person
) -> None:
    def not_found() -> dict[str, Any]:
        raise NotOn(name=quoted("<!channel> & co"))

    body = {
        "team": {"id": connected.workspace_id},
        "user": {"id": grace.id},
        "container": {"is_ephemeral": True},
        "response_url": address(connected, grace),
    }
    process = connected.process
    with ThreadPoolExecutor(1) as background:
        muster = Muster(process.db, process.clock, slack, {}, lambda *_: None, background)
        say_again(muster, body, not_found)
    assert grace.ephemerals("forecast")[-1]["text"].startswith("“&lt;!channel&gt; &amp; co” is not on in this channel.")


@pytest.mark.parametrize("typed", NASTY.values(), ids=NASTY)
def test_what_was_typed_is_given_back_within_slacks_limits(typed: str) -> None:
    said = answers.not_opened(answers.Id.AGAIN, "decision", typed)
    check_message(Message(said["text"], said["blocks"]))


def test_home_has_room_for_a_sentence_above_it() -> None:
    full = home([divider() for _ in range(100)])
    check_view(answers.above(full, answers.not_opened("home.record_decision", "new", "")))
