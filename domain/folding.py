"""A long answer in a message: its first lines, and where it goes on."""

LINES = 3
SIGNS = 400
SPARED = 80
"""What is only so much longer is shown whole: a fold is worth a click only if something is behind it."""
ELLIPSIS = "…"


def folded(text: str) -> str:
    """The text itself if it is short."""
    head = _first_signs("\n".join(text.split("\n")[:LINES]))
    rest = text[len(head) :].strip()
    is_little = len(text) <= SIGNS + SPARED and rest.count("\n") == 0 and len(rest) <= SPARED
    return text if not rest or is_little else head.rstrip() + ELLIPSIS


def _first_signs(text: str) -> str:
    """Up to the end of a word, unless that is far."""
    if len(text) <= SIGNS:
        return text
    at = text.rfind(" ", SIGNS // 2, SIGNS)
    return text[: at if at > 0 else SIGNS]
