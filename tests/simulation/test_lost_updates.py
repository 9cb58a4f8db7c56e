"""Planted: summaries, cards and messages that do not come, or keep showing what has passed."""

import json
from datetime import timedelta

from simulation.promises import asked, records, summaries
from simulation.recognition import NO_LONGER
from tests.simulation.breaking import broken, frozen_after, judged, without
from tests.simulation.story import PEOPLE, SECOND, channel, counting, direct, local, section, user
from tests.simulation.week import DECIDED, MONDAY, week


def test_a_run_without_a_message_is_found() -> None:
    found = week()
    without(found, found.named["count"])
    assert broken(found)[summaries.PROMISE] == ["Weekly sync of 2026-11-23 in #forecast has no message in its channel."]
    assert judged(found).counts["messages lost"] == 1


def test_a_run_that_is_never_summed_up_is_found() -> None:
    found = week()
    frozen_after(found, found.named["private count"])
    text = "Board & agenda of 2026-11-24 in #council was to be summed up at 25 Nov 09:00 UTC, and is not."
    assert text in broken(found)[summaries.PROMISE]


def test_a_run_that_is_summed_up_an_hour_late_is_found() -> None:
    found = week()
    found.named["private summary"]["at"] += 3600
    assert "was summed up late, and nothing stood in the way" in broken(found)[summaries.PROMISE][0]


def test_a_run_that_is_closed_while_somebody_has_time_is_found() -> None:
    found = week()
    found.named["private summary"]["at"] -= 3600
    assert "was closed while Ben Okafor could still answer" in broken(found)[summaries.PROMISE][0]


def test_a_run_that_opens_before_anybody_is_due_is_found() -> None:
    found = week()
    found.named["count"]["at"] -= 3600
    assert "was opened before anybody was due" in broken(found)[summaries.PROMISE][0]


def test_the_facilitator_hears_of_a_run_that_nobody_answered() -> None:
    found = week()
    for line in list(found.story.lines):
        if line["kind"] == "diary" and line.get("callback_id") == "checkin.form":
            found.story.lines.remove(line)
    blocks = [section("Weekly sync, Mon 23 Nov 2026: Closed, no answers.")]
    at = local("ana", 23, "17:30") + SECOND
    for name in ("closing", "summary"):
        found.story.lines.remove(found.named[name])
    frozen_after(found, found.named["count"])
    found.story.change(found.named["count"], at, "Weekly sync, Mon 23 Nov 2026: Closed, no answers.", blocks)
    assert any("its facilitator was not asked about it" in text for text in broken(found)[summaries.PROMISE])
    text = "Nobody answered Weekly sync in #forecast on Mon 23 Nov 2026. Would another day, fewer questions help?"
    found.story.post(at, direct("ben"), text, [section(text)])
    assert not any("Weekly sync" in text for text in broken(found).get(summaries.PROMISE, []))


def test_a_decision_without_its_card_is_found() -> None:
    found = week()
    without(found, found.named["card"])
    assert "no card of 'Sell the lab [dddd-0001]' came" in broken(found)[records.PROMISE][0]


def test_an_approver_who_is_not_asked_is_found() -> None:
    found = week()
    without(found, found.named["approval"])
    assert "Ben Okafor was not asked to approve" in broken(found)[records.PROMISE][0]


def test_an_owner_who_is_not_told_is_found() -> None:
    found = week()
    without(found, found.named["action"])
    assert "Ben Okafor was not told of 'Call the bank [eeee-0001]'" in broken(found)[records.PROMISE][0]


def test_a_form_that_came_back_with_a_question_records_nothing_yet() -> None:
    """Such as whether somebody outside a private channel is really meant."""
    found = week()
    for name in ("card", "approval"):
        without(found, found.named[name])
    form = found.named["decision.form"]
    view = {"type": "modal", "id": form["view_id"], "title": {"text": "New"}, "submit": {"text": "Record anyway"}}
    at = local("ana", 24, "15:00") - SECOND
    found.story.add("view", at, act="updated", user=form["person"], view={**view, "blocks": []})
    assert records.PROMISE not in broken(found)


def test_a_card_that_does_not_show_its_last_text_is_found() -> None:
    found = week()
    card, at = found.named["card"], local("ana", 25, "10:30")
    card["message"]["blocks"].append(
        {"type": "actions", "elements": [{"type": "button", "action_id": "decision.read", "value": "1.x"}]}
    )
    ids = json.dumps({"draft": "y", "decision": "1", "channel": channel("council")})
    fields = {"view_id": "VE", "title": "Edit", "callback_id": "decision.form", "private_metadata": ids}
    values = {**DECIDED, "What was decided?": "We rent it [dddd-0009]"}
    found.story.did("ana", "submitted", at, **fields, values=values)
    assert "does not show what it was changed to: 'We rent it [dddd-0009]'" in broken(found)[records.PROMISE][0]
    text = "Proposed: D-1: Sell the lab [dddd-0001]. Proposal: We rent it [dddd-0009] Why: It pays [dddd-0003]"
    found.story.change(card, at + SECOND, text, [section(text)])
    assert records.PROMISE not in broken(found)


