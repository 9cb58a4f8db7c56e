"""Trends through Bolt and the sandbox: Slack's own charts, pictures in their place, and what is below them."""

import csv
import io
from collections.abc import Callable
from typing import TypeVar

import pytest
from PIL import Image

from sandbox.client import Person, eventually, texts
from sandbox.state import Json
from services import trends
from tests.muster import BOTH_WAYS, Running, running
from tests.trends.team_weeks import live

CHART = "data_visualization"


T = TypeVar("T")


def there(probe: Callable[[], T | None]) -> T:
    """What comes in a moment."""
    found = eventually(probe)
    assert found
    return found


def ask(muster: Running, name: str = "Grace") -> Person:
    person = muster.people.person(name)
    trends.ask(muster.process.db, workspace_id=muster.workspace_id, person_id=person.id, now=muster.process.clock())
    return person


def shown(person: Person) -> Json:
    """The newest message with trends."""
    return there(lambda: next((each for each in person.dm()[::-1] if "Trends up to" in each["text"]), None))


def kinds(message: Json) -> list[str]:
    return [block["type"] for block in message["blocks"]]


def blocks(message: Json, kind: str) -> list[Json]:
    return [block for block in message["blocks"] if block["type"] == kind]


def picture(muster: Running, block: Json) -> Image.Image:
    file = muster.box.slack.worlds[muster.workspace_id].workspace.files[block["slack_file"]["id"]]
    return Image.open(io.BytesIO(file.content))


def cells(block: Json) -> list[list[str]]:
    return [[cell["text"] for cell in row] for row in block["rows"]]


@BOTH_WAYS
def test_slack_draws_what_has_no_gaps(tables_url: str, over_http: bool) -> None:
    with running(tables_url, over_http=over_http) as muster:
        live(muster)
        message = shown(ask(muster))
        chart, other = blocks(message, CHART)
        assert [series["name"] for series in chart["chart"]["series"]] == ["everybody", "research", "ML", "legal"]
        assert [point["value"] for point in chart["chart"]["series"][3]["data"]][-3:] == [100, 0, 0]
        assert other["chart"]["axis_config"]["categories"][0] == "14 Sep"
        head, *rows = cells(blocks(message, "data_table")[0])
        assert (head, len(rows)) == (["Week of", "everybody", "research", "ML", "legal"], 8)
        assert rows[-1] == ["9 Nov", "30 of 35 (86 %)", "20 of 20 (100 %)", "10 of 10 (100 %)", "0 of 5 (0 %)"]
        assert "not heard from: legal for 2 weeks" in message["text"]
        assert "9 Nov: everybody 30 of 35 (86 %)" in message["text"]


def test_a_gap_is_drawn_in_a_picture_with_its_finding_and_table(tables_url: str) -> None:
    with running(tables_url) as muster:
        live(muster)
        grace = ask(muster)
        grace.click(shown(grace), "Show 1 more")
        message = there(lambda: found if blocks(found := shown(grace), "image") else None)
        (image,) = blocks(message, "image")
        assert image["alt_text"].startswith("Time to decide, Mon 28 Sep to Sun 15 Nov 2026. The median time to decide")
        assert picture(muster, image).size == (1600, 900)
        assert len(cells(blocks(message, "data_table")[0])) == 8
        assert not blocks(message, CHART)
        grace.click(shown(grace), "CSV")
        assert eventually(lambda: "lead_time.csv" in str(grace.dm()[-1].get("files")))
        assert [each["text"] for each in grace.dm()].count(message["text"]) == 1


