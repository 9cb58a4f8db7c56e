"""The brief without a model, on small threads."""

from collections.abc import Iterable
from datetime import date

import pytest

from briefs.extractive import draft
from domain.briefs import Statement, Status
from tests.briefs.talk import person, said, talk

ENGLISH = "dan: We have this on the list, and I think that it should not wait for the others"


def texts(found: Iterable[Statement]) -> list[str]:
    return [each.text for each in found]


def test_four_votes_decide() -> None:
    thread = talk(
        "ana: Which database do we take for the events?",
        said("ben", "I propose Postgres, as we run it already", reactions={"+1": ["ana", "cleo", "dan", "eve"]}),
        "cleo: I had hoped for something new, to be honest",
    )
    brief = draft(thread)
    assert brief.status == Status.DECIDED
    assert brief.decision[0].quote == "I propose Postgres, as we run it already"
    assert brief.question
    assert brief.question.text == "Which database do we take for the events?"


def test_plus_ones_count_for_the_message_they_answer() -> None:
    thread = talk(
        "ana: PROPOSED: We move the weekly sync to Thursday at ten",
        "ben: +1",
        "cleo: 👍",
        "dan: sounds good",
        "eve: What about the people in Tokyo?",
        "eve: +1",
    )
    brief = draft(thread)
    assert brief.status == Status.DECIDED
    first = thread.messages[0].ts
    assert brief.decision[0].sources[0] == first
    assert len(brief.decision[0].sources) == 5


def test_what_is_resolved_gets_no_votes_of_the_next_topic() -> None:
    thread = talk(
        "ana: PROPOSED: We move the weekly sync to Thursday at ten",
        "ben: +1",
        "ana: RESOLVED: Thursday at ten it is, for all of us",
        "cleo: The picnic was lovely by the way, thank you all",
        "dan: -1, it rained the whole day",
    )
    brief = draft(thread)
    assert brief.status == Status.DECIDED
    assert brief.decision[0].text == "Thursday at ten it is, for all of us"
    assert thread.messages[3].ts in brief.dissent[0].statement.sources


def test_a_vote_that_names_somebody_is_for_what_they_said() -> None:
    thread = talk(
        "ana: We could go to the lake this summer for the offsite",
        "ben: I propose that we go to the mountains again, as all of us liked it",
        "cleo: +1 to Ana",
        "dan: +1 ana",
        "eve: +1 @Ana",
        "ben: fine, +1 for ana",
    )
    assert draft(thread).decision[0].text == "We could go to the lake this summer for the offsite"


def test_nobody_decides_against_a_vote() -> None:
    thread = talk(
        "ana: PROPOSED: We drop the old API in March",
        "ben: +1",
        "cleo: +1",
        "dan: +1",
        "fay: +1",
        "eve: -1, two customers still use it",
    )
    brief = draft(thread)
    assert brief.status == Status.PROPOSED
    assert [(each.by, each.statement.quote) for each in brief.dissent] == [
        (person("eve"), "-1, two customers still use it")
    ]


def test_whoever_votes_for_it_in_the_end_does_not_object() -> None:
    thread = talk(
        "ana: PROPOSED: We drop the old API in March",
        "ben: +1",
        "cleo: +1",
        "dan: +1",
        "fay: +1",
        "eve: -1, two customers still use it",
        "ana: We write to both of them today, and wait for their answer",
        "eve: +1 then",
    )
    brief = draft(thread)
    assert brief.status == Status.DECIDED
    assert brief.dissent == ()


def test_a_mark_decides_unless_somebody_objects_to_it() -> None:
    begun = ("ana: What do we do about the logo?", "ben: DECISION: We keep the logo for this year")
    assert draft(talk(*begun)).status == Status.DECIDED
    assert draft(talk(*begun)).decision[0].text == "We keep the logo for this year"
    assert draft(talk(*begun, "cleo: I object to that, it was never discussed")).status == Status.PROPOSED
    assert draft(talk(*begun, "cleo: any objections to that?")).status == Status.DECIDED


def test_what_is_said_to_be_the_decision_leads_before_what_was_voted_for() -> None:
    voted = said("ana", "I propose that we redraw the logo in spring", reactions={"+1": ["ben", "cleo", "dan", "eve"]})
    brief = draft(talk("ana: What do we do about the logo?", voted, "ben: DECISION: We keep the logo for this year"))
    assert [each.quote for each in brief.decision] == [
        "We keep the logo for this year",
        "I propose that we redraw the logo in spring",
    ]


