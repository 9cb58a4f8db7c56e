"""Reading a time zone as somebody writes it."""

from functools import lru_cache
from zoneinfo import available_timezones

from domain.library import closest
from domain.words import quoted
from domain.zones import is_zone


def find_zone(text: str) -> str:
    """`europe/berlin`, `Berlin` and `new york` by their IANA names. Raises ValueError with a sentence."""
    wanted = "_".join(text.casefold().split())
    found = _by_place().get(wanted)
    if found:
        return found
    close = list(dict.fromkeys(_by_place()[name] for name in closest(wanted, _by_place())))
    hint = f" Did you mean {' or '.join(close)}?" if close else ""
    raise ValueError(f"{quoted(text)} is no time zone Muster knows; write one as Europe/Berlin.{hint}")


@lru_cache(maxsize=1)
def _by_place() -> dict[str, str]:
    """Names in small letters, whole and by their place alone; a place of two zones is found by its whole name."""
    names = sorted(name for name in available_timezones() if is_zone(name))
    places = [name.rpartition("/")[2].casefold() for name in names]
    alone = {place: name for place, name in zip(places, names, strict=True) if places.count(place) == 1}
    return {**alone, **{name.casefold(): name for name in names}}
