"""The documentation holds together: its links lead somewhere, and decisions are written in one form (MADR 4)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(<?([^)\s>]+)")
DECISION_HEADINGS = ["## Context and Problem Statement", "## Considered Options", "## Decision Outcome"]

PAGES = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")})
DECISIONS = [page for page in PAGES if page.parent.name == "decisions"]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors a page offers, as GitHub makes them from its headings."""
    headings = re.findall(r"^#+ +(.+?) *$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> list[str]:
    broken = []
    for link in LINK.findall(page.read_text()):
        target, _, anchor = link.partition("#")
        file = page.parent / target if target else page
        is_elsewhere = re.match(r"[a-z]+:", target)
        if not is_elsewhere and not (file.exists() and (not anchor or anchor in anchors(file))):
            broken.append(link)
    return broken


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_something_here(page: Path) -> None:
    assert broken_links(page) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# The Way\n[a](page.md#the-way) [b](#the-way) [c](https://example.org) [d](gone.md) ![e](#gone)")
    assert broken_links(page) == ["gone.md", "#gone"]


@pytest.mark.parametrize("page", DECISIONS, ids=name)
def test_every_decision_says_why_what_else_and_what(page: Path) -> None:
    lines = page.read_text().splitlines()
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name)
    assert [line for line in lines if line in DECISION_HEADINGS] == DECISION_HEADINGS


def test_no_two_decisions_share_a_number() -> None:
    numbers = [page.name[:4] for page in DECISIONS]
    assert len(numbers) == len(set(numbers))
