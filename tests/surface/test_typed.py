"""What forms are filled with from messages: the words people see, without what Slack has put around them."""

import time

import pytest

from surface.action_form import of_message as of_action
from surface.decision_form import of_message as of_decision
from surface.typed import as_read, mentioned

NAMES = {"U1": "@Ben Okafor", "C1": "#forecast", "C2": "a private channel"}


@pytest.mark.parametrize(
    ("posted", "read"),
    [
        ("<@U1> decides in <#C1>", "@Ben Okafor decides in #forecast"),
        ("<@U9|zoe> in <#C2|pricing>", "@zoe in a private channel"),
        ("<!here> <!subteam^S1|@ml> <!subteam^S2>", "@here @ml a user group"),
        ("until <!date^1700000000^{date}|14 Nov>", "until 14 Nov"),
        ("<https://example.com/_a_/*b*|the page> <mailto:a@example.com|a@example.com>", "the page a@example.com"),
        ("<https://example.com/_a_/*b*>", "https://example.com/_a_/*b*"),
        ("*We ship `small_model` _first_*, ~not~ later", "We ship small_model first, not later"),
        ("*<@U1>* has 2 * 3 * 4 and snake_case_names", "@Ben Okafor has 2 * 3 * 4 and snake_case_names"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("```run *all* of it```", "run *all* of it"),
        ("", ""),
    ],
)
def test_a_message_reads_as_people_see_it(posted: str, read: str) -> None:
    assert as_read(posted, NAMES) == read


def test_those_it_mentions_are_found() -> None:
    assert mentioned("<@U1> <#C1|forecast> <!here> <https://example.com>") == {"U1", "C1"}


def test_a_title_is_the_first_line_and_all_of_it_is_context() -> None:
    assert of_decision("\n  Ship   it \nIt is cheaper") == {
        "title": "Ship it",
        "context": "\n  Ship   it \nIt is cheaper",
    }
    assert of_decision("Ship it") == {"title": "Ship it"}
    assert of_decision("") == {"title": ""}
    assert of_action("Ship it\nIt is cheaper") == {"what": "Ship it"}


def test_long_texts_are_cut_to_what_the_fields_take() -> None:
    decision = of_decision("word " * 900)
    assert (len(decision["title"]), len(decision["context"])) == (150, 1500)
    assert decision["title"].endswith("…")
    assert len(of_action("word " * 900)["what"]) <= 300


@pytest.mark.parametrize("sign", ["*a ", "*", "_a", "<", "<@", "`a\n"])
def test_no_message_takes_long_to_read(sign: str) -> None:
    began = time.monotonic()
    as_read(sign * 20_000, {})
    assert time.monotonic() - began < 1
