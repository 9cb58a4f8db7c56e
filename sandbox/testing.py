"""A pytest plugin for any app's tests: `pytest_plugins = ["sandbox.testing"]` in its conftest.py.

The fixture `sandbox` is a running Slack, `people` the hands of those who work there:

    def test_it_takes_a_note(sandbox, people):
        with my_app_connected_to(sandbox.url, sandbox.bot_token, sandbox.app_token):
            ana = people.person("Ana")
            ana.command("/note", "buy milk", channel="forecast")
            assert ana.messages("forecast")[-1]["text"] == "Noted"

Which app and which workspace stand in the project's pytest settings: `sandbox_manifest` and `sandbox_workspace`.
"""

from collections.abc import Iterator

import pytest

from sandbox.client import Client
from sandbox.server import Sandbox

__all__ = ["people", "sandbox"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("sandbox_manifest", "the manifest of the app under test", default="app.yaml")
    parser.addini("sandbox_workspace", "a workspace: demo, empty, or a YAML file", default="demo")


@pytest.fixture
def sandbox(pytestconfig: pytest.Config) -> Iterator[Sandbox]:
    manifest, seed = (str(pytestconfig.getini(name)) for name in ("sandbox_manifest", "sandbox_workspace"))
    with Sandbox(manifest=manifest, seed=seed) as running:
        yield running


@pytest.fixture
def people(sandbox: Sandbox) -> Iterator[Client]:
    with Client(sandbox.url) as client:
        yield client
