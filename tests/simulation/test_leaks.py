"""Planted: what is private in front of somebody who may not see it."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from simulation.promises import leaks
from tests.simulation.breaking import broken, judged
from tests.simulation.story import Json, channel, context, direct, local, section, user
from tests.simulation.week import Week, week

AT = local("cai", 25, "11:00")
SECRETS = {
    "an answer": "cccc-0001",
    "a decision": "dddd-0001",
    "its reasons": "dddd-0003",
    "an action item": "eeee-0001",
}


def in_the_public_channel(week: Week, text: str) -> Json:
    return week.story.change(
        week.named["summary"], AT, "Weekly sync, Mon 23 Nov 2026: 2 of 4 answered.", [section(text)]
    )


def in_a_direct_message(week: Week, text: str) -> Json:
    return week.story.post(
        AT, direct("cai"), "Reminder: Weekly sync closes Mon 23 Nov 2026 17:30 CET.", [section(text)]
    )


def in_the_digest(week: Week, text: str) -> Json:
    foot = context("Weekly digest, Mon 16 to Sun 22 Nov 2026.")
    return week.story.post(AT, direct("dia"), "A digest", [section(text), foot])


def in_an_answer_to_a_command(week: Week, text: str) -> Json:
    return week.story.post(AT, channel("forecast"), text, [], only_for=user("cai"))


def on_the_home_page(week: Week, text: str) -> Json:
    view = {"type": "home", "id": "VHX", "blocks": [section(text)]}
    return week.story.add("view", AT, act="published", user=user("cai"), view=view)


def in_a_form(week: Week, text: str) -> Json:
    block = {"type": "input", "element": {"type": "plain_text_input", "initial_value": text}}
    view = {"type": "modal", "id": "VX", "title": {"text": "New"}, "blocks": [block]}
    return week.story.add("view", AT, act="opened", user=user("cai"), view=view)


PLACES = [
    in_the_public_channel,
    in_a_direct_message,
    in_the_digest,
    in_an_answer_to_a_command,
    on_the_home_page,
    in_a_form,
]


@pytest.mark.parametrize("show", PLACES)
@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_a_private_text_in_front_of_an_outsider_is_found(show: Callable[[Week, str], Json], secret: str) -> None:
    found = week()
    show(found, f"Somebody wrote [{secret}].")
    assert any(f"[{secret}]" in text for text in broken(found)[leaks.PROMISE])
    assert judged(found).counts["private things seen by others"] >= 1


@pytest.mark.parametrize("show", PLACES)
def test_a_public_text_is_for_everybody(show: Callable[[Week, str], Json]) -> None:
    found = week()
    show(found, "Ana wrote [aaaa-0003].")
    assert leaks.PROMISE not in broken(found)


@pytest.mark.parametrize("show", PLACES)
def test_the_name_of_a_private_channel_in_front_of_an_outsider_is_found(show: Callable[[Week, str], Json]) -> None:
    found = week()
    show(found, "Board & agenda in #council: 1 of 2.")
    assert any("the name of the private channel #council" in text for text in broken(found)[leaks.PROMISE])


def test_a_link_into_a_private_channel_is_found() -> None:
    found = week()
    in_a_direct_message(found, f"See https://slack.example/archives/{channel('council')}/p1")
    assert any("the name of the private channel" in text for text in broken(found)[leaks.PROMISE])


def test_a_name_that_only_begins_like_that_of_a_private_channel_is_another() -> None:
    found = week()
    in_the_public_channel(found, "Talk in #council-of-elders.")
    assert leaks.PROMISE not in broken(found)


def test_the_members_of_the_private_channel_may_see_it() -> None:
    found = week()
    view = {"type": "home", "id": "VHX", "blocks": [section("[cccc-0001] [dddd-0001] in #council")]}
    found.story.add("view", AT, act="published", user=user("ben"), view=view)
    assert broken(found) == {}


@pytest.mark.parametrize("field", ["Owner", "Helpers"])
def test_somebody_named_in_a_private_record_may_see_it_but_not_where_it_is(field: str) -> None:
    found = week()
    found.named["action.form"]["values"][field] = "Cai Rao"
    found.story.post(AT, direct("cai"), "A-1: Call the bank [eeee-0001]: it names you.", [section("a private channel")])
    assert leaks.PROMISE not in broken(found)
    on_the_home_page(found, "A-1 from #council")
    assert leaks.PROMISE in broken(found)


def test_whoever_is_given_an_action_item_may_read_it_from_then_on() -> None:
    found = week()
    ids = json.dumps({"item": "1"})
    form = {"callback_id": "action.owner_form", "private_metadata": ids, "view_id": "V9", "ok": True}
    handed = found.story.did("ben", "submitted", AT, values={"New owner": "Cai Rao"}, **form)
    found.story.post(AT, direct("cai"), "Ben Okafor handed A-1: Call the bank [eeee-0001] over to you.", [])
    assert leaks.PROMISE not in broken(found)
    handed["at"] += 60
    assert leaks.PROMISE in broken(found)


def test_whoever_is_named_in_a_decision_later_may_read_all_of_it_from_then_on() -> None:
    found = week()
    ids = json.dumps({"decision": "1", "move": "complete", "draft": "y"})
    form = {"callback_id": "decision.form", "private_metadata": ids, "view_id": "V9", "title": "Add detail", "ok": True}
    added = found.story.did("ben", "submitted", AT, values={"Informed": "Cai Rao"}, **form)
    found.story.post(AT, direct("cai"), "For you to know: D-1: Sell the lab [dddd-0001]", [])
    assert leaks.PROMISE not in broken(found)
    added["at"] += 60
    assert leaks.PROMISE in broken(found)


@pytest.mark.parametrize("named", ["Cai Rao", "Ben Okafor"])
def test_whoever_is_named_in_a_decision_later_may_read_what_is_added_to_it_after_that(named: str) -> None:
    found = week()
    form = {"view_id": "V9", "title": "D-1", "private_metadata": json.dumps({"decision": "1", "move": "complete"})}
    found.story.did("ben", "submitted", AT, callback_id="decision.form", values={"Informed": named}, **form)
    later = AT + timedelta(hours=1)
    why = {"Why does it no longer hold?": "The bank wants it back [ffff-0005]"}
    found.story.did("ana", "submitted", later, callback_id="decision.deprecate_form", values=why, **form)
    text = "Ana Souza says that D-1: Sell the lab [dddd-0001] no longer holds: The bank wants it back [ffff-0005]"
    found.story.post(later, direct("cai"), text, [])
    assert (leaks.PROMISE in broken(found)) is (named != "Cai Rao")


def test_what_was_said_in_private_between_people_is_followed_too() -> None:
    found = week()
    fields = {"channel": channel("council"), "text": "Between us [ffff-0001]", "ts": "1"}
    found.story.did("ben", "said", local("ben", 24, "11:00"), **fields)
    in_the_digest(found, "Ben said: between us [ffff-0001]")
    assert "[ffff-0001]" in broken(found)[leaks.PROMISE][0]


def test_who_has_left_may_not_see_it_any_more() -> None:
    found = week()
    left = local("ben", 25, "08:00")
    found.story.add("membership", left, act="left", channel=channel("council"), user=user("ben"))
    view = {"type": "home", "id": "VHX", "blocks": [section("[cccc-0001]")]}
    early = found.story.add("view", left + timedelta(minutes=10), act="published", user=user("ben"), view=view)
    soon = {**view, "blocks": [section("Nothing")]}
    found.story.add("view", left + timedelta(minutes=14), act="published", user=user("ben"), view=soon)
    assert leaks.PROMISE not in broken(found)
    early["at"] += 30 * 60
    assert "[cccc-0001]" in broken(found)[leaks.PROMISE][0]


def test_a_home_page_that_stays_as_it_was_after_leaving_is_found() -> None:
    found = week()
    view = {"type": "home", "id": "VHX", "blocks": [section("[cccc-0001]")]}
    found.story.add("view", local("ben", 24, "20:00"), act="published", user=user("ben"), view=view)
    assert leaks.PROMISE not in broken(found)
    left = local("ben", 25, "08:00")
    found.story.add("membership", left, act="left", channel=channel("council"), user=user("ben"))
    assert "still shows what is private to a channel they have left" in broken(found)[leaks.PROMISE][0]


def test_a_guest_sees_only_the_channels_they_are_in() -> None:
    found = week()
    gone = local("dia", 24, "08:00")
    found.story.add("person", gone, user=user("dia"), changed={"is_guest": True})
    view = {"type": "home", "id": "VHX", "blocks": [section("[aaaa-0003]")]}
    found.story.add("view", AT, act="published", user=user("dia"), view=view)
    assert leaks.PROMISE not in broken(found)
    found.story.add("membership", gone, act="left", channel=channel("forecast"), user=user("dia"))
    assert leaks.PROMISE in broken(found)


def test_a_trace_without_anything_private_shows_nothing_about_privacy() -> None:
    found = week()
    for name in ("private submit", "decision.form", "action.form"):
        values = found.named[name]["values"]
        found.named[name]["values"] = {label: text.partition(" [")[0] for label, text in values.items()}
    assert "Nothing private was written" in broken(found)[leaks.PROMISE][0]


def test_what_has_become_private_is_hidden_a_quarter_of_an_hour_later() -> None:
    found = week()
    found.story.add("membership", local("cai", 20, "21:00"), act="left", channel=channel("forecast"), user=user("cai"))
    changed = AT - timedelta(minutes=10)
    line = found.story.add("channel", changed, act="became_private", channel=channel("forecast"), name="forecast")
    on_the_home_page(found, "Ana wrote [aaaa-0003] in #forecast.")
    assert leaks.PROMISE not in broken(found)
    line["at"] -= 10 * 60
    assert len(broken(found)[leaks.PROMISE]) == 2


def test_what_could_not_be_asked_may_be_believed_for_longer() -> None:
    found = week()
    found.story.add("membership", AT - timedelta(minutes=40), act="left", channel=channel("council"), user=user("ben"))
    view = {"type": "home", "id": "VHX", "blocks": [section("[cccc-0001]")]}
    found.story.add("view", AT, act="published", user=user("ben"), view=view)
    assert leaks.PROMISE in broken(found)
    found.story.add("fault", AT - timedelta(minutes=5), what="http_503", method="conversations.members", details={})
    gone = {"type": "home", "id": "VHX", "blocks": []}
    found.story.add("view", AT + timedelta(minutes=1), act="published", user=user("ben"), view=gone)
    assert leaks.PROMISE not in broken(found)
