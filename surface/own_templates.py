"""Writing a template in Slack: a few fields, or a whole file to paste."""

from enum import StrEnum

from domain.own_templates import EXAMPLE, FILE, FILE_LIMIT, LONGER, QUESTIONS
from domain.ritual_form import WHEN_LIMIT, WHO_LIMIT
from domain.templates import PURPOSE_LIMIT, TITLE_LIMIT, Template
from surface import forms
from surface.forms import field
from surface.kit import Block, Json, button, buttons, context, escape, modal, section


class Id(StrEnum):
    FORM = "template.form"
    PASTE = "template.paste"
    """The button that opens the field for a whole file."""


def simple_form(draft_id: str) -> Json:
    blocks: list[Block] = [
        context("It then stands in the library of this workspace. Nobody is asked before somebody switches it on."),
        field("title", "Title", forms.text(limit=TITLE_LIMIT), hint="Short: it is the title of the form, too."),
        field(
            "purpose",
            "What is it for?",
            forms.text(limit=PURPOSE_LIMIT),
            hint="The first line of the message that people get.",
        ),
        field(QUESTIONS, "Questions", forms.text(multiline=True), hint="One on each line."),
        field("when", "When?", forms.text("every mon at 09:30", limit=WHEN_LIMIT), hint="Or manual."),
        field("who", "Who is asked?", forms.text("everyone", limit=WHO_LIMIT), hint="Commas between them."),
        buttons(button("Paste a file instead", Id.PASTE, draft_id)),
        context("A file can do more: choices, scales, follow-up questions, blockers, action items."),
    ]
    return modal("New template", Id.FORM, blocks, submit="Save", ids={"draft": draft_id, "template": ""})


def file_form(draft_id: str, *, text: str = EXAMPLE, template_id: str = "") -> Json:
    """To change one, if it has an id already."""
    holds = "Rituals that are on ask changed questions from their next run on. When and whom they ask stays."
    blocks: list[Block] = [
        *([context(holds)] if template_id else []),
        field(
            FILE,
            "The file",
            forms.text(text, multiline=True, limit=FILE_LIMIT),
            hint=f"YAML, as the docs show it. Longer than {FILE_LIMIT:,} characters? Then {LONGER}.",
        ),
    ]
    title = "Change a template" if template_id else "New template"
    return modal(title, Id.FORM, blocks, submit="Save", ids={"draft": draft_id, "template": template_id})


def saved_view(template: Template) -> Json:
    text = f"*{escape(template.title)}* is in the library. `/ritual on {template.id}` switches it on in a channel, "
    more = f"`/ritual edit {template.id}` changes it."
    return modal("Saved", Id.FORM, [section(text + more)])
