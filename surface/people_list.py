"""Setting up many people at once: the form for a list, and what comes of it, in Slack and on the command line."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from domain.people import FUNCTIONS, Person, Role, name_of
from domain.people_columns import FIELD
from domain.people_list import ListSheet, PeopleList
from domain.setting_up import OTHERS_FIELDS, summary
from domain.words import count_text, function_name, joined, people_count, quoted
from surface import forms
from surface.kit import Block, Json, context, cut, escape, header, modal, section, sections

TITLE = "Set up people"
EXAMPLE = "name, manager, function, role\nAna Souza, Grace Kim, research, lead"
NAME_ROOM = 80
SHOWN = 20
SHOWN_UNREAD = 5


class Id(StrEnum):
    FORM = "people.list_form"


def list_form(sheet: ListSheet | None = None) -> Json:
    """It is sent twice: first to see how the list is understood, then, unchanged, to save it."""
    hint = f"What is left out or empty stays as it is; a dash clears it. Such as:\n{EXAMPLE}"
    blocks: list[Block] = [
        section(
            "One person per line, below a line that names the columns: *name, email or member ID, manager, function, "
            "role, hours, region*, in any order."
        ),
        context(
            f"Functions: {', '.join(map(function_name, FUNCTIONS))} · roles: {', '.join(Role)}. Without that line they "
            "stand in this order: name, function, role, manager, hours, region. A long table comes in parts, or as a "
            "file, with `muster people import`."
        ),
        forms.field(FIELD, "The list", forms.text(sheet.text if sheet else "", multiline=True), hint=hint),
    ]
    if sheet is None:
        return modal(TITLE, Id.FORM, blocks, submit="Preview")
    ids = {forms.SEEN: forms.digest(sheet.text)}
    submit = f"Save {len(sheet.found.changes)}" if sheet.found.changes else "Save"
    return modal(TITLE, Id.FORM, [*blocks, *_understood(sheet)], submit=submit, ids=ids)


def _understood(sheet: ListSheet) -> list[Block]:
    changes = list(map(escape, change_lines(sheet)))
    return [
        header("As it is understood"),
        section(escape(looked_text(sheet.found))),
        *_some(changes),
        *_left_out(sheet),
    ]


def saved_form(sheet: ListSheet) -> Json:
    blocks = [section(escape(saved_text(sheet.found))), *_left_out(sheet)]
    last = context("`/muster people list` shows who is set up, and who has no function yet.")
    return modal(TITLE, Id.FORM, [*blocks, last])


def _left_out(sheet: ListSheet) -> list[Block]:
    found = sheet.found
    beside = [context(escape(text)) for text in aside_texts(found)]
    if not found.problems:
        return beside
    return [section(f"*{problems_text(found)}*"), *_some(list(map(escape, found.problems))), *beside]


def _some(lines: Sequence[str]) -> list[Block]:
    more = len(lines) - SHOWN
    return sections([*lines[:SHOWN], *([f"and {more} more"] if more > 0 else [])])


def looked_text(found: PeopleList) -> str:
    """ "12 people change, 10 of them their manager. 3 people need no change."."""
    count, managers = len(found.changes), sum(before.manager_id != after.manager_id for before, after in found.changes)
    verb = "changes" if count == 1 else "change"
    of_them = "" if not managers else " manager" if managers == count else f", {managers} of them their manager"
    return f"{people_count(count) if count else 'Nobody'} {verb if count else 'changes'}{of_them}.{_same(found)}"


def saved_text(found: PeopleList) -> str:
    return f"{people_count(len(found.changes))} set up.{_same(found)}"


def _same(found: PeopleList) -> str:
    return f" {people_count(found.same)} needed no change." if found.same else ""


def problems_text(found: PeopleList) -> str:
    count = len(found.problems)
    return f"{count_text(count, 'line')} {'has a problem and is' if count == 1 else 'have problems and are'} left out:"


def aside_texts(found: PeopleList) -> list[str]:
    """What of the table was not read."""
    texts = [f"Not read: {joined([quoted(each) for each in found.ignored])}."] if found.ignored else []
    if found.unread:
        most = sorted(found.unread.items(), key=lambda each: (-each[1], each[0]))[:SHOWN_UNREAD]
        told = [f"{quoted(each)} ({count})" for each, count in most]
        told += [f"{len(found.unread) - len(most)} more"] if len(found.unread) > len(most) else []
        texts.append(f"No function that Muster knows, so left as it is: {joined(told)}.")
    return texts


def change_lines(sheet: ListSheet) -> Iterator[str]:
    """ "Ben Okafor: manager Grace Kim (was Ana Souza), function ML (was none)"."""
    for before, after in sheet.found.changes:
        was, will = summary(before), summary(after)
        said = [
            f"{name} {_said(name, will[name], sheet.people)} (was {_said(name, was[name], sheet.people)})"
            for name in ("manager", *OTHERS_FIELDS)
            if was[name] != will[name]
        ]
        said = said or ["manager as it is, whatever their Slack profile says"]
        yield f"{cut(after.name, NAME_ROOM)}: {', '.join(dict.fromkeys(said))}"


def _said(name: str, value: str, people: Mapping[str, Person]) -> str:
    if not value:
        return "none"
    if name == "manager":
        return cut(name_of(people, value), NAME_ROOM)
    return function_name(value) if name == "function" else value
