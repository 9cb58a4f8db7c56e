"""Taking answers along: the buttons for it, and what comes of them."""

from enum import StrEnum

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


def export_comment(title: str, rows: int, forgotten: int) -> str:
    """Beside the file."""
    said = f"What was answered in *{escape(title)}*, as you asked: {count_text(rows, 'answer')}."
    return f"{said} {forgotten_text(forgotten)}" if forgotten else said


def forgotten_text(forgotten: int) -> str:
    return f"What was answered in {count_text(forgotten, 'earlier check-in')} is no longer kept."
