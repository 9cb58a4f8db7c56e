"""What a trend says of itself: the finding, the table and the file; and what of it is drawn."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.export import FORMULA
from domain.metrics.participation import Count
from domain.trends import DRAWN, NOTHING, Trend, as_csv, as_table, drawn, finding, has_gaps, share, trimmed
from tests.trending import LEGAL, SUPPORT, burning_down, drifting, participation, shares, values, weeks


def test_the_finding_says_what_changed_and_who_was_silent() -> None:
    assert finding(participation(LEGAL)) == (
        "Participation rose from 18 of 29 (62 %) to 31 of 36 (86 %) over 8 weeks; not heard from: legal for 2 weeks."
    )


def test_the_finding_of_what_burns_down_adds_up_what_was_closed() -> None:
    assert finding(burning_down()) == (
        "Open action items fell from 14 to 6 over 6 weeks, with a high of 17 in the week of 21 Sep; "
        "21 closed in that time."
    )


def test_the_finding_tells_of_the_usual_and_of_alerts() -> None:
    assert finding(drifting()) == (
        "Drift rose from 0.12 to 0.31 over 6 weeks; that is above its usual 0.11 to 0.14; "
        "alert in the week of 5 Oct (drift up, no blocker about it)."
    )


def test_a_small_change_is_none() -> None:
    steady = replace(burning_down(), series=(values("open", [100, 104]),), weeks=weeks(2))
    assert finding(steady) == "Open action items stayed near 104 over 2 weeks."


def test_one_week_is_no_change_and_none_is_nothing() -> None:
    one = replace(burning_down(), series=(values("open", [None, 4]),), weeks=weeks(2))
    assert finding(one) == "Open action items: 4 in the week of Mon 14 Sep 2026."
    assert finding(replace(one, series=(values("open", [None, None]),))) == "Open action items: nothing to show yet."
    assert finding(replace(one, series=())) == "Open action items: nothing to show yet."


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([(1, 5), (0, 5)], "legal in the last week"),
        ([(0, 5), None, (0, 5), None], "legal for 2 weeks"),
        ([(0, 5), (1, 5)], ""),
        ([None, None], ""),
    ],
)
def test_silent_is_who_was_asked_and_did_not_answer(pairs: list[tuple[int, int] | None], said: str) -> None:
    everybody = shares("everybody", [(5, 10)] * len(pairs))
    found = finding(replace(participation(), weeks=weeks(len(pairs)), series=(everybody, shares("legal", pairs))))
    assert said in found
    assert bool(said) == ("not heard from" in found)


def test_of_fewer_than_five_no_percentage_is_told_or_drawn() -> None:
    assert (share(Count(2, 3)).said, share(Count(2, 3)).value) == ("2 of 3", None)
    assert share(Count(4, 5)).said == "4 of 5 (80 %)"
    trend = participation(LEGAL, SUPPORT)
    assert [each.name for each in drawn(trend).series] == ["everybody", "legal"]
    assert "3 of 3" in as_table(trend)[2]


def test_a_gap_is_no_zero() -> None:
    assert has_gaps(drifting())
    assert not has_gaps(participation(LEGAL))
    assert has_gaps(participation(SUPPORT))
    assert as_table(drifting())[3][1] == NOTHING


def test_weeks_before_the_first_number_are_left_out() -> None:
    late = replace(burning_down(), series=(values("open", [None, None, 3, None, 4, 5]),))
    assert trimmed(late).weeks == weeks(6)[2:]
    assert len(trimmed(late).series[0].points) == 4
    empty = trimmed(replace(late, series=(values("open", [None] * 6),)))
    assert (empty.weeks, as_table(empty)) == ((), [["Week of", "open"]])


def test_more_lines_than_can_be_told_apart_become_the_rest() -> None:
    many = [shares(f"function {n}", [(n, 10)] * 8) for n in range(8)]
    shown = drawn(participation(*many))
    assert [each.name for each in shown.series][-1] == "the rest"
    assert shown.series[-1].points[0] == share(Count(4 + 5 + 6 + 7, 40))
    assert len(as_table(participation(*many))[0]) == 1 + 1 + 8


def test_medians_are_never_added_up() -> None:
    many = tuple(values(f"#channel-{n}", [n, n]) for n in range(8))
    shown = drawn(replace(burning_down(), weeks=weeks(2), series=many))
    assert [each.name for each in shown.series] == [f"#channel-{n}" for n in range(DRAWN)]


def test_the_table_has_every_value_and_alert() -> None:
    trend = drifting()
    head, *rows = as_table(trend)
    assert head == ["Week of", "Drift", "Alert"]
    assert [row[0] for row in rows] == ["7 Sep", "14 Sep", "21 Sep", "28 Sep", "5 Oct", "12 Oct"]
    assert rows[4] == ["5 Oct", "0.22", "drift up, no blocker about it"]


def test_the_file_has_the_numbers_that_a_share_is_made_of() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(participation(SUPPORT)))))
    assert len(rows) == 16
    assert rows[0] == {
        "week_from": "2026-09-07", "series": "everybody", "value": "62.06896552", "unit": "%",
        "count": "18", "of": "29", "alert": "",
    }  # fmt: skip
    assert (rows[1]["value"], rows[1]["count"], rows[1]["of"]) == ("", "2", "3")


@settings(max_examples=25)
@given(st.text(max_size=8), st.sampled_from(FORMULA))
def test_no_table_program_runs_a_name_as_a_formula(name: str, begin: str) -> None:
    trend: Trend = replace(burning_down(), series=(values(begin + name, [1, 2, 3, 4, 5, 6]),), unit=begin)
    for row in list(csv.reader(io.StringIO(as_csv(trend), newline="")))[1:]:
        assert row[1].startswith("'")
        assert row[3].startswith("'")