def test_what_is_asked_is_no_candidate_beside_others() -> None:
    asked = "Should we move to the small model before March?"
    brief = draft(talk(f"ana: {asked}", "ben: I propose that we keep the large model", "cleo: Let's see the costs"))
    assert asked not in [each.quote for each in brief.decision]
    assert brief.decision
    assert brief.question
    assert brief.question.quote == asked


def test_words_alone_decide_nothing() -> None:
    thread = talk(
        "ana: Should we go with Postgres?",
        "ben: We decided to go with Postgres, that is the consensus of all of us",
        "cleo: yeah",
        "dan: ok",
        "eve: mm-hmm",
    )
    brief = draft(thread)
    assert brief.status == Status.PROPOSED
    assert brief.decision[0].text.startswith("We decided to go with Postgres")


def test_a_decision_that_is_asked_for_is_none() -> None:
    assert draft(talk(ENGLISH, "ana: Decision: Postgres or MySQL?")).status != Status.DECIDED
    assert draft(talk(ENGLISH, "ana: Decision: none")).status == Status.NONE
    assert draft(talk(ENGLISH, "ana: > DECISION: We sell\nwho wrote that in the wiki")).status != Status.DECIDED


def test_what_its_author_takes_back_is_not_decided() -> None:
    begun = talk("ana: DECISION: We keep the logo for this year", "ana: scratch that, the board has other plans")
    assert draft(begun).status == Status.PROPOSED


def test_what_is_put_off_is_deferred() -> None:
    thread = talk(
        "ana: Should we hire a second designer this year?",
        "ben: We should, there is enough for two of them to do",
        "cleo: Let's decide next month when we know the budget",
    )
    assert draft(thread).status == Status.DEFERRED


def test_nothing_rests_on_a_bot_or_on_what_was_deleted() -> None:
    thread = talk(
        said("bot", "DECISION: We sell the company", is_bot=True, reactions={"+1": ["ana", "ben", "cleo", "dan"]}),
        said("ana", "ACTION: ben to call the buyer by Friday", is_deleted=True),
        "ben: What was that about?",
    )
    brief = draft(thread)
    assert brief.status == Status.NONE
    assert (brief.decision, brief.tasks) == ((), ())
    assert draft(talk(said("bot", "hello", is_bot=True))).question is None


def test_in_a_small_thread_a_majority_decides() -> None:
    begun = ("ana: I propose we meet on Tuesdays from now on", "ben: What was wrong with the Mondays?")
    assert draft(talk(*begun)).status == Status.PROPOSED
    assert draft(talk(*begun, "cleo: sounds good", "dan: I am in the office then")).status == Status.PROPOSED
    voted = said("ana", "I propose we meet on Tuesdays from now on", reactions={"+1": ["ben", "cleo"]})
    assert draft(talk(voted, "dan: I am in the office then")).status == Status.DECIDED


def test_an_action_item_has_its_owner_and_its_day() -> None:
    thread = talk(
        "ana: Who does what before the launch that we have planned?",
        said("ana", "@Ben Okafor can you write the release notes by Friday?", mentions=["ben"]),
        "ben: I'll send the invitations tomorrow.",
        "cleo: Good.",
        "eve: ACTION: cleo to book the room",
    )
    found = draft(thread).tasks
    assert [(each.owner_id, each.due, each.due_said) for each in found] == [
        (person("ben"), date(2026, 11, 27), "Friday"),
        (person("ben"), date(2026, 11, 24), "tomorrow"),
        (person("cleo"), None, ""),
    ]


def test_each_line_below_a_heading_is_an_action_item() -> None:
    listed = "Action items:\n- Ben to call the bank by 2026-12-01\n- Cleo: book the room\n- [ ] send the minutes"
    thread = talk("ben: Fine with me", "cleo: thank you for that", f"ana: {listed}")
    found = draft(thread).tasks
    assert texts(each.statement for each in found) == [
        "Ben to call the bank by 2026-12-01",
        "Cleo: book the room",
        "send the minutes",
    ]
    assert [each.owner_id for each in found] == [person("ben"), person("cleo"), ""]
    assert found[0].due == date(2026, 12, 1)


def test_a_sentence_that_begins_with_a_name_gives_work_to_them() -> None:
    thread = talk(
        ENGLISH,
        "ben: it is what we have",
        "cleo: So it is.",
        "ana: Ben: the invoices. Cleo Duarte: the minutes of today.",
    )
    assert [(each.owner_id, each.statement.text) for each in draft(thread).tasks] == [
        (person("ben"), "Ben: the invoices."),
        (person("cleo"), "Cleo Duarte: the minutes of today."),
    ]


