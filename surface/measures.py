"""Measures of a channel: the list, and the forms to make one and to add its values."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from domain.clock import new_id
from domain.measure_cards import MeasureList, MeasureSheet, Newest
from domain.measure_numbers import number_text
from domain.measures import MOST, Good, Measure, Role, Value
from domain.metrics.direction import Direction
from domain.metrics.usual import Usual, arrow
from domain.misalignment import STEP
from domain.people import Person
from domain.words import count_text, day_text
from surface import forms
from surface.answers import answer
from surface.kit import (
    Block,
    Element,
    Json,
    button,
    buttons,
    context,
    escape,
    header,
    line,
    message,
    modal,
    name_of,
    section,
)
from surface.measure_lines import Id as Lines
from surface.measure_pairs import open_button
from surface.signals import answers, signal_text

NAME_ROOM = 80
UNIT_ROOM = 30
SOURCE_ROOM = 80
SIGNALS = 3
OUTSIDE = {Direction.UP: "above its ", Direction.DOWN: "below its ", Direction.FLAT: ""}
GOOD = ((Good.UP, "Higher is better"), (Good.DOWN, "Lower is better"), (Good.NEITHER, "Neither"))
ROLES = (
    (Role.QUALITY, "How good it is"),
    (Role.USAGE, "How much it is used"),
    (Role.TICKETS, "How many complain"),
    (Role.DRIFT, "How far it has drifted"),
    (Role.OTHER, "Something else"),
)
NONE = (
    "No measure is followed in {place} yet. *New measure* begins one; *Paste a table* brings several with their values."
)
HOW = (
    "A measure is read by those who read the channel. Its values come from forms, from tables, and from check-ins "
    "whose questions say so."
)


class Id(StrEnum):
    NEW = "measures.new"
    FORM = "measures.form"
    OPEN = "measures.open"
    VALUE_FORM = "measures.value_form"
    CHANGE = "measures.change"
    CHANGE_FORM = "measures.change_form"
    REMOVE = "measures.remove"


def list_answer(found: MeasureList, said: str = "") -> dict[str, Any]:
    title = f"*Measures of {escape(found.place)}*"
    rows = [_row(each, found.reader) for each in found.rows[:MOST]]
    empty = [NONE.format(place=escape(found.place))] if not rows else []
    more = [f"and {len(found.rows) - MOST} more, which the table has"] if len(found.rows) > MOST else []
    told = [signal_text(replace(each, place="")) for each in found.signals[:SIGNALS]]
    blocks: list[Block] = [section("\n".join([escape(said), title] if said else [title]))]
    blocks += [section(text, _open(each.measure)) for text, each in zip(rows, found.rows, strict=False)]
    blocks += [section(text) for text in (*empty, *more)]
    blocks += [section(text, next(iter(answers(each)), None)) for text, each in zip(told, found.signals, strict=False)]
    blocks += [buttons(*_steps(found)), context(HOW)]
    return answer(message("\n".join(filter(None, [said, title, *rows, *empty, *more, *told])), blocks))


def _steps(found: MeasureList) -> list[Element]:
    first = [button("New measure", Id.NEW, found.channel_id), button("Paste a table", Lines.OPEN, found.channel_id)]
    more = [button("Take along as CSV", Lines.TAKE, found.channel_id), open_button(found.channel_id)]
    return [*first, *more] if found.rows else first


def _open(measure: Measure) -> Element:
    return button("Add value", Id.OPEN, measure.id, label=f"Add a value of {measure.name}")


def _row(found: Newest, reader: Person) -> str:
    measure, value = found.measure, found.value
    newest = f"{amount(measure, value.value)} on {day(value, reader)}" if value else "no value yet"
    compared = _compared(value, found.usual) if value and found.usual else ""
    return f"*{line(measure.name, NAME_ROOM)}*: {newest}{compared}"


def _compared(value: Value, usual: Usual) -> str:
    """With the four weeks before."""
    outside = OUTSIDE[arrow(value.value, usual, STEP * abs(usual.middle))]
    middle, low, high = map(number_text, (usual.middle, usual.low, usual.high))
    return f", {outside}usual {middle} ({low} to {high})"


def amount(measure: Measure, value: float) -> str:
    """With its unit."""
    return f"{number_text(value)} {line(measure.unit, UNIT_ROOM)}".strip()


def day(value: Value, reader: Person) -> str:
    return day_text(value.at.astimezone(reader.zone).date())


def new_form(channel_id: str, answer_url: str) -> Json:
    ids = {"draft": new_id(), "channel": channel_id, "answer": answer_url}
    return modal("New measure", Id.FORM, _fields(None), submit="Add", ids=ids)


def change_form(measure: Measure, answer_url: str) -> Json:
    ids = {"draft": "", "measure": str(measure.id), "answer": answer_url}
    return modal("Change measure", Id.CHANGE_FORM, _fields(measure), submit="Save", ids=ids)


def _fields(known: Measure | None) -> list[Block]:
    """What is not chosen of a new one is as its name says."""
    name, unit, source = (known.name, known.unit, known.source) if known else ("", "", "")
    good, role = (str(known.good), str(known.role)) if known else ("", "")
    by_name = "" if known else "Left open, it is as the name says."
    return [
        forms.field("name", "What is it called?", forms.text(name), hint="Such as Tickets."),
        forms.field("unit", "Unit", forms.text(unit), hint="Such as %, or a week.", optional=True),
        forms.field("good", "Which way is good?", forms.choice(GOOD, good), optional=not known),
        forms.field("role", "What does it tell?", forms.choice(ROLES, role), hint=by_name, optional=not known),
        forms.field("source", "Where do its numbers come from?", forms.text(source), optional=True),
    ]


def value_form(found: MeasureSheet, answer_url: str) -> Json:
    """Its newest values stand below, each with a button to take it away."""
    measure, today = found.measure, found.now.astimezone(found.reader.zone).date()
    unit = f" ({measure.unit})" if measure.unit else ""
    blocks: list[Block] = [
        context(_facts(found)),
        forms.field("value", f"Value{unit}", forms.text(), hint="A plain number, such as 12 or 12.5."),
        forms.field("day", "Of which day?", forms.day(today), hint="It takes the place of what is there of that day."),
    ]
    blocks += [header("Newest values")] if found.values else []
    blocks += [section(_value(found, each), _remove(measure, each)) for each in found.values]
    blocks += [buttons(button("Change the measure", Id.CHANGE, measure.id))]
    ids = {"draft": "", "measure": str(measure.id), "answer": answer_url}
    return modal(measure.name, Id.VALUE_FORM, blocks, submit="Add", ids=ids)


def _facts(found: MeasureSheet) -> str:
    measure = found.measure
    parts = [f"In {escape(found.place)}", dict(GOOD)[measure.good].lower() if measure.good is not Good.NEITHER else ""]
    parts += [f"from {line(measure.source, SOURCE_ROOM)}" if measure.source else ""]
    return " · ".join(filter(None, parts))


def _value(found: MeasureSheet, value: Value) -> str:
    by = f"from {name_of(found.people, value.by, NAME_ROOM, says_left=False)}" if value.by else ""
    told = [day(value, found.reader), line(value.source, SOURCE_ROOM), by]
    return f"*{amount(found.measure, value.value)}* · {' · '.join(filter(None, told))}"


def _remove(measure: Measure, value: Value) -> Element | None:
    """What a ritual's answers say goes with those."""
    if value.run_id:
        return None
    return button("Remove", Id.REMOVE, f"{measure.id}.{int(value.at.timestamp())}", label="Remove this value")


def brought_text(place: str, lines: int, changed: int) -> str:
    if not changed:
        return f"Nothing changed: {count_text(lines, 'value')} of {place} stood there so already."
    return f"Recorded in {place}: {count_text(changed, 'value')}" + (
        f"; {count_text(lines - changed, 'line')} said nothing new." if lines > changed else "."
    )
