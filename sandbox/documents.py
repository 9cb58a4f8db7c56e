"""What people write for the sandbox in YAML, read so that a mistake in it is a sentence."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

from sandbox.state import Json


def load(path: Path) -> Any:
    """JSON is YAML too. Raises ValueError, or OSError if there is no such file."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ValueError(f"{path}{line}: {error.problem}.") from None


def entries(document: Json, name: str, *, needs: Collection[str], knows: Collection[str] | None = None) -> list[Json]:
    """The list called `name`, if its entries have what they need, and nothing unknown; ValueError says where not."""
    found = document.get(name) or []
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise ValueError(f"{name} must be a list, and each entry of it have names and values.")
    for number, entry in enumerate(found, start=1):
        where = f"{name}, entry {number}"
        if missing := [need for need in needs if not isinstance(entry.get(need), str) or not entry[need]]:
            raise ValueError(f"{where}: {' and '.join(missing)} must be given as text.")
        if knows is not None and (unknown := sorted(set(entry) - set(knows))):
            raise ValueError(f"{where}: unknown is {', '.join(unknown)}; known are {', '.join(sorted(knows))}.")
    return found