def test_an_action_item_that_still_looks_open_is_found() -> None:
    found = week()
    frozen_after(found, found.named["action"])
    assert "said that A-1 is done, and its message does not show it" in broken(found)[records.PROMISE][0]


def test_a_moved_date_that_is_not_shown_is_found() -> None:
    found = week()
    for name in ("action", "action receipt"):
        frozen_after(found, found.named[name])
    found.story.lines[:] = [line for line in found.story.lines if line.get("action_id") != "action.done"]
    fields = {"view_id": "VD", "title": "New date", "callback_id": "action.date_form"}
    ids = json.dumps({"item": "1", "draft": "z"})
    at = local("ben", 25, "10:00")
    found.story.did("ben", "submitted", at, **fields, private_metadata=ids, values={"New date": "2026-12-01"})
    texts = broken(found)[records.PROMISE]
    assert texts == ["A-1 was moved to Tue 1 Dec 2026, and its message does not show it."] * 2


def test_whoever_may_not_see_an_action_item_any_more_is_told_just_that() -> None:
    found = week()
    told = found.named["action done"]["message"]
    told |= {"text": NO_LONGER, "blocks": [section(NO_LONGER)]}
    assert "said that A-1 is done, and its message does not show it" in broken(found)[records.PROMISE][0]
    left = local("ben", 24, "15:30")
    found.story.add("membership", left, act="left", channel=channel("council"), user=user("ben"))
    assert records.PROMISE not in broken(found)


def test_what_muster_could_not_do_while_it_was_down_is_not_held_against_it() -> None:
    """For nine hours nobody runs it: one prompt and its reminder are missed, and the summary says so."""
    found = week()
    name, _zone = PEOPLE["cai"]
    for gone in ("prompt cai", "reminder cai"):
        without(found, found.named[gone])
    killed, started = local("cai", 23, "09:00"), local("cai", 23, "12:30")
    found.story.add("process", killed, act="killed", name="muster")
    found.story.add("process", started, act="started", name="muster")
    found.named["count"]["at"] = started.timestamp() + 1
    found.named["digest"]["at"] = (started + timedelta(minutes=8)).timestamp()
    assert "and the summary does not say so" in broken(found)[asked.PROMISE][0]
    found.named["summary"]["message"]["blocks"].insert(1, section(f"Not asked, because Muster was not running: {name}"))
    assert broken(found) == {}
    assert judged(found).counts["prompts missed with a reason"] == 1


def test_a_trace_in_which_nothing_is_recognised_is_not_passed() -> None:
    found = week()
    found.story.lines[:] = [line for line in found.story.lines if line["kind"] != "message"]
    assert len(judged(found).findings) > 10


def test_a_trace_in_which_nothing_was_due_is_not_passed() -> None:
    found = week()
    end = local("ben", 22, "12:00").timestamp()
    found.story.lines[:] = [line for line in found.story.lines if line["at"] < end]
    assert [finding.text for finding in judged(found).findings] == [
        "Nobody was to be asked in this trace, so nothing has been shown."
    ]


def test_a_count_that_the_channel_lost_is_not_a_summary() -> None:
    found = week()
    text, blocks = counting("Weekly sync", MONDAY, 2, 4)
    for name in ("closing", "summary"):
        found.named[name]["message"] |= {"text": text, "blocks": blocks}
    assert "was to be summed up" in broken(found)[summaries.PROMISE][0]


def test_a_run_that_opens_late_is_found() -> None:
    found = week()
    found.named["private count"]["at"] += 600
    assert "was opened late, and nothing stood in the way" in broken(found)[summaries.PROMISE][0]


def test_a_form_that_grew_before_it_was_sent_is_taken_all_the_same() -> None:
    """Such as after a click on "Context" at the same moment."""
    found = week()
    without(found, found.named["card"])
    form, at = found.named["decision.form"], local("ana", 24, "15:00")
    view = {
        "type": "modal",
        "id": form["view_id"],
        "title": {"text": "New"},
        "submit": {"text": "Record"},
        "blocks": [],
    }
    found.story.add("view", at - 2 * SECOND, act="updated", user=form["person"], view=view)
    fields = {"label": "Context", "action_id": "decision.page_context", "value": "context", "where": "view"}
    found.story.did("ana", "clicked", at - SECOND, **fields, view_id=form["view_id"])
    assert "no card of 'Sell the lab [dddd-0001]' came" in broken(found)[records.PROMISE][0]
