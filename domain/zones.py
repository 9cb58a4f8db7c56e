"""Time zones by IANA name, always from the pinned `tzdata` package, never from the host."""

import zoneinfo
from functools import lru_cache
from importlib.metadata import version

zoneinfo.reset_tzpath(())
VERSION = version("tzdata")
"""Of the zone data."""


@lru_cache(maxsize=1024)
def zone(name: str) -> zoneinfo.ZoneInfo:
    """The zone of that name; UTC for a name that does not exist, because Slack may send none or a new one."""
    return zoneinfo.ZoneInfo(name) if is_zone(name) else zoneinfo.ZoneInfo("UTC")


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
