"""Answers to commands: seen only by the person who typed them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from domain import words
from surface.kit import VIEW_BLOCK_LIMIT, Json, Message, button, context, escape, message, modal, section, sections

NOTICE = "notice"
OFFER = "offer"
"""The block id of a button that opens a form which did not open before."""

NOT_OPENED = "Slack did not open the form in time."


class Id(StrEnum):
    AGAIN = "command.again"


def answer(said: Message) -> dict[str, Any]:
    return {"response_type": "ephemeral", "text": said.text, "blocks": said.blocks}


def plain_answer(text: str) -> dict[str, Any]:
    """A sentence that may carry people's words."""
    return {"response_type": "ephemeral", "text": escape(text)}


def not_understood(typed: str, known: str) -> dict[str, Any]:
    """`known`: what can be typed instead."""
    text = f"Muster does not understand {quoted(typed)} here.\n{known}"
    return answer(message(text, [section(text)]))


def quoted(typed: str) -> str:
    return escape(words.quoted(typed))


def notice(text: str) -> Json:
    """A sentence for somebody who acted where there is nothing to answer to: on the Home page, or within a form."""
    return modal("Muster", NOTICE, [section(escape(text))])


def handed_back(text: str, typed: Sequence[tuple[str, str]]) -> Json:
    """A sentence, and below it what the person typed, so that they can copy it."""
    lines = [f"_{escape(question)}_\n{escape(answer)}" for question, answer in typed]
    return modal(
        "Muster", NOTICE, [section(escape(text)), context("What you typed, for you to copy:"), *sections(lines)]
    )


def not_opened(action_id: str, value: str, typed: str) -> dict[str, Any]:
    """With the button that opens the form after all; `typed` would be lost otherwise."""
    lines = [f"{NOT_OPENED} Press *Open the form* to try again."]
    lines += [f"You typed: “{escape(typed)}”"] if typed else []
    text = "\n".join(lines)
    offer = {**section(text, button("Open the form", action_id, value)), "block_id": OFFER}
    return answer(message(text, [offer]))


def not_opened_again() -> dict[str, Any]:
    """Below the first answer, which is still there."""
    text = f"{NOT_OPENED} Wait a moment, then press *Open the form* once more."
    return answer(message(text, [section(text)]))


def not_opened_from_menu() -> dict[str, Any]:
    """What the message says is still there, so nothing is lost."""
    text = f"{NOT_OPENED} Wait a moment, then choose the same in the menu of the message once more."
    return answer(message(text, [section(text)]))


def above(page: Json, said: dict[str, Any]) -> Json:
    """A Home page with an answer at its top."""
    return {**page, "blocks": [*said["blocks"], *page["blocks"]][:VIEW_BLOCK_LIMIT]}


def help_text(*lines: str) -> str:
    return "\n".join(lines)
