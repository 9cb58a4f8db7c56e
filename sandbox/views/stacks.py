"""Open modals (a stack of at most three for each person) and published Home pages."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import SlackError
from sandbox.ids import Ids
from sandbox.state import Json

MOST_ON_STACK = 3

Typed = dict[str, dict[str, Any]]
"""What a person has entered, in plain values, by block id and action id."""
Offered = dict[tuple[str, str], dict[str, Json]]
"""The options an app gave for external selects, by block id and action id, then by value."""


@dataclass
class View:
    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    conversation: str | None = None
    """Where its reader was when it was opened."""
    typed: Typed = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    notice: str | None = None
    offered: Offered = field(default_factory=dict)
    is_busy: bool = False
    """Whether it was submitted and its app has not answered yet."""

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.content["blocks"]
        return blocks

    @property
    def is_home(self) -> bool:
        return bool(self.content["type"] == "home")


class Views:
    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, user: str) -> list[View]:
        return self._stacks.setdefault(user, [])

    def home(self, user: str) -> View | None:
        return self._homes.get(user)

    def open(self, user: str, content: Json, *, now: float) -> View:
        """Begin a new stack; a modal that was open is replaced."""
        self._check_external_id(content, instead_of=None)
        view = self._new(user, content, now)
        self._stacks[user] = [view]
        return view

    def push(self, user: str, content: Json, *, now: float) -> View:
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= MOST_ON_STACK:
            raise SlackError("push_limit_reached")
        self._check_external_id(content, instead_of=None)
        view = self._new(user, content, now)
        view.root_id, view.previous_id = stack[0].id, stack[-1].id
        view.conversation = stack[-1].conversation
        stack.append(view)
        return view

    def update(self, view: View, content: Json, *, now: float) -> None:
        """Show other content in an open view; inputs that keep block id and action id keep what was typed."""
        self._check_external_id(content, instead_of=view)
        view.content = content
        view.hash = self._new_hash(now)
        view.errors, view.notice = {}, None

    def publish(self, user: str, content: Json, *, now: float, seen_hash: str | None) -> View:
        view = self._homes.get(user)
        if view is None and seen_hash:
            raise SlackError("hash_conflict")
        if view is None:
            self._check_external_id(content, instead_of=None)
            view = self._homes[user] = self._new(user, content, now)
            return view
        if seen_hash and seen_hash != view.hash:
            raise SlackError("hash_conflict")
        self.update(view, content, now=now)
        return view

    def close(self, view: View, *, whole_stack: bool = False) -> None:
        stack = self.stack(view.user)
        del stack[0 if whole_stack else stack.index(view) :]

    def forget_all(self) -> None:
        self._homes.clear()
        self._stacks.clear()

    def with_id(self, view_id: str) -> View | None:
        return next((view for view in self._all() if view.id == view_id), None)

    def with_external_id(self, external_id: str) -> View | None:
        return next((view for view in self._all() if _external_id(view.content) == external_id), None)

    def _all(self) -> list[View]:
        return [*self._homes.values(), *(view for stack in self._stacks.values() for view in stack)]

    def _new(self, user: str, content: Json, now: float) -> View:
        view_id = self._ids.new("V")
        return View(view_id, user, content, self._new_hash(now), root_id=view_id)

    def _new_hash(self, now: float) -> str:
        return f"{int(now)}.{self._ids.number('hash'):08x}"

    def _check_external_id(self, content: Json, *, instead_of: View | None) -> None:
        wanted = _external_id(content)
        if wanted and any(_external_id(view.content) == wanted for view in self._all() if view is not instead_of):
            raise SlackError("duplicate_external_id")


def _external_id(content: Json) -> str | None:
    return content.get("external_id") or None
