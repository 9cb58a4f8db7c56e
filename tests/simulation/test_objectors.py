"""Planted: objections and hand overs of which somebody concerned does not hear."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from simulation.promises import objectors, once, passed_on, steps_told, verdicts
from tests.simulation.breaking import broken, without
from tests.simulation.story import SECOND, Json, channel, direct, local, section
from tests.simulation.test_verdicts import AT, TEXT
from tests.simulation.week import DECIDED, Week, pressed, week

HOUR = timedelta(hours=1)
LATER = AT + HOUR


def sent(found: Week, who: str, form: str, at: datetime, values: dict[str, str]) -> None:
    ids = json.dumps({"decision": "1", "version": "x", "draft": f"{who} {at}"})
    fields: dict[str, Any] = {"view_id": f"V{at}", "title": "A form", "callback_id": form, "private_metadata": ids}
    found.story.did(who, "submitted", at, **fields, values=values)


def say(found: Week, who: str, at: datetime, text: str) -> Json:
    return found.story.post(at + SECOND, direct(who), text, [section(text), pressed("View", "decision.view", "1")])


def card(found: Week, at: datetime, state: str) -> Json:
    return found.story.change(found.named["card"], at + SECOND, f"{state}: {TEXT}", [section(TEXT)])


@pytest.fixture
def contested() -> Week:
    """Cai, who contributed, objects."""
    found = week()
    found.named["decision.form"]["values"]["Contributors"] = "Cai Rao"
    sent(found, "cai", "decision.objection", AT, {"What would go wrong, and for whom?": "Too early [ffff-0002]"})
    card(found, AT, "Contested")
    for who in ("ana", "ben"):
        say(found, who, AT, f"Cai Rao objected to {TEXT}")
    return found


def test_whoever_objected_is_asked_about_the_changed_text(contested: Week) -> None:
    sent(contested, "ana", "decision.form", LATER, DECIDED)
    card(contested, LATER, "Proposed")
    asked = say(contested, "cai", LATER, f"Changed after you objected, is it fine now? {TEXT}")
    assert broken(contested) == {}
    without(contested, asked)
    assert broken(contested) == {objectors.PROMISE: ["Cai Rao was not told in time what Ana Souza did with D-1."]}


@pytest.mark.parametrize("title", ["Settle it", "Settle all"])
def test_whoever_objected_is_not_asked_about_a_text_that_was_sent_as_it_was(contested: Week, title: str) -> None:
    label, element = {"type": "plain_text", "text": "Title"}, {"type": "plain_text_input", "initial_value": "Settle it"}
    blocks = [{"type": "input", "block_id": "title", "label": label, "element": element}]
    view = {"type": "modal", "id": f"V{LATER}", "title": {"text": "A form"}, "blocks": blocks}
    contested.story.add("view", LATER - SECOND, act="opened", user="UANA", view=view)
    turned = {"label": "Options", "action_id": "decision.page", "where": "view", "view_id": f"V{LATER}"}
    contested.story.did("ana", "clicked", LATER - SECOND, **turned, values={"Title": title})
    sent(contested, "ana", "decision.form", LATER, {"Title": title})
    assert (objectors.PROMISE in broken(contested)) is (title == "Settle all")


def test_whoever_objected_hears_that_it_was_accepted_all_the_same(contested: Week) -> None:
    sent(contested, "ben", "decision.overrule_form", LATER, {"Why is it accepted all the same?": "It is [ffff-0004]"})
    card(contested, LATER, "Accepted")
    contested.story.change(contested.named["approval"], LATER + SECOND, f"You approved {TEXT}", [])
    say(contested, "ana", LATER, f"Ben Okafor approved {TEXT}")
    told = say(contested, "cai", LATER, f"Ben Okafor accepted {TEXT} although you objected: “It is [ffff-0004]”")
    assert broken(contested) == {}
    without(contested, told)
    assert broken(contested) == {objectors.PROMISE: ["Cai Rao was not told in time what Ben Okafor did with D-1."]}


def test_whoever_objects_again_in_the_same_words_is_heard_again(contested: Week) -> None:
    say(contested, "ana", LATER, f"Cai Rao objected to {TEXT}")
    assert once.PROMISE in broken(contested)
    sent(contested, "cai", "decision.objection", LATER, {"What would go wrong, and for whom?": "Too early [ffff-0002]"})
    assert once.PROMISE not in broken(contested)


def withdraw(found: Week, at: datetime) -> None:
    fields: dict[str, Any] = {"label": "Withdraw", "action_id": "decision.withdraw", "value": "1.x", "where": "message"}
    found.story.did("cai", "clicked", at, **fields, channel=channel("council"), ts="1")


def test_what_is_withdrawn_is_shown_and_told(contested: Week) -> None:
    withdraw(contested, LATER)
    shown = card(contested, LATER, "Proposed")
    told = say(contested, "ana", LATER, f"Cai Rao withdrew the objection to {TEXT}")
    assert broken(contested) == {}
    without(contested, told)
    assert broken(contested) == {verdicts.PROMISE: ["Ana Souza was not told in time what Cai Rao did with D-1."]}
    contested.story.lines.remove(shown)
    assert "D-1 was to be shown as proposed, and is not." in broken(contested)[verdicts.PROMISE]


def test_what_others_still_hold_against_it_keeps_it_contested(contested: Week) -> None:
    sent(
        contested, "ben", "decision.objection", AT + HOUR / 2, {"What would go wrong, and for whom?": "No [ffff-0005]"}
    )
    contested.story.change(contested.named["approval"], LATER, f"You objected, and can still approve it: {TEXT}", [])
    withdraw(contested, LATER)
    card(contested, LATER, "Contested")
    assert broken(contested) == {}
    card(contested, LATER, "Proposed")
    assert broken(contested) == {verdicts.PROMISE: ["D-1 was to be shown as contested, and is not."]}


def test_whoever_an_action_item_is_handed_over_to_hears_of_it_and_why() -> None:
    found = handed_over()
    assert broken(found) == {}
    told = found.named["handed"]["message"]
    told |= {"text": told["text"].replace("Busy", "Away"), "blocks": []}
    assert broken(found)[passed_on.PROMISE] == ["Cai Rao was given A-1, and not told why."]
    without(found, found.named["handed"])
    assert broken(found)[passed_on.PROMISE] == ["Cai Rao was not told in time what Ben Okafor did with A-1."]


def test_whoever_is_given_what_nobody_had_reads_that_it_was_given() -> None:
    found = handed_over()
    told = found.named["handed"]["message"]
    told |= {"text": told["text"].replace("handed", "gave").replace(" over to you", " to you")}
    assert passed_on.PROMISE not in broken(found)


def handed_over() -> Week:
    """Before it was done."""
    found, at = week(), local("ana", 24, "15:20")
    ids = json.dumps({"item": "1", "draft": "x8"})
    fields = {"view_id": "VH", "title": "Hand over", "callback_id": "action.owner_form", "private_metadata": ids}
    found.story.did("ben", "submitted", at, **fields, values={"New owner": "Cai Rao", "Why?": "Busy [eeee-0008]"})
    told = "Ben Okafor handed A-1: Call the bank [eeee-0001] over to you: Busy [eeee-0008]"
    found.named["handed"] = found.story.post(at + SECOND, direct("cai"), told, [section(told)])
    step = "Tue 24 Nov 2026: Ben Okafor handed it over to Cai Rao: Busy [eeee-0008]"
    receipt = found.named["action receipt"]
    shown = found.story.change(receipt, at + SECOND, receipt["message"]["text"], [section(step)])
    found.story.lines.remove(shown)
    found.story.lines.insert(found.story.lines.index(receipt) + 1, shown)
    return found


def test_whoever_asked_for_an_action_item_reads_that_it_was_accepted() -> None:
    found, at = week(), local("ana", 24, "15:20")
    fields: dict[str, Any] = {"label": "Accept", "action_id": "action.accept", "value": "1", "where": "message"}
    found.story.did("ben", "clicked", at, **fields, channel=direct("ben"), ts="1")
    owned = f"{found.named['action']['message']['text']} Tue 24 Nov 2026: Ben Okafor accepted it"
    accepted = f"{found.named['action receipt']['message']['text']} Tue 24 Nov 2026: Ben Okafor accepted it"
    shown = found.story.change(found.named["action receipt"], at + SECOND, accepted, [section(accepted)])
    changed = [found.story.change(found.named["action"], at + SECOND, owned, [section(owned)]), shown]
    found.story.lines[-2:] = []
    done = next(place for place, line in enumerate(found.story.lines) if line.get("action_id") == "action.done")
    found.story.lines[done:done] = changed
    assert broken(found) == {}
    found.story.lines.remove(shown)
    assert broken(found) == {
        passed_on.PROMISE: ["Ben Okafor accepted A-1, and its message does not show it."],
        steps_told.PROMISE: ["Ana Souza did not read what Ben Okafor did with A-1."],
    }
