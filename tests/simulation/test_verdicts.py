"""Planted: verdicts and finished items that are not shown, or not told to the others concerned."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from simulation.deeds import recorded
from simulation.promises import records, switched, verdicts
from simulation.recognition import Kind
from tests.simulation.breaking import broken, frozen_after, without
from tests.simulation.story import SECOND, Json, channel, direct, local, opened, section, user
from tests.simulation.week import Week, pressed, week

AT = local("ben", 25, "11:00")
TEXT = "D-1: Sell the lab [dddd-0001]. Decided: We do [dddd-0002] Why: It pays [dddd-0003]"


def approve(found: Week) -> None:
    fields: dict[str, Any] = {"label": "Approve", "action_id": "decision.approve", "value": "1.x", "where": "message"}
    found.story.did("ben", "clicked", AT, **fields, channel=direct("ben"), ts="1")
    found.story.change(found.named["approval"], AT + SECOND, f"You approved {TEXT}", [])


def object_to(found: Week, *, form: str = "decision.objection") -> None:
    ids = json.dumps({"decision": "1", "version": "x", "draft": "o"})
    values = {"What would go wrong, and for whom?": "Too early [ffff-0002]"}
    fields: dict[str, Any] = {
        "view_id": "VO",
        "title": "Object",
        "callback_id": form,
        "private_metadata": ids,
    }
    found.story.did("ben", "submitted", AT, **fields, values=values)
    found.story.change(found.named["approval"], AT + SECOND, f"You objected, and can still approve it: {TEXT}", [])


def show(found: Week, state: str) -> Json:
    return found.story.change(found.named["card"], AT + SECOND, f"{state}: {TEXT}", [section(TEXT)])


def tell(found: Week, at: datetime, what: str) -> Json:
    text = f"Ben Okafor {what} {TEXT}"
    return found.story.post(at, direct("ana"), text, [section(text), pressed("View", "decision.view", "1")])


def test_an_approval_that_is_shown_and_told_is_well() -> None:
    found = week()
    approve(found)
    show(found, "Accepted")
    tell(found, AT + SECOND, "approved")
    assert broken(found) == {}


def test_of_two_decisions_in_the_same_words_each_is_of_the_form_that_was_sent_before_its_card() -> None:
    found = week()
    second = {**found.named["decision.form"], "at": AT.timestamp(), "view_id": "VS"}
    found.story.lines.append(second)
    card = TEXT.replace("D-1", "D-2")
    found.story.post(AT + SECOND, channel("council"), f"Proposed: {card}", [section(card)])
    case = opened(found.story.lines)
    forms = [recorded(case, owed) for owed in case.of(Kind.DECISION)]
    assert [form and form["view_id"] for form in forms] == ["V-decision.form", "VS"]


def test_an_approval_that_the_card_does_not_show_is_found() -> None:
    found = week()
    approve(found)
    tell(found, AT + SECOND, "approved")
    assert broken(found)[verdicts.PROMISE] == ["D-1 was to be shown as accepted, and is not."]


def test_an_objection_that_the_card_does_not_show_is_found() -> None:
    found = week()
    object_to(found)
    show(found, "Accepted")
    tell(found, AT + SECOND, "objected to")
    assert broken(found)[verdicts.PROMISE] == ["D-1 was to be shown as contested, and is not."]


@pytest.mark.parametrize(
    ("form", "state", "did", "wrong"),
    [
        ("rejection", "Rejected", "rejected", []),
        ("rejection", "Accepted", "rejected", [verdicts.PROMISE]),
        ("withdrawal", "Withdrawn", "withdrew", []),
        ("withdrawal", "Accepted", "withdrew", [verdicts.PROMISE]),
    ],
)
def test_an_end_without_acceptance_is_judged_as_one_whatever_is_pressed_after_it(
    form: str, state: str, did: str, wrong: list[str]
) -> None:
    found = week()
    object_to(found, form=f"decision.{form}")
    fields: dict[str, Any] = {"label": "Approve", "action_id": "decision.approve", "value": "1.x", "where": "message"}
    found.story.did("ben", "clicked", AT + SECOND, **fields, channel=direct("ben"), ts="1")
    show(found, state)
    tell(found, AT + SECOND, did)
    assert list(broken(found)) == wrong


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_a_concern_that_whoever_drives_or_approved_it_does_not_read_is_found(who: str) -> None:
    found = week()
    approve(found)
    show(found, "Accepted")
    tell(found, AT + SECOND, "approved")
    raised = AT + timedelta(hours=2)
    ids = json.dumps({"decision": "1", "version": "x", "draft": "c"})
    fields: dict[str, Any] = {"view_id": "VC", "title": "Raise a concern", "callback_id": "decision.concern_form"}
    values = {"What worries you?": "Who pays [ffff-0003]"}
    found.story.did("cai", "submitted", raised, **fields, private_metadata=ids, values=values)
    found.story.change(
        found.named["card"], raised + SECOND, f"Accepted: {TEXT}", [section(TEXT), section("Read by 1 person")]
    )
    text = f"Cai Rao raised a concern about {TEXT}: “Who pays [ffff-0003]”"
    told = {each: found.story.post(raised + SECOND, direct(each), text, [section(text)]) for each in ("ana", "ben")}
    assert broken(found) == {}
    told[who]["message"] |= {"text": text.partition("“")[0], "blocks": []}
    name = {"ana": "Ana Souza", "ben": "Ben Okafor"}[who]
    assert broken(found) == {verdicts.PROMISE: [f"{name} was not told in time what Cai Rao did with D-1."]}


def test_a_decision_that_no_longer_holds_and_does_not_say_so_is_found() -> None:
    found = week()
    ids = json.dumps({"decision": "1", "draft": "n"})
    fields = {"view_id": "VN", "title": "No longer holds", "callback_id": "decision.deprecate_form"}
    values = {"Why does it no longer hold?": "Prices rose [ffff-0003]"}
    approve(found)
    found.story.did("ben", "submitted", AT + 2 * SECOND, **fields, private_metadata=ids, values=values)
    show(found, "Accepted")
    tell(found, AT + 3 * SECOND, "says that")
    assert broken(found)[verdicts.PROMISE][0] == "D-1 was to be shown as no longer holds, and is not."


def test_a_recorder_who_does_not_hear_of_the_verdict_is_found() -> None:
    found = week()
    approve(found)
    show(found, "Accepted")
    assert broken(found)[verdicts.PROMISE] == ["Ana Souza was not told in time what Ben Okafor did with D-1."]
    tell(found, local("ben", 25, "11:30"), "approved")
    assert verdicts.PROMISE in broken(found)


def test_an_owner_who_does_not_hear_that_whoever_asked_did_it_is_found() -> None:
    found = week()
    clicked = next(line for line in found.story.lines if line.get("action_id") == "action.done")
    clicked["person"] = user("ana")
    assert broken(found) == {verdicts.PROMISE: ["Ben Okafor was not told in time what Ana Souza did with A-1."]}


def test_what_is_done_of_an_item_is_not_expected_of_a_later_one_in_the_same_words() -> None:
    found = week()
    story, sent = found.story, found.named["action.form"]
    fields = {each: sent[each] for each in ("view_id", "title", "callback_id", "private_metadata")}
    values = {**sent["values"], "Owner": "Cai Rao"}
    later = datetime.fromtimestamp(sent["at"], UTC) + timedelta(hours=2)
    story.did("ana", "submitted", later, **fields, values=values)
    assert verdicts.PROMISE not in broken(found)


def test_a_channel_that_is_not_told_what_is_on_is_found() -> None:
    found = week()
    line = found.named["on council"]
    line["at"] += 3600
    assert broken(found)[switched.PROMISE] == [
        "That Board & agenda in #council is on was told late, and nothing stood in the way."
    ]
    without(found, line)
    assert broken(found)[switched.PROMISE] == ["Nobody was told that Board & agenda in #council is on."]


def test_an_approver_who_is_still_asked_is_found() -> None:
    found = week()
    approve(found)
    show(found, "Accepted")
    tell(found, AT + SECOND, "approved")
    frozen_after(found, found.named["approval"])
    assert broken(found)[verdicts.PROMISE] == ["Ben Okafor is still asked about D-1 as before their verdict."]


def test_somebody_who_is_to_know_of_a_decision_and_does_not_hear_of_it_is_found() -> None:
    found = week()
    found.named["decision.form"]["values"]["Informed"] = "Cai Rao, Dia Moss"
    approve(found)
    show(found, "Accepted")
    tell(found, AT + SECOND, "approved")
    for who in ("cai", "dia"):
        informs = f"For you to know: {TEXT}"
        found.story.post(AT + SECOND, direct(who), informs, [section(informs)])
    assert broken(found) == {}
    without(found, found.story.lines[-1])
    assert broken(found)[verdicts.PROMISE] == ["Dia Moss was not told in time what Ben Okafor did with D-1."]


def test_a_form_that_said_that_it_comes_is_judged_like_any_other() -> None:
    found = week()
    sent = found.named["decision.form"]
    story, at = found.story, datetime.fromtimestamp(sent["at"], UTC)
    moment = {"type": "modal", "id": sent["view_id"], "blocks": [section("One moment, please.")]}
    shown = [("opened", moment), ("updated", {**moment, "submit": {"type": "plain_text", "text": "Record"}})]
    for act, view in shown:
        story.add("view", at, act=act, user=user("ana"), view=view)
    came = [story.lines.pop() for _ in shown]
    place = story.lines.index(sent)
    story.lines[place:place] = reversed(came)
    assert broken(found) == {}
    without(found, found.named["card"])
    assert records.PROMISE in broken(found)
