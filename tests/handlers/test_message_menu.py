"""Record decision and Add action in the menu of messages, through Bolt and the sandbox."""

import pytest
from slack_sdk import WebClient

from sandbox.client import Person, eventually, texts
from sandbox.state import Json
from surface import forms
from tests.muster import Running
from tests.seen import find

RECORD, ADD = "Record decision", "Add action"
REASONS = {"What was decided?": "The small one", "Why?": "It is cheaper"}
DUE = {"Owner": "Ben", "Due": "2026-11-27"}


@pytest.fixture
def ana(muster: Running) -> Person:
    return muster.people.person("Ana")


@pytest.fixture
def ben(muster: Running) -> Person:
    return muster.people.person("Ben")


def said(person: Person, channel: str, text: str, *, thread: str | None = None) -> Json:
    ts = person.say(channel, text, thread=thread)
    return {"channel": person.channel_id(channel), "ts": ts}


def filled(person: Person) -> dict[str, str]:
    """What stands in the form before anything is typed, by field."""
    form = person.modal()
    assert form
    inputs = [block for block in form["blocks"] if block["type"] == "input"]
    return {block["block_id"]: block["element"].get("initial_value", "") for block in inputs}


def link(muster: Running, message: Json) -> str:
    return f"{muster.box.url}/archives/{message['channel']}/p{message['ts'].replace('.', '')}"


def test_a_decision_is_recorded_from_a_message_and_its_card_leads_there(
    muster: Running, ana: Person, ben: Person
) -> None:
    message = said(ben, "forecast", "*We ship the small model*\nsays @Ana Souza in #forecast & <all>")
    ana.shortcut(RECORD, message)
    given = filled(ana)
    assert given["title"] == "We ship the small model"
    assert "with a link to the message. Its words stand under *Context*" in " ".join(texts(ana.modal() or {}))
    ana.fill(REASONS)
    ana.click(ana.modal() or {}, "Context")
    assert filled(ana)["context"] == "We ship the small model\nsays @Ana Souza in #forecast & <all>"
    assert ana.submit() == {}
    card = find(lambda: ben.messages("forecast"), "D-1: We ship the small model", "*Accepted* by Ana Souza")
    assert f"<{link(muster, message)}|from a message of Ben Okafor>" in str(card["blocks"])


def test_a_reply_in_a_thread_is_linked_within_it(muster: Running, ana: Person, ben: Person) -> None:
    parent = said(ana, "forecast", "Who relabels March?")
    reply = said(ben, "forecast", "I could, by Friday", thread=parent["ts"])
    ana.shortcut(ADD, reply)
    assert filled(ana)["what"] == "I could, by Friday"
    ana.fill(DUE)
    assert ana.submit() == {}
    told = find(ben.dm, "A-1: I could, by Friday", "is yours")
    where = f"{link(muster, reply)}?thread_ts={parent['ts']}&cid={parent['channel']}"
    assert f"{where}|from a message of Ben Okafor> in #forecast" in str(told["blocks"]).replace("&amp;", "&")
    ana.shortcut(ADD, parent)
    ana.fill(DUE)
    assert ana.submit() == {}
    told = find(ben.dm, "A-2: Who relabels March?")
    assert f"<{link(muster, parent)}|from a message of Ana Souza>" in str(told["blocks"])


@pytest.mark.parametrize("name", [RECORD, ADD])
def test_a_double_click_on_the_form_records_once(muster: Running, ana: Person, ben: Person, name: str) -> None:
    ana.shortcut(name, said(ben, "forecast", "Once only"))
    ana.fill(REASONS | {"Approver": "Ben"} if name == RECORD else DUE)
    assert ana.submit() == {}
    find(ben.dm, "-1: Once only")
    sent = [each for each in muster.people.deliveries() if each["payload"].get("type") == "view_submission"]
    assert muster.people.again(sent[-1]["id"])
    ana.command("/decision" if name == RECORD else "/action", "Another", channel="forecast")
    ana.fill(REASONS | {"Approver": "Ben"} if name == RECORD else DUE)
    assert ana.submit() == {}
    find(ben.dm, "-2: Another")
    assert len([message for message in ben.dm() if "Once only" in " ".join(texts(message))]) == 1


def test_it_belongs_to_its_private_channel_and_outsiders_are_not_led_there(muster: Running, ana: Person) -> None:
    chloe = muster.people.person("Chloe")
    message = said(chloe, "pricing", "The price is 40")
    chloe.shortcut(ADD, message)
    chloe.fill({"Owner": "Ana", "Due": "2026-11-27"})
    chloe.submit()
    assert "Ana Souza is not in #pricing" in " ".join(texts(chloe.modal() or {}))
    assert chloe.submit() == {}
    told = find(ana.dm, "A-1: The price is 40")
    assert "from a private channel" in " ".join(texts(told))
    assert "archives" not in str(told["blocks"])
    receipt = find(chloe.dm, "A-1: The price is 40")
    assert link(muster, message) in str(receipt["blocks"])


