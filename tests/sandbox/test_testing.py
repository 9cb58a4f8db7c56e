"""The pytest plugin, used as the tests of some other app would use it."""

import os
import subprocess
import sys
from pathlib import Path

import yaml

from tests.sandbox.apps import manifest

ROOT = Path(__file__).parents[2]
SUITE = """
from slack_sdk import WebClient


def test_it_is_heard(sandbox, people):
    slack = WebClient(token=sandbox.bot_token, base_url=f"{sandbox.url}/api/")
    ana = people.person("Ada")
    channel = ana.channel_id("general")
    ana.invite("general", "Helper")
    slack.chat_postMessage(channel=channel, text="Hello")
    assert ana.messages("general")[-1]["text"] == "Hello"


def test_each_test_has_a_slack_of_its_own(sandbox, people):
    assert "Hello" not in [message["text"] for message in people.person("Ada").messages("general")]
"""


def test_any_suite_can_use_the_fixtures(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["sandbox.testing"]')
    (tmp_path / "pytest.ini").write_text("[pytest]\nsandbox_manifest = their.yaml\nsandbox_workspace = empty\n")
    (tmp_path / "their.yaml").write_text(yaml.safe_dump(manifest()))
    (tmp_path / "test_theirs.py").write_text(SUITE)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed" in done.stdout, done.stdout + done.stderr
