"""New questions of a ritual that is on, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from domain.deliveries import Kind
from domain.people import Role
from domain.question_form import written
from domain.question_text import with_text
from domain.runs import Ritual
from domain.sketches import Sketch, SketchCard, begun_anew, moved, removed
from domain.submissions import Submission
from services import question_changes, sketches
from services.rituals import NotYours
from services.sketches import SketchGone
from storage import people
from surface.questions import list_view
from tests.checkin.team import AFTER, ANA, BEN, BERLIN, FRIDAY, GRACE, WORKSPACE, Team
from tests.checkin.test_answering_ahead import opened, send
from tests.databases import patient
from tests.rituals.test_changing import change, ritual
from tests.team import audited
from tests.trail import entries

LEAD = replace(ANA, role=Role.LEAD)
Step = Callable[[Sketch], Sketch]
NEW = partial(written, question_id="", form_id="f1", given={"text": "What else?"})


@pytest.fixture(autouse=True)
def ana_leads(team: Team) -> None:
    with team.db.write() as session:
        people.set_up_person(session, person=LEAD)


def begin(team: Team, by: str = GRACE.id, *, days: int = 0) -> SketchCard:
    about: Any = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": by}
    return sketches.of_ritual(team.db, **about, now=FRIDAY + timedelta(days=days))


def step(team: Team, card: SketchCard, change: Step, *, days: int = 0) -> SketchCard:
    about: Any = {"workspace_id": WORKSPACE, "sketch_id": card.sketch.id, "person_id": card.sketch.person_id}
    return sketches.step(team.db, **about, change=change, now=FRIDAY + timedelta(days=days))


def save(team: Team, card: SketchCard) -> Ritual | SketchCard:
    sent = Submission(WORKSPACE, card.sketch.person_id, card.sketch.id, {})
    return question_changes.save(
        team.db, sent=sent, ritual_id=team.ritual.id, shown_round=card.sketch.round, now=FRIDAY
    )


def test_a_new_question_makes_a_new_version_that_asks_from_the_next_run_on(team: Team) -> None:
    card = step(team, begin(team), NEW)
    assert ritual(team).version == 1, "nothing changes before it is saved"
    after = save(team, card)
    assert isinstance(after, Ritual)
    assert (after.version, after.template.ask[-1].text, after.questions_by) == (2, "What else?", GRACE.id)
    assert (after.template.when, after.next_at) == (team.ritual.template.when, team.ritual.next_at)
    assert save(team, card) == after, "the same form again"
    lines = entries(team.db)
    assert [line.what for line in lines] == ["ritual on", "ritual changed"]
    details = lines[-1].details or {}
    before, now = details["changed"]["ask"]["before"], details["changed"]["ask"]["after"]
    assert (now[:-1], now[-1]["id"]) == (before, "what_else")
    team.at(BERLIN)
    assert team.runs[-1].template.ask == after.template.ask


def test_steps_at_the_same_moment_are_all_taken_and_one_taken_twice_counts_once(team: Team) -> None:
    card, together = begin(team), Barrier(4)
    first, second, *_ = (each.id for each in card.sketch.template.ask)
    up = partial(moved, question_id=second, place=0)
    gone = partial(removed, question_id=card.sketch.template.ask[-1].id)

    def take(change: Step) -> None:
        together.wait()
        step(team, card, change)

    with patient(team.db.engine), ThreadPoolExecutor(4) as pool:
        list(pool.map(take, (NEW, NEW, up, gone)))
    after = save(team, card)
    assert isinstance(after, Ritual)
    ids = [each.id for each in after.template.ask]
    assert ids[:2] == [second, first]
    assert (ids.count("what_else"), len(ids)) == (1, len(card.sketch.template.ask))


def test_what_was_answered_ahead_is_asked_again_with_the_new_questions(team: Team) -> None:
    send(team, opened(team))
    save(team, step(team, begin(team), NEW))
    team.at(BERLIN + AFTER)
    assert "please look again, it has changed" in team.messages(Kind.PROMPT, ANA)[0]


def test_nothing_saved_changes_nothing(team: Team) -> None:
    after = save(team, begin(team))
    assert isinstance(after, Ritual)
    assert after.version == 1
    assert audited(team.db)[-1][0] == "ritual on"


def test_who_comes_second_is_told_who_changed_it_and_loses_nothing_unseen(team: Team) -> None:
    first, second = begin(team), step(team, begin(team, LEAD.id), NEW)
    save(team, step(team, first, partial(removed, question_id=team.ritual.template.ask[-1].id)))
    again = save(team, second)
    assert isinstance(again, SketchCard)
    assert again.sketch.said == (
        "Grace changed this while you did. It shows how it is now, and nothing of yours is saved.",
        "What you had changed, to do it again where it still fits:",
        "• New: “What else?” (short text)",
    )
    assert again.sketch.template == ritual(team).template
    assert save(team, second) == again, "sent again because Slack did not answer"
    after = save(team, step(team, again, NEW))
    assert isinstance(after, Ritual)
    assert (after.version, after.questions_by) == (3, LEAD.id)


def test_what_somebody_began_goes_on_unless_they_begin_anew_or_others_change_it(team: Team) -> None:
    last = team.ritual.template.ask[-1].id
    card = step(team, begin(team), partial(moved, question_id=last, place=0))
    assert begin(team).sketch.id == card.sketch.id
    assert "You began this before" in str(list_view(begin(team)))
    assert begin(team, LEAD.id).sketch.template == team.ritual.template, "nobody else sees it"
    anew = step(team, card, begun_anew)
    assert anew.sketch.template == team.ritual.template
    assert save(team, card) == anew, "sent from before"
    theirs = step(team, begin(team), NEW)
    save(team, step(team, begin(team, LEAD.id), partial(removed, question_id=last)))
    now = begin(team).sketch
    assert now.template == ritual(team).template != theirs.sketch.template
    assert now.said == (
        "Ana changed this while you did. It shows how it is now, and nothing of yours is saved.",
        "What you had changed, to do it again where it still fits:",
        "• New: “What else?” (short text)",
    )
    assert not begin(team, LEAD.id).sketch.said, "hers is saved"


def test_what_somebody_comes_back_to_is_kept_for_two_weeks_from_then(team: Team) -> None:
    card = step(team, begin(team), NEW)
    step(team, card, _as_it_is, days=13)
    assert begin(team, days=26).sketch.is_changed, "two weeks after the last step"
    assert begin(team, days=39).sketch.is_changed, "two weeks after they looked at it"
    assert not begin(team, days=54).sketch.is_changed


def _as_it_is(sketch: Sketch) -> Sketch:
    return sketch


def test_a_step_that_cannot_be_taken_says_why_in_the_form(team: Team) -> None:
    follow_up = next(each for each in team.ritual.template.ask if each.condition)
    card = step(team, begin(team), partial(removed, question_id=follow_up.condition[0][0]))
    assert "appears only on some answers to" in str(list_view(card))
    assert card.sketch.template == team.ritual.template
    everything = begin(team)
    for each in reversed(team.ritual.template.ask):
        everything = step(team, everything, partial(removed, question_id=each.id))
    refused = save(team, everything)
    assert isinstance(refused, SketchCard)
    assert "There is no question any more" in str(list_view(refused))
    assert ritual(team).version == 1


def test_whom_it_asks_may_change_while_somebody_changes_the_questions(team: Team) -> None:
    alone = "ask:\n  - id: moved\n    text: What moved?\n    type: short\n"
    save(team, step(team, begin(team), partial(with_text, text=alone)))
    card = step(team, begin(team), partial(with_text, text=f"{alone}    for: [legal]\n"))
    change(team, who="mlops")
    again = save(team, card)
    assert isinstance(again, SketchCard)
    assert again.sketch.said[0].endswith('"who" asks nobody of legal; add legal there.')


def test_only_those_who_may_change_a_ritual_change_its_questions(team: Team) -> None:
    with pytest.raises(NotYours):
        begin(team, BEN.id)
    card = begin(team)
    with pytest.raises(SketchGone):
        sketches.step(
            team.db, workspace_id=WORKSPACE, sketch_id=card.sketch.id, person_id=BEN.id, change=NEW, now=FRIDAY
        )