def test_whoever_says_yes_to_it_owns_it() -> None:
    thread = talk("ana: Could somebody update the runbook for the new cluster?", "ben: on it")
    (task,) = draft(thread).tasks
    assert task.owner_id == person("ben")
    assert task.statement.sources == tuple(each.ts for each in thread.messages)


def test_a_question_without_an_answer_is_open() -> None:
    thread = talk(
        "ana: Who has the keys of the old office?",
        "ben: I have them in my drawer",
        "ana: And what about the parking permits?",
    )
    assert texts(draft(thread).open_questions) == ["And what about the parking permits?"]


def test_options_are_what_stands_in_a_list_or_on_both_sides_of_or() -> None:
    assert texts(each.label for each in draft(talk("ana: Where to?\n- the lake\n- the mountains")).options) == [
        "the lake",
        "the mountains",
    ]
    assert texts(each.label for each in draft(talk(ENGLISH, "ana: So, Postgres or MySQL?")).options) == [
        "Postgres",
        "MySQL",
    ]


def test_a_reaction_against_is_told_with_what_it_is_about() -> None:
    thread = talk(said("ana", "Let's delete the staging cluster over the weekend", reactions={"-1": ["ben"]}))
    (found,) = draft(thread).dissent
    assert (found.by, found.statement.text) == (person("ben"), ":-1:")
    assert found.statement.quote == "Let's delete the staging cluster over the weekend"


def test_a_language_it_does_not_know_is_said_and_votes_count_in_it() -> None:
    thread = talk(
        "ana: Czy przenosimy spotkanie na piątek, żeby wszyscy mogli przyjść?",
        said("ben", "Proponuję piątek o dziesiątej rano", reactions={"+1": ["ana", "cleo", "dan", "eve"]}),
    )
    brief = draft(thread)
    assert brief.language == ""
    assert brief.status == Status.DECIDED
    assert brief.decision[0].text == "Proponuję piątek o dziesiątej rano"


def test_it_reads_other_languages_than_english() -> None:
    german = talk(
        "ana: Wir müssen noch klären, ob wir das Büro im Winter heizen oder nicht",
        "ben: Mein Vorschlag: wir heizen nur die beiden großen Räume",
        "cleo: einverstanden",
        "dan: passt für mich",
        "eve: bin dafür",
        "ana: Ben, kannst du das bis zum 3. Dezember mit der Verwaltung klären?",
    )
    brief = draft(german)
    assert (brief.language, brief.status) == ("de", Status.DECIDED)
    assert brief.tasks[-1].owner_id == person("ben")
    assert brief.tasks[-1].due == date(2026, 12, 3)
    japanese = draft(talk("ana: リリースは12月3日に延期します。", "ben: 賛成です", "cleo: 異議なし"))
    assert (japanese.language, japanese.status) == ("ja", Status.DECIDED)


def test_the_same_said_twice_is_one_candidate() -> None:
    thread = talk(
        "ana: PROPOSED: Accept the minutes of the last meeting",
        "ben: +1",
        "cleo: fine with me",
        "ana: RESOLVED: Accept the minutes of the last meeting",
    )
    (found,) = draft(thread).decision
    assert found.sources == tuple(each.ts for each in thread.messages)


def test_it_keeps_to_its_caps() -> None:
    lines = [f"p{n}: PROPOSED: Plan number {n} for the {n}th year, as option {n * 37}" for n in range(12)]
    lines += [f"p{n}: I object to all of that, {n} times" for n in range(12)]
    lines += [f"p{n}: ACTION: write chapter {n}" for n in range(12)]
    lines += [f"p{n}: Open question: who pays for chapter {n}?" for n in range(12)]
    brief = draft(talk(*lines))
    found = (len(brief.decision), len(brief.tasks), len(brief.dissent), len(brief.open_questions))
    assert found == (3, 10, 5, 5)


@pytest.mark.parametrize("part", ["\n", "by Friday ", ":a", "a or ", "decided ", "<", "@Ana ", "[ ] ", "- "])
def test_a_message_as_long_as_slack_takes_is_read_like_any(part: str) -> None:
    thread = talk(f"ana: {part * (40_000 // len(part))}", "ben: DECISION: We stay where we are")
    assert draft(thread).decision[0].text == "We stay where we are"
