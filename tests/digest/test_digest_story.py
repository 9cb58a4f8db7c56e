"""A manager's Monday, through Slack: the digest, its buttons in place, and App Home."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sandbox.client import Person, eventually, texts
from services import digests
from storage import people
from tests.muster import Running, running

FUNCTIONS = {"Ana": "research", "Ben": "ml", "Chloe": "product", "Erin": "support"}


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        _assign(found, found.people.person_id("Grace"))
        yield found


def _assign(muster: Running, manager_id: str) -> None:
    with muster.process.db.write() as session:
        known = people.people(session, workspace_id=muster.workspace_id)
        for name, function in FUNCTIONS.items():
            person = known[muster.people.person_id(name)]
            people.set_up_person(session, person=replace(person, function=function, manager_id=manager_id))
        digests.plan(session, workspace_id=muster.workspace_id, person_id=manager_id, now=muster.process.clock())


def says(person: Person, *words: str) -> str:
    """The person's newest message with the app, once it says all of that."""

    def look() -> str:
        found = ["\n".join(texts(message)) for message in person.dm()]
        return next((text for text in reversed(found) if all(word in text for word in words)), "")

    found = eventually(look)
    assert found, (words, [texts(message) for message in person.dm()])
    return found


def home_says(person: Person, *words: str) -> None:
    def look() -> bool:
        page = "\n".join(texts(person.home() or {"blocks": []}))
        return all(word in page for word in words)

    assert eventually(look), (words, person.home())


def propose(by: Person, title: str, *, approver: str, channel: str) -> None:
    by.command("/decision", title, channel=channel)
    by.fill({"What was decided?": "Do it.", "Why?": "Because it is cheap.", "Approver": approver})
    assert by.submit() == {}


def test_a_decision_is_approved_in_the_digest(muster: Running) -> None:
    grace, ana = muster.people.person("Grace"), muster.people.person("Ana")
    propose(ana, "Freeze the API", approver="Grace", channel="forecast")
    muster.people.jump_to(datetime(2026, 11, 23, 7, tzinfo=UTC))
    says(grace, "1 thing needs you", "Freeze the API", "recorded by Ana Souza")
    digest = grace.dm()[-1]
    grace.click(digest, "Approve")
    says(grace, "Nothing needs you any more", "Done: ~Freeze the API~ (")
    assert sum("Mon 16 to Sun 22 Nov" in str(message) for message in grace.dm()) == 1


def test_an_action_item_is_done_on_home(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.home(open_tab=True)
    home_says(ana, "Nothing needs you right now", "You have no action items")
    ana.command("/action", "Write the plan", channel="forecast")
    ana.fill({"Due": "2026-11-25"})
    assert ana.submit() == {}
    home_says(ana, "Write the plan", "Due Wed 25 Nov 2026")
    page = ana.home()
    assert page
    ana.click(page, "Done")
    home_says(ana, "You have no action items")


def test_the_second_monday_tells_who_was_heard(muster: Running) -> None:
    grace, ben = muster.people.person("Grace"), muster.people.person("Ben")
    muster.switch_on()
    muster.people.jump_to(datetime(2026, 11, 23, 8, 30, tzinfo=UTC))
    assert "Your team started on Fri 20 Nov 2026" in says(grace, "First numbers in your next")
    says(ben, "Weekly sync")
    ben.click(ben.dm()[-1], "Answer")
    form = ben.modal()
    assert form
    ben.fill(
        {
            "What moved last week that another team should know?": "v3",
            "What is blocking you?": "Labels & GPUs",
            "How confident are you in our next milestone date?": "4 of 5",
        }
    )
    assert ben.submit() == {}
    says(ben, "answered, thank you")
    muster.people.jump_to(datetime(2026, 11, 25, 12, tzinfo=UTC))
    muster.people.jump_to(datetime(2026, 11, 30, 7, tzinfo=UTC))
    told = says(grace, "Mon 23 to Sun 29 Nov", "Heard from 1 of 8 (13 %) in <", "product silent")
    assert "*Blocker:* “Labels &amp; GPUs”, raised by Ben Okafor" in told
    digest = next(message for message in grace.dm() if "Heard from" in str(message))
    grace.click(digest, "Make action item")
    assert "Labels & GPUs" in str(grace.modal())


def test_home_begins_a_decision_in_a_channel_of_mine(muster: Running) -> None:
    farid = muster.people.person("Farid")
    farid.home(open_tab=True)
    home_says(farid, "Record a decision")
    page = farid.home()
    assert page
    farid.click(page, "Record a decision")
    farid.fill({"Which channel is it for?": "#pricing"})
    assert farid.submit() == {}
    farid.fill({"Title": "Raise prices", "What was decided?": "By a tenth", "Why?": "Costs rose"})
    assert farid.submit() == {}
    home_says(farid, "D-1", "Raise prices", "accepted")
    assert eventually(lambda: "Raise prices" in str(farid.messages("pricing")))


def test_opening_home_twice_or_late_publishes_the_same_page(muster: Running) -> None:
    dev = muster.people.person("Dev")
    dev.home(open_tab=True)
    home_says(dev, "Nothing needs you right now")
    opened = next(each for each in muster.people.deliveries() if "app_home_opened" in str(each["payload"]))
    assert muster.people.again(opened["id"])
    home_says(dev, "Nothing needs you right now")
