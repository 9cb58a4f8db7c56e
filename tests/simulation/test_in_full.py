"""What the judge demands of anonymous and long runs, of limits, and of who was not heard: each broken once."""

import json
from datetime import datetime, timedelta

import pytest

from simulation.promises import answers, asked, blocked, interim, limits, once, sent_on, together, unheard, unnamed
from tests.simulation.breaking import broken, without
from tests.simulation.extra import PULSE, SAID, Extra, long_run, pulse, twice
from tests.simulation.story import (
    PLAN,
    SECOND,
    TEMPLATES,
    buttons,
    channel,
    context,
    direct,
    invitation,
    local,
    section,
    user,
    verdict,
)
from tests.simulation.week import PROMPTS, Week, monday_summary, week

MINUTE = timedelta(minutes=1)


def test_an_anonymous_run_and_a_long_one_that_keep_every_promise_are_passed() -> None:
    assert pulse().broken() == {}
    assert pulse({"ben": SAID["ben"]}).broken() == {}
    assert long_run().broken() == {}


def said_by_ana(found: Extra) -> None:
    found.week.named["results"]["message"]["blocks"].append(section("*Ana Souza*"))


def shown_too_soon(found: Extra) -> None:
    found.week.named["results"]["at"] -= 3600


def told_elsewhere(found: Extra) -> None:
    text = f"Summary of {found.head}: {SAID['ana']}"
    found.week.story.post(local("ben", 25, "20:00"), direct("ben"), text, [section(text)])


def counted_too_soon(found: Extra) -> None:
    posted = found.week.named["results"]
    story = found.week.story
    story.change(posted, local("ben", 25, "11:00") + MINUTE, f"{found.head}: 1 of 4 answered.", [section("1 of 4")])


def lost_in_results(found: Extra) -> None:
    blocks = found.week.named["results"]["message"]["blocks"]
    blocks[1]["text"]["text"] = blocks[1]["text"]["text"].replace(SAID["dia"], "")


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (said_by_ana, "names Ana Souza"),
        (shown_too_soon, "before everybody's time was over"),
        (told_elsewhere, "stands where no results are"),
        (counted_too_soon, "says that 1 answered, which is less than 3"),
        (lost_in_results, "does not show [pppp-0002]"),
    ],
)
def test_what_gives_anonymous_answers_away_or_loses_them_is_found(break_it: object, says: str) -> None:
    found = pulse()
    assert callable(break_it)
    break_it(found)
    assert any(says in text for text in found.broken()[unnamed.PROMISE])


def take_back(found: Week, at: datetime) -> None:
    """Ana is back after all; if nobody asks her, as the run was about to close, nobody waits for her either."""
    days = "from Wed 25 Nov 2026 to Fri 27 Nov 2026"
    button = {"type": "button", "action_id": "people.take_back", "value": "12", "text": {"text": "Take back"}}
    row = {
        **section(f"You are away {days}."),
        "accessory": {**button, "accessibility_label": f"Take back: away {days}"},
    }
    found.story.add("view", at, act="published", user=user("ana"), view={"type": "home", "id": "VH", "blocks": [row]})
    pressed = {"action_id": "people.take_back", "label": "Take back", "value": "12"}
    found.story.did("ana", "clicked", at + SECOND, **pressed, where="view", view_id="VH")


@pytest.mark.parametrize(("early", "is_found"), [(0, False), (3600, True)])
def test_anonymous_results_wait_for_nobody_who_is_away_and_for_everybody_else(early: int, is_found: bool) -> None:
    said = {who: SAID[before] for who, before in {"ben": "ben", "dia": "dia", "cai": "ana"}.items()}
    found = pulse(said)
    typed = {"command": "/muster", "text": "away 2026-11-25 2026-11-27", "channel": channel("forecast")}
    found.week.story.did("ana", "commanded", local("ana", 24, "12:00"), **typed)
    without(found.week, found.week.named["extra ana"])
    take_back(found.week, local("ana", 25, "08:00"))
    last = max(local(who, 25, "14:00") for who in said)
    found.week.named["results"]["at"] = last.timestamp() + 1 - early
    texts = found.broken().get(unnamed.PROMISE, [])
    assert any("before everybody's time was over" in text for text in texts) is is_found


def test_results_of_too_few_are_found() -> None:
    found = pulse()
    found.week.story.lines[:] = [
        line
        for line in found.week.story.lines
        if not (line["kind"] == "diary" and line.get("title") == PULSE["title"] and line["person"] != "UBEN")
    ]
    assert "shows what 1 answered, which is less than 3" in found.broken()[unnamed.PROMISE][0]


