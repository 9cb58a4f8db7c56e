"""Planted: channels that do not hear that a summary is there, or hear what is not so."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from simulation.promises import once, summaries, told, unnamed
from tests.simulation.breaking import again, broken, frozen_after, without
from tests.simulation.extra import pulse, results
from tests.simulation.story import TEMPLATES, Json, channel, local, section
from tests.simulation.week import Week, week

MINUTE = timedelta(minutes=1)
SYNC = "Weekly sync of 2026-11-23 in #forecast"


def never(found: Week, line: Json) -> None:
    without(found, line)


def in_its_thread_only(_found: Week, line: Json) -> None:
    line["message"]["broadcast"] = False


def in_no_thread(_found: Week, line: Json) -> None:
    line["message"]["thread_ts"] = None


def too_soon(_found: Week, line: Json) -> None:
    line["at"] -= 3600


def late(_found: Week, line: Json) -> None:
    line["at"] += 600


def others_counted(_found: Week, line: Json) -> None:
    line["message"]["text"] = line["message"]["text"].replace("2 of 4", "3 of 4")


def blockers_forgotten(_found: Week, line: Json) -> None:
    line["message"]["text"] = line["message"]["text"].replace("1 blocker open", "no blockers open")


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (never, f"{SYNC} was summed up, and its channel did not hear of it."),
        (
            in_its_thread_only,
            f"That the summary of {SYNC} is there, is not said both in its thread and in its channel.",
        ),
        (in_no_thread, f"That the summary of {SYNC} is there, is not said both in its thread and in its channel."),
        (too_soon, f"{SYNC} is said to be summed up, and is not."),
        (late, f"That the summary of {SYNC} is there, was said late, and nothing stood in the way."),
        (others_counted, f"What says that the summary of {SYNC} is there counts otherwise than the summary."),
        (blockers_forgotten, f"What says that the summary of {SYNC} is there counts otherwise than the summary."),
    ],
)
def test_what_is_told_wrongly_is_found(break_it: Callable[[Week, Json], None], says: str) -> None:
    found = week()
    break_it(found, found.named["told"])
    assert broken(found)[told.PROMISE] == [says]


def test_what_is_told_twice_is_found() -> None:
    found = week()
    again(found, found.named["told"], local("ana", 23, "12:00"), delivery="another")
    assert "came a second time" in broken(found)[once.PROMISE][0]


def test_that_nobody_answered_is_not_to_be_told() -> None:
    found = week()
    for name in ("closing", "summary"):
        empty = "Weekly sync, Mon 23 Nov 2026: Closed, no answers."
        found.named[name]["message"] |= {"text": empty, "blocks": [section(empty)]}
    assert broken(found)[told.PROMISE] == [f"{SYNC} is said to be summed up, and is not."]
    without(found, found.named["told"])
    assert told.PROMISE not in broken(found)


def test_what_is_new_in_its_channel_is_not_to_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TEMPLATES["sync"], "post", {"by": "function", "quiet": True})
    found = week()
    assert f"{SYNC} is said to be summed up, and is not." in broken(found)[told.PROMISE]


def test_that_a_summary_of_no_run_is_there_is_found() -> None:
    found = week()
    text = "Team pulse, Mon 23 Nov 2026: 2 of 4 answered. Read the summary."
    found.story.post(local("ana", 23, "12:00"), channel("forecast"), text, [section(text)])
    assert broken(found)[told.PROMISE] == ["A channel hears that a summary of Team pulse is there, of no run."]


def test_where_the_summary_is_deleted_nothing_has_to_be_told() -> None:
    found = week()
    closing = found.named["closing"]
    without(found, found.named["told"])
    frozen_after(found, closing)
    gone = {**closing, "act": "deleted", "at": closing["at"] + 1}
    found.story.lines.append(gone)
    assert told.PROMISE not in broken(found)
    assert summaries.PROMISE not in broken(found)


def test_of_too_few_without_names_nothing_is_to_be_told() -> None:
    found = pulse()
    assert found.broken() == {}
    text, blocks = results(found, {"ben": "Fewer meetings [pppp-0001]"})
    found.week.named["results"]["message"] |= {"text": text, "blocks": blocks}
    assert "is said to be summed up, and is not" in found.broken()[told.PROMISE][0]
    of_results = found.week.named["told of results"]["message"]
    of_results["text"] = of_results["text"].replace("3 of 4", "1 of 4")
    assert "says that 1 answered, which is less than 3" in found.broken()[unnamed.PROMISE][0]
