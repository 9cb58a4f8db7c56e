"""Who of many may be named in some texts: a quick look, before anybody looks closer."""

import re
from collections.abc import Iterable, Mapping

WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts in which a name stands between other characters."""
_WORD = re.compile(r"[^\W_]+")
_LEAST = 2
"""Letters of a part of a name."""


def perhaps_named(texts: Iterable[str], people: Mapping[str, str]) -> dict[str, str]:
    """Those of `people` (names by id) of whose name some part stands in the texts, also with an s behind it."""
    whole = "\n".join(texts).casefold()
    said = set(_WORD.findall(whole))

    def is_said(part: str) -> bool:
        if WITHOUT_SPACES.search(part):
            return part in whole
        return part in said or f"{part}s" in said

    return {
        who: name
        for who, name in people.items()
        if any(len(part) >= _LEAST and is_said(part) for part in _WORD.findall(name.casefold()))
    }