def test_detail_and_warnings_keep_which_message_it_is(muster: Running) -> None:
    chloe, dev = muster.people.person("Chloe"), muster.people.person("Dev")
    chloe.shortcut(RECORD, said(chloe, "pricing", "The price is 40"))
    kept = forms.ids(chloe.modal() or {})["message"]
    chloe.fill(REASONS)
    chloe.click(chloe.modal() or {}, "People")
    chloe.fill({"Informed": ["Dev"]})
    chloe.submit()
    assert forms.ids(chloe.modal() or {})["message"] == kept
    assert chloe.submit() == {}
    assert "archives" not in str(find(dev.dm, "The price is 40", "wants you to know")["blocks"])
    assert "from a message of Chloe Martin" in str(find(lambda: chloe.messages("pricing"), "D-1")["blocks"])


def test_a_bots_message_has_no_author_and_a_picture_no_words(muster: Running, ana: Person, ben: Person) -> None:
    channel = ana.channel_id("forecast")
    bot = WebClient(muster.box.bot_token, f"{muster.box.url}/api/")
    ts = bot.chat_postMessage(channel=channel, text="Build 7 failed")["ts"]
    ana.shortcut(ADD, {"channel": channel, "ts": ts})
    assert filled(ana)["what"] == "Build 7 failed"
    ana.fill(DUE)
    assert ana.submit() == {}
    assert "|from a message>" in str(find(ben.dm, "A-1: Build 7 failed")["blocks"])
    picture = muster.people.post(
        "message", **{"as": ana.id}, channel=channel, text="", files=[ana.upload("board.png", b"png")]
    )
    for name, field, more in ((ADD, "What is to be done?", DUE), (RECORD, "Title", REASONS)):
        ana.shortcut(name, {"channel": channel, "ts": picture["ts"]})
        assert set(filled(ana).values()) == {""}
        ana.fill({field: "What the board says", **more})
        assert ana.submit() == {}
    told = find(ben.dm, "A-2: What the board says")
    assert f"{link(muster, {'channel': channel, 'ts': picture['ts']})}|from a message of Ana Souza>" in str(told)
    find(lambda: ben.messages("forecast"), "D-1: What the board says", "from a message of Ana Souza")


@pytest.mark.parametrize("name", [RECORD, ADD])
def test_between_people_it_says_kindly_what_to_do_instead(ana: Person, name: str) -> None:
    ana.shortcut(name, said(ana, "Ben", "Just between us"))
    told = eventually(ana.modal)
    assert told
    assert "A direct message belongs to those who are in it" in " ".join(texts(told))
    assert told["submit"] is None


@pytest.mark.parametrize("name", [RECORD, ADD])
def test_where_muster_is_not_it_asks_to_be_invited(muster: Running, ana: Person, ben: Person, name: str) -> None:
    channel = ana.channel_id("forecast")
    muster.people.post("leave", **{"as": ana.id}, channel=channel, user=muster.people.person_id("Muster"))

    def refused() -> bool:
        ana.shortcut(name, said(ben, "forecast", "Is anybody here?"))
        told = eventually(ana.modal)
        assert told
        ana.close()
        return "Type `/invite @Muster` here, then try the same again" in " ".join(texts(told))

    assert eventually(refused)


def test_a_message_of_muster_to_one_person_can_be_made_an_action_item(ana: Person, ben: Person) -> None:
    ana.command("/action", "Relabel", channel="forecast")
    ana.fill(DUE)
    assert ana.submit() == {}
    ben.shortcut(ADD, find(ben.dm, "A-1: Relabel"))
    ben.fill({"What is to be done?": "Ask Hana first", "Due": "2026-11-26"})
    assert ben.submit() == {}
    told = find(ben.dm, "A-2: Ask Hana first")
    assert "from a direct message" in " ".join(texts(told))


def test_a_form_that_did_not_open_in_time_is_chosen_once_more(muster: Running, ana: Person) -> None:
    message = said(ana, "forecast", "Once more")
    muster.box.faults.add("views.open", "ratelimited", 1)
    ana.shortcut(ADD, message)
    told = find(lambda: ana.ephemerals("forecast"), "choose the same in the menu of the message once more")
    assert "Open the form" not in texts(told)
    ana.shortcut(ADD, message)
    assert filled(ana)["what"] == "Once more"
