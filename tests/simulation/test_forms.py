"""Summaries of every form: the judge reads in them what Muster shows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.deliveries import Kind
from domain.templates import Post, Question, QuestionType
from simulation import rituals
from simulation.answers import in_summary
from simulation.recognition import Kind as Seen
from simulation.recognition import recognise
from simulation.standing import counts, is_summary
from storage.engine import Database
from tests.checkin.team import AFTER, ANA, BEN, BERLIN, BERLIN_ENDS, settle_in, weekly
from tests.simulation.test_joint import as_seen

ASK = (
    Question("going", "How is it going?", QuestionType.ONE, options=("Well", "Badly")),
    Question("moved", "What moved?", QuestionType.LONG),
    Question("blocked", "What blocks you?", QuestionType.SHORT, optional=True),
)
ANSWERS = {
    ANA: {"going": "Well", "moved": "The *forecast* & more\nIt is _better_ now"},
    BEN: {"going": "Badly", "moved": "A long story. " * 12, "blocked": "No data"},
}
TEXTS = {each.id: each.text for each in ASK}


@pytest.mark.parametrize("by", ["function", "person", "question", "answer"])
def test_each_form_of_a_summary_is_read_as_it_was_answered(database: Database, by: str) -> None:
    team = settle_in(database, replace(weekly(), ask=ASK, post=Post(by=by)))
    team.at(BERLIN)
    for person, given in ANSWERS.items():
        team.answer(person, BERLIN + timedelta(minutes=1), None, **given)
    team.at(BERLIN_ENDS + timedelta(hours=12) + AFTER)
    (said,) = [each for key, each in team.sent.items() if key.startswith(f"{Kind.RUN}:")]
    message = as_seen(said)
    assert is_summary(message.last)
    assert counts(message.last)
    found = recognise(message, is_direct=False)
    assert found
    assert found.kind is Seen.RUN
    read = rituals.parse(
        {
            "id": "weekly",
            "title": "Weekly",
            "purpose": "P",
            "when": "every mon at 09:30",
            "who": ["everyone"],
            "ask": [{"id": each.id, "text": each.text, "type": each.type.value} for each in ASK],
            "post": {"by": by},
        }
    )
    shown = in_summary([message], read)
    assert set(shown) == {person.name for person in ANSWERS}
    for person, given in ANSWERS.items():
        for name, text in given.items():
            assert shown[person.name][TEXTS[name]].split() == text.split(), (by, name)
