"""A Bolt app that asks everybody and keeps the answers, for people who answer by themselves."""

import re
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from tests.sandbox.test_blocks import actions, button, field, option, plain, section, typed

Json = dict[str, Any]

STEPS = [option(str(step), str(step)) for step in range(1, 6)]
EVERYTHING = [
    field(typed(), block_id="moved", label=plain("What moved since last week?")),
    field(typed(multiline=True), block_id="risk", label=plain("Which risk worries you?"), optional=True),
    field(typed("number_input", is_decimal_allowed=False), block_id="number", label=plain("How many tickets?")),
    field({"type": "radio_buttons", "options": STEPS}, block_id="sure", label=plain("How sure are you?")),
    field({"type": "checkboxes", "options": STEPS[:3]}, block_id="boxes", label=plain("Which of these?")),
    field({"type": "users_select"}, block_id="who", label=plain("Who could help?")),
    field({"type": "multi_users_select"}, block_id="team", label=plain("Who is with you?")),
    field({"type": "channels_select"}, block_id="where", label=plain("Which channel?")),
    field({"type": "datepicker"}, block_id="day", label=plain("By when?")),
    field({"type": "timepicker"}, block_id="hour", label=plain("At what time?")),
    field(typed("email_text_input"), block_id="mail", label=plain("Your address")),
    field(typed("url_text_input"), block_id="link", label=plain("A link"), optional=True),
]
SHORT = EVERYTHING[:1]
for block in EVERYTHING:
    block["element"]["action_id"] = "a"


class Survey:
    """Asks in a direct message; a submission is kept by (person, question), and its message becomes a receipt."""

    def __init__(self, fields: list[Json] | None = None) -> None:
        self.fields = fields or SHORT
        self.answers: dict[tuple[str, str], Json] = {}
        self.submissions: list[tuple[str, Json]] = []
        self.skipped: list[str] = []
        self.marks: list[Json] = []
        """What is marked in the next submissions, one each."""
        self.opens = True

    def register(self, app: App) -> None:
        app.action("answer")(self._open)
        app.action("skip")(self._skip)
        app.action("got-it")(lambda ack: ack())
        app.view("survey")(self._take)
        anything = re.compile(".*")
        app.event(anything)(lambda: None)
        app.command(anything)(lambda ack: ack())
        app.shortcut(anything)(lambda ack: ack())

    def ask(self, slack: WebClient, person: str, question: str) -> None:
        channel = slack.conversations_open(users=person)["channel"]["id"]
        slack.chat_postMessage(channel=channel, text=question, blocks=invitation(question))

    def _open(self, ack: Any, body: Json, client: WebClient) -> None:
        if self.opens:
            blocks = [section("Two minutes."), *self.fields]
            where = f"{body['channel']['id']} {body['message']['ts']} {body['actions'][0]['value']}"
            view = {"type": "modal", "callback_id": "survey", "title": plain("Survey"), "submit": plain("Send")}
            client.views_open(trigger_id=body["trigger_id"], view={**view, "blocks": blocks, "private_metadata": where})
        ack()

    def _skip(self, ack: Any, body: Json, client: WebClient) -> None:
        self.skipped.append(body["user"]["id"])
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Skipped.", blocks=[])
        ack()

    def _take(self, ack: Any, body: Json, client: WebClient) -> None:
        person, values = body["user"]["id"], body["view"]["state"]["values"]
        self.submissions.append((person, values))
        if self.marks:
            ack(response_action="errors", errors=self.marks.pop(0))
            return
        channel, ts, question = body["view"]["private_metadata"].split(" ", 2)
        self.answers[person, question] = values
        text = f"Thank you, {question} is answered."
        edit = button(action_id="answer", text=plain("Edit"), value=question)
        client.chat_update(channel=channel, ts=ts, text=text, blocks=[section(text), actions(edit)])
        ack()


def invitation(question: str) -> list[Json]:
    answer = button(action_id="answer", text=plain("Answer"), value=question, style="primary")
    return [section(question), actions(answer, button(action_id="skip", text=plain("Skip today"), value=question))]
