"""Requests as Slack signs and sends them over HTTP, through Bolt to the handlers."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt.authorization import AuthorizeResult

from bot.library import shipped_library
from bot.slack_app import build_app
from domain.runs import PromptState
from handlers.context import Muster
from storage.engine import Database
from storage.tables import PromptRow
from surface import checkin, checkin_form
from surface.slack import Slack
from tests.checkin.team import AFTER, ANA, BERLIN, CHANNEL, WORKSPACE, Team, settle_in
from tests.web.slack import Address, serving, signed

NOWHERE = "http://127.0.0.1:9/api/"
NOW = BERLIN + AFTER


@pytest.fixture
def team(database: Database) -> Team:
    found = settle_in(database)
    found.at(BERLIN)
    return found


@pytest.fixture
def app(team: Team) -> Iterator[Address]:
    with ThreadPoolExecutor(1) as background:
        muster = Muster(team.db, lambda: NOW, Slack("xoxb-1", NOWHERE), shipped_library(), lambda *_: None, background)
        identity = AuthorizeResult(enterprise_id=None, team_id=WORKSPACE, bot_token="xoxb-1", bot_user_id="UBOT")
        with serving(build_app(muster, api_url=NOWHERE, identity=identity), team.db) as found:
            yield found


def command(text: str, **more: str) -> str:
    fields = {"command": "/checkin", "text": text, "team_id": WORKSPACE, "user_id": ANA.id, "channel_id": CHANNEL}
    return urlencode({**fields, "trigger_id": "1.2", "response_url": NOWHERE, **more})


def interaction(**payload: Any) -> str:
    who = {"team": {"id": WORKSPACE}, "user": {"id": ANA.id}, "trigger_id": "1.2"}
    return urlencode({"payload": json.dumps({**who, **payload})})


def skip(prompt_id: object) -> str:
    action = {"action_id": checkin.Id.SKIP, "block_id": "b2", "type": "button", "value": str(prompt_id)}
    return interaction(type="block_actions", container={"type": "message"}, actions=[action])


def submission(prompt_id: object, **given: str) -> str:
    values: dict[str, Any] = {
        name: {"value": {"type": "plain_text_input", "value": text}} for name, text in given.items()
    }
    values["confidence"] = {"value": {"type": "radio_buttons", "selected_option": {"value": "4"}}}
    view = {
        "type": "modal",
        "callback_id": checkin_form.Id.FORM,
        "private_metadata": json.dumps({"prompt": str(prompt_id), "draft": "d1"}),
        "blocks": [{"type": "input", "block_id": name} for name in ("moved", "blocked", "unblocker", *values)],
        "state": {"values": values},
    }
    return interaction(type="view_submission", view=view)


def test_a_command_is_answered(app: Address) -> None:
    answer = app.post(command(""))
    assert answer.status_code == 200
    assert "You can answer: Weekly sync." in answer.text


def test_a_click_is_acknowledged_when_it_has_been_kept(app: Address, team: Team) -> None:
    assert app.post(skip(team.prompt(ANA).id)).status_code == 200
    assert team.prompt(ANA).state is PromptState.SKIPPED


def test_a_submission_is_kept_and_closes_the_form(app: Address, team: Team) -> None:
    answer = app.post(submission(team.prompt(ANA).id, moved="Over HTTP."))
    assert (answer.status_code, answer.text) == (200, "")
    assert team.answers_of(ANA)["moved"] == "Over HTTP."


def test_a_mistake_is_answered_on_its_field(app: Address, team: Team) -> None:
    answer = json.loads(app.post(submission(team.prompt(ANA).id, moved="x" * 301)).text)
    assert answer == {
        "response_action": "errors",
        "errors": {"moved": "That is 301 characters; please keep it to 300."},
    }


def test_somebody_faster_than_the_form_is_shown_the_follow_up_and_loses_nothing(app: Address, team: Team) -> None:
    with team.db.write() as session:
        session.get_one(PromptRow, team.prompt(ANA).id).function = "mlops"
    body = submission(team.prompt(ANA).id, moved="Typed already.", infra="No")
    answer = json.loads(app.post(body).text)
    assert answer["response_action"] == "update"
    shown = {block["block_id"]: block for block in answer["view"]["blocks"]}
    assert "infra_gap" in shown
    assert shown["moved"]["element"]["initial_value"] == "Typed already."
    assert json.loads(answer["view"]["private_metadata"])["draft"] == "d1"
    assert team.answers_of(ANA) == {}


def test_a_wrong_signature_is_refused_and_changes_nothing(app: Address, team: Team) -> None:
    body = skip(team.prompt(ANA).id)
    assert app.post(body, signed(body.encode(), secret="another")).status_code == 401
    assert team.prompt(ANA).state is PromptState.SENT


@pytest.mark.parametrize("where", ["text", "channel_name"])
def test_the_word_payload_breaks_no_command(app: Address, where: str) -> None:
    body = command("payload") if where == "text" else command("", channel_name="payload-checks")
    answer = app.post(body)
    assert answer.status_code == 200
    assert "check-ins" in answer.text or "You can answer" in answer.text


def test_what_nobody_expected_gives_a_reference_and_no_trace(app: Address, caplog: pytest.LogCaptureFixture) -> None:
    answer = app.post(submission("not a number", moved="Kept on the form."))
    assert answer.status_code == 200
    (said,) = json.loads(answer.text)["errors"].values()
    assert said.startswith("Something went wrong. Look whether it was done before you try again.")
    assert "ValueError" not in said
    assert said.rstrip(".").split()[-1] in caplog.text


def test_a_sentence_meant_for_the_person_is_not_logged_as_an_error(
    app: Address, team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    answer = app.post(submission(team.prompt(ANA).id + 100, moved="Not mine."))
    assert "This check-in is not open for you." in answer.text
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_an_unknown_button_is_acknowledged(app: Address) -> None:
    body = interaction(
        type="block_actions", actions=[{"action_id": "of.an.older.version", "block_id": "b", "value": "1"}]
    )
    assert app.post(body).status_code == 200


def test_an_event_nobody_handles_is_acknowledged(app: Address) -> None:
    body = json.dumps({"type": "event_callback", "team_id": WORKSPACE, "event": {"type": "emoji_changed"}})
    assert app.post(body).status_code == 200
