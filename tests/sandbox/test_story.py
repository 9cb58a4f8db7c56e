"""One walk through everything: a command, a form, a message with a button, a Home page."""

from typing import Any

from slack_bolt import App

from sandbox.client import Client, eventually, texts
from sandbox.server import Sandbox
from tests.sandbox.apps import connected

FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "note",
    "title": {"type": "plain_text", "text": "New note"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
        {
            "type": "input",
            "block_id": "who",
            "label": {"type": "plain_text", "text": "Who"},
            "element": {"type": "users_select", "action_id": "person"},
        },
    ],
}


def notes(app: App) -> None:
    """An app that takes a note by form, sends it to its owner, and lets the owner tick it off."""

    @app.command("/note")
    def _(ack: Any, client: Any, command: Any) -> None:
        client.views_open(trigger_id=command["trigger_id"], view=FORM)
        ack(f"You typed: {command['text']}")

    @app.view("note")
    def _(ack: Any, client: Any, view: Any) -> None:
        what = view["state"]["values"]["what"]["text"]["value"]
        if what == "bad":
            ack(response_action="errors", errors={"what": "Not that."})
            return
        ack()
        who = view["state"]["values"]["who"]["person"]["selected_user"]
        channel = client.conversations_open(users=who)["channel"]["id"]
        button = {"type": "button", "action_id": "done", "text": {"type": "plain_text", "text": "Done"}}
        blocks = [
            {"type": "section", "text": {"type": "mrkdwn", "text": what}},
            {"type": "actions", "elements": [button]},
        ]
        client.chat_postMessage(channel=channel, text=what, blocks=blocks)

    @app.action("done")
    def _(ack: Any, client: Any, body: Any) -> None:
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Done.")
        ack()

    @app.event("app_home_opened")
    def _(client: Any, event: Any) -> None:
        blocks = [{"type": "header", "text": {"type": "plain_text", "text": "Welcome"}}]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


def test_a_person_takes_a_note_by_form_and_its_owner_ticks_it_off(box: Sandbox, client: Client) -> None:
    with connected(box, notes):
        ana, ben = client.person("Ana"), client.person("Ben")
        ana.command("/note", "hello", channel="forecast")
        assert texts(ana.ephemerals("forecast")[0]) == ["You typed: hello"]
        assert ben.ephemerals("forecast") == []

        ana.fill({"What": "bad", "Who": "Ben"})
        assert ana.submit() == {"What": "Not that."}
        ana.fill({"What": "Label the edge cases"})
        assert ana.submit() == {}
        assert ana.modal() is None

        (message,) = ben.dm()
        assert texts(message) == ["Label the edge cases", "Done"]
        ben.click(message, "Done")
        assert [texts(m) for m in ben.dm()] == [["Done."]]


def test_opening_home_shows_what_the_app_publishes(box: Sandbox, client: Client) -> None:
    with connected(box, notes):
        ana = client.person("Ana")
        assert ana.home(open_tab=True) is None
        home = eventually(ana.home)
        assert home is not None
        assert texts(home) == ["Welcome"]
