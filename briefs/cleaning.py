"""Characters that nobody sees, taken out of what goes to a model and of what comes back."""

import re
import unicodedata

_KEPT = "\n\t"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Controls, marks of direction, zero widths, tags, halves of characters."""
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\u3164": " ", "\uffa0": " "})
_VARIATIONS = re.compile(
    "[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}|[\U000e0100-\U000e01ef]|[\u115f\u1160\u17b4\u17b5\u034f]"
)
"""One alone chooses how an emoji looks; in a row they hide a text."""


def cleaned(text: str) -> str:
    seen = "".join(
        each for each in text.translate(_LINE_ENDS) if each in _KEPT or unicodedata.category(each) not in _UNSEEN
    )
    return unicodedata.normalize("NFC", _VARIATIONS.sub("", seen))
