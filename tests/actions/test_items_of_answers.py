"""Action items that people make of the answers of a check-in, on both databases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.action_states import ActionState
from domain.actions import ActionItem, NoSuchAction, Source
from domain.people import Person
from domain.runs import Response
from domain.submissions import Submission
from services import action_cards, answer_items, history, sync
from services import actions as use_cases
from services.answer_items import NoSuchAnswer
from storage import actions, channels, prompts
from storage.engine import Database
from surface.action_list import one_answer
from surface.actions import facts
from surface.reading import run_view
from tests import records
from tests.actions.items import FORM, item
from tests.surface.views import check_view
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE

SAID = "No GPU quota\nin Frankfurt " + "and nowhere else " * 30
LATER = NOW + timedelta(minutes=20)
BUTTON = "Add action item"


def answered(db: Database, text: str = SAID, **of: Any) -> Source:
    """What Ana said in a run."""
    found = records.run(db, **of)
    with db.write() as session:
        prompt_id = prompts.of_run(session, run_id=found.id)[0].id
        prompts.save_response(session, workspace_id=WORKSPACE, response=Response(prompt_id, {"blocked": text}, NOW))
    return Source(found.id, prompt_id, "blocked")


def form(db: Database, answer: Source, *, by: str = CHLOE, now: Any = NOW) -> Any:
    return answer_items.form(db, workspace_id=WORKSPACE, person_id=by, answer=answer, now=now)


def add(
    db: Database, answer: Source, *, by: str = CHLOE, draft: str = "d1", channel: str = FORECAST, now: Any = NOW,
    **given: str,
) -> tuple[Person, ...]:  # fmt: skip
    sent = Submission(WORKSPACE, by, draft, FORM | given, [DEV])
    return use_cases.submit(db, sent=sent, channel_id=channel, answer=answer, now=now)


def view(db: Database, answer: Source, reader: str = CHLOE) -> str:
    card = history.past_run(db, workspace_id=WORKSPACE, run_id=answer.run_id, reader_id=reader, now=NOW)
    found = run_view(card)
    check_view(found)
    return str(found)


def card(db: Database, reader: str) -> Any:
    return action_cards.numbered(db, workspace_id=WORKSPACE, reader_id=reader, number=1, now=NOW)


def test_its_form_begins_with_what_was_said_and_who_said_it(db: Database) -> None:
    answer = answered(db)
    sheet = form(db, answer)
    assert (sheet.answer, sheet.channel_id, sheet.given["owner"]) == (answer, FORECAST, ANA)
    assert sheet.given["what"].startswith("No GPU quota in Frankfurt and nowhere")
    assert (len(sheet.given["what"]), sheet.given["what"][-1]) == (300, "…")
    sync.save_person(db, person=Person(WORKSPACE, ANA, "Ana", left=True, updated=9), now=NOW)
    assert form(db, answer).given["owner"] == CHLOE, "nobody who has left can have it"


def test_the_answer_and_what_was_made_of_it_lead_to_each_other(db: Database) -> None:
    answer = answered(db)
    assert BUTTON in view(db, answer)
    assert "*A-1*" not in view(db, answer)
    for _ in range(2):
        add(db, answer)
    assert "*A-1* Relabel March · _Ben_ · due Thu 26 Nov 2026" in view(db, answer)
    with pytest.raises(NoSuchAction):
        action_cards.numbered(db, workspace_id=WORKSPACE, reader_id=CHLOE, number=2, now=NOW)
    assert item(db).answer == answer
    assert item(db).source is None, "an edit of the answer leaves it as it is"
    assert facts(card(db, DEV)) == "from an answer to Sync, Fri 20 Nov 2026 in #forecast"
    shown = str(one_answer(card(db, DEV), DEV))
    assert f"'value': '{answer}'" in shown
    found, start = history.run_at(db, workspace_id=WORKSPACE, answer=answer, reader_id=DEV, now=NOW)
    assert "No GPU quota" in str(run_view(found, start))


@pytest.mark.parametrize("line", ["", ":Relabel March"])
def test_what_the_answer_itself_made_stands_below_it_too(db: Database, line: str) -> None:
    answer, other = answered(db), answered(db)
    source = replace(answer, key=f"{answer.key}{line}")
    made = ActionItem(0, WORKSPACE, 1, FORECAST, "Relabel March", BEN, None, None, ActionState.OPEN, ANA, NOW)
    with db.write() as session:
        actions.add(session, item=replace(made, source=source), next_at=None)
    assert "*A-1* Relabel March · _Ben_ · no date yet" in view(db, answer)
    assert "*A-1*" not in view(db, other)


def test_one_question_of_one_person_has_only_its_own(db: Database) -> None:
    first, other = answered(db), answered(db)
    add(db, first)
    assert "*A-1*" not in view(db, other)


@pytest.mark.parametrize("made", [form, add])
def test_nothing_is_made_of_what_is_not_shown(db: Database, made: Any) -> None:
    """Of a run that is open, of a private channel, of a summary for others, of what is not there."""
    answer = answered(db)
    hidden = [
        answered(db, closed_at=None),
        answered(db, channel=PRICING),
        answered(db, to="facilitator"),
        replace(answer, run_id=999),
        replace(answer, prompt_id=999),
        replace(answer, prompt_id=answer.prompt_id + 9),
    ]
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={BEN}, at=NOW)
    for each in hidden:
        with pytest.raises(NoSuchAnswer):
            made(db, each)
    made(db, answer)
    assert made(db, hidden[2], by=BEN, **({"draft": "d2"} if made is add else {})) is not None, "he facilitates it"


def test_somebody_who_wrote_for_long_is_not_turned_away(db: Database) -> None:
    """Slack has not said again meanwhile that they are in the private channel."""
    answer = answered(db, channel=PRICING)
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={BEN, CHLOE}, at=NOW)
    assert add(db, answer, channel=PRICING, now=LATER) == ()
    of_few = answered(db, channel=PRICING, to="facilitator")
    with pytest.raises(NoSuchAnswer):
        add(db, of_few, channel=PRICING, draft="d2", now=LATER)


def test_it_goes_no_further_than_the_answer_but_to_those_who_are_named(db: Database) -> None:
    answer = answered(db, to="facilitator")
    add(db, answer, by=BEN, owner=CHLOE)
    assert "an answer to" in facts(card(db, BEN))
    assert facts(card(db, CHLOE)) == "from #forecast", "she has it, and may not read who said what"
    with pytest.raises(NoSuchAction):
        card(db, DEV)


def test_a_name_outside_sees_the_item_and_not_the_answer(db: Database) -> None:
    answer = answered(db, channel=PRICING)
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={BEN, CHLOE}, at=NOW)
    assert add(db, answer, channel=PRICING, owner=DEV) == ()
    assert card(db, DEV).answer == ""
    assert "Show the answer" not in str(one_answer(card(db, DEV), DEV))
    assert card(db, CHLOE).answer
