"""Planted: questions that are changed while a ritual is on, and asked or shown in the wrong run, or lost."""

import json
from datetime import datetime
from typing import Any

import yaml

from simulation.promises import asked, questions
from tests.simulation.breaking import broken, without
from tests.simulation.steered import steered
from tests.simulation.story import FRIDAY, SECOND, TEMPLATES, Json, local, section, user
from tests.simulation.week import MOVED, PROMPTS, SURE, Week

NEW = "What has moved since?"
OPEN = local("ben", 23, "12:00")


def asks(moved: str, sure: str = SURE) -> str:
    texts = {"moved": moved, "sure": sure}
    ask = [{**each, "text": texts.get(each["id"], each["text"])} for each in TEMPLATES["sync"]["ask"]]
    return yaml.safe_dump({"ask": ask})


def shown(found: Week, who: str, at: datetime, draft: str, *, said: str = "", submit: str | None = "Save") -> None:
    """The list of questions, as it opens or is drawn anew."""
    ids = json.dumps({"draft": draft, "ritual": "7"})
    view: Json = {"type": "modal", "id": f"VQ{draft}", "callback_id": "questions.form", "private_metadata": ids}
    view |= {"blocks": [section(said or "1. What moved?")], "submit": submit}
    found.story.add("view", at, act="updated" if said else "opened", user=user(who), view=view)


def written(found: Week, who: str, at: datetime, moved: str, sure: str = SURE) -> None:
    fields: Json = {"view_id": "VT", "title": "As text", "callback_id": "questions.text_form"}
    ids = json.dumps({"draft": who})
    found.story.did(who, "submitted", at, **fields, private_metadata=ids, values={"The questions": asks(moved, sure)})


def saved(found: Week, who: str, at: datetime, moved: str = NEW) -> None:
    written(found, who, at, moved)
    sent(found, who, at + SECOND)


def sent(found: Week, who: str, at: datetime, **more: Any) -> None:
    ids = json.dumps({"draft": who, "ritual": "7"})
    fields: Json = {"view_id": f"VQ{who}", "title": "Questions", "callback_id": "questions.form"}
    found.story.did(who, "submitted", at, **fields, private_metadata=ids, values={}, **more)


def form(found: Week, at: datetime, *texts: str) -> None:
    """Ben's check-in as it opens."""
    ids = json.dumps({"prompt": PROMPTS["ben"].id})
    blocks: list[Any] = [{"type": "input", "label": {"type": "plain_text", "text": text}} for text in texts]
    view = {"type": "modal", "id": "VF", "callback_id": "checkin.form", "private_metadata": ids, "blocks": blocks}
    found.story.add("view", at, act="opened", user=user("ben"), view=view)


def test_whoever_was_asked_before_a_change_answers_what_they_were_asked() -> None:
    found = steered()
    saved(found, "ben", OPEN)
    form(found, OPEN + 60 * SECOND, MOVED, SURE)
    assert broken(found) == {}
    form(found, OPEN + 90 * SECOND, NEW, SURE)
    assert broken(found)[questions.PROMISE] == [
        f"Ben Okafor was asked what Weekly sync of 2026-11-23 does not ask: {NEW!r}"
    ]


def test_a_run_that_goes_on_asking_and_showing_what_was_changed_before_it_is_found() -> None:
    found = steered()
    saved(found, "ben", FRIDAY + SECOND)
    form(found, OPEN, MOVED, SURE)
    texts = broken(found)[questions.PROMISE]
    assert texts[0] == f"Ben Okafor was asked what Weekly sync of 2026-11-23 does not ask: {MOVED!r}"
    assert any("has a question that it did not ask" in text for text in texts[1:])


def test_what_is_asked_later_because_of_somebody_else_does_not_say_that_a_lost_save_was_made() -> None:
    found = steered()
    saved(found, "ben", FRIDAY + SECOND)
    written(found, "ana", FRIDAY + 60 * SECOND, NEW, "How sure are you now?")
    sent(found, "ana", FRIDAY + 61 * SECOND, ok=False, error="timeout", errors={})
    form(found, OPEN, NEW, SURE)
    assert not any(SURE in text for text in broken(found)[questions.PROMISE])


def test_whoever_answered_other_questions_ahead_is_to_be_asked() -> None:
    found = steered()
    for name in ("prompt cai", "reminder cai"):
        without(found, found.named[name])
    ids = json.dumps({"ritual": "7", "occurrence": "2026-11-23T09:30", "draft": "y"})
    found.story.submit(PROMPTS["cai"], local("cai", 22, "12:00"), {SURE: "5 (Very)"}, private_metadata=ids)
    assert asked.PROMISE not in broken(found)
    saved(found, "ben", local("cai", 22, "13:00"))
    assert any("Cai Rao" in text and "was never asked" in text for text in broken(found)[asked.PROMISE])


def test_whoever_then_answers_the_new_ones_ahead_is_not() -> None:
    found = steered()
    for name in ("prompt cai", "reminder cai"):
        without(found, found.named[name])
    ids = json.dumps({"ritual": "7", "occurrence": "2026-11-23T09:30", "draft": "y"})
    found.story.submit(PROMPTS["cai"], local("cai", 22, "12:00"), {SURE: "5 (Very)"}, private_metadata=ids)
    saved(found, "ben", local("cai", 22, "13:00"))
    found.story.submit(PROMPTS["cai"], local("cai", 22, "14:00"), {SURE: "4"}, private_metadata=ids)
    assert asked.PROMISE not in broken(found)


def both(*, is_told: bool) -> Week:
    """Ana opens them, Ben opens and saves them, and then Ana does."""
    found = steered()
    for who in ("ana", "ben"):
        shown(found, who, OPEN, who)
    saved(found, "ben", OPEN + 60 * SECOND)
    written(found, "ana", OPEN + 120 * SECOND, "What moves?")
    if is_told:
        said = "Ben Okafor changed this while you did. It shows how it is now, and nothing of yours is saved."
        shown(found, "ana", OPEN + 121 * SECOND, "ana", said=said)
    sent(found, "ana", OPEN + 121 * SECOND)
    return found


def test_whoever_saves_over_what_somebody_else_has_changed_and_is_not_told_is_found() -> None:
    assert broken(both(is_told=False))[questions.SECOND] == [
        "Ana Souza saved questions after Ben Okafor had changed them, and was not told."
    ]


def test_whoever_is_told_of_it_saves_what_the_other_wrote() -> None:
    found = both(is_told=True)
    sent(found, "ana", OPEN + 180 * SECOND)
    assert broken(found) == {}
