"""What the page is told of the traffic with the app."""

import httpx2
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Client, Refused
from sandbox.log import Call
from sandbox.server import Sandbox
from tests.sandbox.apps import Inbox


def test_a_refused_call_says_why_and_its_whole_answer_can_be_read(client: Client, slack: WebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    with pytest.raises(SlackApiError):
        slack.chat_postMessage(channel=client.person("Ana").channel_id("forecast"), text="Long", blocks=blocks)
    (row,) = client.get("traffic")["rows"]
    assert (row["kind"], row["name"], row["refused"], row["error"]) == (
        "call", "chat.postMessage", True, "invalid_blocks",
    )  # fmt: skip
    assert row["about"] == {"ids": [client.person("Ana").channel_id("forecast")], "text": "Long"}
    whole = client.get("traffic/entry", n=str(row["n"]))
    assert "/blocks/0/text/text" in whole["answer"]["errors"][0]
    assert whole["sent"]["text"] == "Long"


def test_a_delivery_shows_its_acknowledgement_and_how_long_it_took(client: Client, inbox: Inbox) -> None:
    inbox.answer = {"text": "Noted"}
    client.person("Ana").command("/note", "milk", channel="forecast")
    row = next(row for row in client.get("traffic")["rows"] if row["kind"] == "command")
    assert (row["acked"], row["attempts"], row["refused"], row["is_open"]) == (True, 1, False, False)
    assert 0 < row["seconds"] < 3
    assert row["about"]["text"] == "/note milk"
    assert client.get("traffic/entry", n=str(row["n"]))["answer"] == {"text": "Noted"}


def test_an_answer_to_a_response_url_is_traffic_too(client: Client, inbox: Inbox) -> None:
    ana = client.person("Ana")
    ana.command("/note", "milk", channel="forecast")
    url = inbox.wait_for("command")[0]["response_url"]
    httpx2.post(url, json={"text": "Noted"})
    httpx2.post(url, json={"blocks": [{"type": "no such"}]})
    httpx2.post(url, content=b"no JSON")
    rows = [row for row in client.get("traffic")["rows"] if row["name"] == "response_url"]
    assert [(row["status"], row["error"]) for row in rows] == [
        (200, ""),
        (400, "invalid_blocks"),
        (400, "invalid_payload"),
    ]
    assert rows[0]["about"]["text"] == "Noted"


def test_what_nobody_carried_waits_for_its_retry_and_is_asked_for_again(client: Client) -> None:
    client.person("Ana").say("forecast", "Is anybody there?")
    (row,) = client.get("traffic")["rows"]
    assert (row["is_open"], row["error"]) == (True, "connection_failed")
    (again,) = client.get("traffic", since="1", again=str(row["n"]))["again"]
    assert again["attempts"] >= row["attempts"]


def test_it_is_read_on_from_a_number_and_searched_anywhere(box: Sandbox, client: Client) -> None:
    def note(number: int) -> None:
        box.log.add(Call("api.test", {"deep": {"er": f"needle{number}"}}, {"ok": True}, at=0))

    for number in range(1100):
        note(number)
    first = client.get("traffic")
    assert (len(first["rows"]), first["count"] - first["next"] > 0) == (500, True)
    rest = client.get("traffic", since=str(first["next"]))
    assert rest["rows"][0]["n"] == first["rows"][-1]["n"] + 1
    found = client.get("traffic", q="NEEDLE700")
    assert [row["name"] for row in found["rows"]] == ["api.test"]
    assert found["next"] == found["count"]
    assert client.get("traffic", q="nothing like it")["rows"] == []


def test_a_search_takes_a_long_log_in_stretches(box: Sandbox, client: Client) -> None:
    for number in range(4100):
        box.log.add(Call("api.test", {"number": f"#{number}#"}, {"ok": True}, at=0))
    answers = [client.get("traffic", q="#4000#")]
    while answers[-1]["next"] < answers[-1]["count"]:
        answers.append(client.get("traffic", q="#4000#", since=str(answers[-1]["next"])))
    assert [len(answer["rows"]) for answer in answers] == [0, 0, 1]


def test_an_entry_that_is_not_there_is_refused(client: Client) -> None:
    with pytest.raises(Refused, match="no_such_entry"):
        client.get("traffic/entry", n="12345")
