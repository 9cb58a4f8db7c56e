"""Regions as people write them, and the holidays they keep."""

from datetime import date

import pytest

from domain.region_names import read_region
from domain.regions import coming, holidays_of, names, parts
from domain.zone_names import find_zone


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("de-by", "DE-BY"),
        ("DE-Bayern", "DE-BY"),
        (" Germany ", "DE"),
        ("us-california", "US-CA"),
        ("Guinea-Bissau", "GW"),
        ("uk", "GB"),
    ],
)
def test_a_region_is_read_as_people_write_it(typed: str, meant: str) -> None:
    assert read_region(typed) == meant


@pytest.mark.parametrize("typed", ["", "-", "XX", "Bavaria", "DE-Bavario", "JP-13", "x" * 400])
def test_another_text_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(ValueError, match="write"):
        read_region(typed)


def test_every_region_can_be_set_and_asked_for_its_holidays() -> None:
    for country in set(names().values()):
        for region in (country, *(f"{country}-{part}" for part in list(parts(country).values())[:1])):
            assert read_region(region) == region
            assert all(day.year == 2027 for day in holidays_of(region, 2027))


def test_a_part_keeps_what_the_country_does_not() -> None:
    assert holidays_of("DE-BY", 2026)[date(2026, 11, 1)] == "All Saints' Day"
    assert date(2026, 11, 1) not in holidays_of("DE", 2026)
    assert holidays_of("ZZ-1", 2026) == {}


def test_what_comes_next_goes_over_the_year() -> None:
    assert [str(day) for day, _ in coming("DE", after=date(2026, 12, 26), count=2)] == ["2026-12-26", "2027-01-01"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("berlin", "Europe/Berlin"), ("New York", "America/New_York"), ("utc", "UTC")]
)
def test_a_zone_is_found_by_its_place(typed: str, meant: str) -> None:
    assert find_zone(typed) == meant
