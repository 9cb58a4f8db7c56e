"""Time zones are the same on every machine."""

import zoneinfo

from domain import zones


def test_what_the_machine_says_of_zones_is_not_asked() -> None:
    assert zones.zone("Europe/Berlin").key == "Europe/Berlin"
    assert zoneinfo.TZPATH == ()
