"""Changing questions, as somebody does it in Slack."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from bot.library import shipped_library
from domain.templates import Question, QuestionType
from sandbox.client import Person, eventually, texts
from services import rituals as rituals_on
from storage import origins, rituals
from tests.muster import Running, running
from tests.rituals.test_rituals_in_slack import asked, shown, titles


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found


def press(person: Person, label: str, nth: int = 0) -> None:
    person.click(person.modal() or {}, label, nth=nth)


def test_a_facilitator_changes_the_questions_of_a_ritual_and_the_next_form_asks_them(muster: Running) -> None:
    grace = muster.people.person("Grace")
    muster.switch_on()
    asked(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Details")
    press(grace, "Questions")
    assert "11 questions, about a minute to answer." in shown(grace)
    press(grace, "Edit")
    grace.fill({"What are people asked?": "What did you finish?"})
    assert grace.submit() == {}
    assert "What did you finish?" in shown(grace), "the list below follows"
    press(grace, "Add a question")
    grace.fill({"What are people asked?": "How was it?"})
    grace.choose("How do they answer?", "One of several options")
    grace.fill({"Options": "Good"})
    assert grace.submit() == {"Options": "Write 2 to 10 options, one on each line."}
    grace.fill({"Options": "Good\nBad", "Also": ["May be left empty"]})
    assert grace.submit() == {}
    press(grace, "Add a question")
    grace.fill({"What are people asked?": "What was bad?", "Who is asked it?": ["ML"]})
    grace.fill({"On which answers does it appear?": ["Question 12: Bad"]})
    assert grace.submit() == {}
    assert "short text · only on Bad to question 12 · only for ML" in shown(grace)
    press(grace, "Move up", nth=-1)
    assert "appears only on some answers to “How was it?”, which must stay above it" in shown(grace)
    press(grace, "Move up", nth=-2)
    press(grace, "As text")
    assert "id: how_was_it" in str(grace.modal())
    grace.close()
    assert grace.submit() == {}
    assert "has 13 questions now (version 2)" in shown(grace)
    grace.close()
    asked(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Details")
    press(grace, "Run now")
    ana = muster.people.person("Ana")
    message = eventually(lambda: [each for each in ana.dm() if "Weekly sync" in "".join(texts(each))])[-1]
    ana.click(message, "Answer")
    assert "What did you finish?" in shown(ana)
    assert "How was it?" in shown(ana)


def test_somebody_looks_at_what_the_library_asks_by_now_and_takes_it_over(muster: Running) -> None:
    grace = muster.people.person("Grace")
    muster.switch_on()
    with muster.process.db.write() as session:
        (ritual,) = rituals.active(session, workspace_id=muster.workspace_id)
        before = replace(ritual.template, ask=ritual.template.ask[:3])
        rituals.set_questions(session, ritual_id=ritual.id, template=before, version=1, by="")
        origins.keep(session, ritual=ritual, template=before)
    asked(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Details")
    press(grace, "See the new questions")
    assert "New: “How confident are you in our next milestone date?”" in shown(grace)
    press(grace, "Remove", nth=3)
    assert "appears only on some answers to" in shown(grace)
    assert grace.submit() == {}
    assert "has 11 questions now (version 2)" in shown(grace)


def test_clicks_in_the_list_at_the_same_moment_are_all_taken_and_the_list_shows_it(muster: Running) -> None:
    grace, texts_of = muster.people.person("Grace"), ["One?", "Two?", "Three?", "Four?", "Five?", "Six?"]
    asks = tuple(Question(each.strip("?").lower(), each, QuestionType.SHORT) for each in texts_of)
    rituals_on.switch_on(
        muster.process.db,
        workspace_id=muster.workspace_id,
        channel_id=grace.channel_id("forecast"),
        person_id=grace.id,
        template=replace(shipped_library()["weekly-sync"], ask=asks),
        now=muster.process.clock(),
    )
    asked(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Details")
    press(grace, "Questions")
    listed, together = grace.modal() or {}, Barrier(3)

    def remove(nth: int) -> None:
        together.wait()
        grace.click(listed, "Remove", nth=nth)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(remove, (0, 2, 4)))
    eventually(lambda: "3 questions" in shown(grace))
    assert [each for each in texts_of if each in shown(grace)] == ["Two?", "Four?", "Six?"]
    assert grace.submit() == {}
    assert "has 3 questions now (version 2)" in shown(grace)


def tried(grace: Person) -> None:
    asked(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Browse the library")
    press(grace, "Preview", nth=titles(grace).index("Best failure"))
    grace.fill({"We learned that ... does not ...": "We learned that warm-up does not help."})
    assert grace.submit() == {}
    assert "warm-up does not help" in shown(grace)


def test_whoever_has_tried_a_form_switches_it_on_from_there(muster: Running) -> None:
    grace = muster.people.person("Grace")
    tried(grace)
    assert "Nobody has been asked." in shown(grace)
    press(grace, "Switch on")
    assert grace.submit() == {}
    assert "Best failure* is on here." in shown(grace)
    grace.close()
    tried(grace)
    assert "It is on in this channel already." in shown(grace)
    assert "Switch on" not in labels(grace)


def test_whoever_has_tried_a_form_changes_its_questions_from_there(muster: Running) -> None:
    grace = muster.people.person("Grace")
    tried(grace)
    press(grace, "Copy and change")
    press(grace, "Edit")
    grace.fill({"What are people asked?": "What did you learn?"})
    assert grace.submit() == {}
    assert "What did you learn?" in shown(grace), "Slack lays no more than three forms on each other"
    assert grace.submit() == {}
    assert "is in the library" in shown(grace)
    press(grace, "Switch on here")
    assert grace.submit() == {}


def labels(person: Person) -> list[str]:
    blocks = (person.modal() or {})["blocks"]
    return [each["text"]["text"] for block in blocks if block["type"] == "actions" for each in block["elements"]]


def test_somebody_copies_a_template_changes_it_and_switches_it_on(muster: Running) -> None:
    grace = muster.people.person("Grace")
    asked(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Browse the library")
    press(grace, "Copy and change", nth=titles(grace).index("Weekly sync"))
    grace.fill({"Title": "Weekly look back"})
    muster.box.faults.add("views.update", "error", error="hash_conflict")
    press(grace, "Remove", nth=-1)
    assert "10 questions" in shown(grace), "drawn though an earlier click was drawn meanwhile"
    press(grace, "Add a question")
    grace.fill({"What are people asked?": "What did we learn?"})
    assert grace.submit() == {}
    assert grace.submit() == {}
    press(grace, "Switch on here")
    assert grace.submit() == {}
    assert "Weekly look back is on here." in shown(grace).replace("*", "")
    grace.close()
    grace.command("/ritual", "edit weekly-look-back", channel="forecast")
    assert "What did we learn?" in eventually(lambda: shown(grace))
    grace.close()
    grace.command("/ritual", "edit model-health", channel="forecast")
    assert "comes as a file, and is not on in this channel" in "".join(texts(grace.ephemerals("forecast")[-1]))
