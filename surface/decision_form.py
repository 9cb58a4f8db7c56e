"""The forms of decisions: recording one, and saying whether one still holds."""

from enum import StrEnum

from domain.decision_cards import DecisionCard, DecisionSheet
from domain.decision_pages import Page, Shown
from domain.decision_states import Move
from domain.decisions import DETAIL_LIMIT, REASON_LIMIT, SHORT_LIMIT, TITLE_LIMIT, Decision
from domain.words import joined
from surface import decision_meanwhile, decision_pages, decision_texts, forms, outsiders
from surface.decision_buttons import for_reader
from surface.decision_record import WHOLE, lacks, record
from surface.informed import concerns, read_so_far
from surface.kit import Block, Json, context, cut, escape, line, modal, section, sections
from surface.typed import first_line


class Id(StrEnum):
    FORM = "decision.form"
    KEEP = "decision.keep_form"
    DEPRECATE = "decision.deprecate_form"
    WITHDRAWAL = "decision.withdrawal"
    RESULT = "decision.result_form"


def decision_form(sheet: DecisionSheet) -> Json:
    title, submit = ("Edit a decision", "Save") if sheet.decision_id else ("Record a decision", "Record")
    title = "Add detail" if sheet.move is Move.COMPLETE else title
    blocks: list[Block] = [
        *outsiders.warning(sheet.outsiders, sheet.place, "this decision", label=submit),
        *_mistakes(sheet),
        *decision_meanwhile.blocks(sheet),
        *forms.perhaps_meant(f"/decision {sheet.meant}" if sheet.meant else ""),
        *_heading(sheet),
        *decision_pages.fields(sheet),
        *decision_pages.menu(sheet),
    ]
    ids = {"draft": sheet.draft_id, "channel": sheet.channel_id, outsiders.ID: outsiders.joined(sheet.outsiders)}
    ids |= {"page": str(sheet.page), "option": str(sheet.option)}
    if sheet.decision_id:
        ids |= {"decision": str(sheet.decision_id), "version": sheet.version, "move": str(sheet.move)}
    if sheet.message:
        ids["message"] = str(sheet.message)
    if sheet.drafted:
        ids["drafted"] = str(sheet.drafted)
    return modal(title, Id.FORM, blocks, submit=outsiders.submit(submit, sheet.outsiders), ids=ids, tells_closing=True)


def shown(view: Json) -> Shown:
    """What of the form somebody saw when they pressed or sent."""
    ids = forms.ids(view)
    return Shown(Page(ids["page"]), int(ids["option"]), forms.shown(view))


def _mistakes(sheet: DecisionSheet) -> list[Block]:
    """Above a page that was turned to because of them: no field of it is marked by Slack."""
    found = " ".join(dict.fromkeys(sheet.mistakes.values()))
    return [section(f":warning: *Nothing is recorded yet.* {escape(found)}")] if found else []


def of_message(text: str) -> dict[str, str]:
    """What a message that says so fills in: a title, and as context all of it if it says more."""
    title = first_line(text, TITLE_LIMIT)
    return {"title": title, "context": cut(text, DETAIL_LIMIT)} if text != title else {"title": title}


def _heading(sheet: DecisionSheet) -> list[Block]:
    found, said = decision_pages.heading(sheet), context(_whom_it_reaches(sheet))
    if sheet.move is Move.COMPLETE:
        return [said, found] if found else [said]
    return [found or said]


def _whom_it_reaches(sheet: DecisionSheet) -> str:
    if sheet.move is Move.COMPLETE:
        accepted = f"*{line(sheet.given['title'])}* is accepted, so what was decided stays as it is."
        return f"{accepted} Here you add what its record lacks; nobody has to approve that."
    if sheet.decision_id:
        return "Saving changes its card, and the approver is asked about the new text."
    if sheet.is_direct:
        return "It is recorded for the people named in it alone, and its card comes to you."
    link = ", with a link to the message" if sheet.message else ""
    link += ". Its words stand under *Context*" if sheet.message and sheet.given.get("context") else ""
    replaced = sheet.given.get("supersedes")
    ends = f" Once accepted, it supersedes {line(replaced)}." if replaced else ""
    return f"It is posted in {escape(sheet.place)} as a card that everybody there sees{link}.{ends}{_copied(sheet)}"


def _copied(sheet: DecisionSheet) -> str:
    names = {"context": "context", "options": "options", "outcome": "expected outcome"}
    parts = [name for field, name in names.items() if sheet.given.get(field)]
    if not sheet.copied or not parts:
        return ""
    return f" Look through what is copied from {line(sheet.copied)}: {joined(parts)}."


def record_view(card: DecisionCard, reader_id: str) -> Json:
    placed = context(f"Recorded in {escape(card.place)}")
    blocks = [*record(card, WHOLE), *concerns(card), placed, *lacks(card, reader_id), *read_so_far(card, reader_id)]
    return modal(card.decision.name, "decision.record", [*blocks, *for_reader(card, reader_id)])


def keep_form(decision: Decision, draft_id: str) -> Json:
    day = forms.field(
        "look_again_on",
        "Look again on",
        forms.day(),
        hint="On that day somebody is asked once more. Leave it empty if that is not needed.",
        optional=True,
    )
    return _end_form(decision, draft_id, Id.KEEP, "Still right", day)


def deprecate_form(decision: Decision, draft_id: str) -> Json:
    reason = forms.field(
        "reason",
        "Why does it no longer hold?",
        forms.text(multiline=True, limit=REASON_LIMIT),
        hint="Its card says so from now on, and whoever has read it is told. This cannot be taken back.",
    )
    return _end_form(decision, draft_id, Id.DEPRECATE, "No longer holds", reason)


def withdraw_form(decision: Decision, draft_id: str) -> Json:
    reason = forms.field(
        "reason",
        "Why is it withdrawn?",
        forms.text(multiline=True, limit=REASON_LIMIT),
        hint="Its card says so from now on, and whoever was asked about it is told. "
        "If only its text should change, close this form and press Edit.",
    )
    return _asking("Withdraw", Id.WITHDRAWAL, decision, draft_id, [reason], submit="Withdraw")


def result_form(decision: Decision, draft_id: str) -> Json:
    return _asking("What came of it", Id.RESULT, decision, draft_id, _what_came(decision), submit="Save")


def _what_came(decision: Decision) -> list[Block]:
    """What was expected, and beside it what really happened."""
    expected = decision_texts.expected(decision.form)
    said = "It will stand in the record beside what was expected." if expected else "It will stand in the record."
    fields = {
        "result": ("What came of it?", forms.text(multiline=True, limit=DETAIL_LIMIT)),
        "measured": ("What was measured?", forms.text(limit=SHORT_LIMIT)),
        "learned": ("What did you learn?", forms.text(multiline=True, limit=DETAIL_LIMIT)),
    }
    asked = [
        forms.field(name, label, value, hint=said if name == "result" else "", optional=True)
        for name, (label, value) in fields.items()
    ]
    return [*sections([f"*Expected*\n{escape(expected)}"] if expected else []), *asked]


def _end_form(decision: Decision, draft_id: str, form: Id, title: str, asked: Block) -> Json:
    return _asking(title, form, decision, draft_id, [asked, *_what_came(decision)], submit="Save")


def _asking(title: str, form: Id, decision: Decision, draft_id: str, asked: list[Block], *, submit: str) -> Json:
    blocks: list[Block] = [section(f"*{decision.name}: {line(decision.form.title)}*"), *asked]
    return modal(title, form, blocks, submit=submit, ids={"decision": str(decision.id), "draft": draft_id})
