"""The page's tests: people at their browsers, and a plain Bolt app that shows one of everything."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page
from slack_bolt import App

from sandbox.client import Client
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, SCOPES, connected, manifest
from tests.sandbox.seats import Port, Seats

Json = dict[str, Any]

COMMANDS = [
    {"command": "/form", "description": "Open a form", "usage_hint": "[all | short]"},
    {"command": "/show", "description": "Post something", "usage_hint": "[what]"},
    {"command": "/silent", "description": "Never answers"},
]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def option(text: str, value: str, description: str | None = None) -> Json:
    return {"text": plain(text), "value": value} | ({"description": plain(description)} if description else {})


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "actions", "elements": list(elements)}


def field(label: str, kind: str, *, hint: str | None = None, dispatch: bool = False, **element: Any) -> Json:
    """An input block whose ids are its label; optional unless `required=True`."""
    required = element.pop("required", False)
    block = {"type": "input", "block_id": label, "label": plain(label), "optional": not required}
    inner = {"type": kind, "action_id": label, **element}
    return block | {"element": inner, "dispatch_action": dispatch} | ({"hint": plain(hint)} if hint else {})


def menu(action_id: str) -> Json:
    return {"type": "static_select", "action_id": action_id, "options": LETTERS}


LETTERS = [option("Alpha", "a"), option("Beta", "b", "The second letter"), option("Gamma", "c")]

EVERY_FIELD: list[Json] = [
    field("Title", "plain_text_input", required=True, max_length=40, hint="One line that stands alone.",
          placeholder=plain("What was decided")),
    field("Why", "plain_text_input", multiline=True, initial_value="Because it <works> & is *cheap*"),
    field("Letter", "static_select", options=LETTERS, initial_option=LETTERS[0], placeholder=plain("Choose one")),
    field("Letters", "multi_static_select", placeholder=plain("Choose some"),
          option_groups=[{"label": plain("Greek"), "options": LETTERS}]),
    field("Approver", "users_select", placeholder=plain("A person")),
    field("Informed", "multi_users_select", placeholder=plain("People")),
    field("Channel", "channels_select", placeholder=plain("A channel")),
    field("Place", "conversations_select", placeholder=plain("A conversation")),
    field("Scale", "radio_buttons", options=LETTERS),
    field("Teams", "checkboxes", options=LETTERS, initial_options=[LETTERS[2]]),
    field("Due", "datepicker"),
    field("At", "timepicker", initial_time="09:30"),
    field("Count", "number_input", is_decimal_allowed=False, min_value="1"),
    field("Mail", "email_text_input"),
    field("Link", "url_text_input"),
]  # fmt: skip


def modal(title: str, blocks: list[Json], **more: Any) -> Json:
    content = {"type": "modal", "title": plain(title), "submit": plain("Save"), "close": plain("Cancel")}
    return content | {"callback_id": "form", "blocks": blocks} | more


def hello(names: Json) -> list[Json]:
    return [
        section(
            "Hello <@{user}>, *bold* _italic_ ~struck~ `code` in <#{channel}>: &lt;b&gt; &amp;amp; :tada:\n"
            "&gt; a quote\n"
            "snake_case_stays <https://example.com/|a link> <!date^1763976600^{{date_num}} {{time}}|soon>\n"
            "```\nblock &lt;i&gt;\n```".format(**names)
        )
    ]


SHOWN: dict[str, Callable[[Json], list[Json]]] = {
    "text": hello,
    "blocks": lambda names: [
        {"type": "header", "text": plain("A header")},
        {"type": "section", "fields": [mrkdwn("*Owner*\nAna"), mrkdwn("*Due*\nMonday")]},
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("Some _context_")]},
        {"type": "image", "image_url": f"{names['url']}/icon.svg", "alt_text": "Nothing was lost"},
        section("With a menu", accessory={"type": "overflow", "action_id": "more", "options": LETTERS}),
        section("Pick a day", block_id="day", accessory={"type": "datepicker", "action_id": "told"}),
        section("Pick one", block_id="one", accessory=menu("told")),
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [
                        {"type": "rich_text_section", "elements": [{"type": "text", "text": "*literal* <b>"}]}
                    ],
                }
            ],
        },
    ],
    "buttons": lambda _: [
        section("Shall we?"),
        actions(
            button("Yes", "yes", style="primary"),
            button("No", "no", style="danger", confirm={
                "title": plain("Sure?"), "text": mrkdwn("This is *final*."),
                "confirm": plain("Do it"), "deny": plain("Keep"),
            }),
            button("Site", "site", url="https://example.com/"),
        ),
    ],
    "note": lambda _: [field("Note", "plain_text_input"), actions(button("Tell", "tell"))],
}  # fmt: skip


class Helper:
    """The app's listeners, and what it was told."""

    def __init__(self) -> None:
        self.told: list[Json] = []
        self.submitted: list[Json] = []
        self.last: Any = None

    def register(self, app: App) -> None:
        app.command("/form")(open_form)
        app.command("/show")(self.show)
        app.shortcut("keep")(keep)
        app.event("app_home_opened")(publish_home)
        app.action("detail")(add_detail)
        app.action(re.compile(""))(self.note)
        app.view("form")(self.submit)

    def show(self, ack: Any, client: Any, command: Json) -> None:
        """Posts what is asked for; "again" changes the last post; anything else is repeated to the person alone."""
        what = command["text"]
        names = {
            "user": command["user_id"],
            "channel": command["channel_id"],
            "url": command["response_url"].split("/response")[0],
        }
        if what == "again":
            blocks = [section("A second look"), *self.last["message"]["blocks"]]
            client.chat_update(channel=self.last["channel"], ts=self.last["ts"], text="Shown again", blocks=blocks)
        elif what in SHOWN:
            self.last = client.chat_postMessage(channel=command["channel_id"], text="Shown", blocks=SHOWN[what](names))
        else:
            ack(f"Only *you* read: {what}")
            return
        ack()

    def note(self, ack: Any, body: Json) -> None:
        ack()
        state = (body.get("view") or body)["state"]["values"]
        self.told.append(body["actions"][0] | {"state": state})

    def submit(self, ack: Any, view: Json) -> None:
        """Does what the title says, as apps do: marks a field, shows another view, or never answers."""
        values = {label: next(iter(entry.values())) for label, entry in view["state"]["values"].items()}
        self.submitted.append(values)
        title = values["Title"]["value"]
        if title == "bad":
            ack(response_action="errors", errors={"Title": "Say it in full."})
        elif title == "more":
            ack(response_action="push", view=modal("One more step", [field("Reason", "plain_text_input")]))
        elif title != "silent":
            ack()


