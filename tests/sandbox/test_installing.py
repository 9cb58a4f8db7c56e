"""The app is allowed into a workspace, its tokens end, and it is taken out again."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import FileInstallationStore

from sandbox.client import Client
from sandbox.server import Sandbox
from tests.sandbox.apps import EVENTS, FRIDAY, SCOPES, Inbox, Later, connected, manifest, serving, web_client
from tests.sandbox.test_web_api import refusal

BACK = "http://127.0.0.1:9/slack/oauth_redirect"
ASKED = ",".join(SCOPES)


def app() -> dict[str, Any]:
    made = manifest(events=[*EVENTS, "app_uninstalled", "tokens_revoked"])
    made["oauth_config"]["redirect_urls"] = [BACK]
    made["oauth_config"]["scopes"]["bot_optional"] = ["team:read"]
    return made


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(manifest=app(), start=FRIDAY) as running:
        yield running


@pytest.fixture
def ana(client: Client) -> str:
    return client.person_id("Ana")


def link(box: Sandbox, **changes: str) -> str:
    asked = {"client_id": box.client_id, "scope": ASKED, "redirect_uri": BACK, "state": "s1", **changes}
    return f"{box.url}/oauth/v2/authorize?{urlencode(asked)}"


def allow(box: Sandbox, who: str, *, decision: str = "allow", **fields: str) -> dict[str, str]:
    """What the app finds in the address that the person is sent back to."""
    asked = {"client_id": box.client_id, "scope": ASKED, "redirect_uri": BACK, "state": "s1"}
    form = {**asked, "as": who, "decision": decision, **fields}
    answer = httpx2.post(f"{box.url}/oauth/v2/authorize", data=form)
    assert answer.status_code == 302
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def exchange(box: Sandbox, code: str, **changes: str) -> dict[str, object]:
    secrets = {"client_id": box.client_id, "client_secret": box.client_secret, "redirect_uri": BACK, **changes}
    answer = WebClient(base_url=f"{box.url}/api/").oauth_v2_access(code=code, **secrets)
    return {name: answer[name] for name in ("access_token", "scope", "authed_user", "bot_user_id")}


def test_the_page_says_who_asks_for_what(box: Sandbox) -> None:
    page = httpx2.get(link(box)).text
    assert "Helper is asking for access" in page
    assert "<li>chat:write</li>" in page
    assert re.search('type="checkbox" name="granted" value="team:read"', page)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"client_id": "7.7"}, "Invalid client_id"),
        ({"scope": ""}, "No scopes requested"),
        ({"scope": "admin"}, "Invalid permissions requested: admin"),
        ({"redirect_uri": "https://elsewhere.example/"}, "did not match any configured URIs"),
        ({"redirect_uri": BACK + "evil"}, "did not match any configured URIs"),
    ],
)
def test_a_wrong_link_is_explained_and_leads_nowhere(box: Sandbox, wrong: dict[str, str], said: str) -> None:
    answer = httpx2.get(link(box, **wrong))
    assert (answer.status_code, said in answer.text) == (400, True)


def test_what_a_link_says_is_never_markup(box: Sandbox) -> None:
    assert "<script>" not in httpx2.get(link(box, state='"><script>')).text
    assert "<script>" not in httpx2.get(link(box, redirect_uri="<script>")).text


def test_a_code_becomes_a_token_once(box: Sandbox, ana: str) -> None:
    back = allow(box, ana, granted="team:read")
    assert back["state"] == "s1"
    answer = exchange(box, back["code"])
    assert (answer["scope"], answer["authed_user"]) == (ASKED, {"id": ana})
    assert web_client(box).auth_test()["ok"], "the sandbox knows the newest token"
    assert answer["access_token"] == box.bot_token
    assert refusal(WebClient(base_url=f"{box.url}/api/").oauth_v2_access, code=back["code"], client_id=box.client_id,
                   client_secret=box.client_secret, redirect_uri=BACK)["error"] == "invalid_code"  # fmt: skip


def test_the_token_before_ends_with_a_new_installation(box: Sandbox, ana: str) -> None:
    before = web_client(box)
    exchange(box, allow(box, ana)["code"])
    assert refusal(before.auth_test)["error"] == "token_revoked"


def test_an_optional_scope_may_be_left_out(ana: str) -> None:
    with Sandbox(manifest=app(), seed={**_blank(), "installed": False}, start=FRIDAY) as box, Client(box.url) as client:
        exchange(box, allow(box, client.person_id("Zoe"))["code"])
        refused = refusal(web_client(box).team_info)
        assert (refused["error"], refused["needed"]) == ("missing_scope", "team:read")
        assert "team:read" not in refused["provided"]


def _blank() -> dict[str, object]:
    people = [{"name": "Zoe Quist", "is_admin": True}, {"name": "Guy Post", "is_guest": True}]
    return {"workspace": "Southlight", "people": people, "channels": [{"name": "desk"}]}


def test_who_cancels_is_sent_back_with_the_reason(box: Sandbox, ana: str) -> None:
    assert allow(box, ana, decision="cancel") == {"state": "s1", "error": "access_denied"}


def test_a_guest_allows_nothing() -> None:
    with Sandbox(manifest=app(), seed=_blank(), start=FRIDAY) as box, Client(box.url) as client:
        form = {"client_id": box.client_id, "scope": ASKED, "redirect_uri": BACK, "as": client.person_id("Guy")}
        assert httpx2.post(f"{box.url}/oauth/v2/authorize", data=form).status_code == 400


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": "7.7"}, "invalid_client_id"),
        ({"client_secret": "no"}, "bad_client_secret"),
        ({"redirect_uri": "http://127.0.0.1:9/other"}, "bad_redirect_uri"),
        ({"grant_type": "refresh_token"}, "invalid_grant_type"),
        ({"code": "nonsense"}, "invalid_code"),
    ],
)
def test_an_exchange_is_refused_with_the_reason(box: Sandbox, ana: str, changes: dict[str, str], error: str) -> None:
    fields = {"client_id": box.client_id, "client_secret": box.client_secret, "redirect_uri": BACK}
    fields |= {"code": allow(box, ana)["code"], **changes}
    answer = httpx2.post(f"{box.url}/api/oauth.v2.access", data=fields).json()
    assert (answer["ok"], answer["error"]) == (False, error)


def test_a_code_is_worth_nothing_after_ten_minutes(box: Sandbox, ana: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = allow(box, ana)["code"]
    monkeypatch.setattr("sandbox.codes.monotonic", lambda: monotonic() + 601)
    fields = {"client_id": box.client_id, "client_secret": box.client_secret, "redirect_uri": BACK, "code": code}
    assert httpx2.post(f"{box.url}/api/oauth.v2.access", data=fields).json()["error"] == "invalid_code"


def test_the_log_keeps_no_secret(box: Sandbox, ana: str) -> None:
    exchange(box, allow(box, ana)["code"])
    (call,) = box.log.calls("oauth.v2.access")
    assert "client_secret" not in call.args
    assert "access_token" not in call.answer


def test_an_app_that_is_taken_out_hears_of_it_and_is_shut_out(box: Sandbox, client: Client) -> None:
    inbox, slack = Inbox(), web_client(box)
    with connected(box, inbox.register):
        secrets = {"client_id": box.client_id, "client_secret": box.client_secret}
        assert slack.apps_uninstall(**secrets)["ok"]
        assert inbox.wait_for("app_uninstalled")
        (revoked,) = inbox.wait_for("tokens_revoked")
    assert revoked["event"]["tokens"] == {"oauth": [], "bot": [box.world.workspace.bot_user]}
    assert refusal(slack.auth_test)["error"] == "account_inactive"
    assert box.world.workspace.bot_user not in box.world.workspace.channels["C0000000001"].members


def test_a_revoked_token_works_no_more(box: Sandbox) -> None:
    slack = web_client(box)
    assert slack.auth_revoke(test=True)["revoked"] is False
    assert slack.auth_revoke()["revoked"] is True
    assert refusal(slack.auth_test)["error"] == "token_revoked"


def test_a_revoked_token_takes_the_bot_out_of_its_channels(box: Sandbox, client: Client) -> None:
    web_client(box).auth_revoke()
    bot = box.world.workspace.bot_user
    assert not any(bot in channel.members for channel in box.world.workspace.channels.values())
    assert box.world.workspace.people[bot].deleted


@pytest.mark.parametrize(("order", "last"), [("revoke", {"tokens_revoked"}),
                                             ("uninstall", {"app_uninstalled", "tokens_revoked"})])  # fmt: skip
def test_after_its_last_word_the_app_hears_nothing_more(
    box: Sandbox, client: Client, order: str, last: set[str]
) -> None:
    httpx2.post(f"{box.url}/control/app/{order}", json={})
    client.person("Ana").say("forecast", "Are they gone?")
    client.person("Ana").say("app", "Hello?")
    client.change_person("Ben", tz="Asia/Tokyo")
    assert sorted(delivery.type for delivery in box.log.deliveries()) == sorted(last)


def test_what_ended_ends_once(box: Sandbox) -> None:
    def order(name: str) -> Any:
        return httpx2.post(f"{box.url}/control/app/{name}", json={}).json()

    assert order("revoke")["ok"]
    assert order("revoke") == {"ok": False, "error": "no_token"}
    assert order("uninstall")["ok"]
    assert order("uninstall") == {"ok": False, "error": "not_installed"}
    assert order("revoke") == {"ok": False, "error": "not_installed"}
    assert [delivery.type for delivery in box.log.deliveries()] == ["tokens_revoked", "app_uninstalled"]


def test_what_was_scheduled_does_not_come_without_a_token(box: Sandbox, client: Client) -> None:
    slack, ana = web_client(box), client.person("Ana")
    direct = slack.conversations_open(users=ana.id)["channel"]["id"]
    slack.chat_scheduleMessage(channel=direct, text="Later", post_at=int(box.slack.clock.now()) + 300)
    slack.auth_revoke()
    client.jump_to(FRIDAY + timedelta(minutes=10))
    assert ana.dm() == []


def test_a_retry_that_was_due_does_not_come_to_the_next_installation(box: Sandbox, client: Client) -> None:
    inbox = Inbox()
    client.person("Ana").say("forecast", "Nobody listens")
    httpx2.post(f"{box.url}/control/app/uninstall", json={})
    httpx2.post(f"{box.url}/control/app/install", json={})
    with connected(box, inbox.register):
        client.jump_to(FRIDAY + timedelta(minutes=10))
        message, *last = box.log.deliveries()
        assert (message.acked, [delivery.acked for delivery in last]) == (False, [True, True])
    assert inbox.all("message") == []


def test_an_unmodified_bolt_app_installs_itself(tmp_path: Path) -> None:
    later = Later()
    with serving(later) as url:
        made = app()
        made["oauth_config"]["redirect_urls"] = [f"{url}/slack/oauth_redirect"]
        blank = {**_blank(), "installed": False}
        with Sandbox(manifest=made, seed=blank, start=FRIDAY, request_url=f"{url}/slack/events") as box:
            later.application = SlackRequestHandler(_installable(box, url, tmp_path), path="/slack/events")
            with Client(box.url) as client:
                zoe = client.person("Zoe")
                _walk_through(box, url, zoe.id)
                zoe.invite("desk", "Helper")
                zoe.command("/note", channel="desk")
                assert [message["text"] for message in zoe.messages("desk")][-1] == "Noted"


def _installable(box: Sandbox, url: str, folder: Path) -> App:
    settings = OAuthSettings(
        client_id=box.client_id,
        client_secret=box.client_secret,
        scopes=SCOPES,
        redirect_uri=f"{url}/slack/oauth_redirect",
        authorization_url=f"{box.url}/oauth/v2/authorize",
        installation_store=FileInstallationStore(base_dir=str(folder)),
        state_validation_enabled=False,  # Its cookie travels over https alone.
    )
    client = WebClient(base_url=f"{box.url}/api/")
    bolt = App(signing_secret=box.signing_secret, oauth_settings=settings, client=client, process_before_response=True)
    bolt.command("/note")(lambda ack, say: (ack(), say("Noted")))
    return bolt


def _walk_through(box: Sandbox, url: str, who: str) -> None:
    """Press "Add to Slack", allow, and come back."""
    asked = re.search(r'href="([^"]+authorize[^"]+)"', httpx2.get(f"{url}/slack/install").text)
    assert asked is not None
    query = parse_qs(urlsplit(asked[1].replace("&amp;", "&")).query)
    form = {name: query.get(name, [""])[0] for name in ("client_id", "scope", "redirect_uri", "state")}
    answer = httpx2.post(f"{box.url}/oauth/v2/authorize", data={**form, "as": who, "decision": "allow"})
    assert httpx2.get(answer.headers["location"]).status_code == 200


def test_whoever_lost_the_token_can_install_again_or_take_the_app_out(box: Sandbox, ana: str) -> None:
    exchange(box, allow(box, ana)["code"])
    assert web_client(box).auth_revoke()["revoked"]
    exchange(box, allow(box, ana)["code"])
    assert web_client(box).auth_test()["ok"]
    assert web_client(box).auth_revoke()["revoked"]
    assert httpx2.post(f"{box.url}/control/app/uninstall", json={}).json() == {"ok": True}


def test_what_the_app_had_open_and_planned_goes_with_it(box: Sandbox, client: Client) -> None:
    inbox, slack, person = Inbox(), web_client(box), client.person("Ana")
    with connected(box, inbox.register):
        person.command("/note", channel="forecast")
        form = {"type": "modal", "title": {"type": "plain_text", "text": "Form"}, "blocks": [{"type": "divider"}]}
        slack.views_open(trigger_id=inbox.all("command")[0]["trigger_id"], view=form)
        ahead = int(box.slack.clock.now()) + 300
        direct = slack.conversations_open(users=person.id)["channel"]["id"]
        slack.chat_scheduleMessage(channel=direct, text="Later", post_at=ahead)
        httpx2.post(f"{box.url}/control/app/uninstall", json={})
        httpx2.post(f"{box.url}/control/app/install", json={})
        assert person.modal() is None
        client.jump_to(FRIDAY + timedelta(minutes=10))
        assert person.dm() == []
