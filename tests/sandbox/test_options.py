"""External selects: the app is asked while somebody types, and only what it offered can be chosen."""

from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from sandbox.client import Client, Person, Refused, Search
from sandbox.server import Sandbox
from tests.sandbox.apps import Inbox, connected, listening, web_client
from tests.sandbox.test_blocks import FORECAST, actions, button, field, modal, option, plain, section
from tests.sandbox.test_views import open_form

Json = dict[str, Any]

TICKETS = [option("MUS-1 Cellar", "1"), option("MUS-2 Attic", "2")]
CELLAR, ATTIC = TICKETS


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def ticket(**changes: Any) -> Json:
    select = {"type": "external_select", "action_id": "ticket", "min_query_length": 1} | changes
    return field(select, block_id="about", label=plain("Ticket"))


def search(client: Client, person: Person, view: Json, typed: str, **changes: Any) -> Json:
    place = {"container": {"type": "view", "view_id": view["id"]}, "block_id": "about", "action_id": "ticket"}
    return client.post("options", **{"as": person.id}, **(place | changes), value=typed)


def test_a_search_in_a_form_tells_the_app_the_words_and_nothing_typed_elsewhere(
    slack: WebClient, inbox: Inbox, ana: Person
) -> None:
    inbox.offers = {"options": TICKETS}
    view = open_form(slack, inbox, ana, blocks=[ticket(), field(block_id="secret")], private_metadata="m-1")
    ana.fill({"What": "not yet"})
    assert ana.offered(ana.modal() or {}, "Ticket", "mus") == ["MUS-1 Cellar", "MUS-2 Attic"]
    (body,) = inbox.all("block_suggestion")
    assert (body["action_id"], body["block_id"], body["value"]) == ("ticket", "about", "mus")
    assert body["container"] == {"type": "view", "view_id": view["id"]}
    assert body["view"]["private_metadata"] == "m-1"
    assert body["view"]["state"] == {"values": {}}
    assert (body["user"]["id"], body["team"]["id"]) == (ana.id, body["view"]["team_id"])
    assert not {"trigger_id", "response_url", "actions", "channel", "message"} & set(body)