def test_a_long_run_that_is_not_summed_up_in_between_is_found() -> None:
    found = long_run()
    without(found.week, found.week.named["interim"])
    assert "was open for more than a day, and not summed up" in found.broken()[interim.PROMISE][0]


def test_a_run_that_is_summed_up_twice_in_between_is_found() -> None:
    found = long_run()
    twice(found, found.week.named["interim"])
    assert once.PROMISE in found.broken()


def test_an_interim_summary_before_a_day_has_passed_is_found() -> None:
    found = week()
    text = "Weekly sync, Mon 23 Nov 2026, so far: 1 of 4 answered."
    found.story.post(local("ben", 23, "11:00"), channel("forecast"), text, [section(text)])
    assert "before it was open for a day" in broken(found)[interim.PROMISE][0]


def test_two_messages_for_what_meets_at_one_minute_are_found() -> None:
    found = Extra({**PULSE, "when": "every mon at 09:30", "anonymous": 0}, 23)
    for who in ("ben", "cai"):
        posted = found.week.story.post(
            local(who, 23, "09:30") + 2 * SECOND, direct(who), *invitation(found.prompt(who))
        )
        assert posted
    texts = found.broken()[together.PROMISE]
    assert "Ben Okafor was asked Team pulse and Weekly sync at one minute in 2 messages." in texts


def remind(found: Week, count: int) -> None:
    for number in range(count):
        text = f"A reminder: A-{number + 2}: Call somebody else is due tomorrow."
        found.story.post(local("cai", 24, "11:00") + number * MINUTE, direct("cai"), text, [section(text)])


def test_more_reminders_in_a_day_than_anybody_gets_are_found() -> None:
    found = week()
    remind(found, 3)
    assert limits.PROMISE not in broken(found)
    remind(found, 4)
    assert "Cai Rao got 7 reminders on Tue 24 Nov, and wants at most 3." in broken(found)[limits.PROMISE]


def test_more_reminders_than_somebody_has_chosen_are_found() -> None:
    found = week()
    fields = {"view_id": "V1", "title": "Your settings", "callback_id": "people.form", "private_metadata": "{}"}
    values = {"Working hours": "mon-fri 09:00-17:30", "Reminders": "Light: 1 a day"}
    found.story.did("cai", "submitted", local("cai", 23, "08:00"), **fields, values=values)
    remind(found, 2)
    assert "wants at most 1" in broken(found)[limits.PROMISE][0]


def away(found: Week, who: str = "cai", by: str = "ben") -> None:
    """His manager says it on Friday."""
    text = "away @Cai Rao 2026-11-23 2026-11-23 Training"
    fields = {"command": "/muster", "text": text, "channel": channel("forecast")}
    found.story.did(by, "commanded", local(by, 20, "16:30"), **fields)
    found.story.post(local(by, 20, "16:30"), channel("forecast"), "Cai Rao is away.", [], only_for=f"U{by.upper()}")
    without(found, found.named[f"prompt {who}"])
    without(found, found.named[f"reminder {who}"])


def test_somebody_asked_whom_their_manager_marked_as_away_is_found() -> None:
    found = week()
    away(found)
    found.story.lines.append(found.named["prompt cai"])
    assert "was away for most of the time, and asked" in broken(found)[asked.PROMISE][0]


def test_a_summary_that_does_not_say_who_was_away_is_found() -> None:
    found = week()
    away(found)
    assert "does not say that Cai Rao was away" in broken(found)[unheard.PROMISE][0]
    found.named["summary"]["message"]["blocks"].insert(2, context("2 of 3 answered · away: Cai Rao"))
    assert unheard.PROMISE not in broken(found)


def test_a_summary_without_the_reason_of_who_skipped_is_found() -> None:
    found = week()
    ids = json.dumps({"prompt": PROMPTS["dia"].id})
    fields = {"view_id": "V2", "title": "Weekly sync", "callback_id": "checkin.reason_form", "private_metadata": ids}
    values = {"Why do you skip it?": "On call"}
    found.story.did("dia", "submitted", local("dia", 23, "11:05"), **fields, values=values)
    assert "does not say why Dia Moss skipped: 'On call'" in broken(found)[unheard.PROMISE][0]
    found.named["summary"]["message"]["blocks"].insert(2, context("skipped: Dia Moss (On call)"))
    assert unheard.PROMISE not in broken(found)


