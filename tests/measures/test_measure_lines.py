"""A table of values, as it is understood, and what is said of a line that is not."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.errors import FieldErrors
from domain.measure_lines import MOST_LINES, Line, as_text, cells, read_lines
from domain.measures import Good, Measure, Role, Value
from tests.team import ANA, FORECAST, NOW, WORKSPACE

HEADER = "measure,value,moment,unit,source"
BERLIN = ZoneInfo("Europe/Berlin")
DRIFT = Measure(1, WORKSPACE, FORECAST, "Drift", "points", Good.DOWN, Role.DRIFT, "", ANA, NOW)


def read(*lines: str, known: Sequence[Measure] = (), zone: ZoneInfo | None = BERLIN) -> list[Line]:
    return read_lines("\n".join(lines), known, now=NOW, zone=zone)


def refused(*lines: str, known: Sequence[Measure] = (), zone: ZoneInfo | None = BERLIN) -> str:
    with pytest.raises(FieldErrors) as found:
        read(*lines, known=known, zone=zone)
    return found.value.fields["lines"]


def test_a_line_is_a_value_of_a_day_with_its_unit_and_source() -> None:
    (line,) = read(HEADER, "Tickets,120,2026-11-18,a week,support desk")
    assert line == Line(2, "Tickets", 120, datetime(2026, 11, 18, 12, tzinfo=UTC), "a week", "support desk")


@pytest.mark.parametrize(
    "lines",
    [
        ("moment;measure;value", "2026-11-18;Drift;0,31"),
        ("Moment\tMeasure\tValue", "2026-11-18\tDrift\t0,31"),
        ("\ufeffmeasure,value,moment", '"Drift","0,31",2026-11-18'),
        ("", "measure , value , moment", "", "Drift , .31 , 2026-11-18", ""),
    ],
)
def test_columns_stand_in_any_order_as_spreadsheets_write_them(lines: tuple[str, ...]) -> None:
    assert [(each.name, each.value) for each in read(*lines)] == [("Drift", 0.31)]


def test_a_time_without_a_zone_is_of_whoever_pasted_it() -> None:
    here = read("measure,value,moment", "Drift,1,2026-11-18 14:30")[0].at
    assert here == datetime(2026, 11, 18, 13, 30, tzinfo=UTC)
    there = read("measure,value,moment", "Drift,1,2026-11-18T14:30-03:00", zone=None)[0].at
    assert there == datetime(2026, 11, 18, 17, 30, tzinfo=UTC)
    assert "says no zone" in refused("measure,value,moment", "Drift,1,2026-11-18 14:30", zone=None)


def test_each_wrong_line_has_a_sentence_and_none_is_read() -> None:
    said = refused(
        HEADER,
        "Drift,0.3,2026-11-18,,",
        "Drift,many,2026-11-17,,",
        ",1,2026-11-17,,",
        "Drift,1,18.11.2026,,",
        "Drift,1,2026-11-18,,",
        "Drift,1,2026-11-21,,",
    )
    assert said == (
        "Line 3: “many” is no plain number; write it alone, such as 1234.5, without a unit. "
        "Line 4: the name of the measure is missing. "
        "Line 5: “18.11.2026” is no moment Muster reads; write 2026-11-20, or 2026-11-20 14:30. "
        "Line 6: Drift has a value of that moment in line 2 already; keep one. "
        "Line 7: 2026-11-21 is still to come; a value is dated when it was so."
    )


def test_more_than_five_wrong_lines_are_counted() -> None:
    said = refused("measure,value,moment", *(f"Drift,x,2026-11-{day}" for day in range(10, 18)))
    assert said.count("Line ") == 5
    assert said.endswith("And 3 more.")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Drift,1,2026-11-18", "measure, value, moment is not among them"),
        ("measure,value", "moment is not among them"),
        ("measure,value,moment,owner", "“owner” is no column Muster knows"),
        ("measure,value,moment,value", "named twice"),
        ("", "write a line for each value"),
        ("measure,value,moment", "write a line for each value"),
    ],
)
def test_a_header_that_is_not_understood_says_which_is(header: str, said: str) -> None:
    assert said in refused(header)


def test_a_unit_is_kept_apart_from_the_value_and_stays_the_same() -> None:
    assert "Drift is in points, not in %" in refused(HEADER, "Drift,1,2026-11-18,%,", known=[DRIFT])
    assert "New is in %, not in points" in refused(HEADER, "New,1,2026-11-18,%,", "New,1,2026-11-17,points,")
    assert read(HEADER, "drift,1,2026-11-18,Points,", "drift,2,2026-11-17,,", known=[DRIFT])


def test_a_comma_too_many_and_a_moment_to_come_are_named() -> None:
    assert "more cells than the header" in refused("measure,value,moment", "Drift,0,31,2026-11-18")
    later = NOW + timedelta(minutes=1)
    assert "still to come" in refused("measure,value,moment", f"Drift,1,{later.isoformat()}")
    assert "is before the year 2000" in refused("measure,value,moment", "Drift,1,1999-12-31")
    assert "no day of the calendar" in refused("measure,value,moment", "Drift,1,2026-02-30")


def test_today_counts_on_the_calendar_of_whoever_pastes_it() -> None:
    lines = ("measure,value,moment", "Drift,1,2026-11-21")
    assert read(*lines, zone=ZoneInfo("Pacific/Auckland")), "where Saturday has begun"
    assert refused(*lines, zone=ZoneInfo("America/Sao_Paulo"))


def test_too_many_lines_are_refused_at_once() -> None:
    assert "5001 lines" in refused("measure,value,moment", *(["Drift,1,2026-11-18"] * (MOST_LINES + 1)))


def test_what_is_taken_along_is_read_again_as_it_was_and_no_program_runs_it() -> None:
    at = datetime(2026, 11, 18, 12, tzinfo=UTC)
    odd = Measure(1, WORKSPACE, FORECAST, "=cmd", "%", Good.UP, Role.OTHER, "", ANA, NOW)
    values = [Value(at, -3.5, "@desk, or so"), Value(at + timedelta(minutes=7), 12480.0)]
    text = as_text(cells(odd, each) for each in values)
    assert "'=cmd,-3.5,2026-11-18,%" in text
    found = read_lines(text, [odd], now=NOW, zone=None)
    assert [Value(each.at, each.value, each.source) for each in found] == values
    assert {(each.name, each.unit) for each in found} == {("=cmd", "%")}
