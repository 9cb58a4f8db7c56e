"""Planted: answers that are lost, old, made up, or not there in time."""

import json
from datetime import timedelta

from simulation.promises import answers
from tests.simulation.breaking import broken, frozen_after, judged
from tests.simulation.story import (
    SECOND,
    Prompt,
    channel,
    counting,
    direct,
    header,
    local,
    receipt,
    section,
    summary,
    user,
)
from tests.simulation.week import (
    ANA,
    ANA_FIRST,
    BEN,
    BLOCKED,
    DECIDE,
    MONDAY,
    MOVED,
    PROMPTS,
    SECRET,
    SURE,
    TUESDAY,
    Week,
    monday_summary,
    week,
)


def test_an_answer_that_the_summary_lacks_is_found() -> None:
    found = week()
    text, blocks = monday_summary({"Ana Souza": ANA})
    found.named["summary"]["message"] |= {"text": text, "blocks": blocks}
    texts = broken(found)[answers.PROMISE]
    assert any("does not show what Ben Okafor submitted" in text for text in texts)
    assert any("says that 1 answered; 2 did" in text for text in texts)


def test_a_summary_that_lacks_a_blocker_is_found() -> None:
    found = week()
    given = {name: text for name, text in ANA.items() if name != BLOCKED}
    text, blocks = monday_summary({"Ana Souza": given, "Ben Okafor": BEN})
    found.named["summary"]["message"] |= {"text": text, "blocks": blocks}
    assert "No data" in broken(found)[answers.PROMISE][0]


def test_an_answer_that_stands_among_the_action_items_is_not_missed() -> None:
    found = week()
    given = {name: text for name, text in ANA.items() if name != BLOCKED}
    text, blocks = monday_summary({"Ana Souza": given, "Ben Okafor": BEN})
    items = [header("Action items (1)"), section(f"*A-1* {ANA[BLOCKED]} · _Ben Okafor_ · due Mon 30 Nov 2026")]
    found.named["summary"]["message"] |= {"text": text, "blocks": [*blocks, *items]}
    assert answers.PROMISE not in broken(found)


def test_an_answer_that_was_never_kept_is_found() -> None:
    """The person saw their form close, and nothing came of it."""
    found = week()
    found.story.lines.remove(found.named["receipt ben"])
    text, blocks = monday_summary({"Ana Souza": ANA})
    found.named["summary"]["message"] |= {"text": text, "blocks": blocks}
    texts = broken(found)[answers.PROMISE]
    assert any("The receipt of Ben Okafor" in text for text in texts)


def test_an_edit_that_the_receipt_does_not_show_is_found() -> None:
    found = week()
    found.story.lines.remove(found.named["receipt ana"])
    texts = broken(found)[answers.PROMISE]
    assert len(texts) == 1
    assert "The receipt of Ana Souza" in texts[0]
    assert "The forecast, at last" in texts[0]


def test_an_edit_that_the_summary_does_not_show_is_found() -> None:
    found = week()
    frozen_after(found, found.named["closing"])
    assert (
        "Weekly sync of 2026-11-23 in #forecast does not show what Ana Souza submitted"
        in broken(found)[answers.PROMISE][0]
    )


def test_a_count_that_was_not_brought_up_to_date_is_found() -> None:
    """The last of two answers within a second is lost on the way to the channel."""
    found = week()
    text, blocks = counting("Weekly sync", MONDAY, 1, 4)
    for name in ("closing", "summary"):
        found.named[name]["message"] |= {"text": text, "blocks": blocks}
    assert "says that 1 answered; 2 did" in broken(found)[answers.PROMISE][0]


def test_an_answer_that_nobody_gave_is_found() -> None:
    found = week()
    text, blocks = monday_summary({"Ana Souza": ANA, "Ben Okafor": BEN, "Cai Rao": {MOVED: "Everything"}})
    found.named["summary"]["message"] |= {"text": text, "blocks": blocks}
    assert any("shows answers of Cai Rao, who gave none" in text for text in broken(found)[answers.PROMISE])


def test_a_word_that_nobody_wrote_is_found() -> None:
    found = week()
    text, blocks = receipt(PROMPTS["ben"], {**BEN, BLOCKED: "Ben never said this"})
    found.named["receipt ben"]["message"] |= {"text": text, "blocks": blocks}
    assert "Ben never said this" in broken(found)[answers.PROMISE][0]


def test_an_answer_that_was_marked_as_wrong_is_not_to_be_kept() -> None:
    found = week()
    found.named["edit ana"] |= {"ok": False, "error": "invalid", "errors": {MOVED: "Too long."}}
    assert answers.PROMISE in broken(found)


def test_an_answer_whose_fate_was_not_told_may_be_kept_or_not() -> None:
    """The acknowledgement came too late: Slack says that there was trouble, and Muster may have taken it."""
    kept = week()
    kept.named["edit ana"] |= {"ok": False, "error": "timeout", "errors": {}}
    kept.story.add("fault", local("ana", 23, "11:30"), what="late acknowledgement")
    assert broken(kept) == {}
    lost = week()
    lost.named["edit ana"] |= {"ok": False, "error": "timeout", "errors": {}}
    lost.story.add("fault", local("ana", 23, "11:30"), what="late acknowledgement")
    lost.story.lines.remove(lost.named["receipt ana"])
    frozen_after(lost, lost.named["closing"])
    assert broken(lost) == {}


