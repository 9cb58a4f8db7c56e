"""A Monday that does not go as planned, through Bolt and the sandbox: somebody falls ill, a channel closes."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from sandbox.client import Person, eventually, texts
from tests.muster import Running, running

BERLIN = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
ENDS = datetime(2026, 11, 23, 16, 31, tzinfo=UTC)
MOVED = "What moved last week that another team should know?"
BLOCKED = "What is blocking you?"
CONFIDENCE = "How confident are you in our next milestone date?"


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    """Half past nine on Monday in Berlin."""
    with running(tables_url) as found:
        found.switch_on()
        found.people.jump_to(BERLIN)
        assert eventually(found.people.person("Chloe").dm)
        yield found


def newest(person: Person) -> str:
    return "\n".join(texts(person.dm()[-1]))


def heard(person: Person, *words: str) -> bool:
    return eventually(lambda: any(all(word in str(texts(each)) for word in words) for each in person.dm()))


def told(person: Person, text: str) -> str:
    person.command("/muster", text, channel="forecast")
    return "\n".join(texts(person.ephemerals("forecast")[-1]))


def asked_again(person: Person) -> str:
    person.command("/checkin", channel="forecast")
    return "\n".join(texts(person.ephemerals("forecast")[-1]))


def until(look: Callable[[], str], words: str) -> None:
    assert eventually(lambda: words in look()), look()


def test_ill_in_the_morning(muster: Running) -> None:
    chloe, grace = muster.people.person("Chloe"), muster.people.person("Grace")
    assert "Weekly sync, open now, does not wait for you" in told(chloe, "away 2026-11-23")
    until(lambda: newest(chloe), "You are away, so *Weekly sync*, Mon 23 Nov 2026, does not wait for you.")
    assert "Skip today" not in newest(chloe)
    assert "not waited for while you are away, open until" in asked_again(chloe)
    assert "Weekly sync waits for you again." in told(chloe, "back")
    until(lambda: newest(chloe), "Skip today")
    told(chloe, "away 2026-11-23")
    until(lambda: newest(chloe), "Answer after all")
    for moment in (ENDS, datetime(2026, 11, 24, 2, 0, tzinfo=UTC)):
        muster.people.jump_to(moment)
    until(lambda: str(grace.messages("forecast")[-1]), "Away: Chloe Martin.")
    assert len(chloe.dm()) == 1


def test_skipped_and_wanted_after_all(muster: Running) -> None:
    chloe = muster.people.person("Chloe")
    chloe.click(chloe.dm()[-1], "Skip today")
    until(lambda: newest(chloe), "You can still answer until")
    assert "*Weekly sync*, skipped, open until" in asked_again(chloe)
    chloe.click(chloe.ephemerals("forecast")[-1], "Answer after all")
    chloe.fill({MOVED: "There was something.", CONFIDENCE: "5 (Certain)"})
    assert chloe.submit() == {}
    until(lambda: newest(chloe), "answered, thank you")


def test_a_channel_archived_in_the_middle_loses_no_summary(muster: Running) -> None:
    chloe, grace, dev = (muster.people.person(name) for name in ("Chloe", "Grace", "Dev"))
    chloe.click(chloe.dm()[-1], "Answer")
    chloe.fill({MOVED: "The backfill is done.", BLOCKED: "No labels", CONFIDENCE: "5 (Certain)"})
    assert chloe.submit() == {}
    muster.people.post("archive", channel=grace.channel_id("forecast"))
    assert heard(grace, "Weekly sync pauses, because #forecast is archived.", "the summary then comes to you")
    for moment in (ENDS, datetime(2026, 11, 23, 20, 30, tzinfo=UTC)):
        muster.people.jump_to(moment)
    assert heard(grace, "could not be posted in #forecast", "Unarchive it", "The backfill is done.", "No labels")
    assert not dev.dm(), "it is half past nine in California, and the channel is archived"


def test_a_colleague_who_switches_it_off(muster: Running) -> None:
    chloe, grace = muster.people.person("Chloe"), muster.people.person("Grace")
    chloe.command("/ritual", "off weekly-sync", channel="forecast")
    refused = "\n".join(texts(chloe.ephemerals("forecast")[-1]))
    assert refused.startswith(
        "Only Grace Kim, leads, managers, execs and Slack's admins may change Weekly sync or switch it off."
    )
    grace.command("/muster", f"people <@{chloe.id}>", channel="forecast")
    grace.fill({"Role": "Lead"})
    assert grace.submit() == {}
    chloe.command("/ritual", "off weekly-sync", channel="forecast")
    assert heard(grace, "Chloe Martin has switched *Weekly sync* off", "`/ritual on weekly-sync`")
    until(lambda: str(grace.messages("forecast")), "has been switched off by Chloe Martin, ")
