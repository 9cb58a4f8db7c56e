"""auth.test, team.info and the way to a websocket."""

from sandbox.limits import SPECIAL, TIER_3
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


def team_info(call: MethodCall) -> Json:
    workspace = call.world.workspace
    return {"team": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain, "email_domain": ""}}


METHODS = {
    "auth.test": Method(test, SPECIAL),
    "apps.connections.open": Method(open_connection, TIER_3, caller="app"),
    "team.info": Method(team_info, TIER_3, "team:read"),
}
