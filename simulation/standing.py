"""How a run stands, as its message shows it."""

import re

from simulation.messages import Version, elements, squeezed, strings
from simulation.recognition import ANSWER, EMPTY, HEAD_OF_BLOCKERS, IS_THERE, POSTED, TOO_FEW, Kind
from simulation.trace import Json


def counts(version: Version) -> tuple[int, int] | None:
    """How many of how many a run's message says have answered."""
    for kind, pattern in POSTED:
        if kind is Kind.RUN and (found := re.match(pattern, squeezed(version.text))):
            told = found.groupdict()
            if "answered" not in told:
                return None
            return (int(told["answered"]), int(told["asked"])) if told["answered"] else (0, 0)
    return None


def is_summary(version: Version) -> bool:
    """A run's message is a count while it is open, and headed once it is closed."""
    is_headed = any(block["type"] == "header" for block in version.blocks[:1])
    return is_headed or any(each in version.text for each in (EMPTY, TOO_FEW))


def is_readable(version: Version) -> bool:
    """Whether a run's message shows what was answered, and not that there is nothing."""
    return is_summary(version) and not any(each in version.text for each in (EMPTY, TOO_FEW))


def blockers_open(version: Version) -> int | None:
    """How many the summary of a run, or what says that it is there, counts as open; None where none are counted."""
    if found := re.search(IS_THERE, squeezed(version.text)):
        return None if found["blockers"] is None else int(found["blockers"].replace("no", "0"))
    headed = (HEAD_OF_BLOCKERS.match(squeezed(text)) for text in strings(version.blocks))
    return next((int(found["open"] or 0) for found in headed if found), None)


def is_open_to_answer(blocks: list[Json]) -> bool:
    return any(each["action_id"] == ANSWER for each in elements(blocks))
