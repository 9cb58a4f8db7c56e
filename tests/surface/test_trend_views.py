"""What people see of trends: within Slack's limits whatever their names are, and complete without the charts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.people import Person
from domain.trends import Trend, TrendsCard, as_table
from surface.charts import LABEL_LIMIT, chart, table, unique, with_files, without_pictures
from surface.kit import Json
from surface.trends import Address, Id, address, comment, counted_view, file_name, trends_button, trends_message
from tests.surface.views import NASTY, check_message, check_view
from tests.trending import LEGAL, SUPPORT, burning_down, drifting, participation, shares, values, weeks

GRACE = Person("T1", "U1", "Grace", "Europe/Berlin")
DAY = date(2026, 11, 4)
CHART = "data_visualization"


def card(*trends: Trend, natively: bool = True, **more: Any) -> TrendsCard:
    return TrendsCard(GRACE, DAY, 1, trends, more.pop("later", ()), natively=natively, **more)


def kinds(blocks: list[Json]) -> list[str]:
    return [block["type"] for block in blocks]


@pytest.mark.parametrize("natively", [True, False])
@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_every_name_fits_slacks_limits(text: str, natively: bool) -> None:
    lines = tuple(values(text, [1, 2, 3, 4, 5, 6]) for _ in range(7))
    trend = replace(burning_down(), title=text, unit=text, subject=text, series=lines, counted=text or "-")
    said = trends_message(card(trend, replace(trend, id="other"), natively=natively, later=(text, text)))
    check_message(replace(said, blocks=with_files(said.blocks, ["F0123456789", "F0123456780"])))
    check_view(counted_view(trend))
    assert len(comment(trend)) > 0


def test_native_charts_have_unique_names_and_their_weeks() -> None:
    shown = chart(participation(LEGAL, shares("legal", [(5, 5)] * 8)), natively=True)
    assert shown
    plot = shown.block["chart"]
    assert [each["name"] for each in plot["series"]] == ["everybody", "legal", "legal 3"]
    assert plot["axis_config"]["categories"] == [point["label"] for point in plot["series"][0]["data"]]
    assert plot["series"][0]["data"][0] == {"label": "7 Sep", "value": 62.068966}


@settings(max_examples=50)
@given(st.lists(st.text(min_size=1, max_size=LABEL_LIMIT), max_size=6))
def test_names_are_made_unique_within_their_room(names: list[str]) -> None:
    found = unique(names)
    assert len(set(found)) == len(names)
    assert all(len(each) <= LABEL_LIMIT for each in found)


@pytest.mark.parametrize(
    "trend", [drifting(), drifting(usual=None, marks=()), replace(drifting(marks=()), series=(values("x", [1] * 6),))]
)
def test_gaps_alerts_and_what_is_usual_are_drawn_in_a_picture(trend: Trend) -> None:
    shown = chart(trend, natively=True)
    assert shown
    assert shown.picture
    assert shown.block["type"] == "image"


def test_one_week_is_no_chart_but_told_and_in_the_table() -> None:
    one = replace(burning_down(), weeks=weeks(1), series=(values("open", [4]),))
    assert chart(one, natively=True) is None
    said = trends_message(card(one))
    assert kinds(said.blocks) == ["section", "section", "data_table", "actions", "context"]
    assert "Open action items: 4" in said.text


@pytest.mark.parametrize("natively", [True, False])
def test_the_table_has_every_value(natively: bool) -> None:
    trend = participation(LEGAL, SUPPORT)
    found = table(trend, natively=natively)
    assert [[cell["text"] for cell in row] for row in found["rows"]] == as_table(trend)
    assert found["type"] == ("data_table" if natively else "table")


def test_what_the_table_has_no_room_for_is_said_to_be_in_the_file() -> None:
    many = participation(*(shares(f"function {n}", [(4, 5)] * 8) for n in range(18)))
    assert "4 more columns in the file." in str(trends_message(card(many)).blocks)


def test_the_text_says_what_charts_and_tables_show() -> None:
    said = trends_message(card(participation(LEGAL), burning_down()))
    assert said.text.startswith(
        "Trends up to Sun 1 Nov 2026: Participation by function and Action items.\n"
        "Participation by function. Participation rose from 18 of 29 (62 %) to 31 of 36 (86 %) over 8 weeks; "
        "not heard from: legal for 2 weeks. Week by week, the newest first: "
        "26 Oct: everybody 31 of 36 (86 %), legal 0 of 5 (0 %);"
    )
    assert "12 Oct: open 6, closed 4" in said.text
    assert said.is_charted
    assert not said.pictures


def test_pictures_say_the_finding_and_come_and_go_with_their_files() -> None:
    said = trends_message(card(drifting(), burning_down(), natively=False))
    first, other = said.pictures
    assert (first.name, other.name) == ("measure-3.png", "actions.png")
    assert "Drift rose from 0.12 to 0.31 over 6 weeks" in first.alt
    assert not said.is_charted
    shown = [block for block in with_files(said.blocks, ["F1", "F2"]) if block["type"] == "image"]
    assert [(block["slack_file"]["id"], block["alt_text"]) for block in shown] == [("F1", first.alt), ("F2", other.alt)]
    assert "image" not in kinds(without_pictures(said.blocks))


def test_buttons_name_the_trend_and_the_days_and_nothing_else() -> None:
    said = trends_message(card(burning_down(), later=("Drift",)))
    pressed = {
        element["action_id"]: element["value"]
        for block in said.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    }
    assert pressed == {Id.COUNTED: "2026-11-04 actions", Id.CSV: "2026-11-04 actions", Id.MORE: "2026-11-04 2"}
    assert address("2026-11-04 measure.3") == Address(DAY, "measure.3")
    assert trends_button(7)["value"] == "7"
    assert file_name(drifting()) == "measure-3.csv"


def test_where_nothing_was_counted_it_says_what_to_do() -> None:
    said = trends_message(card())
    check_message(said)
    assert "next Monday" in said.text
    assert "nothing more" in trends_message(replace(card(), page=2)).text


def test_it_says_what_slack_did_not_confirm() -> None:
    assert "Private channels that Slack did not confirm" in trends_message(card(burning_down(), is_partial=True)).text
