"""A person's hands and eyes over the page's endpoints, for tests and simulated people."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Self, TypeVar

import httpx2

from sandbox.answers import Answers, Search, Upload, still_offered
from sandbox.blockkit.choices import option_list
from sandbox.blockkit.tree import elements
from sandbox.sight import Found, find_control, find_field, texts
from sandbox.state import Json
from sandbox.views.stacks import Typed

__all__ = ["Client", "Person", "Refused", "Search", "Upload", "eventually", "texts"]

T = TypeVar("T")


class Refused(Exception):
    """What a person tried did not work; `error` is the page's word for why, `details` are what it adds."""

    def __init__(self, error: str, details: Json) -> None:
        super().__init__(error)
        self.error = error
        self.details = details


def eventually(probe: Callable[[], T], *, within: float = 10.0) -> T:
    """Call `probe` until it answers something true; the last answer is the result either way."""
    patience = time.monotonic() + within
    while not (answer := probe()) and time.monotonic() < patience:
        time.sleep(0.02)
    return answer


class Client:
    def __init__(self, url: str) -> None:
        # Without TLS there is nothing to verify, and to read the machine's certificates takes longer than most calls.
        self._http = httpx2.Client(base_url=f"{url}/page/", timeout=60, verify=False)

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

    def upload(self, user: str, name: str, content: bytes) -> Json:
        params = {"as": user, "name": name}
        return _checked(self._http.post("upload", params=params, content=content).json())

    def person(self, name: str) -> "Person":
        return Person(self, self.person_id(name))

    def person_id(self, name: str) -> str:
        """By id, full name, or first name."""
        for workspace in self.workspaces():
            for person in workspace["people"]:
                if name in (person["id"], person["name"], person["name"].split()[0]):
                    return str(person["id"])
            if name in (workspace["app"]["name"], workspace["app"]["user_id"]):
                return str(workspace["app"]["user_id"])
        raise LookupError(f"There is nobody called {name!r}.")

    def workspaces(self) -> list[Json]:
        return [self.get("workspace", team=each["id"]) for each in self.get("workspaces")["workspaces"]]

    def next_event(self, *, until: float | None = None) -> Json:
        """Jump to what is due next, but not beyond `until`, a moment of the sandbox's clock."""
        return self._travel("clock/next", **({} if until is None else {"until": until}))

    def jump_to(self, moment: datetime) -> Json:
        """By way of all that is due before that moment."""
        return self._travel("clock/to", now=moment.timestamp())

    def _travel(self, path: str, **fields: float) -> Json:
        """It takes as long as what happens on the way."""
        return _checked(self._http.post(path, json=fields, timeout=None).json())

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
        self._typed: dict[str, Typed] = {}
        """By what it was typed into."""
        self._answers = Answers(
            person=client.person_id, channel=self.channel_id, upload=self.upload, search=self._search
        )

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

    def shortcut(self, name: str, message: Json | None = None) -> None:
        """Use a message's menu, or without a message what can be used anywhere, by the entry's name or callback id."""
        kind = "message_shortcuts" if message else "global_shortcuts"
        entries = self._client.get("workspace")[kind]
        callback_id = next(e["callback_id"] for e in entries if name in (e["name"], e["callback_id"]))
        place = {"channel": message["channel"], "ts": message["ts"]} if message else {}
        self._post("shortcut", callback_id=callback_id, **place)

    def react(self, message: Json, name: str) -> None:
        self._post("react", channel=message["channel"], ts=message["ts"], name=name)

    def unreact(self, message: Json, name: str) -> None:
        self._post("unreact", channel=message["channel"], ts=message["ts"], name=name)

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
        """Press a button, or pick an option, by what it says, in a message, a form or the Home page.

        Where the app asks whether one is sure, the answer is yes.
        """
        found = find_control(thing["blocks"], label, nth)
        chosen = found.value if value is None else value
        self._act(thing, found, chosen)

    def pick(self, thing: Json, label: str, answer: Any) -> None:
        """Set a control of a message, a form or the Home page that tells the app at once, by the text beside it."""
        found = find_field(thing["blocks"], label)
        self._act(thing, found, self._plain(thing, found, answer))

    def choose(self, label: str, option: Any) -> None:
        """The same in the form on top."""
        self.pick(self._open_form(), label, option)

    def offered(self, thing: Json, label: str, typed: str) -> list[str]:
        """What an external select offers somebody who types this."""
        found = find_field(thing["blocks"], label)
        return [option["text"]["text"] for option in option_list(self._search(_place(thing, found), typed))]

    def fill(self, answers: dict[str, Any]) -> None:
        """Type into the form on top, by label; nobody else knows until a click or a submit."""
        view = self._open_form()
        for label, answer in answers.items():
            found = find_field(view["blocks"], label)
            values = self._typed.setdefault(view["id"], {}).setdefault(found.block_id, {})
            values[found.action_id] = self._plain(view, found, answer)

    def upload(self, name: str, content: bytes) -> str:
        """Put a file where a form can send it; the answer is its id."""
        return str(self._client.upload(self.id, name, content)["file"]["id"])

    def submit(self) -> dict[str, str]:
        """Send the form on top; the answer is what is marked, by label, and empty if all went well."""
        view = self._open_form()
        try:
            self._post("submit", view_id=view["id"], state=self._state(view))
        except Refused as refused:
            if refused.error != "invalid":
                raise
            return self.errors()
        return {}

    def close(self, *, everything: bool = False) -> None:
        """Cancel the form on top, or close all that are open, as the X does."""
        self._post("close", view_id=self._open_form()["id"], all=everything)

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
        self._post("action", **_place(thing, found), value=value, state=self._state(thing), confirmed=True)

    def _search(self, place: Json, typed: str) -> Json:
        return self._post("options", **place, value=typed)

    def _state(self, thing: Json) -> Typed:
        """What was typed into the fields that stand there now."""
        state: Typed = {}
        kept = self._typed.get(thing.get("id", ""), {})
        for block, element in elements(thing["blocks"]):
            block_id, action_id = block["block_id"], element["action_id"]
            typed = kept.get(block_id, {})
            if action_id in typed and still_offered(element, typed[action_id]):
                state.setdefault(block_id, {})[action_id] = typed[action_id]
        return state

    def _plain(self, thing: Json, found: Found, answer: Any) -> Any:
        return self._answers.plain(_place(thing, found), found.element, answer)


def _place(thing: Json, found: Found) -> Json:
    """Where a control stands, as the page's endpoints take it."""
    if thing.get("type") in ("modal", "home"):
        container = {"type": "view", "view_id": thing["id"]}
    else:
        container = {"type": "message", "channel": thing["channel"], "ts": thing["ts"]}
    return {"container": container, "block_id": found.block_id, "action_id": found.action_id}


def _checked(answer: Json) -> Json:
    if not answer["ok"]:
        raise Refused(answer.get("error") or answer.get("reason", ""), answer)
    return answer


def _by_label(view: Json, errors: dict[str, str]) -> dict[str, str]:
    labels = {block["block_id"]: block["label"]["text"] for block in view["blocks"] if "label" in block}
    return {labels[block_id]: text for block_id, text in errors.items()}
