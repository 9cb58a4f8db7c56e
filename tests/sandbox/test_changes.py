"""The stream that tells a page what to read again."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Refused, eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import Inbox
from tests.sandbox.test_views import open_form

PRICING = "C0000000003"


@contextmanager
def listening(box: Sandbox, user: str) -> Iterator[list[dict[str, Any]]]:
    """What a person's page is told while the block runs."""
    news: list[dict[str, Any]] = []
    started = threading.Event()

    def listen() -> None:
        with httpx2.stream("GET", f"{box.url}/page/changes", params={"as": user}, timeout=30) as stream:
            for line in stream.iter_lines():
                started.set()
                if line.startswith("data: "):
                    news.append(json.loads(line.removeprefix("data: ")))

    thread = threading.Thread(target=listen)
    thread.start()
    assert started.wait(5)
    try:
        yield news
    finally:
        box.stop()
        thread.join(5)
        assert not thread.is_alive()


def told(news: list[dict[str, Any]]) -> set[str]:
    return {what for item in list(news) for what in item["what"]}


def test_members_hear_of_a_private_message_and_others_do_not(box: Sandbox, client: Client) -> None:
    grace, ana = client.person_id("Grace"), client.person_id("Ana")
    with listening(box, grace) as graces, listening(box, ana) as anas:
        client.person("Chloe").say("pricing", "Between us")
        client.person("Chloe").say("forecast", "For all")
        assert eventually(lambda: {"sidebar", f"conversation:{PRICING}"} <= told(graces))
        assert eventually(lambda: "conversation:C0000000001" in told(anas))
        assert f"conversation:{PRICING}" not in told(anas)


def test_a_form_and_home_are_announced_to_their_reader(
    box: Sandbox, client: Client, slack: WebClient, inbox: Inbox
) -> None:
    ana = client.person("Ana")
    with listening(box, ana.id) as news:
        open_form(slack, inbox, ana)
        assert eventually(lambda: "modals" in told(news))
        home = {"type": "home", "blocks": [{"type": "divider"}]}
        slack.views_publish(user_id=ana.id, view=home)
        assert eventually(lambda: "home" in told(news))
        client.next_event()
        assert eventually(lambda: "clock" in told(news))


def test_a_failed_command_is_a_notice_for_who_typed_it(box: Sandbox, client: Client) -> None:
    ana = client.person("Ana")
    with listening(box, ana.id) as news:
        with pytest.raises(Refused):
            ana.command("/note", channel="forecast")
        notices = eventually(lambda: [item["notice"] for item in news if "notice" in item])
        assert notices == ["/note failed with the error “dispatch_failed”"]


def test_only_people_of_the_workspace_can_listen(box: Sandbox) -> None:
    answer = httpx2.get(f"{box.url}/page/changes", params={"as": "U9999999999"}).json()
    assert answer == {"ok": False, "error": "no_such_person"}
