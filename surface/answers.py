"""Answers to commands: seen only by the person who typed them."""

from typing import Any

from surface.kit import Message


def answer(message: Message) -> dict[str, Any]:
    return {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}


def help_text(*lines: str) -> str:
    return "\n".join(lines)
