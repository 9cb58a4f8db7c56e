"""The forms of action items: a new one, a new date, a new owner, why one is dropped."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial

from domain.action_editing import NEVER, ActionEdit
from domain.action_recurrence import WORDS, Ends, Every
from domain.actions import MOST_HELPERS, WHAT_LIMIT, ActionChange, ActionItem, ActionSheet
from domain.posted import Posted
from domain.words import quoted
from surface import forms, meanwhile, outsiders
from surface.kit import Block, Json, context, escape, message_link, modal, section
from surface.typed import first_line

OWNER_HINT = "One person, who is told and reminded. Leave it empty if nobody has it yet."
DUE_HINT = "Nobody is reminded before it has a day."


EVERY = tuple((each.value, words.capitalize()) for each, words in WORDS.items())
REPEATS_HINT = "Once it is done, the next one comes by itself, on a day on which its owner is at work."
ENDS = (
    (Ends.ONCE.value, "This time only: the next one comes"),
    (Ends.FOR_GOOD.value, "For good: it does not come again"),
)
LABELS = {
    "what": "What is to be done?",
    "helpers": "Helpers",
    "every": "Repeats",
    "important": "Priority",
    "message": "Link to a message",
}
PRIORITY = (("yes", "Important: it comes first in lists"),)


class Id(StrEnum):
    FORM = "action.form"
    DATE = "action.date_form"
    FIRST_DATE = "action.first_date_form"
    OWNER = "action.owner_form"
    DROP = "action.drop_form"
    EDIT = "action.edit_form"


def action_form(sheet: ActionSheet, *, start: int = 0) -> Json:
    """`start`: of an answer, where the answers begin that lie below the form."""
    given = sheet.given
    blocks: list[Block] = [
        *outsiders.warning(sheet.outsiders, sheet.place, "this action item", label="Add"),
        *forms.perhaps_meant(f"/action {sheet.meant}" if sheet.meant else ""),
        *([context("Those who may read the message find a link to it beside the item.")] if sheet.message else []),
        _to_do(given),
        forms.field("owner", "Owner", forms.person(given.get("owner", "")), hint=_who(sheet.unknown), optional=True),
        forms.field(
            "due", "Due", forms.day(given.get("due")), hint=_which_day(sheet.unsure) or DUE_HINT, optional=True
        ),
        *_more(given, EVERY),
    ]
    ids = {"draft": sheet.draft_id, "channel": sheet.channel_id, outsiders.ID: outsiders.joined(sheet.outsiders)}
    if sheet.blocker_id:
        ids["blocker"] = str(sheet.blocker_id)
    if sheet.decision_id:
        ids["decision"] = str(sheet.decision_id)
    if sheet.answer:
        ids |= {"answer": str(sheet.answer), "start": str(start)}
    if sheet.message:
        ids["message"] = str(sheet.message)
    return modal("New action item", Id.FORM, blocks, submit=outsiders.submit("Add", sheet.outsiders), ids=ids)


def edit_form(edit: ActionEdit, answer: Mapping[str, str]) -> Json:
    """`answer`: the address of what is to be said anew afterwards, if anything."""
    blocks: list[Block] = [
        *outsiders.warning(edit.outsiders, edit.place, "this action item", label="Save"),
        *meanwhile.blocks(
            edit.meanwhile, "this action item", labels=LABELS, people=("helpers",), read=partial(_read, edit)
        ),
        context(f"*{edit.item.name}* keeps its owner and its date: these have buttons of their own."),
        *({**each, "block_id": forms.about(each["block_id"], edit.draft_id)} for each in _fields(edit)),
    ]
    submit = outsiders.submit("Save", edit.outsiders)
    return modal("Edit an action item", Id.EDIT, blocks, submit=submit, ids=_ids(edit, answer))


def _fields(edit: ActionEdit) -> list[Block]:
    """Drawn with ids of their own in each form: of the same ids Slack would show what stood there before."""
    repeats = _more({"every": NEVER, **edit.given}, ((NEVER, "Does not repeat"), *EVERY))
    return [_to_do(edit.given), *repeats, *_about(edit)]


def _about(edit: ActionEdit) -> list[Block]:
    if not edit.workspace_url:
        return []
    link = forms.text(_link(edit, edit.given.get("message", "")))
    hint = f"Paste what Copy link gives, in the menu of a message in {edit.place}."
    return [forms.field("message", LABELS["message"], link, hint=hint, optional=True)]


def _link(edit: ActionEdit, place: str) -> str:
    found = Posted.read(place) if place else None
    return message_link(edit.workspace_url, edit.item.channel_id, found.ts, found.thread_ts) if found else ""


def _read(edit: ActionEdit, name: str, words: str) -> str:
    if name == "message":
        return _link(edit, words) if edit.workspace_url else "another message"
    if name == "every":
        return WORDS[Every(words)].capitalize()
    return "Important" if name == "important" else words


def _to_do(given: Mapping[str, str]) -> Block:
    return forms.field("what", LABELS["what"], forms.text(given.get("what", ""), limit=WHAT_LIMIT))


def _more(given: Mapping[str, str], every: Sequence[tuple[str, str]]) -> list[Block]:
    helpers = [each for each in given.get("helpers", "").split(",") if each]
    return [
        forms.field(
            "helpers",
            LABELS["helpers"],
            forms.people(helpers, limit=MOST_HELPERS),
            hint="They see it and are told once; the owner alone is reminded.",
            optional=True,
        ),
        forms.field(
            "every", LABELS["every"], forms.menu(every, given.get("every", "")), hint=REPEATS_HINT, optional=True
        ),
        forms.field(
            "important", LABELS["important"], forms.choices(PRIORITY, [given.get("important", "")]), optional=True
        ),
    ]


def _who(unknown: str) -> str:
    return f"Who is {quoted(unknown)}? Please choose." if unknown else OWNER_HINT


def _which_day(unsure: str) -> str:
    return f"Which day is {quoted(unsure)}? Please choose it." if unsure else ""


def of_message(text: str) -> dict[str, str]:
    """What a message that says so fills in."""
    return {"what": first_line(text, WHAT_LIMIT)}


def date_form(change: ActionChange, answer: Mapping[str, str]) -> Json:
    """`answer`: the address of what is to be said anew afterwards, if anything."""
    blocks: list[Block] = [_what(change.item), forms.field("due", "New date", forms.day(change.item.due))]
    return modal("New date", Id.DATE, blocks, submit="Move", ids=_ids(change, answer))


def first_date_form(change: ActionChange, answer: Mapping[str, str]) -> Json:
    due = forms.field("due", "Due", forms.day(), hint="Its owner is reminded the working day before.")
    return modal("Set a date", Id.FIRST_DATE, [_what(change.item), due], submit="Set", ids=_ids(change, answer))


def owner_form(change: ActionChange, answer: Mapping[str, str]) -> Json:
    """Nobody is preselected; after a warning, who was chosen."""
    chosen = change.outsiders[0].id if change.outsiders else ""
    title = "Hand over" if change.item.owner_id else "Choose an owner"
    label = "Hand over" if change.item.owner_id else "Give it to them"
    blocks: list[Block] = [
        *outsiders.warning(change.outsiders, change.place, "this action item", label=label),
        _what(change.item),
        forms.field("owner", "New owner", forms.person(chosen), hint="They are told at once, and why."),
        forms.field("why", "Why?", forms.text(change.why, limit=WHAT_LIMIT), optional=not change.needs_why),
    ]
    submit = outsiders.submit(label, change.outsiders)
    return modal(title, Id.OWNER, blocks, submit=submit, ids=_ids(change, answer))


def drop_form(change: ActionChange, answer: Mapping[str, str]) -> Json:
    why = forms.field("why", "Why?", forms.text(limit=WHAT_LIMIT), hint="A word or two, for those who waited for it.")
    ids = _ids(change, answer)
    how = [forms.field("how", "Which?", forms.choice(ENDS, Ends.ONCE.value))] if change.item.every else []
    return modal("No longer needed", Id.DROP, [_what(change.item), why, *how], submit="Drop it", ids=ids)


def _what(item: ActionItem) -> Block:
    return section(f"*{item.name}: {escape(item.what)}*")


def _ids(change: ActionChange | ActionEdit, answer: Mapping[str, str]) -> dict[str, str]:
    return {
        "item": str(change.item.id),
        "draft": change.draft_id,
        outsiders.ID: outsiders.joined(change.outsiders),
        **answer,
    }
