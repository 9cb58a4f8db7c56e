"""Lists of action items and several of them at once as people live them, through Bolt and the sandbox."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from storage import people
from tests.actions.test_actions_in_slack import ask
from tests.muster import Running, running
from tests.seen import find


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found


def test_the_list_of_a_person_is_gone_through_and_said_anew(muster: Running) -> None:
    ana, dev = muster.people.person("Ana"), muster.people.person("Dev")
    for number in range(12):
        ask(ana, f"Thing {number}", "Ben")
    dev.command("/action", "list @Ben Okafor", channel="forecast")
    shown = find(lambda: dev.ephemerals("forecast"), "With Ben Okafor (12)", "Thing 0", "More")
    assert "Thing 10" not in str(shown)
    dev.click(shown, "More")
    shown = find(lambda: dev.ephemerals("forecast"), "Thing 10", "Thing 11", "Back")
    assert len(dev.ephemerals("forecast")) == 1
    dev.click(shown, "Back")
    find(lambda: dev.ephemerals("forecast"), "Thing 0", "More")
    dev.command("/action", "list my lead", channel="forecast")
    find(lambda: dev.ephemerals("forecast"), "whom you report to")


def test_home_opens_the_lists_of_ones_lead_and_of_ones_team(muster: Running) -> None:
    ana, ben, dev = everybody = [muster.people.person(name) for name in ("Ana", "Ben", "Dev")]
    with muster.process.db.write() as session:
        known = people.people(session, workspace_id=muster.workspace_id, ids=[ben.id])[ben.id]
        people.set_up_person(session, person=replace(known, manager_id=ana.id))
    ask(dev, "Relabel the tickets", "Ana")
    ask(dev, "Count them again", "Ben")
    for person in everybody:
        person.home(open_tab=True)
    ana.click(find(lambda: [ana.home() or {}], "My team's action items"), "My team's action items")
    shown = find(lambda: [ana.modal() or {}], "Of the people assigned to you (1)", "Count them again", "Ben Okafor")
    assert "Relabel" not in str(shown)
    page = find(lambda: [ben.home() or {}], "My lead's action items")
    assert "My team's action items" not in str(page)
    ben.click(page, "My lead's action items")
    find(lambda: [ben.modal() or {}], "With Ana Souza (1)", "Relabel the tickets")
    assert "'s action items" not in str(find(lambda: [dev.home() or {}], "You are waiting for"))


def test_the_list_of_somebody_is_found_by_a_name_that_was_only_typed(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ask(ana, "Relabel", "Ben")
    for typed in ("list @Ben", "list @ben okafor"):
        ana.command("/action", typed, channel="forecast")
        find(lambda: ana.ephemerals("forecast"), "With Ben Okafor (1)", "Relabel")
    ana.command("/action", "list @Bob", channel="forecast")
    find(lambda: ana.ephemerals("forecast"), "Nobody here, or more than one, is called “@Bob”.")


def test_what_nobody_has_is_taken_and_dated_from_the_list(muster: Running) -> None:
    ana, ben, dev = (muster.people.person(name) for name in ("Ana", "Ben", "Dev"))
    ana.command("/action", "Relabel the tickets", channel="forecast")
    ana.fill({"Owner": None, "Due": None})
    assert ana.submit() == {}
    find(ana.dm, "Recorded *A-1: Relabel the tickets*. It has no owner and no date yet.", "I'll take it", "Set a date")
    for person in (ben, dev):
        person.command("/action", "list orphans", channel="forecast")
    shown = find(lambda: ben.ephemerals("forecast"), "Without owner or date (1)", "no owner yet", "no date yet")
    ben.click(shown, "I'll take it")
    find(ana.dm, "Ben Okafor owns it. It has no date yet.", "Ben Okafor took it")
    late = find(lambda: dev.ephemerals("forecast"), "Without owner or date (1)", "no owner yet")
    dev.click(late, "I'll take it")
    find(lambda: dev.ephemerals("forecast"), "Somebody was faster: Ben Okafor has A-1 by now")
    dev.click(late, "Set a date")
    dev.fill({"Due": "2026-12-03"})
    assert dev.submit() == {}
    find(ben.dm, "Dev Patel says that *A-1: Relabel the tickets* is due on Thu 3 Dec 2026")
    find(lambda: dev.ephemerals("forecast"), "Every open action item in your channels has an owner and a date.")


def test_several_lines_are_shown_as_understood_and_then_recorded_at_once(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    ana.command("/action", "- @Ben Relabel the tickets by next Monday\n- Ask legal", channel="forecast")
    assert "due Mon 23 Nov 2026" in str(ana.modal())
    ana.fill({"One on each line": "@Ben Relabel the tickets by next Monday\n@Ben Ask legal\n@Bob Tidy the wiki"})
    ana.submit()
    assert "nobody here, or more than one, is called" in str(ana.modal())
    assert ana.submit() == {}
    find(ana.dm, "Recorded 3 action items, in #forecast.", "Tidy the wiki", "no owner yet", "I'll take it")
    told = find(ben.dm, "Ana Souza has 2 action items for you, in #forecast.", "Relabel the tickets", "Ask legal")
    ben.click(told, "Accept")
    find(ana.dm, "Recorded *A-1: Relabel the tickets*", "Ben Okafor accepted it")
    ben.click(told, "Set a date")
    ben.fill({"Due": "2026-12-03"})
    assert ben.submit() == {}
    find(ben.dm, "Ana Souza has 2 action items for you", "due Thu 3 Dec 2026")


def test_several_of_a_list_are_changed_at_once(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    for what in ("Relabel", "Ask legal", "Tidy"):
        ask(ana, what, "Ben")
    ben.command("/action", "list", channel="forecast")
    ben.click(find(lambda: ben.ephemerals("forecast"), "Yours (3)"), "Change several")
    ben.fill({"Which?": ["A-1 Relabel", "A-3 Tidy"], "What becomes of them?": "Hand over"})
    ben.submit()
    ben.fill({"New owner": "Dev", "Why?": "On leave"})
    assert ben.submit() == {}
    find(ana.dm, "Ben Okafor handed 2 action items over: “On leave”", "Relabel", "Tidy", "Dev Patel")
    find(muster.people.person("Dev").dm, "Ben Okafor handed 2 action items over to you", "Relabel", "Tidy")
    find(lambda: ben.ephemerals("forecast"), "Yours (1)", "Ask legal")


def test_whoever_is_mentioned_on_several_lines_is_called_by_their_name_on_each(muster: Running) -> None:
    """Slack says how they are called there, which may be how the name begins in which Muster knows them."""
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    with muster.process.db.write() as session:
        known = people.people(session, workspace_id=muster.workspace_id, ids=[ben.id])[ben.id]
        people.save_person(session, person=replace(known, name="ben.okafor stone"))
    ana.command("/action", f"<@{ben.id}> Ask legal\n<@{ben.id}> Tidy the wiki", channel="forecast")
    assert "@ben.okafor stone Ask legal\\n@ben.okafor stone Tidy the wiki" in json.dumps(ana.modal())


def test_change_several_on_a_list_with_nothing_left_says_so(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    for what in ("Relabel", "Tidy"):
        ask(ana, what, "Ben")
    ben.command("/action", "list mine", channel="forecast")
    stale = find(lambda: ben.ephemerals("forecast"), "Yours (2)")
    for place in range(2):
        ana.command("/action", f"A-{place + 1}", channel="forecast")
        ana.click(find(lambda: ana.ephemerals("forecast"), f"A-{place + 1}", "Done"), "Done")
        find(ben.dm, f"A-{place + 1}", "is done")
    ben.click(stale, "Change several")
    assert "Nothing on this list is left for you to change." in str(ben.modal())
    find(lambda: ben.ephemerals("forecast"), "Nothing is yours to do")
