"""`muster manifest`: what one gives to Slack to make the app, for Socket Mode or for HTTP."""

from pathlib import Path
from typing import Any

import jsonschema
import yaml

from sandbox.manifest import Manifest
from tests.bot.command import muster
from tests.muster import MANIFEST
from tests.project.test_manifest import SCHEMA

PUBLIC = "https://muster.example.org/team"
URL = f"{PUBLIC}/slack/events"
ADDRESSES = ("url", "request_url")


def printed(tmp_path: Path, **settings: str) -> str:
    answer = muster("manifest", cwd=tmp_path, settings=settings)
    assert (answer.returncode, answer.stderr) == (0, "")
    return answer.stdout


def without_addresses(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: without_addresses(each) for name, each in part.items() if name not in ADDRESSES}
    return [without_addresses(each) for each in part] if isinstance(part, list) else part


def test_without_an_address_it_is_the_one_for_socket_mode(tmp_path: Path) -> None:
    assert printed(tmp_path) == MANIFEST.read_text()


def test_with_an_address_it_is_the_same_app_over_http(tmp_path: Path) -> None:
    socket_mode, http = yaml.safe_load(MANIFEST.read_text()), yaml.safe_load(printed(tmp_path, PUBLIC_URL=f"{PUBLIC}/"))
    assert http["settings"].pop("socket_mode_enabled") is False
    assert socket_mode["settings"].pop("socket_mode_enabled") is True
    assert without_addresses(http) == socket_mode


def test_slack_is_told_the_address_for_everything(tmp_path: Path) -> None:
    http = yaml.safe_load(printed(tmp_path, PUBLIC_URL=PUBLIC))
    assert {command["url"] for command in http["features"]["slash_commands"]} == {URL}
    assert http["settings"]["event_subscriptions"]["request_url"] == URL
    assert http["settings"]["interactivity"]["request_url"] == URL


def test_slacks_schema_and_the_sandbox_accept_it(tmp_path: Path) -> None:
    http = yaml.safe_load(printed(tmp_path, PUBLIC_URL=PUBLIC))
    assert [error.message for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(http)] == []
    assert not Manifest.load(http).socket_mode


def test_for_http_it_needs_the_address(tmp_path: Path) -> None:
    answer = muster("manifest", cwd=tmp_path, settings={"SLACK_SIGNING_SECRET": "hidden"})
    assert answer.returncode == 1
    assert answer.stderr.startswith("muster: MUSTER_PUBLIC_URL is not set. Put the address at which Slack finds Muster")
