"""The life of a decision and of an action item with two replicas on one PostgreSQL: after each step Slack delivers all
that was pressed and sent once more, to either of them, and one of them is killed before some steps.

Judged only by what Slack has posted and by what people read.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.client import Client, Person, eventually, texts
from sandbox.server import Sandbox
from sandbox.state import Json
from tests.muster import FRIDAY, MANIFEST, OwnProcess
from tests.seen import find

KILLED_BEFORE = frozenset({2, 5, 8})
"""The steps of a life before which one replica dies."""
LEASE = timedelta(minutes=2)
"""Longer than what a replica has taken on waits for it."""
PRESSED = frozenset({"block_actions", "view_submission", "slash_commands"})


@dataclass
class Two:
    box: Sandbox
    people: Client
    url: str
    replicas: list[OwnProcess]
    chance: random.Random
    now: datetime = FRIDAY
    steps: int = 0
    repeated: set[str] = field(default_factory=set)

    def person(self, name: str) -> Person:
        return self.people.person(name)

    def step(self, do: Callable[[], None]) -> None:
        self.steps += 1
        if self.steps in KILLED_BEFORE:
            self._kill_one()
        do()
        for heard in self.people.deliveries():
            if heard["type"] in PRESSED and heard["id"] not in self.repeated:
                self.repeated.add(heard["id"])
                assert self.people.again(heard["id"])

    def press(self, who: str, words: tuple[str, ...], label: str, **filled: object) -> None:
        """In the newest message of theirs with those words, and sends the form that opens, if there is one."""
        person = self.person(who)

        def do() -> None:
            person.click(find(person.dm, *words), label)
            if filled:
                fill(person, filled)

        self.step(do)

    def _kill_one(self) -> None:
        place = self.chance.randrange(len(self.replicas))
        self.replicas[place].kill()
        self.replicas[place] = OwnProcess(self.box, self.url)
        self.replicas[place].wait_until_ready()
        for _ in range(3):
            self.go_to(self.now + LEASE)

    def go_to(self, moment: datetime) -> None:
        self.now = moment
        assert self.people.jump_to(moment)["moved"]


def fill(person: Person, filled: dict[str, object]) -> None:
    assert eventually(person.modal)
    person.fill(filled)
    assert person.submit() == {}


@pytest.fixture
def two(postgres_url: str) -> Iterator[Two]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box, Client(box.url) as people:
        replicas = [OwnProcess(box, postgres_url), OwnProcess(box, postgres_url)]
        for each in replicas:
            each.wait_until_ready()
        found = Two(box, people, postgres_url, replicas, random.Random(7))  # noqa: S311 - no secret hangs on it
        yield found
        for each in found.replicas:
            assert each.stop() == 0


def test_a_decision_is_told_of_once_at_each_step(two: Two) -> None:
    ana, ben = two.person("Ana"), two.person("Ben")
    two.step(lambda: record(ana, "One model", Approver="Grace"))
    two.press("Grace", ("asks you to approve", "One model"), "Object", **AGAINST)
    two.press("Ana", ("objected to", "One model"), "Edit", **{"What was decided?": "A small one"})
    two.press("Grace", ("was changed after you objected", "One model"), "Approve")
    card = find(lambda: ana.messages("forecast"), "One model", "*Accepted* by Grace Kim", "A small one")
    two.step(lambda: ben.click(card, "Read"))
    find(lambda: ana.messages("forecast"), "One model", "Read by 1 person")
    two.step(lambda: ana.click(find(ana.dm, "Grace Kim approved", "One model"), "View"))
    two.step(lambda: ana.click(modal(ana), "Supersede"))
    two.step(lambda: fill(ana, {"Title": "Two models", **REASONS, "Approver": "Ana"}))
    find(lambda: ana.messages("forecast"), "One model", "Superseded by", "D-2>: Two models")
    find(ben.dm, "One model", "which you have read, is superseded by", "Please read D-2 too")
    nothing_is_said_twice(two)
    shown = [texts(each)[0] for each in ana.messages("forecast")]
    assert [sum(f"D-{number}:" in each for each in shown) for number in (1, 2, 3)] == [1, 1, 0]


def test_an_action_item_is_told_of_once_at_each_step_and_the_next_of_it_comes_once(two: Two) -> None:
    two.step(lambda: ask(two.person("Ana"), "Check the bill", "Ben"))
    two.press("Ben", ("Check the bill", "asked for by Ana"), "Accept")
    two.press("Ben", ("Check the bill",), "Hand over", **{"New owner": "Dev", "Why?": "On leave"})
    two.press("Dev", ("Check the bill", "handed"), "New date", **{"New date": "2026-11-25"})
    for month, day in ((11, 25), (11, 26), (11, 30), (12, 3), (12, 4)):
        two.go_to(datetime(2026, month, day, 9, tzinfo=UTC))
    find(two.person("Ana").dm, "Check the bill", "is still open", "because you asked for it")
    two.press("Dev", ("A reminder", "Check the bill"), "Done")
    find(two.person("Ana").dm, "Check the bill", "Dev Patel says that it is done")
    find(two.person("Dev").dm, "A-2", "Check the bill")
    nothing_is_said_twice(two)
    with_second = [each for each in two.person("Dev").dm() if "A-2" in texts(each)[0]]
    assert len(with_second) == 1
    assert not [each for each in two.person("Dev").dm() if "A-3" in " ".join(texts(each))]


def nothing_is_said_twice(two: Two) -> None:
    posted = [call for call in two.box.log.calls("chat.postMessage") if call.answer.get("ok")]
    copies = Counter(call.args["metadata"]["event_payload"]["id"] for call in posted)
    assert [key for key, count in copies.items() if count > 1] == []


def modal(person: Person) -> Json:
    found = eventually(person.modal)
    assert found
    return found


def record(person: Person, title: str, **more: object) -> None:
    person.command("/decision", title, channel="forecast")
    fill(person, REASONS | more)


def ask(person: Person, what: str, owner: str) -> None:
    person.command("/action", what, channel="forecast")
    fill(person, {"Owner": owner, "Due": "2026-11-24", "Repeats": "Every week"})


AGAINST = {
    "What would go wrong, and for whom?": "Too dear",
    "What change or alternative would make it acceptable?": "One of them",
}
REASONS: dict[str, object] = {"What was decided?": "Ship it", "Why?": "It is cheaper"}
