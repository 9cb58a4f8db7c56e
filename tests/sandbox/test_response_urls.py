"""The addresses an app may answer to: five times, within thirty minutes, whatever channels it is in."""

from datetime import timedelta

import httpx2
import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Person
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox
from tests.sandbox.test_blocks import actions, button, section

FORECAST = "C0000000001"


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def url_of_click(slack: WebClient, inbox: Inbox, person: Person, *, ephemeral: bool) -> str:
    blocks = [actions(button())]
    if ephemeral:
        slack.chat_postEphemeral(channel=FORECAST, user=person.id, text="Original", blocks=blocks)
    else:
        slack.chat_postMessage(channel=FORECAST, text="Original", blocks=blocks)
    person.click(person.messages("forecast")[-1], "Go")
    return str(inbox.all("block_actions")[-1]["response_url"])


def test_it_answers_in_a_channel_the_app_is_not_in(client: Client, inbox: Inbox) -> None:
    ben = client.person("Ben")
    helper = client.person_id("Helper")
    client.post("leave", **{"as": ben.id}, channel=ben.channel_id("support-quality"), user=helper)
    ben.command("/note", channel="support-quality")
    url = inbox.all("command")[0]["response_url"]
    assert httpx2.post(url, json={"text": "Only you"}).text == "ok"
    assert httpx2.post(url, json={"text": "All", "response_type": "in_channel"}).text == "ok"
    seen = [m["text"] for m in client.person("Erin").messages("support-quality")]
    assert seen[-1] == "All"
    assert [m["text"] for m in ben.ephemerals("support-quality")] == ["Only you"]


@pytest.mark.parametrize("ephemeral", [True, False])
def test_it_replaces_or_deletes_the_message_that_was_clicked(
    slack: WebClient, inbox: Inbox, ana: Person, ephemeral: bool
) -> None:
    url = url_of_click(slack, inbox, ana, ephemeral=ephemeral)
    httpx2.post(url, json={"text": "Replaced", "replace_original": True})
    assert [m["text"] for m in ana.messages("forecast")] == ["Replaced"]
    httpx2.post(url, json={"delete_original": True})
    assert ana.messages("forecast") == []


def test_it_works_five_times(inbox: Inbox, ana: Person) -> None:
    ana.command("/note", channel="forecast")
    url = inbox.all("command")[0]["response_url"]
    answers = [httpx2.post(url, json={"text": str(number)}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[5].text == "used_url"
    assert len(ana.ephemerals("forecast")) == 5


def test_it_expires_after_thirty_minutes(client: Client, inbox: Inbox, ana: Person) -> None:
    ana.command("/note", channel="forecast")
    url = inbox.all("command")[0]["response_url"]
    client.jump_to(FRIDAY + timedelta(minutes=29))
    assert httpx2.post(url, json={"text": "In time"}).status_code == 200
    client.jump_to(FRIDAY + timedelta(minutes=31))
    late = httpx2.post(url, json={"text": "Late"})
    assert (late.status_code, late.text) == (404, "expired_url")
    assert httpx2.post(f"{url}0", json={"text": "Wrong"}).status_code == 404


def test_it_refuses_what_is_no_message(inbox: Inbox, ana: Person) -> None:
    ana.command("/note", channel="forecast")
    url = inbox.all("command")[0]["response_url"]
    assert httpx2.post(url, json={"text": ""}).text == "no_text"
    assert httpx2.post(url, json={"text": "x", "blocks": [section("")]}).text == "invalid_blocks"
    assert httpx2.post(url, content="{").status_code == 400
    assert ana.ephemerals("forecast") == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ([], "invalid_payload"),
        ("text", "invalid_payload"),
        ({"text": 5}, "invalid_payload"),
        ({"text": "x", "response_type": "loud"}, "invalid_payload"),
        ({"text": "x", "replace_original": "yes"}, "invalid_payload"),
        ({"text": "x", "blocks": 0}, "invalid_blocks_format"),
        ({"text": "x", "thread_ts": "1.1"}, "thread_not_found"),
        ({"text": "x", "thread_ts": 5}, "thread_not_found"),
    ],
)
def test_it_refuses_a_body_of_the_wrong_shape(inbox: Inbox, ana: Person, body: object, said: str) -> None:
    ana.command("/note", channel="forecast")
    answer = httpx2.post(inbox.all("command")[0]["response_url"], json=body)
    assert (answer.status_code, answer.text) == (400, said)
    assert ana.ephemerals("forecast") == []


def test_a_flag_may_be_a_word(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    url = url_of_click(slack, inbox, ana, ephemeral=False)
    httpx2.post(url, json={"text": "Beside", "replace_original": "false"})
    httpx2.post(url, json={"text": "Instead", "replace_original": "true"})
    assert [m["text"] for m in ana.messages("forecast")] == ["Instead", "Beside"]


def test_it_ends_with_the_channel_and_with_the_installation(box: Sandbox, inbox: Inbox, ana: Person) -> None:
    ana.command("/note", channel="forecast")
    url = inbox.all("command")[0]["response_url"]
    httpx2.post(f"{box.url}/page/archive", json={"as": ana.id, "channel": FORECAST})
    assert httpx2.post(url, json={"text": "x"}).text == "is_archived"
    httpx2.post(f"{box.url}/control/app/uninstall", json={})
    assert httpx2.post(url, json={"text": "x"}).status_code == 404
