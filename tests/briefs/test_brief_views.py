"""What people see of a brief, over nasty texts."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from domain.briefings import Briefing, BriefingCard, Progress, Trouble
from domain.briefs import (
    Brief,
    Dissent,
    Doubt,
    Hints,
    LeftOut,
    Made,
    Option,
    Part,
    State,
    Statement,
    Status,
    Task,
    WhyNot,
)
from sandbox.blockkit.problems import MOST_TEXT_IN_MESSAGE, problems_of_message, problems_of_view
from sandbox.blockkit.tree import text_length
from sandbox.sight import texts
from surface.brief_review import review_view
from surface.brief_texts import WHY_NOT
from surface.briefs import as_decision, brief_message
from surface.kit import moment
from tests.nasty import TEXTS
from tests.surface.views import labels
from tests.team import BEN, FORECAST, NOW, WORKSPACE

THREAD = "1763650000.000100"
BERLIN = ZoneInfo("Europe/Berlin")
URL = "https://northlight.slack.com/"
BRIEFING = Briefing(7, WORKSPACE, FORECAST, THREAD, BEN, NOW, 1, Progress.DRAFTED, read=140, total=140)


def statement(text: str, *doubts: Doubt) -> Statement:
    sources = (THREAD, *(f"1763650000.00020{place}" for place in range(7)))
    return Statement(text, sources, text, State.WEAK if doubts else State.SUPPORTED, doubts)


def full(text: str) -> Brief:
    """The most of everything."""
    said, weak = statement(text), statement(text, Doubt.QUOTE_NOT_FOUND, Doubt.NUMBER_NOT_SAID)
    return Brief(
        question=said,
        context=(said,) * 8,
        options=(Option(said, (said,) * 8, (weak,) * 8),) * 8,
        status=Status.DECIDED,
        decision=(said, weak, said),
        rationale=(said,) * 8,
        dissent=(Dissent(BEN, weak),) * 8,
        open_questions=(said,) * 8,
        tasks=(Task(said, BEN, NOW.date(), "today"), Task(weak)) * 7,
        left_out=tuple(LeftOut(Part.CONTEXT, text, doubt) for doubt in Doubt),
        hints=Hints(said.sources, said.sources, said.sources, (BEN,) * 9, said.sources),
    )


def card(brief: Brief | None, **changes: object) -> BriefingCard:
    found = replace(BRIEFING, brief=brief, **changes)  # type: ignore[arg-type] # as the test names them
    return BriefingCard(found, "#forecast", URL, {BEN: "Ben <!here>"}, BERLIN)


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_people_wrote_slack_takes_it_and_nobody_is_called(text: str) -> None:
    by_model = replace(full(text), made=Made(model=text))
    for brief in (full(text), full(text * 20), by_model, Brief(question=statement(text)), Brief()):
        view = review_view(card(brief))
        assert problems_of_view(view) == []
        message = brief_message(card(brief), 1)
        assert problems_of_message(message.blocks) == []
        assert text_length(message.blocks) <= MOST_TEXT_IN_MESSAGE
        for shown in (message.text, *texts({"blocks": message.blocks}), *texts(view)):
            assert not any(call in shown for call in ("<!", "<@", "<#"))
            assert all(part.startswith(URL) for part in shown.split("<")[1:])


def test_what_may_be_wrong_is_marked_and_what_was_left_out_says_why() -> None:
    said = " ".join(texts(review_view(card(full("It costs 5")))))
    assert "“It costs 5” (quote not found, number not in the source)" in said
    assert f"Left out ({len(Doubt)})" in said
    assert "“It costs 5”: there were too many" in said
    assert "Add it back" in said
    assert f"Left out: {len(Doubt)}." in str(brief_message(card(full("It costs 5")), 1).blocks)


def test_what_a_model_worded_is_no_quote_and_says_which_model_it_was() -> None:
    said = Statement("They take the small one", (THREAD,), "we take the small one", State.SUPPORTED)
    left = LeftOut(Part.CONTEXT, "It is blue", Doubt.NO_SOURCE)
    found = card(Brief(decision=(said,), left_out=(left,), made=Made("granite-4 <!here>"), status=Status.DECIDED))
    told = " ".join(texts({"blocks": brief_message(found, 1).blocks}))
    review = " ".join(texts(review_view(found)))
    for shown in (told, review):
        assert "Worded by granite-4 &lt;!here&gt;, each statement checked against the thread." in shown
        assert "without a language model" not in shown
        assert "not one whose words Muster knows" not in shown
    assert "• They take the small one <" in told
    assert "They take the small one (“we take the small one”) <" in review
    assert "It is blue: cites no message" in review


def test_it_says_that_no_model_was_used_unless_one_was() -> None:
    for shown in (brief_message(card(Brief()), 1).blocks, review_view(card(Brief()))["blocks"]):
        assert "Drawn up without a language model: it quotes what people wrote, and nothing else." in str(shown)
        assert "AI" not in str(shown)


@pytest.mark.parametrize("why", WhyNot)
def test_why_no_model_worded_it_stands_on_top_of_what_was_drawn_up_instead(why: WhyNot) -> None:
    found = card(Brief(question=statement("Why?"), made=Made(why_not=why, failed=5, of=8, again_at=NOW)))
    for blocks in (brief_message(found, 1).blocks, review_view(found)["blocks"]):
        shown = " ".join(texts({"blocks": blocks}))
        assert shown.index(WHY_NOT[why].format(failed=5, of=8)) < shown.index("Why?")
        assert f"It can be asked for again from {moment(NOW, BERLIN)} on." in shown
        assert "Drawn up without a language model" in shown


@pytest.mark.parametrize("status", Status)
def test_where_something_was_decided_or_proposed_the_likeliest_stands_alone(status: Status) -> None:
    brief = Brief(status=status, decision=(statement("First"), statement("Second")))
    shown = [
        " ".join(texts({"blocks": brief_message(card(brief), 1).blocks})),
        " ".join(texts(review_view(card(brief)))),
    ]
    for said in shown:
        assert said.index("First") < said.index("Second")
        assert ("Or perhaps" in said) == (status is not Status.NONE)


def test_whose_words_a_statement_is_in_stands_behind_it() -> None:
    edited, added = Statement("Ship it", state=State.EDITED), Statement("Tell legal", state=State.ADDED)
    said = brief_message(card(Brief(decision=(edited,), tasks=(Task(added),))), 1).text
    assert "“Ship it” (changed by you)" in said
    assert "nobody named: “Tell legal” (added by you)" in said


def test_the_message_shows_three_of_each_and_how_many_more() -> None:
    said = " ".join(texts({"blocks": brief_message(card(Brief(context=(statement("x"),) * 5)), 1).blocks}))
    assert said.count("• “x”") == 3
    assert "and 2 more" in said


def test_in_the_review_what_is_said_of_an_option_stands_below_it() -> None:
    options = (
        Option(statement("small"), (statement("cheap"),), (statement("slow"),)),
        Option(statement("large"), (statement("fast"),)),
    )
    said = " ".join(texts(review_view(card(Brief(options=options)))))
    order = ["“small”", "For it: “cheap”", "Against it: “slow”", "“large”", "For it: “fast”"]
    assert sorted(order, key=said.index) == order


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (Status.DECIDED, "Decided, as it seems"),
        (Status.PROPOSED, "Proposed, and not decided"),
        (Status.DEFERRED, "Put off"),
        (Status.NONE, "No decision found. Perhaps one of these"),
    ],
)
def test_it_says_how_far_the_thread_came(status: Status, says: str) -> None:
    message = brief_message(card(Brief(status=status, decision=(statement("Ship it"),))), 1)
    assert f"{says}: “Ship it”" in message.text
    assert f"*{says}*\n• “Ship it” <{URL}" in str(texts({"blocks": message.blocks})[1])


def test_a_reply_is_linked_within_its_thread_and_three_sources_are_enough() -> None:
    shown = " ".join(texts(review_view(card(Brief(question=statement("Why?"))))))
    assert f"<{URL}archives/C1/p1763650000000100|source 1>" in shown
    assert "p1763650000000200?thread_ts=1763650000.000100" in shown
    assert "|source 3>" in shown
    assert "|source 4>" not in shown


def test_what_to_look_at_beside_the_draft_is_linked() -> None:
    found = card(Brief(hints=Hints(objections=(THREAD,), addressed=("1763650000.000200",), people=(BEN, "UGONE"))))
    told, review = " ".join(texts({"blocks": brief_message(found, 1).blocks})), " ".join(texts(review_view(found)))
    for said in (told, review):
        assert f"• Perhaps an objection, and not in the draft: <{URL}archives/C1/p1763650000000100|source>" in said
        assert "• Speaks to a machine rather than to people: <" in said
        assert "Several people agree" not in said
    assert "Nothing of Ben &lt;!here&gt; is quoted." in review


def test_there_are_action_items_to_add_only_if_it_found_any() -> None:
    alone = Brief(question=Statement("Why?", (THREAD,)))
    assert labels(brief_message(card(alone), 1).blocks) == [
        "Record decision",
        "Review",
        "Share in the thread",
        "Discard",
    ]
    assert "Add action items" in labels(brief_message(card(full("Do it")), 1).blocks)


def test_it_says_what_it_could_not_read() -> None:
    message = brief_message(card(Brief(language="en"), read=1000, total=1400), 1)
    assert "Only the first 1,000 of 1,400 messages were read." in str(message.blocks)
    assert "not one whose words Muster knows" not in str(message.blocks)
    assert "not one whose words Muster knows" in str(brief_message(card(Brief()), 1).blocks)


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_says_what_to_do(trouble: Trouble) -> None:
    message = brief_message(card(None, progress=Progress.FAILED, trouble=trouble), 1)
    assert "Choose Brief this thread in the menu of a message to try again." in message.text


def test_it_fills_the_form_of_a_decision() -> None:
    found = Brief(
        question=statement("Which model\nis it?"),
        decision=(statement("The small one"), statement("The large one")),
        rationale=(statement("It is cheap"), statement("It is fast")),
        context=(statement("The price goes up"),),
        options=(
            Option(statement("small"), (statement("cheap"), statement("old")), (statement("slow"),)),
            Option(statement("large")),
        ),
    )
    assert as_decision(card(found)) == {
        "title": "Which model",
        "choice": "The small one",
        "because": "It is cheap\nIt is fast",
        "context": "The price goes up",
        "options": '[{"title": "small", "pros": "cheap\\nold", "cons": "slow"}, {"title": "large"}]',
    }
    assert as_decision(card(Brief(decision=(statement("The small one"),)))) == {
        "title": "The small one",
        "choice": "The small one",
    }
    assert as_decision(card(Brief())) == {}