def ahead(found: Week) -> None:
    """Ben answers on Sunday, and gets the receipt when he would have been asked."""
    found.named["submit ben"]["at"] = local("ben", 22, "19:00").timestamp()
    ids = {"prompt": "0", "ritual": "1", "occurrence": "2026-11-23T09:30", "draft": "x"}
    found.named["submit ben"]["private_metadata"] = json.dumps(ids)
    receipt = found.named["receipt ben"]["message"]
    without(found, found.named["prompt ben"])
    story = found.story
    story.post(local("ben", 23, "09:30") + SECOND, direct("ben"), receipt["text"], receipt["blocks"])


def test_what_was_answered_ahead_needs_no_invitation_and_stands_in_the_summary() -> None:
    found = week()
    ahead(found)
    assert broken(found) == {}
    found.named["summary"]["message"]["blocks"] = monday_summary({"Ana Souza": {}})[1]
    assert any("what Ben Okafor submitted" in text for text in broken(found)[answers.PROMISE])


def sent_to(found: Week, *who: str) -> dict[str, list[str]]:
    """What is found when the sync goes to its facilitator, too."""
    text, blocks = monday_summary({})
    for each in who:
        found.story.post(local("ana", 23, "12:00"), direct(each), f"Summary of {text}", blocks)
    templates = {
        **TEMPLATES,
        "sync": {**TEMPLATES["sync"], "post": {"to": ["channel", "facilitator"], "by": "function"}},
    }
    texts: dict[str, list[str]] = {}
    for finding in verdict(found.story.lines, templates, PLAN).findings:
        texts.setdefault(finding.promise, []).append(finding.text)
    return texts


def test_a_summary_that_does_not_reach_whom_it_is_for_is_found() -> None:
    assert "Ben Okafor was to get the summary" in sent_to(week())[sent_on.PROMISE][0]
    assert sent_on.PROMISE not in sent_to(week(), "ben")


def test_a_summary_that_reaches_somebody_else_is_found() -> None:
    assert "which is not for them" in sent_to(week(), "ben", "cai")[sent_on.PROMISE][0]


def test_an_invitation_on_a_holiday_is_found() -> None:
    """In Japan that Monday is one: Labour Thanksgiving."""
    found = week()
    team = [{**each, "region": "JP"} if each["name"] == "Cai Rao" else each for each in PLAN["team"]]
    texts = [finding.text for finding in verdict(found.story.lines, TEMPLATES, {**PLAN, "team": team}).findings]
    assert any("Cai Rao got a prompt of Mon 23 Nov" in text for text in texts)
    assert any("Cai Rao was asked for Weekly sync, and nothing of it was due" in text for text in texts)


def passed_on(*, hears: bool, looks_as_before: bool) -> Week:
    """By Ben to Dia."""
    found = week()
    at, pass_on = local("ben", 23, "15:00"), ("Pass on", "blocker.pass_on", "7")
    head = "Ana Souza is blocked and says that you can clear it: No labels"
    message = found.story.post(at, direct("ben"), head, [section(head), buttons(pass_on)])
    later = local("ben", 23, "15:30")
    values = {"Who could clear it?": "Somebody else", "Somebody else": "Dia Moss"}
    ids = json.dumps({"blocker": "7", "channel": channel("forecast")})
    fields = {"view_id": "V7", "callback_id": "blocker.pass_form", "private_metadata": ids, "values": values}
    found.story.did("ben", "submitted", later, **fields, ok=True)
    if not looks_as_before:
        found.story.change(message, later, head, [section(head)])
    if hears:
        said = "Ben Okafor has passed on to you what blocks Ana Souza: No labels"
        found.story.post(later, direct("dia"), said, [section(said), buttons(pass_on)])
    return found


def test_a_blocker_that_is_passed_on_and_looks_as_before_or_reaches_nobody_is_found() -> None:
    assert blocked.PROMISE not in broken(passed_on(hears=True, looks_as_before=False))
    silent = broken(passed_on(hears=False, looks_as_before=False))
    assert silent[blocked.PROMISE] == ["Ben Okafor passed a blocker on to Dia Moss, who did not hear of it."]
    same = broken(passed_on(hears=True, looks_as_before=True))
    assert same[blocked.PROMISE] == ["Ben Okafor passed a blocker on, and can still do so."]


def test_a_blocker_that_looks_as_before_once_it_is_cleared_is_found() -> None:
    found = week()
    found.named["summary"]["message"]["blocks"].append(buttons(("Cleared", "blocker.clear", "7")))
    fields = {"label": "Cleared", "action_id": "blocker.clear", "value": "7", "where": "message"}
    at = {"channel": channel("forecast"), "ts": found.named["summary"]["message"]["ts"]}
    found.story.did("ben", "clicked", local("ben", 23, "16:00"), **fields, **at)
    assert broken(found)[blocked.PROMISE] == ["Ben Okafor pressed 'Cleared' at a blocker, and can still press it."]
