"""A mistake in a manifest or a workspace file is a sentence that names the place."""

from pathlib import Path
from typing import Any

import pytest

from sandbox import seeds
from sandbox.manifest import Manifest
from tests.sandbox.apps import manifest


def workspace(**changes: Any) -> dict[str, Any]:
    people, channels = [{"name": "Mia Rossi"}], [{"name": "general"}]
    return {"workspace": "Blue Door", "people": people, "channels": channels, **changes}


def test_a_file_that_is_no_yaml_is_named_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("workspace: A\npeople: [\n")
    with pytest.raises(ValueError, match=r"broken\.yaml, line 3: expected the node content"):
        seeds.read(tmp_path / "broken.yaml")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people": 3}, "people must be a list"),
        ({"people": ["Mia"]}, "people must be a list"),
        ({"people": [{"name": "Mia"}, {"title": "Editor"}]}, "people, entry 2: name must be given"),
        ({"people": [{"name": "Mia", "colour": "red"}]}, "people, entry 1: unknown is colour; known are"),
        ({"people": [{"name": "Mia", "tz": "Rome"}]}, "Mia has the zone 'Rome', which does not exist"),
        ({"people": [{"name": "Mia"}, {"name": "Mia"}]}, "no two people may be called Mia"),
        ({"channels": [{"topic": "x"}]}, "channels, entry 1: name must be given"),
        ({"channels": [{"name": "x", "people": []}]}, "channels, entry 1: unknown is people"),
        ({"channels": [{"name": "x", "members": "all"}]}, "#x has members who are not among the people"),
        ({"channels": [{"name": "x", "members": ["Jo"]}]}, "#x has members who are not among the people"),
    ],
)
def test_a_wrong_workspace_says_where(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        seeds.read(workspace(**changes))


def test_a_workspace_without_its_parts_says_which() -> None:
    with pytest.raises(ValueError, match="A workspace needs channels, people"):
        seeds.read({"workspace": "Blue Door"})


@pytest.mark.parametrize(
    ("features", "said"),
    [
        ({"slash_commands": [{"command": "/x"}]}, "slash_commands, entry 1: description must be given"),
        ({"shortcuts": [{"name": "Keep", "type": "global"}]}, "entry 1: callback_id and description must be given"),
    ],
)
def test_a_wrong_manifest_says_where(features: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Manifest.load({**manifest(), "features": features})


def test_a_request_url_is_an_address() -> None:
    with pytest.raises(ValueError, match="'localhost' does not begin with http"):
        Manifest.load(manifest(), request_url="localhost")
