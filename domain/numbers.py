"""The numbers of records, as people type them."""

import re

LONGEST = 9
"""No workspace has as many; longer ones do not fit a column."""


def number_in(text: str, letter: str) -> int | None:
    """The number in `D-1`, `d1` or `1` for the letter D; None if the text is something else."""
    found = re.fullmatch(rf"(?:{letter}\s*-?\s*)?(\d{{1,{LONGEST}}})", text.strip(), re.IGNORECASE)
    return int(found[1]) if found else None


def numbers_in(text: str, letter: str) -> tuple[int, ...] | None:
    """The numbers in `D-12, D-15`, each once and in their order; None if something else stands there."""
    one = rf"(?<!\w)(?:{letter}\s*-?\s*)?(\d{{1,{LONGEST}}})(?!\w)"
    between = re.sub(one, " ", text, flags=re.IGNORECASE)
    if re.fullmatch(r"(?:[\s,;&]|\band\b)*", between, re.IGNORECASE) is None:
        return None
    return tuple(sorted({int(each) for each in re.findall(one, text, re.IGNORECASE)}))
