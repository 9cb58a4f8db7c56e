"""A scratch folder with the project's settings, in which a tool can be seen to fail."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = (ROOT / "pyproject.toml").read_text()

Tool = Callable[..., subprocess.CompletedProcess[str]]


def tool_in(folder: Path) -> Tool:
    """Gives what runs one of the tools in the folder: `tool("ruff", "check")`."""
    write(folder, "pyproject.toml", CONFIG)

    def run(name: str, *args: str) -> subprocess.CompletedProcess[str]:
        program = Path(sys.executable).with_name(name)
        return subprocess.run([program, *args], cwd=folder, capture_output=True, text=True, check=False)

    return run


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def copy_python(names: list[str], folder: Path) -> None:
    for name in names:
        shutil.copytree(ROOT / name, folder / name, ignore=_all_but_python)


def _all_but_python(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not (name.endswith(".py") or Path(folder, name).is_dir())]
