"""Planted: an action item that is no longer needed, and does not say so where it should, or where it should not."""

import json
from datetime import timedelta

from simulation.promises import leaks, overdue, records, verdicts
from tests.simulation.breaking import broken, frozen_after
from tests.simulation.story import SECOND, direct, local, section, user
from tests.simulation.week import Week, pressed, week

WHY = "The bank wrote [eeee-0009]"
STEP = f"Tue 24 Nov 2026: Ben Okafor says that it is no longer needed: {WHY}"
SAYS = f"A-1: Call the bank [eeee-0001] is no longer needed, says Ben Okafor: “{WHY}”"


def dropped() -> Week:
    """Instead of done."""
    found = week()
    clicked = next(line for line in found.story.lines if line.get("action_id") == "action.done")
    found.story.lines.remove(clicked)
    fields = {"view_id": "VX", "title": "No longer needed", "callback_id": "action.drop_form"}
    at = local("ana", 24, "16:00")
    ids = json.dumps({"item": "1", "draft": "x9"})
    found.named["drop"] = found.story.did("ben", "submitted", at, **fields, private_metadata=ids, values={"Why?": WHY})
    for name in ("action done", "action receipt done"):
        found.named[name]["message"] |= {"text": SAYS, "blocks": [section(SAYS), section(STEP)]}
    return found


def test_what_is_dropped_told_and_shown_is_well() -> None:
    assert broken(dropped()) == {}


def test_an_owner_who_does_not_hear_of_it_is_found() -> None:
    found = dropped()
    found.named["drop"]["person"] = user("ana")
    assert broken(found) == {verdicts.PROMISE: ["Ben Okafor was not told in time what Ana Souza did with A-1."]}


def test_a_message_that_does_not_say_why_is_found() -> None:
    found = dropped()
    frozen_after(found, found.named["action"])
    assert broken(found)[records.PROMISE] == ["A-1 was dropped, and its message does not show why."]


def test_it_needs_no_reminder() -> None:
    found = dropped()
    found.story.end(local("ben", 30, "18:00"))
    assert overdue.PROMISE not in broken(found)


def test_why_goes_as_far_as_the_item_and_no_further() -> None:
    found = dropped()
    at = local("ben", 25, "11:00")
    view = {"type": "home", "id": "VHX", "blocks": [section(SAYS)]}
    found.story.add("view", at, act="published", user=user("ana"), view=view)
    assert leaks.PROMISE not in broken(found)
    found.story.post(at + timedelta(minutes=1) + SECOND, direct("cai"), SAYS, [section(SAYS)])
    assert "[eeee-0009]" in " ".join(broken(found)[leaks.PROMISE])


def test_why_it_is_handed_over_goes_as_far_as_the_item_and_no_further() -> None:
    found = week()
    at = local("ben", 25, "10:00")
    fields = {"view_id": "VH", "title": "Hand over", "callback_id": "action.owner_form"}
    values = {"New owner": "Cai Rao", "Why?": WHY}
    ids = json.dumps({"item": "1", "draft": "x8"})
    found.story.did("ben", "submitted", at, **fields, private_metadata=ids, values=values)
    told = f"Ben Okafor handed A-1: Call the bank [eeee-0001] over to Cai Rao: {WHY}"
    for who in ("ana", "cai"):
        found.story.post(at + SECOND, direct(who), told, [section(told)])
    assert leaks.PROMISE not in broken(found)
    found.story.post(at + SECOND, direct("dia"), told, [section(told)])
    assert "[eeee-0009]" in " ".join(broken(found)[leaks.PROMISE])


def test_whoever_had_an_item_without_a_mark_may_read_why_it_is_handed_over() -> None:
    """One that a blocker became says that only as far as there is room."""
    found = week()
    for name in ("action", "action receipt", "action done", "action receipt done"):
        found.named[name]["message"] |= {"text": "Recorded A-1: Call the bank", "blocks": []}
    at = local("ben", 25, "10:00")
    fields = {"view_id": "VH", "title": "Hand over", "callback_id": "action.owner_form"}
    ids = json.dumps({"item": "1", "draft": "x8"})
    values = {"New owner": "Cai Rao", "Why?": WHY}
    found.named["action"]["message"]["blocks"] = [pressed("Done", "action.done", "1")]
    found.story.did("ben", "submitted", at, **fields, private_metadata=ids, values=values)
    for who in ("ana", "dia"):
        told = f"Ben Okafor handed A-1: Call the bank over to Cai Rao: {WHY}"
        found.story.post(at + SECOND, direct(who), told, [section(told)])
    assert [text.partition(" saw ")[0] for text in broken(found)[leaks.PROMISE]] == ["Dia Moss"]
