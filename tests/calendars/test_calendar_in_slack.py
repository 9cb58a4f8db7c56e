"""Following one's own calendar through Bolt and the sandbox, until the summary says who was away, or Muster stops."""

import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler

from domain.deliveries import Kind
from sandbox.client import Person, eventually, texts
from tests.calendars.ics import days, feed
from tests.calendars.server import calendar_server, reply
from tests.muster import running
from tests.team import owed

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
"""Half past nine in Berlin."""
FRIDAY_NIGHT = datetime(2026, 11, 27, 23, tzinfo=UTC)
SECRET = "/private-4f2a/basic.ics"


def shown(person: Person) -> str:
    return "\n".join(texts(person.modal() or {"blocks": []}))


def looked_again(person: Person, words: str) -> bool:
    person.click(person.modal() or {}, "Look again")
    return words in shown(person)


def test_somebody_who_follows_their_calendar_is_not_asked_and_the_summary_says_away(tables_url: str) -> None:
    with running(tables_url) as muster, calendar_server() as server:
        server.pages[SECRET] = feed(days("20261123", "20261126", "SUMMARY:Operation"))
        chloe, grace = muster.people.person("Chloe"), muster.people.person("Grace")
        muster.switch_on()
        chloe.home(open_tab=True)
        assert eventually(lambda: "Follow your calendar" in str(chloe.home()))
        chloe.command("/muster", "calendar", channel="forecast")
        assert "keeps only the days" in shown(chloe)
        chloe.fill({"Address": "http://calendar.example.com/a.ics"})
        assert "nobody can listen" in str(chloe.submit())
        chloe.fill({"Address": server.url(SECRET)})
        assert chloe.submit() == {}
        assert eventually(lambda: looked_again(chloe, "• Mon 23 Nov 2026 to Wed 25 Nov 2026"))
        assert "127.0.0.1" in shown(chloe)
        assert "private-4f2a" not in str(chloe.modal())
        assert eventually(lambda: "as your calendar says" in str(chloe.home()))
        muster.people.jump_to(MONDAY)
        assert eventually(grace.dm)
        muster.people.jump_to(FRIDAY_NIGHT)
        assert eventually(lambda: "Away: Chloe Martin." in str([texts(each) for each in grace.messages("forecast")]))
        assert chloe.dm() == []


def test_a_stop_records_what_slack_took_before_it_waits_for_a_calendar_that_does_not_answer(tables_url: str) -> None:
    may_answer = threading.Event()

    def answer(request: BaseHTTPRequestHandler) -> None:
        may_answer.wait(20)
        reply(request, 404)

    with running(tables_url) as muster, calendar_server() as server:
        server.pages[SECRET] = answer
        chloe = muster.people.person("Chloe")
        chloe.command("/muster", "calendar", channel="forecast")
        chloe.fill({"Address": server.url(SECRET)})
        assert chloe.submit() == {}
        assert eventually(lambda: server.asked)
        hold = muster.box.faults.add("chat.postMessage", "hold", times=1, when="after")
        muster.switch_on()
        assert hold.reached.wait(10)
        muster.process.loop.stop()
        hold.release()
        try:
            assert eventually(lambda: [row for row in owed(muster.process.db, Kind.RITUAL) if row.ts], within=5)
        finally:
            may_answer.set()
