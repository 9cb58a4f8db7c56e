"""Checks 2 to 6: what a model says of a thread is of that thread, and of the people in it."""

from datetime import date

import pytest

from domain.briefs import Doubt, Part, State, Status
from tests.briefs.answers import (
    LINK,
    Answered,
    checked,
    context,
    decided,
    dissent,
    first_context,
    tasks,
    ts,
)


def test_an_honest_answer_passes_whole() -> None:
    found = checked()
    brief = found.brief
    assert (found.failed, found.of, found.is_off, dict(found.brief.doubts), brief.left_out) == (0, 10, False, {}, ())
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
