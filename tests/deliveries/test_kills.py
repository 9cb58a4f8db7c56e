"""Muster is killed at the worst moments, and started again: nothing is lost, nothing is sent twice."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.library import shipped_library
from sandbox.client import Client, Refused, eventually, texts
from sandbox.faults import Fault
from sandbox.server import Sandbox
from services import rituals
from storage.engine import Database
from tests.muster import FRIDAY, MANIFEST, OwnProcess

MONDAY_IN_BERLIN = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
IN_BERLIN = ("Ben", "Chloe", "Farid", "Grace")


@dataclass
class Scene:
    """A weekly sync about to begin, and the process that will be killed."""

    box: Sandbox
    people: Client
    url: str
    muster: OwnProcess

    def restart(self) -> None:
        self.muster = OwnProcess(self.box, self.url)
        self.muster.wait_until_ready()

    def begin_monday(self) -> threading.Thread:
        """Jumps to half past nine in Berlin, while Muster may be hanging or dying."""

        def jump() -> None:
            with Client(self.box.url) as people, suppress(Refused):
                people.jump_to(MONDAY_IN_BERLIN)

        jumping = threading.Thread(target=jump)
        jumping.start()
        return jumping

    def kill_at(self, fault: Fault) -> None:
        """Lets Muster run into the fault, and kills it there."""
        jumping = self.begin_monday()
        assert fault.reached.wait(20)
        self.muster.kill()
        fault.release()
        jumping.join()

    def settle(self) -> None:
        """Lets enough time pass for leases to run out and doubts to be settled, but no reminder to fall due."""
        for minutes in (1, 2, 4):
            self.people.jump_to(MONDAY_IN_BERLIN + timedelta(minutes=minutes))


@pytest.fixture
def scene(database_url: str) -> Iterator[Scene]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box, Client(box.url) as people:
        muster = OwnProcess(box, database_url)
        muster.wait_until_ready()
        found = Scene(box, people, database_url, muster)
        grace = people.person("Grace")
        with database(database_url) as db:
            rituals.switch_on(
                db,
                workspace_id=people.get("workspace")["team"]["id"],
                channel_id=grace.channel_id("forecast"),
                person_id=grace.id,
                template=shipped_library()["weekly-sync"],
                now=FRIDAY,
            )
        assert eventually(lambda: grace.messages("forecast"))
        yield found
        assert found.muster.stop() == 0


@contextmanager
def database(url: str) -> Iterator[Database]:
    db = Database(url)
    try:
        yield db
    finally:
        db.close()


def seen(scene: Scene) -> dict[str, int]:
    """How many invitations each of the four in Berlin has got, and how many messages the run has in its channel."""
    people = {name: scene.people.person(name) for name in IN_BERLIN}
    found = {name: sum("Answer" in texts(message) for message in each.dm()) for name, each in people.items()}
    return found | {"#forecast": sum("answered" in str(texts(each)) for each in people["Ben"].messages("forecast"))}


ONE_EACH = dict.fromkeys([*IN_BERLIN, "#forecast"], 1)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_between_sending_and_recording_repeats_nothing(scene: Scene, when: str) -> None:
    """`before`: Slack has the call and does it after the kill. `after`: it is done, and its answer is lost."""
    hold = scene.box.faults.add("chat.postMessage", "hold", times=50, when="before" if when == "before" else "after")
    scene.kill_at(hold)
    scene.restart()
    scene.settle()
    assert seen(scene) == ONE_EACH


def test_a_kill_between_writing_and_sending_loses_nothing(scene: Scene) -> None:
    refusal = scene.box.faults.add("chat.postMessage", "ratelimited", times=50, retry_after=30)
    scene.kill_at(refusal)
    assert seen(scene) == dict.fromkeys(ONE_EACH, 0)
    scene.box.faults.clear()
    scene.restart()
    scene.settle()
    assert seen(scene) == ONE_EACH


def test_a_kill_in_the_middle_of_a_fan_out_completes_it_once(scene: Scene) -> None:
    scene.box.faults.add("chat.postMessage", "delay", times=2, seconds=0)
    hold = scene.box.faults.add("chat.postMessage", "hold", times=50, when="after")
    scene.kill_at(hold)
    scene.restart()
    scene.settle()
    assert seen(scene) == ONE_EACH


def test_an_acknowledged_answer_survives_a_kill(scene: Scene) -> None:
    scene.begin_monday().join()
    ben = scene.people.person("Ben")
    eventually(ben.dm)
    ben.click(ben.dm()[0], "Answer")
    ben.fill(
        {
            "What moved last week that another team should know?": "The backfill is done.",
            "How confident are you in our next milestone date?": "5 (Certain)",
        }
    )
    update = scene.box.faults.add("chat.update", "hold", times=50)
    assert ben.submit() == {}
    assert update.reached.wait(20)
    scene.muster.kill()
    update.release()
    scene.restart()
    scene.settle()
    assert "The backfill is done." in str(texts(ben.dm()[0]))
    assert "1 of 8 answered" in str(texts(ben.messages("forecast")[-1]))
