"""Browsing the library and switching a ritual on, as somebody does it in Slack."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from domain.submissions import Submission
from sandbox.client import Person, eventually, texts
from services import ritual_changes, rituals
from tests.checkin.slack import BERLIN, CERTAIN, CONFIDENCE, MOVED, answer, read
from tests.muster import Running, running
from tests.seen import find

CONCERN = {"What worries you?": "The labels leak.", "Who would be affected?": "Users", "How sure are you?": "3"}


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found


def asked(person: Person, text: str = "") -> str:
    person.command("/ritual", text, channel="forecast")
    return "\n".join(texts(person.ephemerals("forecast")[-1]))


def shown(person: Person) -> str:
    return "\n".join(texts(person.modal() or {"blocks": []}))


def test_somebody_browses_previews_and_switches_on_what_then_stands_in_the_channel(muster: Running) -> None:
    grace = muster.people.person("Grace")
    assert "press *Pause* there" in asked(grace, "pause weekly-sync")
    assert "Nothing is on in this channel yet." in asked(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Browse the library")
    assert "Weekly sync" in shown(grace)
    grace.click(grace.modal() or {}, "Preview", nth=titles(grace).index("Weekly sync"))
    assert "This is the form that people get; it takes about a minute." in shown(grace)
    assert "You answer ahead" not in shown(grace)
    grace.fill({MOVED: "The backfill is done.", CONFIDENCE: CERTAIN})
    assert grace.submit() == {}
    assert "The backfill is done." in shown(grace)
    assert "Open until" in shown(grace), "the message that brings the form"
    grace.close()
    grace.click(grace.modal() or {}, "Switch on", nth=titles(grace).index("Weekly sync"))
    grace.fill({"When?": "mondays"})
    assert "is not understood; write for example" in grace.submit()["When?"]
    grace.fill({"When?": "every mon at 10:00", "Who is asked?": "everyone"})
    grace.fill({"Where does the summary go?": ["This channel, when it closes", "Their managers"]})
    assert grace.submit() == {}
    assert "Weekly sync is on here. It first asks on Mon 23 Nov 2026 at 10:00" in shown(grace).replace("*", "")
    eventually(lambda: [each for each in grace.messages("forecast") if "Every Monday at 10:00" in "".join(texts(each))])
    listed = asked(grace)
    assert "Set up by Grace Kim" in listed
    assert "summary to the channel and the managers of those asked" in listed


def test_switching_one_on_takes_a_command_two_clicks_and_one_form_with_nothing_to_fill_in(muster: Running) -> None:
    """Nobody measures the minute it may take; what there is to do and to read is counted."""
    grace = muster.people.person("Grace")
    before = len(muster.people.deliveries())
    asked(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Browse the library")
    grace.click(grace.modal() or {}, "Switch on", nth=titles(grace).index("Weekly sync"))
    assert grace.submit() == {}
    assert "Weekly sync* is on here." in shown(grace)
    did = Counter(each["type"] for each in muster.people.deliveries()[before:])
    assert did == {"command": 1, "block_actions": 2, "view_submission": 1}
    eventually(lambda: in_public(grace))
    assert len(in_public(grace)) == 1
    assert not any(each.dm() for each in (grace, muster.people.person("Ana"), muster.people.person("Chloe")))


def in_public(person: Person) -> list[dict[str, Any]]:
    return [each for each in person.messages("forecast") if not each["ephemeral"]]


def titles(person: Person) -> list[str]:
    """Of the library, in the order it is shown."""
    found = [line for line in texts(person.modal() or {}) if line.startswith("*")]
    return [line.split("*")[1] for line in found]


def test_whoever_answers_for_it_changes_starts_pauses_and_hands_it_over(muster: Running) -> None:
    grace, ana = muster.people.person("Grace"), muster.people.person("Ana")
    muster.switch_on()
    asked(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Details")
    assert "It has not run yet." in shown(grace)
    grace.click(grace.modal() or {}, "Change")
    grace.fill({"When?": "every tue at 11:00"})
    assert grace.submit() == {}
    assert "is changed: Every Tuesday at 11:00, next on Tue 24 Nov 2026" in shown(grace)
    assert "Now when: every tue at 11:00." in shown(grace)
    grace.close()
    assert grace.modal() is None, "the details below it would still show what was"
    grace.click(grace.ephemerals("forecast")[-1], "Details")
    grace.click(grace.modal() or {}, "Run now")
    assert "Started: it asks" in shown(grace)
    eventually(lambda: [each for each in ana.dm() if "Weekly sync" in "".join(texts(each))])
    grace.click(grace.modal() or {}, "Pause")
    grace.fill({"Asks again from": "2026-12-07"})
    assert grace.submit() == {}
    assert "is paused, asks again on Tue 8 Dec 2026" in shown(grace)
    grace.close()
    grace.click(grace.ephemerals("forecast")[-1], "Details")
    grace.click(grace.modal() or {}, "Hand over")
    grace.fill({"New facilitator": "Ana"})
    assert grace.submit() == {}
    told = eventually(lambda: [each for each in ana.dm() if "You facilitate" in "".join(texts(each))])
    ana.click(told[-1], "Hand over")
    assert "Who facilitates *Weekly sync*" in shown(ana)


def test_whoever_starts_one_that_asks_them_has_its_form_at_once_even_at_night(muster: Running) -> None:
    ana = muster.people.person("Ana")
    muster.switch_on("early-concern")
    muster.people.jump_to(BERLIN + timedelta(hours=15))
    asked(ana)
    ana.click(ana.ephemerals("forecast")[-1], "Details")
    ana.click(ana.modal() or {}, "Start mine")
    ana.fill(CONCERN)
    assert ana.submit() == {}
    assert "Started: it asks you" in shown(ana)
    assert eventually(lambda: [each for each in ana.dm() if "The labels leak." in read(each)])


def test_the_channels_message_starts_ones_own_for_each_member_with_one_click(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    muster.switch_on("early-concern")
    is_on = find(lambda: ana.messages("forecast"), "is on here", "It asks whoever starts it: press *Start mine*")
    for person, worry in ((ana, "The labels leak."), (ben, "The queue is full.")):
        person.click(is_on, "Start mine")
        person.close()
        person.click(is_on, "Start mine")
        person.fill({**CONCERN, "What worries you?": worry})
        assert person.submit() == {}
        find(person.dm, worry)
        assert len(person.dm()) == 1, "the second click opened what the first had started"
    assert "Start mine" in asked(ana, "list")
    ana.click(ana.ephemerals("forecast")[-1], "Start mine")
    ana.fill({**CONCERN, "What worries you?": "Nobody is on call."})
    assert ana.submit() == {}
    find(ana.dm, "Nobody is on call.")


def test_nothing_is_started_where_it_is_paused_is_over_or_asks_others_by_now(muster: Running) -> None:
    ana, grace = muster.people.person("Ana"), muster.people.person("Grace")
    ritual = muster.switch_on("early-concern")
    asked(ana, "list")
    listed = find(lambda: ana.ephemerals("forecast"), "Start mine")
    db, now = muster.process.db, muster.process.clock()
    where: dict[str, Any] = {"workspace_id": muster.workspace_id, "ritual_id": ritual.id, "person_id": grace.id}

    def refused(why: str) -> None:
        ana.click(listed, "Start mine")
        find(lambda: ana.ephemerals("forecast"), why)
        assert ana.modal() is None

    ritual_changes.pause(db, **where, until=date(2026, 12, 7), now=now)
    refused("is paused, so nothing was started")
    ritual_changes.resume(db, **where, now=now)
    form = ritual_changes.open_form(db, **where)
    given = Submission(muster.workspace_id, grace.id, "d1", {**form.given, "who": "everyone"})
    ritual_changes.change(db, sent=given, ritual_id=ritual.id, seen=form.seen, now=now)
    refused("does not ask whoever starts it any more")
    rituals.switch_off(
        db,
        workspace_id=muster.workspace_id,
        channel_id=ritual.channel_id,
        person_id=grace.id,
        name="early-concern",
        now=now,
    )
    refused("is not on in this channel")
    assert ana.dm() == []
    told = find(lambda: ana.messages("forecast"), "has been switched off")
    assert "Start mine" not in texts(told)


def test_somebody_outside_the_channel_is_named_as_an_observer_and_reads_the_summary(muster: Running) -> None:
    grace, erin = muster.people.person("Grace"), muster.people.person("Erin")
    erin.leave("forecast")
    muster.switch_on()
    asked(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Details")
    grace.click(grace.modal() or {}, "Change")
    grace.fill({"Who only reads?": ["Erin"]})
    assert grace.submit() == {}
    muster.people.jump_to(BERLIN)
    answer(muster, "Chloe")
    muster.people.jump_to(BERLIN + timedelta(days=2))
    (said,) = eventually(lambda: [read(each) for each in erin.dm() if each["text"].startswith("Summary of ")])
    assert "Chloe moved things." in said
    assert "From #forecast. You get it because you were named as an observer of this check-in." in said
    assert len(erin.dm()) == 1, "never asked"
