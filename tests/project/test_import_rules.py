"""Each import that a rule forbids is made in a copy of the tree, all at once, and seen to be refused."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.project.scratch import CONFIG, Tool, copy_python, tool_in, write

RULES = tomllib.loads(CONFIG)["tool"]["importlinter"]
DOWN = "Imports point down"
MUSTER = ["bot", "handlers", "schedules", "web", "surface", "services", "briefs", "storage", "domain"]
FORBIDDEN = {
    (DOWN, "domain"): ["storage", "services", "briefs", "surface", "handlers", "schedules", "web", "bot"],
    (DOWN, "storage"): ["services", "briefs", "surface", "handlers", "schedules", "web", "bot"],
    (DOWN, "services"): ["surface", "briefs", "handlers", "schedules", "web", "bot"],
    (DOWN, "briefs"): ["surface", "services", "handlers", "schedules", "web", "bot"],
    (DOWN, "surface"): ["services", "briefs", "handlers", "schedules", "web", "bot"],
    (DOWN, "handlers"): ["schedules", "web", "bot"],
    (DOWN, "schedules"): ["handlers", "web", "bot"],
    (DOWN, "web"): ["handlers", "schedules", "bot"],
    ("The sandbox knows nothing of Muster", "sandbox"): MUSTER,
    **{("Only the demo and the simulation import the sandbox", folder): ["sandbox"] for folder in MUSTER},
    ("The judge knows neither Muster nor the sandbox", "simulation"): [*MUSTER, "sandbox"],
    **{
        ("Only the Slack side knows Slack", folder): ["slack_bolt", "slack_sdk"]
        for folder in ("services", "briefs", "storage", "domain")
    },
    **{("What acts asks services", folder): ["storage"] for folder in ("handlers", "schedules", "web")},
    **{("One module speaks to Slack", folder): ["slack_sdk"] for folder in ("handlers", "schedules", "web", "surface")},
    ("Views do not hold the Slack client", "surface"): ["surface.slack"],
    ("What people see is a function of data", "surface"): ["storage", "services", "sqlmodel", "sqlalchemy"],
    ("A brief is drawn beside the database", "briefs"): ["storage", "sqlmodel", "sqlalchemy"],
    ("The rules touch nothing outside", "domain"): [
        "alembic",
        "apscheduler",
        "cryptography",
        "httpcore2",
        "httpx2",
        "openai",
        "psycopg",
        "sqlalchemy",
        "sqlmodel",
        "starlette",
    ],
    **{
        ("Use cases reach nothing but the database", folder): [
            "apscheduler",
            "httpcore2",
            "httpx2",
            "openai",
            "starlette",
        ]
        for folder in ("services", "storage")
    },
}
"""What a folder may not import, by rule and folder."""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each rule once each of the imports has been made in a module of its own."""
    tree = tmp_path_factory.mktemp("tree")
    copy_python(RULES["root_packages"], tree)
    for (_rule, folder), modules in FORBIDDEN.items():
        for module in modules:
            write(tree, f"{folder}/{upstart(module)}.py", f"import {module}\n")
    done = tool_in(tree)("lint-imports", "--no-cache")
    assert done.returncode == 1
    broken = done.stdout.partition("Broken contracts")[2]
    parts = re.split(r"^(.+)\n-+\n", broken, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def upstart(module: str) -> str:
    return f"upstart_for_{module.replace('.', '_')}"


@pytest.mark.parametrize(("rule", "folder"), FORBIDDEN)
def test_an_import_that_breaks_a_rule_is_refused(said: dict[str, str], rule: str, folder: str) -> None:
    imports = [f"{folder}.{upstart(module)} -> {module} (" for module in FORBIDDEN[rule, folder]]
    assert [each for each in imports if each not in said[rule]] == []


def test_every_import_that_a_rule_forbids_is_tried() -> None:
    """So a rule that forbids less, or more, is noticed."""
    for contract in RULES["contracts"]:
        tried = {folder: modules for (rule, folder), modules in FORBIDDEN.items() if rule == contract["name"]}
        assert tried, contract["name"]
        if contract["type"] == "forbidden":
            assert tried == dict.fromkeys(contract["source_modules"], contract["forbidden_modules"])


def test_the_tree_keeps_its_import_rules(tool: Tool, tmp_path: Path) -> None:
    copy_python(RULES["root_packages"], tmp_path)
    done = tool("lint-imports", "--no-cache")
    assert done.returncode == 0, done.stdout
