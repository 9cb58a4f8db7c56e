"""Every id that a view carries is registered with Bolt, once; nothing else is."""

import importlib
import pkgutil
from enum import StrEnum

import surface
from tests.registered import registered


def ids_of_views() -> dict[str, str]:
    """Where each id stands, by id."""
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(surface.__path__, "surface."):
        ids: type[StrEnum] | None = getattr(importlib.import_module(module.name), "Id", None)
        for each in ids if ids is not None and ids.__module__ == module.name else ():
            assert each.value not in found, f"{each} stands in {module.name} and in {found[each.value]}"
            found[each.value] = module.name
    return found


def test_every_id_of_a_view_has_one_handler_and_every_handler_an_id() -> None:
    noted = registered()
    assert noted["action"] + noted["view"] == dict.fromkeys(ids_of_views(), 1)


def test_no_command_or_event_has_two_handlers() -> None:
    noted = registered()
    assert max((noted["command"] + noted["event"]).values()) == 1
