"""The threads that send, shared among workspaces."""

from contextlib import closing

from schedules.worker import Worker
from storage import people
from storage.engine import Database
from surface.slack import Slack
from tests.owed import NOW, owe, prompt

THREADS = 20


def in_flight(db: Database) -> int:
    """Of forty messages that one workspace owes at once, what is on its way after one step."""
    with db.write() as session:
        people.save_workspace(session, workspace_id="T1", name="T1", url="https://northlight.slack.com/")
    owe(db, *(prompt(number) for number in range(40)))
    nowhere = Slack("xoxb-1", "http://127.0.0.1:9/api/")
    worker = Worker(db, lambda: NOW, nowhere, lambda *_who: None, wake=lambda: None, paces={}, threads=THREADS)
    with closing(worker):
        worker.step()
        return worker.in_flight


def test_one_workspace_among_several_never_has_more_than_half_of_the_threads(database: Database) -> None:
    with database.write() as session:
        people.save_workspace(session, workspace_id="T2", name="T2", url="https://northlight.slack.com/")
    assert 0 < in_flight(database) <= THREADS // 2


def test_a_workspace_of_its_own_has_them_all(database: Database) -> None:
    assert in_flight(database) >= THREADS
