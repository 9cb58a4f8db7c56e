"""Not now: when to ask again, and why somebody skips."""

from enum import StrEnum

from domain.cards import PromptCard
from domain.later import WORDS
from domain.runs import Prompt, Run
from surface import forms
from surface.kit import Element, Json, button, given, modal, plain


class Id(StrEnum):
    LATER = "checkin.later"
    REASON = "checkin.reason"
    REASON_FORM = "checkin.reason_form"


def menu(card: PromptCard) -> list[Element]:
    """When the person may be asked again; nothing where there is no such moment before the deadline."""
    options = [
        {"text": plain(WORDS[later], forms.OPTION_LIMIT), "value": f"{later}:{card.prompt.id}"} for later in card.later
    ]
    found = given(type="static_select", action_id=str(Id.LATER), placeholder=plain("Later", 20), options=options)
    return [found] if options else []


def reason_button(card: PromptCard) -> Element:
    text = "Change the reason" if card.prompt.skip_reason else "Add a reason"
    return button(text, Id.REASON, card.prompt.id, label=f"{text}: {card.run.template.title}")


def reason_form(prompt: Prompt, run: Run) -> Json:
    reason = forms.field(
        "reason",
        "Why do you skip it?",
        forms.text(prompt.skip_reason, limit=100),
        hint="A few words, such as “on call”. The summary shows them beside your name.",
        optional=True,
    )
    return modal(run.template.title, Id.REASON_FORM, [reason], submit="Save", ids={"prompt": str(prompt.id)})
