"""A template written in Slack: the fields beside its questions, and what comes after it is saved."""

from domain.channels import is_direct
from domain.ritual_form import WHEN_LIMIT, WHO_LIMIT
from domain.sketches import Sketch
from domain.templates import PURPOSE_LIMIT, TITLE_LIMIT, Template
from surface import forms
from surface.forms import about, field
from surface.kit import Block, Json, button, buttons, context, divider, escape, modal, section
from surface.library import Id as Library


def fields(sketch: Sketch) -> list[Block]:
    """Named anew when all of it is replaced: Slack would keep what was typed before."""
    template, suffix = sketch.template, str(sketch.round or "")
    holds = "It then stands in the library of this workspace. Nobody is asked before somebody switches it on."
    if sketch.template_id:
        holds = (
            "Rituals that are on ask changed questions from their next run on, unless their own have been changed. "
            "When and whom they ask stays."
        )
    return [
        context(holds),
        field(
            about("title", suffix),
            "Title",
            forms.text(template.title, limit=TITLE_LIMIT),
            hint="Short: it is the title of the form, too.",
        ),
        field(
            about("purpose", suffix),
            "What is it for?",
            forms.text(template.purpose, limit=PURPOSE_LIMIT),
            hint="The first line of the message that people get.",
        ),
        field(
            about("when", suffix),
            "When?",
            forms.text(template.when, limit=WHEN_LIMIT),
            hint="Such as every mon at 09:30, every weekday at 10:00, every 2 weeks on tue at 11:00; or manual.",
        ),
        field(
            about("who", suffix),
            "Who is asked?",
            forms.text(", ".join(template.who), limit=WHO_LIMIT),
            hint="Such as everyone, leads, research, lead of legal. Commas between them.",
        ),
        divider(),
    ]


def saved_view(template: Template, channel_id: str) -> Json:
    """`channel_id`: where it may be switched on at once."""
    text = f"*{escape(template.title)}* is in the library. `/ritual on {template.id}` switches it on in a channel."
    blocks: list[Block] = [section(text)]
    if channel_id and not is_direct(channel_id):
        blocks.append(buttons(button("Switch on here", Library.ON, template.id, style="primary")))
    blocks.append(context(f"`/ritual edit {template.id}` changes it."))
    return modal("Saved", "template.saved_view", blocks, ids={"channel": channel_id}, is_end=True)
