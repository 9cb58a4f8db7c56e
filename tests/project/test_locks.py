"""What is installed is pinned: exact versions with hashes, from whatever registry the machine uses."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {path.stem: path for path in (ROOT / "locks").glob("*.txt")}
JAVASCRIPT = ROOT / "tests" / "sandbox" / "javascript"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pins(lock: str) -> dict[str, list[str]]:
    """Each package of a lock with its pins: one, or one for each kind of system."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", LOCKS[lock].read_text(), re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def test_there_is_a_lock_for_each_kind_of_need() -> None:
    assert sorted(LOCKS) == ["lint", "runtime", "test"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_hashes(lock: str) -> None:
    requirement = r"[\w.-]+==[\w.+!]+( ; [^\\\n]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+"
    assert re.fullmatch(f"({requirement})+", LOCKS[lock].read_text())


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_registry(lock: str) -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links|@ ", LOCKS[lock].read_text())


def test_the_locks_agree_on_what_they_share() -> None:
    seen: dict[str, list[str]] = {}
    for lock in LOCKS:
        for name, versions in pins(lock).items():
            assert seen.setdefault(name, versions) == versions, name


@pytest.mark.parametrize(
    ("lock", "needs"),
    [
        ("runtime", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]),
        ("test", PROJECT["dependency-groups"]["test"]),
        ("lint", PROJECT["dependency-groups"]["lint"]),
    ],
)
def test_every_need_of_the_project_is_in_its_lock(lock: str, needs: list[str]) -> None:
    pinned = pins(lock)
    for need in map(Requirement, needs):
        versions = pinned.get(canonicalize_name(need.name), [])
        assert versions, need.name
        assert all(need.specifier.contains(version) for version in versions), need.name


def test_sqlmodel_is_one_that_keeps_the_zone_of_a_moment() -> None:
    # Before 0.0.45 SQLite gave 09:00 in Berlin back as a bare 09:00.
    assert all(Version(version) >= Version("0.0.45") for version in pins("runtime")["sqlmodel"])


def test_the_lock_for_javascript_pins_with_hashes_and_names_no_host() -> None:
    text = (JAVASCRIPT / "package-lock.json").read_text()
    project, *packages = json.loads(text)["packages"].values()
    assert project["dependencies"] == json.loads((JAVASCRIPT / "package.json").read_text())["dependencies"]
    assert all(package["version"] and package["integrity"].startswith("sha512-") for package in packages)
    assert "://" not in text
