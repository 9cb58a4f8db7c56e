"""Answers to commands: seen only by the person who typed them."""

from typing import Any

from surface.kit import Json, Message, cut, escape, message, modal, section

NOTICE = "notice"
TYPED_LIMIT = 60


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
    return f"“{escape(cut(typed, TYPED_LIMIT))}”"


def notice(text: str) -> Json:
    """A sentence for somebody who acted where there is nothing to answer to: on the Home page, or within a form."""
    return modal("Muster", NOTICE, [section(escape(text))])


def help_text(*lines: str) -> str:
    return "\n".join(lines)
