"""The events an app is sent: not more than it may get, and none once it confirms hardly any."""

from datetime import timedelta

import httpx2

from sandbox.client import Client, eventually
from sandbox.delivery.intake import Intake
from sandbox.log import Delivery
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox
from tests.sandbox.test_request_urls import Desk, desk_at_work


def sent(box: Sandbox) -> list[Delivery]:
    return [delivery for delivery in box.log.deliveries() if delivery.envelope_type == "events_api"]


def say(client: Client, times: int) -> None:
    for number in range(times):
        client.person("Ana").say("app", f"Number {number}")


def test_above_the_hours_limit_the_app_is_told_once_a_minute_and_hears_no_more(box: Sandbox, client: Client) -> None:
    box.slack.deliveries.intake = Intake(box.slack.clock, most=3)
    say(client, 6)
    *events, limited = sent(box)
    assert [delivery.type for delivery in events] == ["message"] * 3
    assert limited.payload == {
        "token": "deprecated",
        "type": "app_rate_limited",
        "team_id": box.world.workspace.id,
        "api_app_id": box.world.workspace.app_id,
        "minute_rate_limited": FRIDAY.timestamp(),
    }
    client.jump_to(FRIDAY + timedelta(minutes=5))
    say(client, 2)
    assert [delivery.type for delivery in sent(box)[4:]] == ["app_rate_limited"]
    client.jump_to(FRIDAY + timedelta(minutes=61))
    say(client, 1)
    assert sent(box)[-1].type == "message"


def test_the_limit_is_told_at_the_address_as_it_is(client: Client) -> None:
    desk = Desk()
    with desk_at_work(desk) as (box, people):
        box.slack.deliveries.intake = Intake(box.slack.clock, most=1)
        say(people, 2)
        assert eventually(lambda: len(desk.requests) == 2)
    assert any('"type": "app_rate_limited"' in body and '"event"' not in body for _, body in desk.requests)


def test_events_are_switched_off_when_hardly_any_is_confirmed(box: Sandbox, client: Client) -> None:
    box.slack.deliveries.intake = Intake(box.slack.clock, fewest_judged=4)
    say(client, 2)
    assert eventually(lambda: [note.details["what"] for note in box.log.notes("fault")] == ["events_off"])
    assert [delivery.attempts for delivery in sent(box)] == [2, 2]
    say(client, 1)
    client.jump_to(FRIDAY + timedelta(minutes=10))
    *before, unsent = sent(box)
    assert [(delivery.attempts, delivery.acked) for delivery in before] == [(2, False), (2, False)]
    assert [attempt.reason for attempt in unsent.tries] == ["events_off"]


def test_somebody_has_to_switch_them_on_again(box: Sandbox, client: Client, inbox: Inbox) -> None:
    box.slack.deliveries.intake.is_off = True
    say(client, 1)
    client.jump_to(FRIDAY + timedelta(hours=2))
    assert inbox.all("message") == []
    assert httpx2.post(f"{box.url}/control/events/on", json={}).json() == {"ok": True}
    say(client, 2)
    assert len(inbox.wait_for("message", 2)) == 2


def test_an_app_that_confirms_one_in_ten_keeps_its_events(box: Sandbox) -> None:
    intake = Intake(box.slack.clock, fewest_judged=10)
    assert not any(intake.judge(acked=number % 10 == 0) for number in range(100))
    assert any(intake.judge(acked=False) for _ in range(200))


def test_commands_go_on_when_events_are_off(box: Sandbox, client: Client, inbox: Inbox) -> None:
    box.slack.deliveries.intake.is_off = True
    client.person("Ana").command("/note", channel="forecast")
    assert len(inbox.all("command")) == 1
