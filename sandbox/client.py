"""A person's hands and eyes over the page's endpoints, for tests and simulated people."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Self, TypeVar

import httpx2

from sandbox.blockkit.tree import elements
from sandbox.sight import Found, find_control, find_field, option_value, texts
from sandbox.state import Json
from sandbox.views.stacks import Typed

__all__ = ["Client", "Person", "Refused", "eventually", "texts"]

T = TypeVar("T")


class Refused(Exception):
    """What a person tried did not work; `error` is the page's word for why."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


def eventually(probe: Callable[[], T], *, within: float = 10.0) -> T:
    """Call `probe` until it answers something true; the last answer is the result either way."""
    patience = time.monotonic() + within
    while not (answer := probe()) and time.monotonic() < patience:
        time.sleep(0.02)
    return answer


class Client:
    def __init__(self, url: str) -> None:
        self._http = httpx2.Client(base_url=f"{url}/page/", timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **params: str) -> Json:
        return _checked(self._http.get(path, params=params).json())

    def post(self, path: str, **fields: Any) -> Json:
        return _checked(self._http.post(path, json=fields).json())

    def person(self, name: str) -> "Person":
        return Person(self, self.person_id(name))

    def person_id(self, name: str) -> str:
        """By id, full name, or first name."""
        workspace = self.get("workspace")
        for person in workspace["people"]:
            if name in (person["id"], person["name"], person["name"].split()[0]):
                return str(person["id"])
        if name in (workspace["app"]["name"], workspace["app"]["user_id"]):
            return str(workspace["app"]["user_id"])
        raise LookupError(f"There is nobody called {name!r}.")

    def next_event(self) -> Json:
        return self.post("clock/next")

    def jump_to(self, moment: datetime) -> Json:
        """By way of all that is due before that moment."""
        return self.post("clock/to", now=moment.timestamp())

    def leap_to(self, moment: datetime) -> Json:
        """Past whatever is due before that moment, as if the app had been down."""
        return self.post("clock/to", now=moment.timestamp(), leap=True)

    def change_person(self, name: str, **fields: Any) -> None:
        self.post("person", id=self.person_id(name), **fields)

    def deliveries(self) -> list[Json]:
        found: list[Json] = self.get("deliveries")["deliveries"]
        return found

    def again(self, delivery: str) -> bool:
        """Deliver a past payload once more; whether the app confirmed it."""
        return bool(self.post("again", delivery=delivery)["acked"])


