"""What people read of each number is in one place; the docs repeat it word for word."""

from pathlib import Path

from domain.metrics.explained import EXPLAINED, Explained

PAGE = Path(__file__).resolve().parents[2] / "docs" / "numbers.md"
BEGIN = "<!-- what follows is EXPLAINED in domain/metrics/explained.py -->\n"
END = "\n## What is not counted yet"


def entry(each: Explained) -> str:
    lines = (f"**Means:** {each.means}", f"**Counted:** {each.counted}", f"**Left out:** {each.left_out}")
    return f"## {each.title}\n\n" + "\n\n".join(lines)


def test_the_docs_say_what_slack_says() -> None:
    told = PAGE.read_text().partition(BEGIN)[2].partition(END)[0].strip()
    assert told == "\n\n".join(entry(each) for each in EXPLAINED.values())


def test_each_fits_a_view_of_slack_and_is_a_sentence() -> None:
    for each in EXPLAINED.values():
        assert len(entry(each)) <= 3000
        assert all(text.endswith(".") for text in (each.means, each.counted, each.left_out))
