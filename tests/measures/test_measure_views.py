"""What people see of measures, over nasty texts and long lists."""

import pytest

from domain.measure_cards import MeasureList, MeasureSheet, Newest
from domain.measure_lines import Line, MeasureLinesSheet
from domain.measures import MOST, Good, Measure, Role, Value
from domain.people import Person
from sandbox.blockkit.problems import MOST_TEXT_IN_MESSAGE, problems_of_message, problems_of_view
from sandbox.blockkit.tree import text_length
from surface import measure_lines, measures
from tests.nasty import TEXTS
from tests.team import ANA, FORECAST, NOW, WORKSPACE

URL = "https://hooks.slack.com/actions/T1/1/x"


@pytest.mark.parametrize("text", TEXTS)
def test_they_fit_what_slack_takes(text: str) -> None:
    reader = Person(WORKSPACE, ANA, text)
    measure = Measure(2**31, WORKSPACE, FORECAST, text, text, Good.UP, Role.DRIFT, text, ANA, NOW)
    value = Value(NOW, -123456789012.0, text, ANA)
    rows = tuple(Newest(measure, each) for each in (value, None) * (MOST // 2))
    for found in (rows, ()):
        listed = measures.list_answer(MeasureList(FORECAST, "#" + text[:80], found, reader))
        assert problems_of_message(listed["blocks"]) == []
        assert text_length(listed["blocks"]) <= MOST_TEXT_IN_MESSAGE
    sheet = MeasureSheet(measure, text, (value,) * 12, {ANA: reader}, reader, NOW)
    lines = [Line(each, text, 1, NOW, text, text) for each in range(300)]
    pasted = MeasureLinesSheet("d", FORECAST, text, text, lines, (text,) * MOST, 3)
    views = (
        measures.value_form(sheet, URL),
        measures.change_form(measure, URL),
        measures.new_form(FORECAST, URL),
        measure_lines.lines_form(pasted, URL),
    )
    assert [problems_of_view(view) for view in views] == [[]] * len(views)
