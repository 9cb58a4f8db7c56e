"""Messages that speak to a machine rather than to people: whoever reviews a brief is told. It stops nothing."""

import re

from briefs.cleaning import cleaned
from domain.threads import Thread

_FORGET = (
    r"ignor\w*|disregard|forget|override|bypass|vergiss|missachte|oubli\w+|olvid\w+|esque[c\u00e7]\w+|dimentica\w*"
    r"|negeer|vergeet"
)
_TOLD = (
    r"instru\w+|istruzion\w+|prompts?|rules|guidelines|anweisung\w*|regeln|r\u00e8gles|consignes|reglas|regras|regole"
    r"|regels"
)
_MACHINE = r"a\.?i\.?|llms?|assistant|language model|chatbot|summari[sz]er|ki|ia"
_ADDRESSED = re.compile(
    rf"\b(?:{_FORGET})\W{{1,3}}(?:\w{{1,20}}\W{{1,3}}){{0,4}}?(?:{_TOLD})\b"
    r"|\b(?:system|hidden) (?:prompt|message|instructions?)\b|\bsystem-?prompt"
    rf"|\b(?:you are|you're|act as|du bist|tu es|eres) (?:now )?(?:an? |the |ein\w* |une? )?(?:{_MACHINE})\b"
    rf"|\b(?:as|dear|hey|note to|attention|instructions? (?:for|to)) (?:an? |the |any |all )?(?:{_MACHINE})\b"
    rf"|\b(?:{_MACHINE}|model)[:,] (?:please|you|do|output|write|set|mark|say|add|reply|answer)\b"
    r"|(?:\u6307\u793a|\u547d\u4ee4|\u30d7\u30ed\u30f3\u30d7\u30c8).{0,6}\u7121\u8996",
    re.IGNORECASE,
)
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a]{2,6}\U000e007f")
_HIDDEN = re.compile(
    "[\U000e0000-\U000e007f]|[\u200b-\u200f\u2060-\u2064\ufeff]{6,}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}"
)
"""Text that only a machine reads."""


def is_addressed(text: str) -> bool:
    return bool(_HIDDEN.search(_FLAG.sub("", text)) or _ADDRESSED.search(cleaned(text)))


def addressed(thread: Thread) -> tuple[str, ...]:
    """The ids of the messages that contain text addressed to an AI."""
    return tuple(each.ts for each in thread.messages if not each.is_deleted and is_addressed(each.text))
