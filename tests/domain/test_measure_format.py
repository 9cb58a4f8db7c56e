"""What a file may say of measures."""

import pytest

from domain.template_file import BadTemplate
from domain.template_reader import read_template

FILE = """\
id: health
title: Health
purpose: Where we are.
when: every mon at 09:30
who: [everyone]
ask:
  - {id: drift, text: Drift now, type: number, into: measure:drift.value}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(BadTemplate) as refused:
        read_template(text)
    return [f"{each.key}: {each.message}" for each in refused.value.problems]


def test_a_number_becomes_a_value_of_the_measure_it_names() -> None:
    assert read_template(FILE).ask[0].into == "measure:drift.value"


def test_an_anonymous_ritual_fills_no_measure() -> None:
    (said,) = problems(f"{FILE}anonymous: 5\n")
    assert said.startswith("ask[1].into: a value of a measure may be one person's answer")


def test_a_measure_is_filled_only_by_what_the_whole_channel_reads() -> None:
    (said,) = problems(f"{FILE}post: {{to: [facilitator]}}\n")
    assert said.startswith("ask[1].into: measures are read by everybody in the channel")
    assert read_template(f"{FILE}post: {{to: [facilitator, channel]}}\n")
