"""auth.test and the way to a websocket."""

from sandbox.errors import SlackError
from sandbox.limits import SPECIAL, TIER_3, TIER_4
from sandbox.methods.call import Method, MethodCall
from sandbox.state import Json


def test(call: MethodCall) -> Json:
    workspace = call.world.workspace
    return {
        "url": f"{call.world.url}/",
        "team": workspace.name,
        "user": workspace.people[workspace.bot_user].handle,
        "team_id": workspace.id,
        "user_id": workspace.bot_user,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(call: MethodCall) -> Json:
    address = call.world.url.replace("http://", "ws://")
    ticket = call.world.connections.new_ticket()
    return {"url": f"{address}/socket?ticket={ticket}&app_id={call.world.slack.app_id}"}


def echo(call: MethodCall) -> Json:
    """api.test: the arguments come back, and so does an error that the app asks for."""
    args = {name: str(value) for name, value in call.args.items()}
    if call.text("error"):
        raise SlackError(call.text("error"), args=args)
    return {"args": args}


METHODS = {
    "api.test": Method(echo, TIER_4, caller="anyone"),
    "auth.test": Method(test, SPECIAL),
    "apps.connections.open": Method(open_connection, TIER_3, caller="app", takes_json=False),
}
