"""What somebody who leaves looked after, through Bolt and the sandbox."""

from sandbox.client import eventually
from tests.muster import running
from tests.seen import find


def test_the_next_person_takes_over_what_was_left_from_one_message(tables_url: str) -> None:
    with running(tables_url) as muster:
        ana = muster.people.person("Ana")
        ana.command("/decision", "Small model", channel="forecast")
        reasons = {"What was decided?": "Ship it", "Why?": "Cheaper", "Approver": "Ben"}
        ana.fill(reasons)
        assert ana.submit() == {}
        ana.command("/action", "Renew the licence", channel="forecast")
        ana.fill({"Owner": "Ben", "Due": "2026-11-26"})
        assert ana.submit() == {}
        find(ana.dm, "Recorded", "Renew the licence")
        muster.people.change_person("Ben", deleted=True)
        told = find(ana.dm, "Ben Okafor has left, and 2 things of theirs wait for somebody.")
        ana.click(told, "Take it over")
        find(ana.dm, "Ben Okafor has left, and 1 thing of theirs waits for somebody.", "Choose approver")
        ana.command("/action", "list", channel="forecast")
        find(lambda: ana.ephemerals("forecast"), "Renew the licence")
        assert eventually(lambda: "Take it over" not in str(ana.ephemerals("forecast")[-1]))
