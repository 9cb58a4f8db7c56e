"""Modals and Home pages."""

from sandbox.state import Json
from sandbox.views.stacks import View
from sandbox.world import World


def view(world: World, view: View, *, values: Json | None = None) -> Json:
    """A view as methods and payloads show it; typed values travel only in payloads of an act."""
    blank = {"private_metadata": "", "callback_id": "", "external_id": "", "close": None, "submit": None}
    return {
        **blank,
        "title": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **view.content,
        "id": view.id,
        "team_id": world.workspace.id,
        "state": {"values": values or {}},
        "hash": view.hash,
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": world.workspace.app_id,
        "app_installed_team_id": world.workspace.id,
        "bot_id": world.workspace.bot_id,
    }
