"""Somebody joins the channel after its check-in began, through Bolt and real sockets."""

from sandbox.client import Person, eventually
from sandbox.state import Json
from storage import channels
from tests.checkin.slack import BERLIN, CERTAIN, CONFIDENCE, MOVED, newest, read, who
from tests.muster import Running, running


def is_known(muster: Running, person: Person) -> bool:
    place = {"workspace_id": muster.workspace_id, "channel_id": who(muster, "Grace").channel_id("forecast")}
    with muster.process.db.read() as session:
        return channels.is_member(session, **place, person_id=person.id)


def offer(chloe: Person) -> Json:
    chloe.command("/checkin", channel="pricing")
    return eventually(lambda: chloe.ephemerals("pricing"))[-1]


def test_whoever_joins_answers_from_the_list_and_the_channel_reads_one_more(tables_url: str) -> None:
    with running(tables_url) as muster:
        chloe = who(muster, "Chloe")
        chloe.leave("forecast")
        eventually(lambda: not is_known(muster, chloe))
        muster.switch_on()
        muster.people.jump_to(BERLIN)
        assert "nothing to answer" in read(offer(chloe))
        chloe.join("forecast")
        eventually(lambda: is_known(muster, chloe))
        found = offer(chloe)
        assert "It began before you joined: you may answer, and need not." in read(found)
        chloe.click(found, "Answer")
        assert "nobody waits for you" in str(chloe.modal())
        chloe.fill({MOVED: "Chloe moved things.", CONFIDENCE: CERTAIN})
        assert chloe.submit() == {}
        assert eventually(lambda: chloe.dm() and "so you count as one more" in newest(chloe))
        assert eventually(
            lambda: any("0 of 7 answered, +1 joined" in read(each) for each in chloe.messages("forecast"))
        )
