"""The marked threads are as many and as varied as the figures in the docs say."""

from functools import cache

import pytest

from benchmarks.annotated import FOLDER, HALVES, Annotated, load_half, read
from domain.briefs import Status


@cache
def threads(half: str) -> list[Annotated]:
    return load_half(half)


SMALL = """
kind: "two people and a key"
language: en
zone: Europe/Berlin
votes: none
people: {sol: Sol Ramirez, ed: Ed}
messages:
  - {id: 1, by: sol, when: 2026-02-26 15:50, text: "@Ed rotate it?", reactions: {eyes: [ed]}}
  - {id: 2, by: ed, when: 2026-02-26 15:51, text: "yes, tomorrow"}
marks:
  question: [1]
  status: decided
  decisions: [[2]]
  failed_proposals: []
  options: []
  dissent: []
  open_questions: []
  action_items: [{messages: [2], owner: ed, due: 2026-02-27}]
"""


def test_a_thread_is_read_as_it_was_written() -> None:
    found = read("small", SMALL)
    first, second = found.thread.messages
    assert first.mentions == ("ed",)
    assert first.reactions == {"eyes": {"ed"}}
    assert first.at.isoformat() == "2026-02-26T15:50:00+01:00"
    assert found.marks.question == {first.ts}
    assert found.marks.decisions == (frozenset({second.ts}),)
    assert found.marks.action_items[0].owner_id == "ed"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("question: [1]", "question: [3]"),
        ("decisions: [[2]]", "decisions: [[]]"),
        ("decisions: [[2]]", "decisions: [[7]]"),
        ("owner: ed", "owner: eva"),
        ("status: decided", "status: settled"),
        ("{id: 2,", "{id: 1,"),
        ("text: yes", "txt: yes"),
        ("15:51", "15:49"),
        ("eyes: [ed]", "eyes: [eva]"),
        ("votes: none", "votes: many"),
        ('text: "yes, tomorrow"', 'text: "", deleted: true'),
        ("people:", "bots: [ed]\npeople:"),
        ("dissent: []", "dissent: [{by: sol, messages: [9]}]"),
    ],
)
def test_a_thread_whose_marks_mean_nothing_is_refused(right: str, wrong: str) -> None:
    text = SMALL.replace('"yes, tomorrow"', "yes") if right == "text: yes" else SMALL
    assert right in text
    with pytest.raises(ValueError, match="small"):
        read("small", text.replace(right, wrong))


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_threads_of_many_kinds(half: str) -> None:
    assert {found.marks.status for found in threads(half)} == set(Status)
    assert {found.votes for found in threads(half)} == {"reactions", "replies", "both", "none"}


def test_who_decides_or_puts_off_says_it_somewhere() -> None:
    for found in _all():
        assert bool(found.marks.decisions) == (found.marks.status != Status.NONE), found.name


def _all() -> list[Annotated]:
    return [found for half in HALVES for found in threads(half)]


def test_every_file_is_in_one_of_the_halves() -> None:
    assert len(list(FOLDER.rglob("*.yaml"))) == len(_all()) == len({found.name for found in _all()})


def test_there_are_sixty_and_more_of_which_half_are_held_out() -> None:
    tuning, held_out = (len(threads(half)) for half in HALVES)
    assert min(tuning, held_out) >= 30
    assert tuning + held_out >= 60


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_short_and_long_threads_in_many_languages(half: str) -> None:
    lengths = [len(found.thread.messages) for found in threads(half)]
    assert min(lengths) <= 5
    assert max(lengths) > 100
    languages = [found.language for found in threads(half)]
    assert {"de", "fr", "es", "pt", "it", "nl", "ja"} <= set(languages)
    assert any("/" in language for language in languages)
    assert sum(language != "en" for language in languages) >= len(languages) / 3


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_what_misleads(half: str) -> None:
    """Proposals that fail, bots, what is gone, who disagrees, questions nobody answers, tasks nobody takes."""
    messages = [message for found in threads(half) for message in found.thread.messages]
    assert any(message.is_bot for message in messages)
    assert any(message.is_deleted for message in messages)
    assert any(message.edited_at for message in messages)
    marks = [found.marks for found in threads(half)]
    assert sum(bool(each.failed_proposals) for each in marks) >= 5
    assert sum(bool(each.dissent) for each in marks) >= 10
    assert sum(bool(each.open_questions) for each in marks) >= 10
    assert any(task.owner_id is None for each in marks for task in each.action_items)
    assert any(task.due for each in marks for task in each.action_items)
