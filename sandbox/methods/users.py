"""users.*"""

from sandbox import objects
from sandbox.errors import SlackError
from sandbox.limits import TIER_2, TIER_3, TIER_4
from sandbox.methods.call import Method, MethodCall
from sandbox.methods.conversations import listed
from sandbox.methods.paging import page
from sandbox.state import Json


def info(call: MethodCall) -> Json:
    person = call.world.workspace.people.get(call.required("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": objects.user(call.world, person)}


def list_users(call: MethodCall) -> Json:
    """Slack asks large workspaces for a limit; here every list call must give one."""
    if not call.text("limit"):
        raise SlackError("limit_required")
    people = [(person.id, objects.user(call.world, person)) for person in call.world.workspace.people.values()]
    members, following = page(people, cursor=call.text("cursor"), limit=call.limit(200, 1000))
    cache_ts = int(call.world.clock.now())
    return {"members": members, "cache_ts": cache_ts, "response_metadata": {"next_cursor": following}}


def conversations(call: MethodCall) -> Json:
    """The conversations of the app, or those of a person that the app may know of."""
    workspace = call.world.workspace
    user = call.text("user", workspace.bot_user)
    if user not in workspace.people:
        raise SlackError("user_not_found")
    return listed(call, lambda channel: user in channel.members)


METHODS = {
    "users.info": Method(info, TIER_4, "users:read"),
    "users.list": Method(list_users, TIER_2, "users:read"),
    "users.conversations": Method(conversations, TIER_3),
}
