"""Values of measures as a table: the form to paste one, and what comes of it."""

from enum import StrEnum

from domain.measure_lines import EXAMPLE, FIELD, Line, MeasureLinesSheet
from domain.measure_numbers import number_text
from domain.words import count_text, day_text, joined
from surface import forms
from surface.kit import Block, Json, context, escape, header, line, modal, sections

SHOWN = 20
NAME_ROOM = 60
UNIT_ROOM = 30
HINT = "A header, and a line for each value; unit and source may be left out. Such as:\n" + EXAMPLE


class Id(StrEnum):
    OPEN = "measures.paste"
    FORM = "measures.lines_form"
    TAKE = "measures.take"


def lines_form(sheet: MeasureLinesSheet, answer_url: str) -> Json:
    """It is sent twice: first to see how the table is understood, then, unchanged, to record it."""
    typed = forms.field(FIELD, "The table", forms.text(sheet.text, multiline=True), hint=HINT)
    blocks: list[Block] = [typed, *(_understood(sheet) if sheet.lines else [])]
    seen = forms.digest(sheet.text) if sheet.lines else ""
    ids = {"draft": sheet.draft_id, "channel": sheet.channel_id, "answer": answer_url, forms.SEEN: seen}
    submit = f"Record {len(sheet.lines)}" if sheet.lines else "Preview"
    return modal("Values of measures", Id.FORM, blocks, submit=submit, ids=ids)


def _understood(sheet: MeasureLinesSheet) -> list[Block]:
    shown = [_line(each) for each in sheet.lines[:SHOWN]]
    more = len(sheet.lines) - len(shown)
    shown += [f"and {more} more"] if more else []
    told = [f"They are recorded in {escape(sheet.place)}."]
    told += [f"New here: {joined([line(name, NAME_ROOM) for name in sheet.new])}."] if sheet.new else []
    same = len(sheet.lines) - sheet.changed
    told += [f"{count_text(same, 'value')} of these {'is' if same == 1 else 'are'} there already."] if same else []
    return [header("As it is understood"), *sections(shown), context(" ".join(told))]


def _line(each: Line) -> str:
    source = f" · {line(each.source, NAME_ROOM)}" if each.source else ""
    amount = f"{number_text(each.value)} {line(each.unit, UNIT_ROOM)}".strip()
    return f"*{line(each.name, NAME_ROOM)}* {amount} · {day_text(each.at.date())}{source}"


def taken_text(place: str, rows: int) -> str:
    """Beside the file."""
    return f"The measures of {escape(place)}, as you asked: {count_text(rows, 'value')}."


def taking_text() -> str:
    return "The file comes as a direct message from Muster within a minute. Only you get it."


def not_taken_text(why: str) -> str:
    return f"Slack did not take the file ({why}). Press again in a minute, or ask whoever runs Muster."