def open_form(ack: Any, client: Any, command: Json) -> None:
    short = modal("Short form", [EVERY_FIELD[0], actions(button("Add detail", "detail"))])
    view = short if command["text"] == "short" else modal("Every field", EVERY_FIELD)
    client.views_open(trigger_id=command["trigger_id"], view=view)
    ack()


def add_detail(ack: Any, client: Any, body: Json) -> None:
    blocks = [EVERY_FIELD[0], field("Kind", "static_select", options=LETTERS, dispatch=True)]
    client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=modal("Long form", blocks))
    ack()


def keep(ack: Any, respond: Any, shortcut: Json) -> None:
    ack()
    respond(f"Kept: {shortcut['message']['text']}")


def publish_home(client: Any, event: Json) -> None:
    greeting = section(f"Hello <@{event['user']}>")
    blocks = [{"type": "header", "text": plain("Your week")}, greeting, actions(menu("told"), button("Plan", "plan"))]
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


@pytest.fixture
def box(port: Port) -> Iterator[Sandbox]:
    installed = manifest(events=["app_home_opened", "dnd_updated_user"], scopes=[*SCOPES, "dnd:read"])
    installed["features"]["slash_commands"] = COMMANDS
    with port.sandbox(seed="demo", manifest=installed, start=FRIDAY) as running:
        yield running


@pytest.fixture
def helper(box: Sandbox) -> Iterator[Helper]:
    helper = Helper()
    with connected(box, helper.register):
        yield helper


Sit = Callable[..., Page]


@pytest.fixture
def sit(box: Sandbox, client: Client, seats: Seats) -> Iterator[Sit]:
    """Opens a browser for someone at some place. A page must log no error, and ask nothing of another machine."""

    def sit(name: str, place: str = "forecast", *, width: int = 1280, height: int = 800) -> Page:
        person = client.person(name)
        where = place if place in ("app", "home") else person.channel_id(place)
        page = seats.take().open(box, f"#as={person.id}&c={where}", width=width, height=height)
        page.get_by_role("button", name=f"Acting as {name}").wait_for()
        return page

    with seats.test():
        yield sit


@pytest.fixture
def impatient(box: Sandbox) -> None:
    """Slack waits three seconds for an acknowledgement; here it is one, for an app that gives none."""
    box.slack.connections.ack_seconds = 1.0


def send(page: Page, text: str) -> None:
    """Types into the message box of the conversation and presses Enter."""
    box = page.get_by_role("main").get_by_role("textbox", name="Message")
    box.fill(text)
    box.press("Escape")
    box.press("Enter")


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages in")


def act_as(page: Page, name: str) -> None:
    page.get_by_role("button", name="Acting as").click()
    page.get_by_role("dialog", name="Act as").get_by_role("option", name=re.compile(f"^{name}")).click()
    page.get_by_role("button", name=f"Acting as {name}").wait_for()
