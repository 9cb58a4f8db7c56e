"""Taking answers along: the buttons for it, and what comes of them."""

from enum import StrEnum

from domain.chain import Head
from domain.words import count_text
from surface.kit import Element, button, escape


class Id(StrEnum):
    CSV = "export.csv"
    JSON = "export.json"


def export_buttons(ritual_id: int) -> list[Element]:
    return [button("Export as CSV", Id.CSV, ritual_id), button("Export as JSON", Id.JSON, ritual_id)]


def exporting_text() -> str:
    return "The file comes as a direct message from Muster within a minute. Only you get it."


def not_exported_text(why: str) -> str:
    return f"Slack did not take the file ({escape(why)}). Press again in a minute, or ask whoever runs Muster."


def export_comment(title: str, rows: int, forgotten: int, head: Head) -> str:
    """Beside the file."""
    said = f"What was answered in *{escape(title)}*, as you asked: {count_text(rows, 'answer')}."
    return " ".join(each for each in (said, forgotten_text(forgotten), head_text(head)) if each)


def forgotten_text(forgotten: int) -> str:
    return f"What was answered in {count_text(forgotten, 'earlier check-in')} is no longer kept." if forgotten else ""


def head_text(head: Head) -> str:
    """Nothing while nothing is in the trail."""
    told = f"The audit trail goes up to {head}: with that, it can be told whether anybody changed it since."
    return told if head.number else ""
