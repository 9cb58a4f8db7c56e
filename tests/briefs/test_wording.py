"""Checks 7 to 13: days, links, mentions, support, secrets, lengths and doubles; and that no check is idle."""

from collections.abc import Callable
from datetime import date

import pytest

from briefs.checks.drafts import Check
from briefs.checks.outcome import MATCHING, WORDING
from domain.briefs import Brief, Doubt, State
from tests.briefs.answers import (
    LINK,
    Answered,
    checked,
    claim,
    context,
    decided,
    decision,
    first_context,
    tasks,
    ts,
)

# Check 7: days


def test_the_day_that_code_reads_counts_and_another_one_is_noted() -> None:
    item = checked(tasks(4, phrase="by Friday", day="2026-12-04")).brief.tasks[0]
    assert (item.due, item.statement.doubts) == (date(2026, 11, 27), (Doubt.DATE_DIFFERS,))


@pytest.mark.parametrize(
    "said", [{"phrase": "by Monday", "day": "2026-11-30"}, {"day": "2026-11-27"}, {"phrase": "soon"}]
)
def test_a_day_that_the_sources_do_not_say_is_cleared(said: dict[str, str]) -> None:
    item = checked(tasks(4, **said)).brief.tasks[0]
    assert (item.due, item.due_said, item.statement.doubts) == (None, "", (Doubt.DATE_NOT_SAID,))


@pytest.mark.parametrize(("day", "due"), [("2027-01-08", date(2027, 1, 8)), ("1999-01-01", None), ("soon", None)])
def test_a_day_in_words_that_code_does_not_read_is_the_models_if_it_can_be(day: str, due: date | None) -> None:
    item = checked(tasks(1, phrase="two more weeks", day=day, quote="The tests need two more weeks")).brief.tasks[0]
    assert (item.due, item.due_said) == (due, "two more weeks")
    assert Doubt.DATE_UNSURE in item.statement.doubts


# Check 8: links and mentions


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/?q=words",
        "[click](https://evil.example)",
        "<https://evil.example|docs.example>",
        "evil.example/x",
        "www.evil.example",
        "mailto:eve@evil.example",
        "https://docs.example/plan?a=2",
        "https://docs.example/plam?a=1",
        "https://docs.example.evil.example/plan?a=1",
        "https://d\u043ecs.example/plan?a=1",
        "https://xn--dcs-8cd.example/plan?a=1",
        "https://docs.example@evil.example/plan?a=1",
        "javascript:alert(1)",
        "ht\u200btps://evil.example/x",
        "\uff48ttps\uff1a\uff0f\uff0fevil.example",
        "https@://evil.example",
        "[link-1]",
    ],
)
def test_an_address_that_is_not_in_the_sources_is_taken_out(link: str) -> None:
    said = first_context(context(f"The plan of the launch is at {link} now", 0))
    assert "evil" not in said.text
    assert "[link removed]" in said.text
    assert said.text.startswith("The plan of the launch is at ")
    assert Doubt.LINK_REMOVED in said.doubts


@pytest.mark.parametrize("link", [LINK, f"<{LINK}|the plan>", f"[plan]({LINK})", f"{LINK}.", "docs.example/plan?a=1"])
def test_an_address_of_the_sources_stays(link: str) -> None:
    said = first_context(context(f"The plan of the launch: {link}", 0))
    assert said.text.removesuffix(".") == f"The plan of the launch: {LINK}"
    assert said.doubts == ()


def test_an_address_of_another_message_is_none_of_the_sources() -> None:
    assert LINK not in first_context(context(f"We move the launch: {LINK}", 3)).text


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("<!channel>", "channel"),
        ("@here", "here"),
        ("\uff20channel", "channel"),
        ("@\u200bchannel", "channel"),
        ("<!subteam^S1|leads>", "leads"),
        ("<@U999>", "somebody"),
        ("<#C1|general>", "general"),
        ("@@everyone", "everyone"),
        ("a < b", "a \u2039 b"),
    ],
)
def test_nobody_is_called_by_a_mention(typed: str, left: str) -> None:
    def spoil(answer: Answered, ids: list[str]) -> None:
        answer["context"] = [claim(f"The launch {typed} moves", ids[0])]
        answer["options"][0]["label"] = f"Move the launch {typed}"
        answer["open_questions"] = [claim(f"Press {typed}", "zzzz")]

    brief = checked(spoil).brief
    assert brief.context[0].text == f"The launch {left} moves"
    assert brief.options[0].label.text == f"Move the launch {left}"
    assert brief.left_out[0].text == f"Press {left}"


# Checks 9 and 10: what the sources say


