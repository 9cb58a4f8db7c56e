"""A ritual that people stop answering, through Bolt and real sockets: what its facilitator reads and presses."""

from datetime import timedelta

from sandbox.client import eventually
from tests.checkin.slack import BERLIN, answer, read, who
from tests.muster import Running, running
from tests.seen import find

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)


def live_three_weeks(muster: Running) -> None:
    """Chloe alone answers, and then nobody else does."""
    muster.switch_on()
    muster.switch_on("demo-day")
    for number in range(3):
        muster.people.jump_to(BERLIN + number * WEEK)
        answer(muster, "Chloe")
        muster.people.jump_to(BERLIN + number * WEEK + DAY)


def test_its_facilitator_is_asked_and_each_button_leads_where_it_says(tables_url: str) -> None:
    with running(tables_url) as muster:
        live_three_weeks(muster)
        grace = who(muster, "Grace")
        told = find(grace.dm, "1 of 8 answered each of the last three times.", "Leave it as it is")
        for label, shown in (
            ("Shorten", "What moved last week that another team should know?"),
            ("Move", "every mon at 09:30"),
            ("Merge", "Demo day"),
            ("Stop", "Nobody else is asked."),
        ):
            grace.click(told, label)
            assert shown in str(grace.modal())
            grace.close()
        grace.click(told, "Leave it as it is")
        left = eventually(lambda: find(grace.dm, "It stays as it is."))
        assert "Shorten" not in read(left)
        assert left["ts"] == told["ts"], "the same message"
