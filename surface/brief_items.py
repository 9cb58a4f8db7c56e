"""The form that records the action items of a brief."""

from collections.abc import Mapping
from enum import StrEnum

from domain.action_lines import Line
from domain.actions import WHAT_LIMIT
from domain.brief_items import DUE, OWNER, WHAT, ItemsSheet, field
from domain.words import quoted
from surface import forms
from surface.kit import Block, Json, context, divider, escape, modal

SEEN = "seen"
"""Under this name the form keeps what it was opened with, to tell whether something was changed."""


class Id(StrEnum):
    FORM = "brief.items_form"


def items_form(sheet: ItemsSheet) -> Json:
    said = f"They are recorded in {escape(sheet.place)}, with a link to the thread. One without words is left out."
    blocks: list[Block] = [context(said)]
    for place, line in enumerate(sheet.lines):
        blocks += [*([divider()] if place else []), *_fields(place, line)]
    ids = {"draft": sheet.draft_id, "channel": sheet.channel_id, "message": str(sheet.message)}
    ids |= {"drafted": str(sheet.drafted), SEEN: fingerprint(sheet.given)}
    return modal("New action items", Id.FORM, blocks, submit="Add", ids=ids)


def fingerprint(given: Mapping[str, str]) -> str:
    return forms.digest("\n".join(f"{name}={value}" for name, value in sorted(given.items())))


def _fields(place: int, line: Line) -> list[Block]:
    number, hint = place + 1, f"The thread says {quoted(line.unsure)}." if line.unsure else ""
    return [
        forms.field(
            field(WHAT, place),
            f"{number}. What is to be done?",
            forms.text(line.what, limit=WHAT_LIMIT),
            optional=True,
        ),
        forms.field(field(OWNER, place), f"{number}. Owner", forms.person(line.owner_id), optional=True),
        forms.field(field(DUE, place), f"{number}. Due", forms.day(line.due), hint=hint, optional=True),
    ]
