"""Countries and their parts, and the public holidays that each keeps: a pure function of region and year."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays
from holidays.registry import COUNTRIES

ENGLISH = "en_US"
YEAR = timedelta(days=366)


@lru_cache(maxsize=4096)
def holidays_of(region: str, year: int) -> Mapping[date, str]:
    """The public holidays and their names; none for a region that the library no longer knows."""
    country, _, part = region.partition("-")
    if country.casefold() not in names() or part not in ("", *parts(country)):
        return MappingProxyType({})
    kept = holidays.country_holidays(country, subdiv=part or None, years=year, language=_language(country))
    return MappingProxyType(dict(kept.items()))


def is_holiday(region: str, day: date) -> bool:
    return day in holidays_of(region, day.year)


def coming(region: str, *, after: date, count: int) -> list[tuple[date, str]]:
    """The next holidays of a region, the first of them on that day or later."""
    found = {**holidays_of(region, after.year), **holidays_of(region, (after + YEAR).year)}
    return sorted((day, name) for day, name in found.items() if day >= after)[:count]


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Each country's code by its codes and its name, in small letters."""
    found: dict[str, str] = {}
    for name, (_module_class, code, *others) in COUNTRIES.items():
        spoken = name.replace("_", " ")
        found |= dict.fromkeys([code.casefold(), spoken, *(other.casefold() for other in others)], code)
    return found


@lru_cache(maxsize=256)
def parts(country: str) -> dict[str, str]:
    """The codes of the parts by code and by name."""
    known = holidays.country_holidays(country)
    aliases = getattr(known, "subdivisions_aliases", {})
    return {**{code: code for code in known.subdivisions}, **aliases}


@lru_cache(maxsize=256)
def _language(country: str) -> str | None:
    return ENGLISH if ENGLISH in holidays.country_holidays(country).supported_languages else None
