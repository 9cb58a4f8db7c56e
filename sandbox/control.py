"""The control API: what a test or a script does to the sandbox itself. docs/sandbox.md describes it."""

from collections.abc import Callable
from math import isfinite
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import installing, strict_json, time_travel
from sandbox.cast.cast import begin, end
from sandbox.endpoints.fields import whole
from sandbox.errors import PageError
from sandbox.installing import Grant
from sandbox.log import Delivery, Entry
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.weather_days import change_weather
from sandbox.world import World

MOST_LINES = 1000
OF_A_FAULT: dict[str, Callable[[Any], Any]] = {
    "times": int,
    "spare": int,
    "retry_after": int,
    "error": str,
    "seconds": float,
}


async def time_next(slack: Slack, _: Json) -> Json:
    return await time_travel.next_event(slack)


async def time_to(slack: Slack, fields: Json) -> Json:
    return await time_travel.jump_to(slack, time_travel.moment(fields["now"]))


def set_hosts_back(slack: Slack, fields: Json) -> Json:
    """Have the apps' hosts believe it is so many seconds earlier, or later, than it is."""
    behind = float(fields["behind"])
    if not isfinite(behind):
        raise PageError("wrong_value", field="behind")
    slack.set_hosts_back(behind)
    return {}


def events_on(slack: Slack, _: Json) -> Json:
    """Send events again, after they were switched off because the app confirmed hardly any."""
    slack.deliveries.intake.switch_on()
    return {}


def fault(slack: Slack, fields: Json) -> Json:
    """Order a fault for the next calls of a method."""
    orders: Json = {name: read(fields[name]) for name, read in OF_A_FAULT.items() if name in fields}
    slack.faults.add(fields["method"], fields["kind"], **orders)
    return {}


def unknown_blocks(slack: Slack, fields: Json) -> Json:
    """Be a Slack that has not got these types of blocks yet."""
    slack.faults.unknown_blocks = frozenset(map(str, fields["types"]))
    return {}


def kind(slack: Slack, _: Json) -> Json:
    """Take every order back."""
    slack.faults.clear()
    slack.faults.release_all()
    return {}


def weather(slack: Slack, fields: Json) -> Json:
    """Be unkind from a seed; `chances` change single troubles of the profile."""
    change_weather(slack, str(fields["seed"]), fields["profile"], fields.get("chances"))
    return {}


async def cast(slack: Slack, fields: Json) -> Json:
    """Let the people of a workspace act by themselves."""
    marked, does = bool(fields.get("marked")), fields.get("does")
    await begin(_world(slack, fields), str(fields["seed"]), marked=marked, does=does)
    return {}


def end_cast(slack: Slack, fields: Json) -> Json:
    end(_world(slack, fields))
    return {}


async def hang_up(slack: Slack, _: Json) -> Json:
    await slack.connections.close_all()
    return {}


async def refresh(slack: Slack, fields: Json) -> Json:
    await slack.connections.ask_to_reconnect(fields.get("reason", "refresh_requested"))
    return {}


def install(slack: Slack, fields: Json) -> Json:
    """Bring the app in, as somebody who allows all it asks for; the answer is its new token."""
    world = _world(slack, fields)
    scopes = tuple(fields.get("scopes", slack.manifest.scopes))
    return {"bot_token": installing.install(world, Grant(fields.get("by", ""), scopes)).bot_token}


def uninstall(slack: Slack, fields: Json) -> Json:
    installing.uninstall(_world(slack, fields))
    return {}


def revoke(slack: Slack, fields: Json) -> Json:
    installing.revoke_token(_world(slack, fields))
    return {}


def _world(slack: Slack, fields: Json) -> World:
    team = fields.get("team", slack.first.workspace.id)
    if team not in slack.worlds:
        raise PageError("no_such_workspace")
    return slack.worlds[team]


ORDERS: dict[str, Callable[[Slack, Json], Any]] = {
    "time/next": time_next,
    "time/to": time_to,
    "hosts/clock": set_hosts_back,
    "events/on": events_on,
    "faults/add": fault,
    "faults/blocks": unknown_blocks,
    "faults/clear": kind,
    "weather": weather,
    "cast": cast,
    "cast/end": end_cast,
    "sockets/hang-up": hang_up,
    "sockets/refresh": refresh,
    "app/install": install,
    "app/uninstall": uninstall,
    "app/revoke": revoke,
}


class Control:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[Route]:
        return [
            Route("/control/app", self._app, methods=["GET"]),
            Route("/control/log", self._log, methods=["GET"]),
            Route("/control/{name:path}", self._order, methods=["POST"]),
        ]

    async def _app(self, _: Request) -> Response:
        """What an app has to be given to work here."""
        slack = self._slack
        tokens = {
            world.workspace.id: world.installation.bot_token for world in slack.worlds.values() if world.installation
        }
        return JSONResponse(
            {
                "ok": True,
                "app_id": slack.app_id,
                "api_url": f"{slack.url}/api/",
                "clock_url": f"{slack.url}/clock",
                "authorize_url": f"{slack.url}/oauth/v2/authorize",
                "app_token": slack.tokens.app_token,
                "bot_tokens": tokens,
                "signing_secret": slack.signing_secret,
                "client_id": slack.client_id,
                "client_secret": slack.client_secret,
            }
        )

    async def _log(self, request: Request) -> Response:
        """The newest entries, or those after `since`, a count of entries."""
        log = self._slack.log
        try:
            since = whole(dict(request.query_params), "since", max(0, log.count - MOST_LINES))
        except PageError as error:
            return JSONResponse(error.answer(), 400)
        entries = list(log.entries)[max(0, since - (log.count - len(log.entries))) :][:MOST_LINES]
        return JSONResponse({"ok": True, "next": since + len(entries), "entries": [_shown(entry) for entry in entries]})

    async def _order(self, request: Request) -> Response:
        order = ORDERS.get(request.path_params["name"])
        if order is None:
            return JSONResponse({"ok": False, "error": "no_such_order", "orders": sorted(ORDERS)}, 404)
        try:
            fields = dict(strict_json.parse(await request.body() or b"{}"))
            answer = order(self._slack, fields)
            answer = answer if isinstance(answer, dict) else await answer
        except PageError as error:
            return JSONResponse(error.answer(), 400)
        except KeyError as missing:
            return JSONResponse({"ok": False, "error": "missing_field", "field": missing.args[0]}, 400)
        except (ValueError, TypeError) as wrong:
            return JSONResponse({"ok": False, "error": "wrong_value", "why": str(wrong)}, 400)
        return JSONResponse({"ok": True, **answer})


def _shown(entry: Entry) -> Json:
    if isinstance(entry, Delivery):
        return {"kind": "delivery", **entry.to_dict(), "attempts": [vars(attempt) for attempt in entry.tries]}
    return entry.line()
