"""Each gate is broken on purpose in a copy of the tree and seen to fail: a gate that cannot fail is none."""

import re
import tokenize
import tomllib
from pathlib import Path

import pytest

from tests.project.scratch import CONFIG, ROOT, Tool, write

TOOLS = tomllib.loads(CONFIG)["tool"]
SOURCES = [*TOOLS["importlinter"]["root_packages"], "benchmarks", "docs", "locks", "tests"]
MIGRATIONS = "storage/migrations/versions"
LONGEST = 320
"""Lines of a file. A longer one does more than one thing; migrations, which are drafted by a program, do one each."""

CLOCKS = [
    "datetime.datetime.now(datetime.UTC)",
    "datetime.datetime.today()",
    "datetime.datetime.utcnow()",
    "datetime.date.today()",
    "time.time()",
    "time.time_ns()",
    "time.clock_gettime(time.CLOCK_REALTIME)",
    "time.ctime()",
    "time.localtime()",
    "time.strftime('%H')",
    "os.urandom(16)",
    "random.randint(1, 6)",
    "secrets.choice('ab')",
    "uuid.uuid4()",
]


def test_a_badly_formatted_file_is_refused(tool: Tool, tmp_path: Path) -> None:
    write(tmp_path, "domain/good.py", "x = 1\n")
    assert tool("ruff", "format", "--no-cache", "--check").returncode == 0
    write(tmp_path, "domain/bad.py", "x=1\n")
    done = tool("ruff", "format", "--no-cache", "--check")
    assert done.returncode == 1
    assert "domain/bad.py" in done.stdout


@pytest.mark.parametrize("call", CLOCKS)
def test_the_time_and_chance_have_one_door(tool: Tool, tmp_path: Path, call: str) -> None:
    text = f"import {call.partition('.')[0]}\n\nVALUE = {call}\n"
    write(tmp_path, "services/sly.py", text)
    done = tool("ruff", "check", "--no-cache", "--output-format=concise", "services/sly.py")
    assert done.returncode == 1
    assert re.search(r"services/sly.py:[13]:\d: TID251", done.stdout)
    write(tmp_path, "domain/clock.py", text)
    assert "TID251" not in tool("ruff", "check", "--no-cache", "domain/clock.py").stdout


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("F401", "import os\n"),
        ("T201", 'print("hello")\n'),
        ("ANN201", "def count():\n    return 1\n"),
        ("BLE001", "def run() -> None:\n    try:\n        run()\n    except Exception:\n        pass\n"),
        ("RUF100", "x = 1  # noqa: F401 - silences nothing\n"),
        ("PGH004", "import os  # noqa\n"),
        ("E501", f"# {'long ' * 40}\n"),
    ],
)
def test_lint_refuses(tool: Tool, tmp_path: Path, code: str, text: str) -> None:
    write(tmp_path, "services/sloppy.py", text)
    done = tool("ruff", "check", "--no-cache", "--output-format=concise", "services/sloppy.py")
    assert done.returncode == 1
    assert f" {code} " in done.stdout


def test_lint_starts_from_all_rules() -> None:
    assert TOOLS["ruff"]["lint"]["select"] == ["ALL"]


def test_every_rule_left_out_says_why() -> None:
    lint = CONFIG[CONFIG.index("[tool.ruff.lint]") : CONFIG.index("[tool.ruff.lint.flake8-tidy-imports")]
    left_out = [line for line in lint.splitlines() if re.search(r'"[A-Z]+\d*"', line) and "select" not in line]
    assert left_out
    assert [line for line in left_out if not re.search(r"# .{3}", line)] == []


def comments(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [token.string for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT]


def sources(root: Path) -> list[Path]:
    return [path for name in SOURCES for path in (root / name).rglob("*.py")]


def test_every_silenced_check_says_why() -> None:
    silences = re.compile(r"# *(noqa|type: *ignore)")
    says_why = re.compile(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\]) [#-] .{4,}")
    silent = [
        f"{path.relative_to(ROOT)}: {comment}"
        for path in sources(ROOT)
        for comment in comments(path)
        if silences.search(comment) and not says_why.search(comment)
    ]
    assert silent == []


def too_long(root: Path) -> list[str]:
    return [
        str(path.relative_to(root))
        for path in sources(root)
        if path.parent != root / MIGRATIONS and len(path.read_text().splitlines()) > LONGEST
    ]


def test_no_file_is_too_long_to_be_read_at_a_sitting() -> None:
    assert too_long(ROOT) == []


def test_a_file_that_is_too_long_is_found(tmp_path: Path) -> None:
    for name, lines in (("domain/long.py", LONGEST), (f"{MIGRATIONS}/0001.py", LONGEST + 1)):
        write(tmp_path, name, "x = 1\n" * lines)
    assert too_long(tmp_path) == []
    write(tmp_path, "domain/long.py", "x = 1\n" * (LONGEST + 1))
    assert too_long(tmp_path) == ["domain/long.py"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("no-untyped-def", "def double(number):\n    return number * 2\n"),
        ("return-value", "def double(number: int) -> str:\n    return number * 2\n"),
        ("unused-ignore", "x: int = 1  # type: ignore[assignment]\n"),
        ("import-not-found", "import nowhere\n"),
    ],
)
def test_types_are_checked_strictly(tool: Tool, tmp_path: Path, code: str, text: str) -> None:
    write(tmp_path, "services/untyped.py", text)
    done = tool("mypy")
    assert done.returncode == 1
    assert re.match(rf"services/untyped.py:\d: error: .*\[{code}\]\n", done.stdout)


def test_a_ritual_file_with_a_mistake_is_refused(tool: Tool, tmp_path: Path) -> None:
    ritual = ROOT / "rituals" / "weekly-sync.yaml"
    name = f"rituals/{ritual.name}"
    write(tmp_path, name, ritual.read_text())
    assert tool("muster", "rituals", "check", name).returncode == 0
    write(tmp_path, name, f"{ritual.read_text()}\nrepeat: often\n")
    done = tool("muster", "rituals", "check", name)
    assert done.returncode == 1
    assert name in done.stdout
