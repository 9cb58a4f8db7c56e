"""Changing what an action item says as people live it, through Bolt and the sandbox."""

from collections.abc import Iterator

import pytest

from tests.actions.test_actions_in_slack import ask
from tests.muster import Running, running
from tests.seen import find


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found


def test_a_slip_is_mended_in_place_and_nobody_gets_another_message(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    ask(ana, "Relabel the Mrach tickets", "Ben")
    find(ben.dm, "Mrach tickets", "is yours")
    ana.click(find(ana.dm, "Recorded", "Mrach"), "Edit")
    ana.fill({"What is to be done?": "Relabel the March tickets"})
    assert ana.submit() == {}
    find(ben.dm, "A-1: Relabel the March tickets", "is yours")
    find(ana.dm, "Recorded *A-1: Relabel the March tickets*", "Ana Souza changed what is to be done")
    assert [len(person.dm()) for person in (ana, ben)] == [1, 1]


def test_two_who_rewrite_it_at_once_are_shown_what_the_other_wrote(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    ask(ana, "Relabel", "Ben")
    ana.command("/action", "A-1", channel="forecast")
    shown = find(lambda: ana.ephemerals("forecast"), "Relabel", "Edit")
    ana.click(shown, "Edit")
    ben.click(find(ben.dm, "Relabel", "is yours"), "Edit")
    ben.fill({"What is to be done?": "Relabel <March>", "Helpers": ["Dev"]})
    ana.fill({"What is to be done?": "Relabel all of 2025"})
    assert ben.submit() == {}
    assert ana.submit() == {}
    again = ana.modal()
    assert again
    assert "Ben Okafor changed this action item while you were editing it" in str(again)
    assert "Relabel &lt;March&gt;" in str(again)
    find(ana.dm, "Relabel &lt;March&gt;")
    assert ana.submit() == {}
    find(lambda: ana.ephemerals("forecast"), "A-1: Relabel all of 2025", "with Dev Patel")
    find(ben.dm, "Ana Souza changed *A-1: Relabel all of 2025*", "It said “Relabel &lt;March&gt;” before.")
    find(ben.dm, "A-1: Relabel all of 2025", "is yours", "with Dev Patel")
    find(muster.people.person("Dev").dm, "You are named to help with *A-1: Relabel all of 2025*")
