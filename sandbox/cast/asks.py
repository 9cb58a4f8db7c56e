"""What a message asks of its reader, as far as it can be told from what it shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from sandbox.blockkit.tree import elements
from sandbox.cast.choices import gist
from sandbox.cast.corpus import has_word
from sandbox.sight import texts
from sandbox.state import Json

PRIMARY_WEIGHT = 12.0
MENTION = re.compile(r"<@([A-Z0-9]+)")


@dataclass(frozen=True)
class Kind:
    name: str
    words: tuple[str, ...]
    weight: float = 0.0
    days: tuple[int, int] | None = None
    """Between seeing it and doing it; None for the next looks of the same day."""


@dataclass(frozen=True)
class Button:
    label: str
    kind: str
    weight: float
    days: tuple[int, int] | None
    value: str = ""


@dataclass(frozen=True)
class Ask:
    """The buttons of one block, and what they are about: the text since the buttons before them."""

    about: str
    block_id: str
    buttons: tuple[Button, ...]

    @property
    def open(self) -> list[Button]:
        return [button for button in self.buttons if button.weight > 0]

    def has(self, label: str) -> bool:
        return any(button.label == label for button in self.buttons)

    def button(self, kind: str) -> Button | None:
        return next((button for button in self.buttons if button.kind == kind), None)


@cache
def _data() -> Json:
    path = Path(__file__).parent / "lines" / "buttons.yaml"
    read: Json = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(
            each["kind"], tuple(each["words"]), each.get("weight", 0.0), tuple(each["days"]) if "days" in each else None
        )
        for each in _data()["kinds"]
    )


def shows_more(label: str) -> bool:
    """Whether a button within a form lets more of the form appear."""
    return has_word(label, _data()["more"])


def asks(message: Json) -> Iterator[Ask]:
    """What the message wants, block by block."""
    passed: list[Json] = []
    for block in message["blocks"]:
        passed.append(block)
        buttons = tuple(_button(element) for _, element in elements([block]) if label_of(element))
        if buttons:
            yield Ask(gist(texts({"blocks": passed})), block["block_id"], buttons)
            passed = []


def is_for(message: Json, person: str, name: str) -> bool:
    """Whether a message in a channel is for this person: it names them, or it asks everybody and names nobody."""
    said = " ".join([message["text"], *texts(message)])
    named = set(MENTION.findall(said))
    if person in named or name in said:
        return True
    return not named and any(element.get("style") == "primary" for _, element in elements(message["blocks"]))


def label_of(element: Json) -> str:
    """What a button says, or a menu before anything is chosen; nothing of what is neither."""
    if element["type"] == "button" and "url" not in element:
        return str(element["text"]["text"])
    return str(element.get("placeholder", {}).get("text", "")) if element["type"] == "static_select" else ""


def _button(element: Json) -> Button:
    label = label_of(element)
    kind = next((kind for kind in _kinds() if has_word(label, kind.words)), None)
    is_primary, is_danger = (element.get("style") == style for style in ("primary", "danger"))
    if kind is None:
        return Button(label, "other", PRIMARY_WEIGHT if is_primary else 0.0, None)
    weight = 0.0 if is_danger else max(kind.weight, PRIMARY_WEIGHT if is_primary and not kind.days else 0.0)
    return Button(label, kind.name, weight, kind.days, element.get("value", ""))