def test_a_statement_that_shares_no_word_with_its_sources_is_weak_and_stands_last() -> None:
    def spoil(answer: Answered, ids: list[str]) -> None:
        answer["context"] = [claim("Bananas are cheap for them", ids[0]), claim("The launch moves", ids[0])]

    weak = checked(spoil).brief.context[1]
    assert (weak.text, weak.state, weak.doubts) == ("Bananas are cheap for them", State.WEAK, (Doubt.LITTLE_OVERLAP,))


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("The launch moves to 15 December", (Doubt.NUMBER_NOT_SAID,)),
        ("The launch of v2.1 moves", (Doubt.NUMBER_NOT_SAID,)),
        ('The launch is called "phoenix"', (Doubt.NUMBER_NOT_SAID,)),
        ("The launch runs `make`", (Doubt.NUMBER_NOT_SAID,)),
        ('The "launch to 14" of P1', ()),
        ("P4 knows of the launch", ()),
    ],
)
def test_a_number_or_a_name_in_quotes_that_the_sources_do_not_say_makes_it_weak(
    text: str, doubts: tuple[Doubt, ...]
) -> None:
    assert first_context(context(text, 0)).doubts == doubts


# Check 11: secrets and names


def test_a_secret_in_the_answer_is_taken_out() -> None:
    said = first_context(context("The launch needs xoxb-" + "1234567890-abcdef", 0))
    assert said.text == "The launch needs [secret-1]"
    assert Doubt.REDACTED in said.doubts


def test_people_get_their_names_back_and_others_stay_as_they_are() -> None:
    assert first_context(context("P1 and P99 plan the launch with BOT1", 0)).text == (
        "Ana Weber and P99 plan the launch with Ci"
    )


# Check 12: lengths


def test_a_long_text_is_cut_at_a_word_and_so_told() -> None:
    said = first_context(context("The launch " + "moves again " * 40, 0))
    assert len(said.text) <= 300
    assert said.text.endswith(("moves\u2026", "again\u2026"))
    assert Doubt.SHORTENED in said.doubts


@pytest.mark.parametrize(
    ("name", "most"), [("context", 8), ("open_questions", 8), ("options", 8), ("action_items", 15)]
)
def test_of_a_long_list_the_last_are_left_out_and_told(name: str, most: int) -> None:
    def spoil(answer: Answered, ids: list[str]) -> None:
        first = answer[name][0]
        text = "label" if name == "options" else "text"
        answer[name] = [first | {text: f"The launch {word}"} for word in "abcdefghijklmnopqrst"]

    found = checked(spoil)
    listed = found.brief.tasks if name == "action_items" else getattr(found.brief, name)
    assert len(listed) == most
    assert sum(each.doubt is Doubt.TOO_MANY for each in found.brief.left_out) == 20 - most


# Check 13: doubles


def test_what_is_said_twice_of_the_same_sources_is_said_once() -> None:
    def spoil(answer: Answered, ids: list[str]) -> None:
        same = "The launch moves to 14 December with the plan"
        answer["context"] = [claim(same, ids[0]), claim(f"{same}.", ids[0]), claim(same, ids[3])]

    assert [each.sources for each in checked(spoil).brief.context] == [(ts(0),), (ts(3),)]


def test_an_option_that_is_the_decision_stays_both() -> None:
    brief = checked(decided("Move the launch to 14 December", quote="we move the launch to 14 December")).brief
    assert brief.options[0].label.text == brief.decision[0].text


# All of them


def everything(answer: Answered, ids: list[str]) -> None:
    """One defect for each check."""
    answer["context"] = [
        claim("The plan of the launch", ids[0], "zzzz"),
        claim("The launch moves", ids[3], ids[0]),
        claim("The launch moves", ids[0], ids[3]),
        claim("Bananas are cheap", ids[1]),
        claim("The launch is on 15 March", ids[0]),
        claim("The launch of P1 needs xoxb-" + "1234567890-abcdef", ids[0]),
        claim("The launch is at evil.example/x for @here", ids[0]),
        claim("The launch " + "moves again " * 40, ids[3]),
    ]
    answer["decision"] = decision("decided", "Build 4711 is green", ids[5], quote="Build 4711 is green")
    answer["action_items"][0] |= {"owner": "P99", "due_date": "2027-03-01", "quote": "words that nobody said"}


@pytest.mark.parametrize("check", [*MATCHING, *WORDING], ids=lambda check: f"{check.__module__}.{check.__name__}")
def test_no_check_can_be_left_out_unnoticed(check: Check) -> None:
    assert checked(everything, without=check).brief != checked(everything).brief


def test_the_brief_is_the_same_each_time() -> None:
    find: Callable[[], Brief] = lambda: checked(everything).brief  # noqa: E731 - said twice below
    assert find() == find()
