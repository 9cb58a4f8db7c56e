"""The apps of docs/sandbox.md do what that page says, as they stand there."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Client, eventually, texts
from sandbox.server import Sandbox
from tests.sandbox import node

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "sandbox.md").read_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that the page shows; each names itself in its first line."""
    for name, text in re.findall(r"^```\w+\n(?:#|//) (\S+\.\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def box(folder: Path) -> Iterator[Sandbox]:
    with Sandbox(manifest=folder / "app.yaml", seed=folder / "workspace.yaml") as running:
        yield running


@pytest.fixture
def settings(box: Sandbox) -> dict[str, str]:
    return {"SLACK_API_URL": f"{box.url}/api/", "SLACK_BOT_TOKEN": box.bot_token, "SLACK_APP_TOKEN": box.app_token}


def greets(box: Sandbox, client: Client) -> bool:
    eventually(lambda: len(box.slack.connections))
    mia = client.person("Mia")
    mia.command("/greet", "Jo", channel="general")
    return [texts(m) for m in eventually(lambda: mia.ephemerals("general"))] == [["Hello, Jo!"]]


def test_the_app_in_python_greets(box: Sandbox, client: Client, folder: Path, settings: dict[str, str]) -> None:
    command = [sys.executable, str(folder / "app.py")]
    with subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL) as process:
        try:
            assert greets(box, client)
        finally:
            process.terminate()


def test_the_app_in_javascript_greets(box: Sandbox, client: Client, folder: Path, settings: dict[str, str]) -> None:
    with node.running(folder / "app.js", folder / "said", **settings):
        assert greets(box, client), (folder / "said").read_text()


def test_the_sandbox_prints_what_the_page_shows(folder: Path) -> None:
    typed = re.findall(r"^\.venv/bin/python (.*--workspace .*) --port 4000$", PAGE, re.MULTILINE)
    shown = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    command = [sys.executable, *typed[0].split()]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        printed = [process.stdout.readline() for _ in shown[0].splitlines()]
        process.terminate()
    assert re.sub(r":\d+", ":4000", "".join(printed)) == shown[0]
