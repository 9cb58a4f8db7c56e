"""What an app may answer to a submitted form."""

from typing import Any

from sandbox.blockkit.checked import view_content
from sandbox.errors import SlackError
from sandbox.state import Json
from sandbox.views import modals
from sandbox.views.stacks import View
from sandbox.world import World


def apply_answer(world: World, view: View, answer: Json) -> None:
    """Close, mark, update, push or clear; SlackError if the answer is none of these or not valid."""
    if view not in world.views.stack(view.user):
        return  # Whoever sent it has closed it since.
    act = answer.get("response_action")
    if act is None and not answer:
        _close(world, view)
    elif act == "clear":
        modals.close(world, view, whole_stack=True)
    elif act == "errors":
        modals.mark(world, view, errors=_errors(view, answer.get("errors")))
    elif act == "update":
        modals.update(world, view, view_content(world, answer.get("view"), "modal"))
    elif act == "push":
        modals.push(world, view.user, view_content(world, answer.get("view"), "modal"))
    else:
        raise SlackError("invalid_response")


def _close(world: World, view: View) -> None:
    modals.close(world, view, whole_stack=bool(view.content.get("clear_on_close")))


def _errors(view: View, errors: Any) -> dict[str, str]:
    """Only input blocks can carry an error, and each error is a text."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackError("invalid_errors")
    if not all(isinstance(text, str) and text.strip() for text in errors.values()):
        raise SlackError("invalid_errors")
    return errors
