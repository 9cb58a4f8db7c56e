"""The forms of decisions: recording one, and saying whether one still holds."""

from enum import StrEnum

from domain.decision_cards import DecisionCard, DecisionSheet
from domain.decisions import DETAIL_LIMIT, PEOPLE_LIMIT, REASON_LIMIT, TEXT_LIMIT, TITLE_LIMIT, Decision
from domain.rounds import ALONE, Round
from surface import forms, outsiders
from surface.decision_record import WHOLE, record
from surface.decisions import end_buttons, objection_buttons
from surface.informed import concern_buttons, concerns, read_so_far
from surface.kit import Block, Json, button, buttons, context, cut, escape, line, modal, section
from surface.typed import first_line

NUMBERS_LIMIT = 200
ROUNDS = {
    ALONE: "By the approver alone",
    Round.CONSENT: "Consent round: accepted unless somebody objects",
    Round.ADVICE: "Advice round: then the approver decides",
}


class Id(StrEnum):
    FORM = "decision.form"
    DETAIL = "decision.detail"
    KEEP = "decision.keep_form"
    DEPRECATE = "decision.deprecate_form"


def decision_form(sheet: DecisionSheet) -> Json:
    title, submit = ("Edit a decision", "Save") if sheet.decision_id else ("Record a decision", "Record")
    blocks: list[Block] = [
        *outsiders.warning(sheet.outsiders, sheet.place, "this decision", label=submit),
        *forms.perhaps_meant(f"/decision {sheet.meant}" if sheet.meant else ""),
        context(_whom_it_reaches(sheet)),
        *_essentials(sheet),
        *(_detail(sheet) if sheet.has_detail else [buttons(button("Add detail", Id.DETAIL, "detail"))]),
    ]
    ids = {"draft": sheet.draft_id, "channel": sheet.channel_id, outsiders.ID: outsiders.joined(sheet.outsiders)}
    if sheet.decision_id:
        ids |= {"decision": str(sheet.decision_id), "version": sheet.version}
    if sheet.message:
        ids["message"] = str(sheet.message)
    return modal(title, Id.FORM, blocks, submit=outsiders.submit(submit, sheet.outsiders), ids=ids)


def of_message(text: str) -> dict[str, str]:
    """What a message that says so fills in: a title, and as context all of it if it says more."""
    title = first_line(text, TITLE_LIMIT)
    return {"title": title, "context": cut(text, DETAIL_LIMIT)} if text != title else {"title": title}


def _whom_it_reaches(sheet: DecisionSheet) -> str:
    if sheet.decision_id:
        return "Saving changes its card, and the approver is asked about the new text."
    if sheet.is_direct:
        return "It is recorded for the people named in it alone, and its card comes to you."
    link = ", with a link to the message" if sheet.message else ""
    return f"It is posted in {escape(sheet.place)} as a card that everybody there sees{link}."


def _essentials(sheet: DecisionSheet) -> list[Block]:
    given = sheet.given
    return [
        forms.field("title", "Title", forms.text(given.get("title", ""), limit=TITLE_LIMIT)),
        forms.field(
            "choice", "What was decided?", forms.text(given.get("choice", ""), multiline=True, limit=TEXT_LIMIT)
        ),
        forms.field("because", "Why?", forms.text(given.get("because", ""), multiline=True, limit=TEXT_LIMIT)),
        forms.field(
            "approver",
            "Approver",
            forms.person(given.get("approver", "")),
            hint=_hint(
                sheet,
                "approver",
                "If it is you, it is accepted at once, unless a round is asked. Anybody else is asked to approve it.",
            ),
        ),
        *([] if sheet.is_direct else [_round(given.get("round", ""))]),
    ]


def _round(chosen: str) -> Block:
    """Each round asks the people named here."""
    return forms.field(
        "round",
        "How is it decided?",
        forms.choice(list(ROUNDS.items()), chosen or ALONE),
        hint="A round first asks the driver and the contributors, one for consent the approver too, in 3 working days.",
    )


def _detail(sheet: DecisionSheet) -> list[Block]:
    given = sheet.given
    long = {
        name: forms.text(given.get(name, ""), multiline=True, limit=DETAIL_LIMIT) for name in ("context", "options")
    }
    several = {name: forms.people(_ids(given.get(name)), limit=PEOPLE_LIMIT) for name in ("contributors", "informed")}
    return [
        forms.field("context", "Context", long["context"], optional=True),
        forms.field("options", "Options considered", long["options"], hint="One per line.", optional=True),
        forms.field(
            "driver",
            "Driver",
            forms.person(given.get("driver", "")),
            hint=_hint(sheet, "driver", "Who sees it through. You, unless you choose somebody else."),
            optional=True,
        ),
        forms.field(
            "contributors",
            "Contributors",
            several["contributors"],
            hint=_hint(sheet, "contributors"),
            optional=True,
        ),
        forms.field(
            "informed",
            "Informed",
            several["informed"],
            hint=_hint(sheet, "informed", "Each gets one message with the reasons, once it is accepted."),
            optional=True,
        ),
        forms.field(
            "look_again_on",
            "Look again on",
            forms.day(given.get("look_again_on")),
            hint="The driver is asked on that day whether it still holds.",
            optional=True,
        ),
        forms.field(
            "supersedes",
            "Supersedes",
            forms.text(given.get("supersedes", ""), limit=NUMBERS_LIMIT),
            hint="Decisions that no longer hold once this one is accepted: D-12, D-15.",
            optional=True,
        ),
        forms.field(
            "based_on",
            "Based on",
            forms.text(given.get("based_on", ""), limit=NUMBERS_LIMIT),
            hint="Earlier decisions that this one rests on.",
            optional=True,
        ),
    ]


def _hint(sheet: DecisionSheet, field: str, hint: str = "") -> str:
    return outsiders.hint(sheet.outsiders, sheet.given.get(field, ""), hint)


def _ids(joined: str | None) -> list[str]:
    return joined.split(",") if joined else []


def has_detail(view: Json) -> bool:
    return any(block.get("block_id") == "context" for block in view["blocks"])


def record_view(card: DecisionCard, reader_id: str) -> Json:
    placed = context(f"Recorded in {escape(card.place)}")
    blocks = [*record(card, WHOLE), *concerns(card), placed, *read_so_far(card, reader_id)]
    blocks += objection_buttons(card, reader_id) + concern_buttons(card, reader_id) + end_buttons(card, reader_id)
    return modal(card.decision.name, "decision.record", blocks)


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


def _end_form(decision: Decision, draft_id: str, form: Id, title: str, asked: Block) -> Json:
    blocks: list[Block] = [section(f"*{decision.name}: {line(decision.form.title)}*"), asked]
    return modal(title, form, blocks, submit="Save", ids={"decision": str(decision.id), "draft": draft_id})
