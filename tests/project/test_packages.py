"""What is installed is what is here."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_every_package_is_listed_for_installing() -> None:
    top = PROJECT["tool"]["importlinter"]["root_packages"]
    here = [path.parent.relative_to(ROOT) for name in top for path in (ROOT / name).rglob("__init__.py")]
    assert sorted(PROJECT["tool"]["setuptools"]["packages"]) == sorted(".".join(path.parts) for path in here)


def test_every_folder_with_code_obeys_the_import_rules() -> None:
    code = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert code - {"benchmarks"} == set(PROJECT["tool"]["importlinter"]["root_packages"])
