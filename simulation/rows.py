"""How records stand in a summary, a row each."""

import re

from simulation.trace import Json

ACTION_ROW = re.compile(
    r"\*(?:A-\d+|New)\* (?P<what>.+) · _(?P<owner>[^_]+)_(?:, asked for by _(?P<asker>[^_]+)_)? · (?:due .+|done)"
)
ITEM_ROW = re.compile(r"^(A-\d+) ", re.MULTILINE)
"""Where several stand in a message, a row each."""
CHOSEN = re.compile(r"^\*(A-\d+)\* ", re.MULTILINE)
"""In the form that says what becomes of several."""
ITEM = re.compile(r"A-\d+")
RAISED_BY = re.compile(r"_(?P<name>[^_]+)_(?: · |$)")
"""Below the words of a blocker; then how it stands."""
BLOCKER_STATES = re.compile(r"taken up by|cleared$|now \*A-| · \d+ days?")
"""Of a blocker that somebody has moved, or that is older than the summary."""
AGED = re.compile(r" · \d+ days?")
"""Of a blocker that was there before the day of the summary."""


def item_at(button: Json) -> str:
    """Which of several a button is about, as it says to those who do not see it."""
    found = ITEM.search(str(button.get("accessibility_label") or ""))
    return found[0] if found else ""