def test_an_older_slack_gets_pictures_and_is_not_asked_again(tables_url: str) -> None:
    with running(tables_url) as muster:
        live(muster)
        muster.box.faults.unknown_blocks = frozenset({CHART, "data_table"})
        grace = ask(muster)
        message = shown(grace)
        assert len(blocks(message, "image")) == len(blocks(message, "table")) == 2
        first, other = (picture(muster, each).convert("L") for each in blocks(message, "image"))
        assert first.tobytes() != other.tobytes()
        calls = posts(muster)
        assert [call for call in calls if CHART in call], "it tried"
        grace.click(message, "Show 1 more")
        eventually(lambda: len(posts(muster)) > len(calls))
        assert not [call for call in posts(muster)[len(calls) :] if CHART in call]


def posts(muster: Running) -> list[str]:
    """What it asked Slack to post, as text."""
    return [str(call.args) for call in muster.box.log.calls("chat.postMessage")]


def test_a_picture_that_slack_does_not_take_into_the_message_comes_below_it(
    tables_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.picturing.PAUSES", (0.0,))
    with running(tables_url) as muster:
        live(muster)
        muster.box.faults.unknown_blocks = frozenset({CHART, "data_table", "image"})
        grace = ask(muster)
        message = shown(grace)
        assert kinds(message).count("table") == 2
        assert not blocks(message, "image")
        replies = there(lambda: found if len(found := thread(grace, message)) == 2 else None)
        assert [each["files"][0]["name"] for each in replies] == ["participation.png", "actions.png"]
        assert "Participation rose from" in replies[0]["text"]


def thread(person: Person, message: Json) -> list[Json]:
    return person.messages("app", thread=message["ts"])[1:]


def test_without_leave_to_upload_the_table_says_it_all(tables_url: str) -> None:
    with running(tables_url) as muster:
        live(muster)
        muster.box.faults.unknown_blocks = frozenset({CHART})
        muster.box.faults.add("files.getUploadURLExternal", "error", times=9, error="file_uploads_disabled")
        message = shown(ask(muster))
        assert kinds(message).count("table") == 2
        assert not blocks(message, "image")


def test_how_it_is_counted_and_the_file_are_one_click_away(tables_url: str) -> None:
    with running(tables_url) as muster:
        live(muster)
        grace = ask(muster)
        grace.click(shown(grace), "How is this counted")
        assert "How many of those who were asked have answered" in str(texts(grace.modal() or {}))
        grace.close()
        grace.click(shown(grace), "CSV")
        sent = there(lambda: next((each for each in grace.dm() if each.get("files")), None))
        assert sent["files"][0]["name"] == "participation.csv"
        rows = list(csv.reader(io.StringIO(content(muster, sent["files"][0]["id"]).decode())))
        assert ["2026-11-09", "legal", "0", "%", "0", "5", ""] in rows
        assert not muster.people.person("Ana").dm()


def content(muster: Running, file_id: str) -> bytes:
    return bytes(muster.box.slack.worlds[muster.workspace_id].workspace.files[file_id].content)


def test_asked_for_again_they_are_brought_up_to_date_in_place(tables_url: str) -> None:
    with running(tables_url) as muster:
        live(muster, weeks=2)
        grace = ask(muster)
        before = shown(grace)
        live(muster, legal=False, weeks=3)
        ask(muster)
        assert eventually(lambda: shown(grace)["text"] != before["text"])
        assert [each["ts"] for each in grace.dm()] == [before["ts"]]


def test_with_nothing_to_count_it_says_when_there_will_be(tables_url: str) -> None:
    with running(tables_url) as muster:
        message = shown(ask(muster))
        assert kinds(message) == ["section"]
        assert "Type /digest trends again next Monday" in message["text"].replace("`", "")


def test_digest_trends_shows_them_to_whoever_types_it(tables_url: str) -> None:
    with running(tables_url) as muster:
        live(muster, weeks=2)
        ana, grace = muster.people.person("Ana"), muster.people.person("Grace")
        grace.command("/digest", "trends", channel="forecast")
        assert "The trends come as a direct message" in str(grace.ephemerals("forecast")[-1])
        assert "Participation by function" in shown(grace)["text"]
        grace.command("/muster", "digest trends", channel="forecast")
        assert not ana.dm()