class Person:
    """Someone in the workspace. What they type in a form stays theirs until they click or submit."""

    def __init__(self, client: Client, user_id: str) -> None:
        self._client = client
        self.id = user_id
        self._typed: Typed = {}

    def sidebar(self) -> Json:
        return self._client.get("sidebar", **{"as": self.id})

    def channel_id(self, name: str) -> str:
        """By id, name with or without #, `app` for the app's messages, or a person's name."""
        sidebar = self.sidebar()
        rooms = {room["name"]: room["id"] for room in sidebar["channels"]}
        people = {dm["name"]: dm["id"] for dm in sidebar["dms"]}
        first_names = {dm["name"].split()[0]: dm["id"] for dm in sidebar["dms"]}
        known = {**first_names, **people, **rooms, "app": sidebar["app_dm"]["id"]}
        return str(known.get(name.removeprefix("#"), name))

    def messages(self, channel: str, *, thread: str | None = None) -> list[Json]:
        """What the person sees there, oldest first; each message also names its channel."""
        channel_id = self.channel_id(channel)
        params = {"as": self.id, "channel": channel_id} | ({"thread": thread} if thread else {})
        found = self._client.get("conversation", **params)["messages"]
        return [{**message, "channel": channel_id} for message in found]

    def dm(self) -> list[Json]:
        """The messages with the app."""
        return self.messages("app")

    def ephemerals(self, channel: str) -> list[Json]:
        return [message for message in self.messages(channel) if message["ephemeral"]]

    def say(self, channel: str, text: str, *, thread: str | None = None) -> str:
        fields = {"channel": self.channel_id(channel), "text": text, "thread_ts": thread}
        return str(self._post("message", **fields)["ts"])

    def command(self, command: str, text: str = "", *, channel: str) -> None:
        self._post("command", channel=self.channel_id(channel), command=command, text=text)

    def shortcut(self, name: str, message: Json) -> None:
        """Use a message's menu, by the entry's name or callback id."""
        entries = self._client.get("workspace")["message_shortcuts"]
        callback_id = next(e["callback_id"] for e in entries if name in (e["name"], e["callback_id"]))
        self._post("shortcut", callback_id=callback_id, channel=message["channel"], ts=message["ts"])

    def home(self, *, open_tab: bool = False) -> Json | None:
        """The Home page as it stands; `open_tab` also tells the app that the person came."""
        if open_tab:
            self._post("home")
        view: Json | None = self._client.get("home", **{"as": self.id})["view"]
        return view

    def modal(self) -> Json | None:
        """The form on top, if one is open."""
        top = self._top()
        return top["view"] if top else None

    def errors(self) -> dict[str, str]:
        """What is marked in the form on top, by the labels of its fields."""
        top = self._top()
        return _by_label(top["view"], top["errors"]) if top else {}

    def notice(self) -> str | None:
        """What Slack itself says in the form on top, such as trouble connecting."""
        top = self._top()
        return top["notice"] if top else None

    def click(self, thing: Json, label: str, *, value: Any = None, nth: int = 0) -> None:
        """Press a button, or pick an option, by what it says, in a message, a form or the Home page."""
        found = find_control(thing["blocks"], label, nth)
        chosen = found.value if value is None else value
        self._act(thing, found, chosen)

    def choose(self, label: str, option: Any) -> None:
        """Set a field of the form on top that tells the app at once."""
        view = self._open_form()
        found = find_field(view["blocks"], label)
        self._act(view, found, self._plain(found.element, option))

    def fill(self, answers: dict[str, Any]) -> None:
        """Type into the form on top, by label; nobody else knows until a click or a submit."""
        view = self._open_form()
        for label, answer in answers.items():
            found = find_field(view["blocks"], label)
            values = self._typed.setdefault(found.block_id, {})
            values[found.action_id] = self._plain(found.element, answer)

    def submit(self) -> dict[str, str]:
        """Send the form on top; the answer is what is marked, by label, and empty if all went well."""
        view = self._open_form()
        try:
            self._post("submit", view_id=view["id"], state=self._state(view["blocks"]))
        except Refused as refused:
            if refused.error != "invalid":
                raise
            return self.errors()
        return {}

    def close(self) -> None:
        self._post("close", view_id=self._open_form()["id"])

    def join(self, channel: str) -> None:
        self._post("join", channel=self.channel_id(channel))

    def leave(self, channel: str) -> None:
        self._post("leave", channel=self.channel_id(channel))

    def invite(self, channel: str, who: str) -> None:
        self._post("invite", channel=self.channel_id(channel), user=self._client.person_id(who))

    def read(self, channel: str) -> None:
        self._post("read", channel=self.channel_id(channel))

    def _post(self, path: str, **fields: Any) -> Json:
        return self._client.post(path, **{"as": self.id}, **fields)

    def _top(self) -> Json | None:
        stack = self._client.get("modals", **{"as": self.id})["stack"]
        return stack[-1] if stack else None

    def _open_form(self) -> Json:
        view = self.modal()
        if view is None:
            raise LookupError("No form is open.")
        return view

    def _act(self, thing: Json, found: Found, value: Any) -> None:
        if thing.get("type") in ("modal", "home"):
            container = {"type": "view", "view_id": thing["id"]}
        else:
            container = {"type": "message", "channel": thing["channel"], "ts": thing["ts"]}
        ids = {"block_id": found.block_id, "action_id": found.action_id}
        state = self._state(thing["blocks"])
        self._post("action", container=container, value=value, state=state, **ids)

    def _state(self, blocks: list[Json]) -> Typed:
        """What was typed into the fields that stand there now."""
        state: Typed = {}
        for block, element in elements(blocks):
            typed = self._typed.get(block["block_id"], {})
            if element["action_id"] in typed:
                state.setdefault(block["block_id"], {})[element["action_id"]] = typed[element["action_id"]]
        return state

    def _plain(self, element: Json, answer: Any) -> Any:
        """The value behind what a person says: an option's text, a person's name, a date."""
        if isinstance(answer, list | tuple | set):
            return [self._plain(element, each) for each in answer]
        if element["type"] in ("users_select", "multi_users_select"):
            return self._client.person_id(answer)
        if element["type"] in ("conversations_select", "channels_select"):
            return self.channel_id(answer)
        if "options" in element or "option_groups" in element:
            return option_value(element, answer)
        return answer if answer is None else str(answer)


def _checked(answer: Json) -> Json:
    if not answer["ok"]:
        raise Refused(answer.get("error") or answer.get("reason", ""))
    return answer


def _by_label(view: Json, errors: dict[str, str]) -> dict[str, str]:
    labels = {block["block_id"]: block["label"]["text"] for block in view["blocks"] if "label" in block}
    return {labels[block_id]: text for block_id, text in errors.items()}