def test_a_search_in_a_message_names_its_channel(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    inbox.offers = {"options": TICKETS}
    choice = {"type": "external_select", "action_id": "ticket", "placeholder": plain("Ticket")}
    ts = slack.chat_postMessage(channel=FORECAST, text="x", blocks=[actions(choice, button())])["ts"]
    (message,) = ana.messages("forecast")
    ana.pick(message, "Ticket", Search("MUS", "MUS-2 Attic"))
    ana.click(message, "Go")
    (body,) = inbox.all("block_suggestion")
    assert (body["channel"]["id"], body["message"]["ts"]) == (FORECAST, ts)
    assert body["container"]["message_ts"] == ts
    picked, pressed = inbox.all("block_actions")
    assert picked["actions"][0]["selected_option"] == ATTIC
    (entered,) = pressed["state"]["values"].values()
    assert entered["ticket"] == {"type": "external_select", "selected_option": ATTIC}


def test_an_ephemeral_search_comes_without_the_message(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    select = {"type": "external_select", "min_query_length": 0}
    slack.chat_postEphemeral(channel=FORECAST, user=ana.id, text="x", blocks=[section("Pick", accessory=select)])
    assert ana.offered(ana.ephemerals("forecast")[0], "Pick", "") == []
    (body,) = inbox.all("block_suggestion")
    assert body["container"]["is_ephemeral"]
    assert "message" not in body


def test_what_is_chosen_is_sent_as_the_option_that_was_offered(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    many = {"type": "multi_external_select", "action_id": "many", "min_query_length": 1, "initial_options": [CELLAR]}
    open_form(slack, inbox, ana, blocks=[ticket(), field(many, block_id="others", label=plain("Others"))])
    inbox.offers = {"option_groups": [{"label": plain("Open"), "options": TICKETS}]}
    ana.fill({"Ticket": "MUS-1 Cellar", "Others": ["MUS-2 Attic"]})
    assert ana.submit() == {}
    (body,) = inbox.all("view_submission")
    values = body["view"]["state"]["values"]
    assert values["about"]["ticket"] == {"type": "external_select", "selected_option": CELLAR}
    assert values["others"]["many"] == {"type": "multi_external_select", "selected_options": [ATTIC]}


def test_the_initial_option_needs_no_search(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    open_form(slack, inbox, ana, blocks=[ticket(initial_option=ATTIC)])
    assert ana.submit() == {}
    assert inbox.all("block_suggestion") == []
    (body,) = inbox.all("view_submission")
    assert body["view"]["state"]["values"]["about"]["ticket"]["selected_option"] == ATTIC


def test_a_choice_outlives_an_update_that_takes_the_initial_option_away(
    slack: WebClient, inbox: Inbox, ana: Person
) -> None:
    acts = actions(button()) | {"block_id": "acts"}
    view = open_form(slack, inbox, ana, blocks=[ticket(initial_option=ATTIC), acts])
    ana.click(ana.modal() or {}, "Go")
    slack.views_update(view_id=view["id"], view=modal(blocks=[ticket()]))
    assert ana.submit() == {}
    (body,) = inbox.all("view_submission")
    assert body["view"]["state"]["values"]["about"]["ticket"]["selected_option"] == ATTIC


def test_nobody_can_choose_what_was_not_offered_to_them(slack: WebClient, inbox: Inbox, client: Client) -> None:
    ana, ben = client.person("Ana"), client.person("Ben")
    inbox.offers = {"options": TICKETS}
    search(client, ana, open_form(slack, inbox, ana, blocks=[ticket()]), "mus")
    view = open_form(slack, inbox, ben, blocks=[ticket()])
    with pytest.raises(Refused, match="no_such_option"):
        client.post("submit", **{"as": ben.id}, view_id=view["id"], state={"about": {"ticket": "1"}})
    assert inbox.all("view_submission") == []


def test_the_app_is_not_asked_before_enough_is_typed(
    slack: WebClient, inbox: Inbox, client: Client, ana: Person
) -> None:
    view = open_form(slack, inbox, ana, blocks=[ticket(min_query_length=2)])
    with pytest.raises(Refused, match="query_too_short"):
        search(client, ana, view, "m")
    assert search(client, ana, view, "mu")["options"] == []
    by_default = ticket()
    del by_default["element"]["min_query_length"]
    view = open_form(slack, inbox, ana, blocks=[by_default])
    with pytest.raises(Refused, match="query_too_short"):
        search(client, ana, view, "mu")
    assert len(inbox.all("block_suggestion")) == 1


def test_only_an_external_select_of_the_form_on_top_can_be_searched(
    slack: WebClient, inbox: Inbox, client: Client, ana: Person
) -> None:
    view = open_form(slack, inbox, ana, blocks=[ticket(), field(block_id="what")])
    with pytest.raises(Refused, match="no_such_element"):
        search(client, ana, view, "mus", block_id="what", action_id="text")
    with pytest.raises(Refused, match="no_such_view"):
        search(client, client.person("Ben"), view, "mus")
    assert inbox.all("block_suggestion") == []


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        ({"options": [option(text="x" * 76)]}, "must be less than 76 characters [json-pointer:/options/0/text/text]"),
        ({"options": [option(value=str(n)) for n in range(101)]}, "no more than 100 items allowed"),
        ({"options": [option(), option("No")]}, "option values must be unique [json-pointer:/options/1/value]"),
        ({"option_groups": [{"label": plain("x" * 76), "options": TICKETS}]},
         "must be less than 76 characters [json-pointer:/option_groups/0/label/text]"),
        ({"options": [{"text": "Yes", "value": "yes"}]}, "must provide an object [json-pointer:/options/0/text]"),
    ],
)  # fmt: skip
def test_a_wrong_answer_offers_nothing_and_says_why(
    slack: WebClient, inbox: Inbox, client: Client, ana: Person, *, offer: Json, said: str
) -> None:
    inbox.offers = offer
    view = open_form(slack, inbox, ana, blocks=[ticket()])
    with pytest.raises(Refused, match="invalid_options") as caught:
        search(client, ana, view, "mus")
    assert said in caught.value.details["problems"][0]


def test_a_search_reaches_an_app_on_http_as_well() -> None:
    inbox = Inbox()
    inbox.offers = {"options": TICKETS}
    with listening(inbox.register) as box, Client(box.url) as people:
        ana = people.person("Ana")
        open_form(web_client(box), inbox, ana, blocks=[ticket()])
        ana.fill({"Ticket": Search("mus", "MUS-2 Attic")})
        assert ana.submit() == {}
    assert [body["value"] for body in inbox.all("block_suggestion")] == ["mus"]


def test_a_bolt_app_narrows_the_options_to_what_is_typed(
    box: Sandbox, slack: WebClient, client: Client, ana: Person
) -> None:
    submitted: list[Json] = []

    def register(app: App) -> None:
        @app.command("/note")
        def open_note(ack: Any, body: Json, client: WebClient) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=modal(blocks=[ticket()], callback_id="note"))

        @app.options("ticket")
        def offer(ack: Any, payload: Json) -> None:
            ack(options=[each for each in TICKETS if payload["value"].lower() in each["text"]["text"].lower()])

        @app.view("note")
        def keep(ack: Any, view: Json) -> None:
            ack()
            submitted.append(view["state"]["values"]["about"]["ticket"]["selected_option"])

    with connected(box, register):
        ana.command("/note", channel="forecast")
        assert ana.offered(ana.modal() or {}, "Ticket", "attic") == ["MUS-2 Attic"]
        ana.fill({"Ticket": Search("cel", "MUS-1 Cellar")})
        assert ana.submit() == {}
    assert submitted == [CELLAR]
