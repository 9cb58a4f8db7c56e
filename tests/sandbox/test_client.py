"""The test client: it acts on what a person can see, and says what it saw instead when it cannot."""

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Person, Refused, eventually, texts
from tests.sandbox.apps import Inbox
from tests.sandbox.test_blocks import actions, button, field, image, mrkdwn, option, plain, section, typed
from tests.sandbox.test_views import open_form

FORECAST = "C0000000001"


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def test_people_are_found_by_id_full_name_or_first_name(client: Client) -> None:
    ids = {client.person(name).id for name in ("Ana", "Ana Souza", "U0000000001")}
    assert ids == {"U0000000001"}
    with pytest.raises(LookupError, match="nobody called 'Zoe'"):
        client.person("Zoe")


def test_texts_are_in_reading_order() -> None:
    choice = {"type": "static_select", "options": [option("Yes"), option("No", "no")], "placeholder": plain("Pick")}
    blocks = [
        {"type": "header", "text": plain("Weekly sync")},
        section("Three questions", fields=[mrkdwn("Due"), mrkdwn("Friday")], accessory=button()),
        {"type": "context", "elements": [mrkdwn("For Ana"), image()]},
        field(choice, hint=plain("One only")),
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "End"}]}],
        },
    ]
    assert texts({"text": "fallback", "blocks": blocks}) == [
        "Weekly sync", "Three questions", "Due", "Friday", "Go", "For Ana",
        "What", "One only", "Pick", "Yes", "No", "End",
    ]  # fmt: skip
    assert texts({"text": "only text", "blocks": []}) == ["only text"]


def test_a_control_is_found_by_what_it_says(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    overflow = {"type": "overflow", "action_id": "more", "options": [option("Hand over", "hand")]}
    rows = [actions(button(value=str(n)), overflow) for n in range(2)]
    slack.chat_postMessage(channel=FORECAST, text="x", blocks=rows)
    (message,) = ana.messages("forecast")
    ana.click(message, "Go", nth=1)
    ana.click(message, "Hand over")
    pressed, chosen = [body["actions"][0] for body in inbox.all("block_actions")]
    assert pressed["value"] == "1"
    assert chosen["selected_option"]["value"] == "hand"
    with pytest.raises(LookupError, match=r"Nothing says 'Stop'; there are: .*'Go'"):
        ana.click(message, "Stop")


def test_a_select_of_people_is_set_by_name(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    people = {"type": "users_select", "action_id": "who"}
    open_form(slack, inbox, ana, blocks=[section("Owner", accessory=people)])
    ana.choose("Owner", "Ben")
    (body,) = inbox.all("block_actions")
    assert body["actions"][0]["selected_user"] == "U0000000002"


def test_it_says_which_fields_and_options_there_are(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    radio = {"type": "radio_buttons", "action_id": "r", "options": [option()]}
    open_form(slack, inbox, ana, blocks=[field(typed()), field(radio, label=plain("Sure"))])
    with pytest.raises(LookupError, match=r"No field is called 'Why'; there are: \['What', 'Sure'\]"):
        ana.fill({"Why": "because"})
    with pytest.raises(LookupError, match=r"There is no option 'Maybe'; there are: \['Yes'\]"):
        ana.fill({"Sure": "Maybe"})


def test_without_a_form_there_is_nothing_to_fill(ana: Person) -> None:
    with pytest.raises(LookupError, match="No form is open"):
        ana.fill({"What": "x"})


def test_a_refusal_carries_the_pages_word(ana: Person) -> None:
    with pytest.raises(Refused) as caught:
        ana.command("/unknown", channel="forecast")
    assert caught.value.error == "no_such_command"


def test_eventually_gives_the_last_answer_either_way() -> None:
    answers = iter([0, 0, 7])
    assert eventually(lambda: next(answers)) == 7
    assert eventually(lambda: 0, within=0.05) == 0
