"""The numbers of records, as people type them."""

import re

LONGEST = 9
"""No workspace has as many; longer ones do not fit a column."""


def number_in(text: str, letter: str) -> int | None:
    """The number in `D-1`, `d1` or `1` for the letter D; None if the text is something else."""
    found = re.fullmatch(rf"(?:{letter}\s*-?\s*)?(\d{{1,{LONGEST}}})", text.strip(), re.IGNORECASE)
    return int(found[1]) if found else None
