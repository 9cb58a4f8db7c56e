"""Checks 2 to 13: what a model says of a thread, held against the thread."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from briefs.checks.drafts import Check
from briefs.checks.outcome import MATCHING, WORDING
from domain.briefs import Brief, Doubt, Part, State, Status
from tests.briefs.answers import LINK, Answered, Spoil, checked, claim, decision, dissent, task
from tests.briefs.talk import BEGUN


def decided(text: str = "The launch moves", place: int = 3, *, status: str = "decided", quote: str) -> Spoil:
    return lambda answer, ids: answer.update(decision=decision(status, text, ids[place], quote=quote))


def context(text: str, *places: int, also: tuple[str, ...] = ()) -> Spoil:
    return lambda answer, ids: answer.update(context=[claim(text, *(ids[place] for place in places), *also)])


def tasks(*places: int, **said: str) -> Spoil:
    quoted = {"quote": "please write to the customers", **said}
    return lambda answer, ids: answer.update(
        action_items=[task("Write to the customers", *(ids[place] for place in places), **quoted)]
    )


def ts(place: int) -> str:
    return f"{BEGUN.timestamp() + 60 * place:.6f}"


def first_context(spoil: Spoil) -> Any:
    return checked(spoil).brief.context[0]


def test_an_honest_answer_passes_whole() -> None:
    found = checked()
    brief = found.brief
    assert (found.failed, found.of, found.is_off, dict(found.counts), brief.left_out) == (0, 10, False, {}, ())
    assert brief.status is Status.DECIDED
    assert brief.decision[0].quote == "we move the launch to 14 December"
    assert brief.decision[0].sources == (ts(3),)
    assert brief.context[0].text == f"The plan of the launch is at {LINK}"
    assert [each.label.text for each in brief.options] == ["Move the launch to 14 December"]
    assert [each.text for each in (*brief.options[0].pros, *brief.options[0].cons)] == [
        "The tests need more weeks",
        "The customers wait since 3 October",
    ]
    assert (brief.dissent[0].by, brief.dissent[0].statement.text) == (
        "UCLEO",
        "Cleo Duarte is worried about the customers",
    )
    (item,) = brief.tasks
    assert (item.owner_id, item.due, item.due_said) == ("UBEN", date(2026, 11, 27), "by Friday")
    assert item.statement.state is State.SUPPORTED


# Check 2: ids


def test_an_id_that_was_never_given_is_taken_out_and_told() -> None:
    said = first_context(context("The plan of the launch", 0, also=("zzzz",)))
    assert (said.sources, said.doubts) == ((ts(0),), (Doubt.FOREIGN_SOURCE,))


def test_a_statement_that_cites_no_message_of_the_request_is_left_out() -> None:
    found = checked(context("The plan of the launch", also=("m12", "aaaa")))
    assert found.brief.context == ()
    assert [(each.part, each.text, each.doubt) for each in found.brief.left_out] == [
        (Part.CONTEXT, "The plan of the launch", Doubt.FOREIGN_SOURCE)
    ]
    assert found.failed == 1


def test_what_speaks_for_an_option_goes_with_it() -> None:
    found = checked(lambda answer, _ids: answer["options"][0].update(sources=["zzzz"]))
    assert found.brief.options == ()
    assert [(each.part, each.doubt) for each in found.brief.left_out] == [
        (Part.OPTION, Doubt.FOREIGN_SOURCE),
        (Part.PRO, Doubt.OPTION_LEFT_OUT),
        (Part.CON, Doubt.OPTION_LEFT_OUT),
    ]
    assert found.brief.left_out[1].sources == (ts(1),)


# Check 3: how many sources


def test_a_statement_without_a_source_is_left_out() -> None:
    found = checked(context("The plan of the launch"))
    assert [each.doubt for each in found.brief.left_out] == [Doubt.NO_SOURCE]


def test_sources_are_named_once_and_the_oldest_first() -> None:
    assert first_context(context("The launch", 3, 0, 3)).sources == (ts(0), ts(3))


# Check 4: quotes


@pytest.mark.parametrize(
    "quote",
    [
        "WE MOVE the  launch\nto 14 december",
        "*we* move the _launch_ to 14 December.",
        "\uff37\uff45 move the launch",
        "Ok, we move",
    ],
)
def test_a_quote_is_found_whatever_its_capitals_spaces_and_markup_and_shown_as_it_was_typed(quote: str) -> None:
    brief = checked(decided(quote=quote)).brief
    assert brief.status is Status.DECIDED
    assert brief.decision[0].quote in "Ok, we move the launch to 14 December."


@pytest.mark.parametrize(
    "quote",
    [
        "we do not move the launch",
        "we move the launch to 15 December",
        "the tests need two more weeks",
        "move",
        "to 14",
        "e move the launch to 14 Decembe",
        "",
    ],
)
def test_with_words_that_nobody_wrote_there_nothing_is_decided(quote: str) -> None:
    found = checked(decided(quote=quote))
    assert found.brief.status is Status.PROPOSED
    assert found.brief.decision[0].quote == ""
    assert Doubt.QUOTE_NOT_FOUND in found.brief.decision[0].doubts
    assert found.failed == 1


def test_an_item_or_objection_whose_quote_is_not_found_is_weak() -> None:
    def spoil(answer: Answered, ids: list[str]) -> None:
        answer["action_items"][0]["quote"] = "write to all the customers"
        answer["dissent"][0]["quote"] = "I hate the customers"

    brief = checked(spoil).brief
    for said in (brief.tasks[0].statement, brief.dissent[0].statement):
        assert (said.quote, said.state, said.doubts) == ("", State.WEAK, (Doubt.QUOTE_NOT_FOUND,))


def test_a_quote_with_a_name_in_it_shows_the_name_as_it_was_typed() -> None:
    item = checked(tasks(4, quote="P2 please write to the customers")).brief.tasks[0]
    assert item.statement.quote == "Ben Okafor please write to the customers"


def test_of_no_decision_no_quote_is_asked() -> None:
    assert checked(decided("Nothing about the launch", status="none", quote="")).brief.decision[0].doubts == ()


def test_an_answer_of_which_more_than_half_is_not_of_this_thread_is_of_no_use() -> None:
    def spoil(answer: Answered, ids: list[str]) -> None:
        for name in ("context", "rationale", "open_questions"):
            answer[name][0]["sources"] = ["zzzz"]
        answer["decision"]["quote"] = "we sell the company"
        answer["dissent"][0]["quote"] = "I like it a lot"

    assert (checked(spoil).failed, checked(spoil).of, checked(spoil).is_off) == (5, 10, False)

    def worse(answer: Answered, ids: list[str]) -> None:
        spoil(answer, ids)
        answer["question"]["sources"] = []

    assert checked(worse).is_off


# Check 5: deciding


def test_a_bot_decides_nothing() -> None:
    brief = checked(decided("Build 4711 is green", 5, quote="Build 4711 is green")).brief
    assert (brief.status, brief.decision[0].doubts) == (Status.PROPOSED, (Doubt.NOBODY_DECIDES,))


def test_a_decision_that_was_left_out_leaves_none() -> None:
    assert checked(lambda answer, _ids: answer["decision"].update(sources=["zzzz"])).brief.status is Status.NONE


# Check 6: owners and speakers


@pytest.mark.parametrize("owner", ["P99", "UBEN", "Ben", "BOT1", "p2"])
def test_an_owner_whom_the_request_does_not_name_is_cleared(owner: str) -> None:
    item = checked(tasks(4, owner=owner)).brief.tasks[0]
    assert (item.owner_id, item.statement.doubts, item.statement.state) == ("", (Doubt.NOT_IN_THREAD,), State.SUPPORTED)


def test_an_owner_who_has_nothing_to_do_with_the_source_is_kept_and_weak() -> None:
    item = checked(tasks(4, owner="P3")).brief.tasks[0]
    assert (item.owner_id, item.statement.doubts, item.statement.state) == (
        "UCLEO",
        (Doubt.OWNER_NOT_NAMED,),
        State.WEAK,
    )


@pytest.mark.parametrize("owner", ["P4", "@P2", ""])
def test_the_author_of_a_source_and_those_it_mentions_may_be_owners(owner: str) -> None:
    assert checked(tasks(4, owner=owner)).brief.tasks[0].statement.doubts == ()


def test_an_objection_is_of_whoever_wrote_what_is_quoted() -> None:
    brief = checked(
        lambda answer, ids: answer.update(
            dissent=[dissent("P1", "Worried about the customers", ids[2], quote="I am worried about the customers")]
        )
    ).brief
    assert (brief.dissent[0].by, brief.dissent[0].statement.doubts) == ("UCLEO", (Doubt.NOT_IN_THREAD,))


def test_an_objection_of_somebody_who_did_not_write_it_is_nobodys() -> None:
    brief = checked(
        lambda answer, ids: answer.update(
            dissent=[dissent("P1", "Worried about the customers", ids[2], quote="no such words")]
        )
    ).brief
    assert brief.dissent[0].by == ""
    assert Doubt.NOT_IN_THREAD in brief.dissent[0].statement.doubts
    assert brief.dissent[0].statement.state is State.WEAK


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
