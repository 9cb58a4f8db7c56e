"""A valid example of every block and element, by surface and name: `blocks/every_block.json`."""

import copy
import json
from pathlib import Path
from typing import Any, Literal

Json = dict[str, Any]
Surface = Literal["message", "modal", "home"]
SURFACES: tuple[Surface, ...] = ("message", "modal", "home")

_ALL: dict[str, dict[str, Json]] = json.loads(
    (Path(__file__).parent / "blocks" / "every_block.json").read_text(encoding="utf-8")
)


def samples(surface: Surface) -> dict[str, Json]:
    """What this surface takes: a block by its name. Block ids are unique, so that many can stand together."""
    return copy.deepcopy({**_ALL["everywhere"], **_ALL[surface]})


def sample(name: str, surface: Surface = "message") -> Json:
    return samples(surface)[name]
