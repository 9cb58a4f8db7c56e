"""`/digest` and its settings, through Bolt and the sandbox."""

from collections.abc import Iterator

import pytest

from sandbox.client import eventually, texts
from tests.digest.test_digest_story import _assign
from tests.muster import Running, running
from tests.people.test_people_in_slack import said, shown


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        _assign(found, found.people.person_id("Grace"))
        yield found


def digests_of(muster: Running, name: str) -> list[str]:
    found = ["\n".join(texts(message)) for message in muster.people.person(name).dm()]
    return [text for text in found if "Digest on request" in text]


def test_a_manager_sees_it_now_and_changes_when_it_comes(muster: Running) -> None:
    grace = muster.people.person("Grace")
    assert "comes in a direct message" in said(grace, "/digest")
    assert eventually(lambda: digests_of(muster, "Grace"))
    assert "brought up to date" in said(grace, "/muster", "digest")
    message = next(each for each in grace.dm() if "Digest on request" in "\n".join(texts(each)))
    grace.click(message, "Show it now")
    grace.click(message, "Change my digest")
    assert "The next one comes" in shown(grace)
    grace.fill({"How often?": "Every two weeks, about both", "On which day?": "Wednesday", "At what time?": "15:00"})
    assert grace.submit() == {}
    assert "Saved. The next one comes" in shown(grace)
    assert "15:00" in shown(grace)
    assert len(digests_of(muster, "Grace")) == 1


def test_others_read_what_to_do(muster: Running) -> None:
    dev = muster.people.person("Dev")
    assert "nobody is yet" in said(dev, "/digest")
    assert "`/digest settings`" in said(dev, "/digest", "help")
    assert "does not understand" in said(dev, "/digest", "yesterday")
    dev.command("/digest", "settings", channel="forecast")
    assert "Nobody is assigned to you yet" in shown(dev)
