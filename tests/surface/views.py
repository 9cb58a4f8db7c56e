"""The one checker of what Slack takes, and the nasty things people type."""

import re
from typing import Any

from sandbox.blockkit.problems import (
    MOST_TEXT_IN_MESSAGE,
    problems_of_message,
    problems_of_view,
    too_large,
)
from sandbox.blockkit.tree import elements, text_length
from surface.kit import Json, Message

ISO_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
NASTY = {
    "short": "x",
    "long": "word " * 800,
    "one long word": "w" * 4000,
    "signs": "&<>" * 1333,
    "mentions": "<!channel> <!everyone> <@U123> <#C1> <https://example.com|here> @channel @here",
    "emoji": "😀👩‍👩‍👧‍👦" * 60,
    "right to left": "שלום עולם، مرحبا بالعالم \u202e\u2066",
    "marks": "*bold* _it_ ~gone~ `code`\n> quote\n```block",
    "lines": "\n" * 50 + "below" + "\r\n\t",
    "blank": "   ",
    "empty": "",
}


def check_message(message: Message | None) -> None:
    assert message is not None
    assert problems_of_message(message.blocks) == []
    assert text_length(message.blocks) <= MOST_TEXT_IN_MESSAGE
    assert 0 < len(message.text.strip()) <= 4000
    check_texts([message.text, *strings(message.blocks)])
    check_days([message.text, *shown(message.blocks)])


def check_view(view: Json) -> None:
    assert problems_of_view(view) == []
    assert not too_large(view)
    check_texts(strings(view["blocks"]))
    check_days(shown(view["blocks"]))


def check_days(texts: list[str]) -> None:
    """People read "Mon 23 Nov 2026"; as 2026-11-23 they only type a day, which an example of it may show."""
    for text in texts:
        assert not ISO_DAY.search(re.sub("`[^`]*`", "", text)), text


def shown(node: Any) -> list[str]:
    """What is to be read, marked or plain, but for the hints of what to type."""
    if isinstance(node, list):
        return [text for each in node for text in shown(each)]
    if not isinstance(node, dict):
        return []
    if node.get("type") in ("mrkdwn", "plain_text"):
        return [node["text"]]
    return [text for key, each in node.items() if key not in ("hint", "placeholder") for text in shown(each)]


def check_texts(texts: list[str]) -> None:
    """Nobody is mentioned, and no text is left with half an escaped sign."""
    for text in texts:
        without_dates = text.replace("<!date^", "")
        assert "<!" not in without_dates
        assert "<@" not in text
        assert "<#" not in text
        assert "<http" not in text


def strings(node: Any) -> list[str]:
    """The mrkdwn texts; in plain text nothing is marked."""
    if isinstance(node, list):
        return [text for each in node for text in strings(each)]
    if not isinstance(node, dict):
        return []
    if node.get("type") == "mrkdwn":
        return [node["text"]]
    return [text for each in node.values() for text in strings(each)]


def labels(blocks: list[Json]) -> list[str]:
    """What the buttons say."""
    return [element["text"]["text"] for _, element in elements(blocks) if element["type"] == "button"]
