"""Answers to commands: seen only by the person who typed them."""

from typing import Any

from surface.kit import Json, Message, escape, modal, section

NOTICE = "notice"


def answer(message: Message) -> dict[str, Any]:
    return {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}


def notice(text: str) -> Json:
    """A sentence for somebody who acted where there is nothing to answer to: on the Home page, or within a form."""
    return modal("Muster", NOTICE, [section(escape(text))])


def help_text(*lines: str) -> str:
    return "\n".join(lines)