def test_a_long_answer_may_be_cut_in_the_receipt() -> None:
    found = week()
    long = "word " * 200 + "end"
    cut = long[:400].rstrip() + "…"
    found.named["submit ben"]["values"] = {**BEN, MOVED: long}
    text, blocks = receipt(PROMPTS["ben"], {**BEN, MOVED: cut})
    found.named["receipt ben"]["message"] |= {"text": text, "blocks": blocks}
    text, blocks = monday_summary({"Ana Souza": ANA, "Ben Okafor": {**BEN, MOVED: long}})
    found.named["summary"]["message"] |= {"text": text, "blocks": blocks}
    assert broken(found) == {}
    text, blocks = monday_summary({"Ana Souza": ANA, "Ben Okafor": {**BEN, MOVED: long[:-3]}})
    found.named["summary"]["message"] |= {"text": text, "blocks": blocks}
    assert answers.PROMISE in broken(found)


def test_what_was_submitted_in_the_last_minutes_need_not_be_shown_yet() -> None:
    found = week()
    at = local("ana", 26, "10:00")
    found.story.end(at)
    found.story.submit(PROMPTS["ana"], at - timedelta(minutes=9), {**ANA_FIRST, MOVED: "In the last moment"})
    assert answers.PROMISE not in broken(found)
    found.story.end(at + timedelta(minutes=2))
    assert answers.PROMISE in broken(found)


def test_what_was_stored_is_counted() -> None:
    found = week()
    found.story.lines.remove(found.named["receipt ben"])
    assert judged(found).counts["answers stored"] == 3
    text, blocks = monday_summary({"Ana Souza": ANA})
    found.named["summary"]["message"] |= {"text": text, "blocks": blocks}
    assert judged(found).counts["answers stored"] == 2


def test_an_answer_to_something_nobody_was_asked_is_found() -> None:
    found = week()
    line = found.story.submit(PROMPTS["ben"], local("ben", 21, "10:00") + SECOND, BEN)
    line["private_metadata"] = '{"prompt": "4711"}'
    assert "which nobody was to be asked" in broken(found)[answers.PROMISE][0]


DIA = {DECIDE: "Whom we tell [ffff-0001]"}
JOINS = local("ben", 24, "11:00")


def joined(found: Week, *, is_shown: bool = True) -> None:
    """Dia joins the private channel when its run is open, answers, and counts as one more."""
    story, ids = found.story, {"prompt": "0", "run": "2", "ritual": "2", "occurrence": "2026-11-24T10:00", "draft": "j"}
    story.add("membership", JOINS, act="joined", channel=channel("council"), user=user("dia"))
    prompt = Prompt("29", "board", "council", "dia", TUESDAY)
    story.submit(prompt, JOINS + SECOND, DIA, private_metadata=json.dumps(ids))
    text, blocks = receipt(prompt, DIA)
    text = text.replace("thank you.", "thank you. It began before you joined, so you count as one more.")
    story.post(JOINS + 2 * SECOND, direct("dia"), text, blocks)
    answers_of = {"Ana Souza": SECRET, "Dia Moss": DIA} if is_shown else {"Ana Souza": SECRET}
    text, blocks = summary("Board & agenda", TUESDAY, answers_of, 2)
    text, blocks = json.loads(json.dumps([text, blocks]).replace("2 of 2 answered", "1 of 2 answered, +1 joined"))
    found.named["private summary"]["message"] |= {"text": text, "blocks": blocks}


def test_whoever_joined_later_may_answer_and_is_not_among_those_asked() -> None:
    found = week()
    joined(found)
    assert broken(found) == {}


def test_an_answer_of_somebody_who_joined_later_that_the_summary_lacks_is_found() -> None:
    found = week()
    joined(found, is_shown=False)
    assert "does not show what Dia Moss submitted" in broken(found)[answers.PROMISE][0]


def in_pages(found: Week, first: dict[str, str]) -> None:
    """Ben turns a page before he sends the rest."""
    last = found.named["submit ben"]
    ids, view_id = {"prompt": PROMPTS["ben"].id, "draft": "x"}, last["view_id"]
    at = local("ben", 23, "10:04")
    view = {"type": "modal", "id": view_id, "blocks": [], "title": {"text": ""}, "submit": {"text": "Send"}}
    found.story.add("view", at - SECOND, act="updated", user=user("ben"), view=view)
    found.story.submit(PROMPTS["ben"], at, first, view_id=view_id, private_metadata=json.dumps({**ids, "page": "0"}))
    last |= {"values": {SURE: BEN[SURE]}, "private_metadata": json.dumps({**ids, "page": "1"})}


def test_what_is_sent_in_pages_is_one_answer() -> None:
    found = week()
    in_pages(found, {MOVED: BEN[MOVED]})
    assert broken(found) == {}
    found = week()
    in_pages(found, {MOVED: "Something else"})
    assert "submitted 'Something else'" in broken(found)[answers.PROMISE][0]
