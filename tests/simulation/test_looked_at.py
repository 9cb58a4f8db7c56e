"""Planted: check dates on which nobody is asked, and what is said or added later and stands nowhere."""

import json
from datetime import timedelta
from typing import Any

import pytest

from simulation.promises import looked_at, replaced, verdicts
from tests.simulation.breaking import broken, without
from tests.simulation.story import SECOND, Json, channel, direct, local, section
from tests.simulation.test_objectors import say
from tests.simulation.test_replaced import read
from tests.simulation.week import DECIDED, Week, pressed, week

AT = local("ben", 23, "15:00")
DUE = local("ben", 25, "09:00")
SAID = DUE + timedelta(hours=1)
TEXT = "D-2: Try it [dddd-0011]. Decided: We do [dddd-0012] Why: It pays [dddd-0003]"
TRIED = {**DECIDED, "Title": "Try it [dddd-0011]", "What was decided?": "We do [dddd-0012]"}
STILL, VIEW = pressed("Still right", "decision.keep", "2"), pressed("View", "decision.view", "2")


def sent(found: Week, form: str, values: dict[str, str], **ids: str) -> Json:
    fields: dict[str, Any] = {"view_id": f"V{form}{ids}", "title": "A form", "callback_id": form}
    meta = json.dumps({"decision": "2", "draft": f"{form}{ids}", **ids})
    return found.story.did("ben", "submitted", SAID, **fields, private_metadata=meta, values=values)


def card(found: Week, state: str, *told: str) -> Json:
    blocks = [section(TEXT), *map(section, told), VIEW]
    return found.story.change(found.named["tried"], SAID + SECOND, f"{state}: {TEXT}", blocks)


@pytest.fixture
def tried() -> Week:
    """Ben has decided it himself, to look at it again on Wednesday."""
    found = week()
    ids = json.dumps({"draft": "tried", "channel": channel("council")})
    fields = {"view_id": "VT", "title": "New", "callback_id": "decision.form", "private_metadata": ids}
    found.story.did("ben", "submitted", AT, **fields, values={**TRIED, "Look again on": "2026-11-25"})
    found.named["tried"] = found.story.post(AT + SECOND, channel("council"), f"Accepted: {TEXT}", [section(TEXT), VIEW])
    text = f"Look again at {TEXT} Does it still hold?"
    found.named["asked"] = found.story.post(DUE + SECOND, direct("ben"), text, [section(text), STILL])
    return found


def test_whoever_drives_it_is_asked_on_the_day(tried: Week) -> None:
    assert broken(tried) == {}
    for hours, when in ((1, "late"), (-1, "early")):
        tried.named["asked"]["at"] = (DUE + timedelta(hours=hours)).timestamp()
        assert broken(tried) == {looked_at.PROMISE: [f"Ben Okafor was {when} asked whether D-2 still holds."]}
    without(tried, tried.named["asked"])
    assert broken(tried) == {looked_at.PROMISE: ["Ben Okafor was not asked whether D-2 still holds."]}


def test_that_it_is_still_right_stands_on_its_card_and_is_asked_no_more(tried: Week) -> None:
    sent(tried, "decision.keep_form", {"What came of it?": "Fewer calls [dddd-0013]"})
    said = tried.story.change(tried.named["asked"], SAID + SECOND, "D-2 is still right.", [section(TEXT)])
    shown = card(tried, "Accepted", "still right, said Ben Okafor on Wed 25 Nov 2026")
    assert broken(tried) == {}
    tried.story.lines.remove(said)
    assert broken(tried) == {looked_at.PROMISE: ["Ben Okafor is still asked whether D-2 holds."]}
    tried.story.lines.append(said)
    tried.story.lines.remove(shown)
    assert broken(tried) == {looked_at.PROMISE: ["The card of D-2 does not say what Ben Okafor said of it."]}


def test_whoever_had_read_what_no_longer_holds_hears_of_it(tried: Week) -> None:
    read(tried, "ana", SAID - timedelta(hours=1), channel("council"), "2.y")
    tried.story.change(
        tried.named["tried"], SAID - timedelta(hours=1), f"Accepted: {TEXT}", [section("Read by 1 person")]
    )
    sent(tried, "decision.deprecate_form", {"Why does it no longer hold?": "Prices rose [dddd-0014]"})
    card(tried, "No longer holds", "Read by 1 person")
    told = say(tried, "ana", SAID, f"Ben Okafor says that {TEXT} no longer holds: “Prices rose [dddd-0014]”")
    assert broken(tried) == {}
    without(tried, told)
    assert broken(tried) == {replaced.PROMISE: ["Ana Souza was not told in time what Ben Okafor did with D-2."]}


def test_what_is_added_leaves_the_text_as_it_was_and_tells_those_who_are_to_know(tried: Week) -> None:
    sent(tried, "decision.form", {"Informed": "Ana Souza"}, move="complete")
    shown = card(tried, "Accepted", "added to by Ben Okafor on Wed 25 Nov 2026")
    told = say(tried, "ana", SAID, f"For you to know: {TEXT}")
    assert broken(tried) == {}
    without(tried, told)
    assert broken(tried) == {looked_at.PROMISE: ["Ana Souza was not told in time what Ben Okafor did with D-2."]}
    tried.story.lines.append(told)
    tried.story.lines.remove(shown)
    assert broken(tried) == {looked_at.PROMISE: ["The card of D-2 does not say what Ben Okafor said of it."]}
    assert verdicts.PROMISE not in broken(tried)
