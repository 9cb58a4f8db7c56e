"""Exporting answers from the details of a ritual, through Bolt and the sandbox."""

from datetime import UTC, datetime

from sandbox.client import eventually, texts
from tests.checkin.slack import BERLIN, answer, who
from tests.muster import running

CLOSED = datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_the_file_comes_to_the_direct_message_of_whoever_asked(tables_url: str) -> None:
    with running(tables_url) as muster:
        muster.switch_on()
        muster.people.jump_to(BERLIN)
        answer(muster, "Chloe")
        muster.people.jump_to(CLOSED)
        grace, ana = who(muster, "Grace"), who(muster, "Ana")
        for person in (ana, grace):
            person.command("/ritual", "", channel="forecast")
            person.click(person.ephemerals("forecast")[-1], "Details")
        assert "Export as CSV" not in texts(ana.modal() or {})
        grace.click(grace.modal() or {}, "Export as CSV")
        assert eventually(lambda: [each for each in grace.dm() if each.get("files")])
        (sent,) = [each for each in grace.dm() if each.get("files")]
        assert sent["files"][0]["name"] == "weekly-sync-1.csv"
        assert "What was answered in *Weekly sync*, as you asked: 2 answers." in sent["text"]
        assert not [each for each in ana.dm() if each.get("files")]
        assert "The file comes as a direct message" in str(texts(grace.modal() or {}))
        muster.box.faults.add("files.getUploadURLExternal", "error", times=1, error="missing_scope")
        grace.click(grace.modal() or {}, "Export as JSON")
        assert eventually(lambda: "Slack did not take the file (missing_scope)." in str(texts(grace.modal() or {})))
        grace.click(grace.modal() or {}, "End")
        assert grace.submit() == {}
        grace.close()
        grace.command("/checkin", "history", channel="forecast")
        grace.click(grace.ephemerals("forecast")[-1], "Search")
        grace.fill({"Check-in": "Weekly sync, until Tue 24 Nov 2026"})
        assert grace.submit() == {}
        grace.click(grace.modal() or {}, "Export as JSON")
        assert "The file comes as a direct message" in str(texts(grace.modal() or {}))
        assert eventually(lambda: "weekly-sync-1.json" in str(grace.dm()[-1].get("files"))), "also once it has ended"
