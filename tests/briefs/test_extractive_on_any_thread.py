"""What holds for the brief without a model whatever people write."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.evidence import missed, vetoes
from briefs.extractive import draft
from briefs.marks import MarkKind, marks
from briefs.ranking import action_items, decisions
from domain.briefs import Status
from domain.threads import Message, Thread

PEOPLE = ("U1", "U2", "U3", "U4", "U5", "U6")
PHRASES = (
    "+1", "-1", "0", "👍", "yeah", "sounds good", "I object", "PROPOSED: we go", "DECISION: we stay", "Decided:",
    "ACTION: Ana to write it by Friday", "- [ ] send it", "Can you do it by 2026-12-01?", "scratch that", "A or B?",
    "let's postpone it", "Action items:\n- one\n- two", "> DECISION: no", "@Ana I'll do it tomorrow",
    "bis zum 3. Dezember", "because", "we decided to go with the second of them",
    "12月3日までにお願いします", "¿Quién lo hace?", "",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PHRASES) | st.text(max_size=40), min_size=1, max_size=4).map(" ".join)
FEW = settings(deadline=None, max_examples=30)
EMOJI = st.sampled_from(["+1", "-1", "eyes", "white_check_mark", "no_entry"])
REACTIONS = st.dictionaries(EMOJI, st.frozensets(st.sampled_from(PEOPLE), min_size=1), max_size=3)


@st.composite
def threads(draw: st.DrawFn) -> Thread:
    begun = datetime(2026, 11, 23, 9, tzinfo=UTC)
    messages = tuple(
        Message(
            ts=f"{place}.0",
            by=draw(st.sampled_from(PEOPLE)),
            text=draw(TEXTS),
            at=begun + timedelta(minutes=place),
            mentions=tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=2))),
            reactions=draw(REACTIONS),
            is_bot=draw(st.integers(0, 9)) == 0,
            is_deleted=draw(st.integers(0, 9)) == 0,
        )
        for place in range(draw(st.integers(0, 9)))
    )
    return Thread(messages, dict(zip(PEOPLE, ("Ana", "Ben", "", "Ana", "李雷", "+1"), strict=True)), ZoneInfo("UTC"))


@given(threads())
@FEW
def test_every_statement_quotes_people_of_the_thread_word_for_word(thread: Thread) -> None:
    for each in draft(thread).statements:
        sources = [thread.by_ts[ts] for ts in each.sources]
        assert sources == sorted(sources, key=thread.messages.index)
        assert not any(message.is_bot or message.is_deleted for message in sources)
        assert each.quote
        assert any(each.quote in message.text for message in sources)


@given(threads())
@FEW
def test_owners_and_those_who_dissent_are_of_the_thread(thread: Thread) -> None:
    brief = draft(thread)
    assert {each.owner_id for each in brief.tasks} <= {"", *PEOPLE}
    for each in brief.dissent:
        sources = [thread.by_ts[ts] for ts in each.statement.sources]
        reacted = {who for message in sources for found in message.reactions.values() for who in found}
        assert each.by in reacted | {message.by for message in sources}
    assert all(each.due_said in each.statement.quote for each in brief.tasks)


@given(threads())
@FEW
def test_nothing_is_decided_without_a_vote_or_a_mark(thread: Thread) -> None:
    brief = draft(thread)
    if brief.status == Status.DECIDED:
        sources = [thread.by_ts[ts] for ts in brief.decision[0].sources]
        is_marked = any(mark.kind == MarkKind.DECISION for message in sources for mark in marks(message.text))
        assert is_marked or len(sources) > 1 or any(message.reactions for message in sources)


@given(threads())
@FEW
def test_a_vote_against_everything_lets_nothing_be_decided(thread: Thread) -> None:
    against = tuple(replace(each, reactions={**each.reactions, "-1": frozenset({"U6"})}) for each in thread.messages)
    assert draft(replace(thread, messages=against)).status != Status.DECIDED


@given(threads(), st.randoms(use_true_random=False))
@FEW
def test_it_says_the_same_again_in_whatever_order_people_reacted(thread: Thread, random: Random) -> None:
    def shuffled(found: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        names = list(found)
        random.shuffle(names)
        return {name: found[name] for name in names}

    other = replace(
        thread, messages=tuple(replace(each, reactions=shuffled(each.reactions)) for each in thread.messages)
    )
    assert draft(other) == draft(thread)
    assert decisions(other) == decisions(thread)


@given(threads())
@FEW
def test_rankings_hold_every_message_once(thread: Thread) -> None:
    everything = sorted(each.ts for each in thread.messages)
    assert sorted(decisions(thread)) == sorted(action_items(thread)) == everything


@given(threads())
@FEW
def test_what_is_missed_is_cited_nowhere(thread: Thread) -> None:
    brief = draft(thread)
    found = missed(thread, brief)
    cited = {ts for each in brief.statements for ts in each.sources}
    assert not cited & {*found.objections, *found.supported, *found.marked}
    assert not {thread.by_ts[ts].by for ts in cited} & set(found.people)
    assert all(thread.by_ts.keys() >= set(vetoes(thread, each.ts)) for each in thread.messages)
