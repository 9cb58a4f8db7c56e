"""users.* and dnd.*: who is there, and who wants quiet."""

from sandbox import objects
from sandbox.errors import SlackError
from sandbox.limits import TIER_2, TIER_3, TIER_4
from sandbox.methods.call import READ_SCOPES, Method, MethodCall
from sandbox.methods.conversations import listed
from sandbox.methods.paging import page
from sandbox.state import Json

MOST_ASKED_FOR_QUIET = 50


def info(call: MethodCall) -> Json:
    return {"user": objects.user(call.world, call.person(), with_locale=call.flag("include_locale"))}


def list_users(call: MethodCall) -> Json:
    """Slack asks large workspaces for a limit; here every list call must give one.

    Those of the partner's workspace are found one by one with users.info, or among the members of a channel.
    """
    if not call.text("limit"):
        raise SlackError("limit_required")
    people = [(person.id, person) for person in call.world.workspace.people.values() if not person.is_external]
    found, following = page(call, people, limit=call.limit(200, 1000))
    members = [objects.user(call.world, person, with_locale=call.flag("include_locale")) for person in found]
    cache_ts = int(call.world.clock.now())
    return {"members": members, "cache_ts": cache_ts, "response_metadata": {"next_cursor": following}}


def conversations(call: MethodCall) -> Json:
    """The conversations of the app, or those of a person that the app may know of."""
    user = call.person().id if call.text("user") else call.bot
    return listed(call, lambda channel: user in channel.members)


def lookup_by_email(call: MethodCall) -> Json:
    address = call.required("email").lower()
    for person in call.world.workspace.humans():
        known = not person.deleted and not person.is_external
        if known and objects.email(call.world, person) == address:
            return {"user": objects.user(call.world, person)}
    raise SlackError("users_not_found")


def profile(call: MethodCall) -> Json:
    person = call.person() if call.text("user") else call.world.workspace.people[call.bot]
    labels = call.world.workspace.profile_fields
    filled = {key: value for key, value in person.fields.items() if key in labels and value}
    with_labels = call.flag("include_labels")
    fields = {
        key: {"value": value, "alt": "", **({"label": labels[key]} if with_labels else {})}
        for key, value in filled.items()
    }
    # Slack sends an empty list where nothing is filled in.
    return {"profile": objects.profile(call.world, person) | {"fields": fields or []}}


def presence(call: MethodCall) -> Json:
    """Somebody is there while a page is open for them; the app while it is connected and has not set itself away."""
    person = call.person() if call.text("user") else call.world.workspace.people[call.bot]
    there = len(call.world.connections) > 0 if person.id == call.bot else call.world.changes.has_page(person.id)
    return {"presence": "active" if there and not person.is_set_away else "away"}


def set_presence(call: MethodCall) -> Json:
    if call.text("presence") not in ("auto", "away"):
        raise SlackError("invalid_presence")
    call.world.workspace.people[call.bot].is_set_away = call.text("presence") == "away"
    return {}


def quiet(call: MethodCall) -> Json:
    person = call.person() if call.text("user") else call.world.workspace.people[call.bot]
    return objects.do_not_disturb(call.world, person)


def quiet_of_many(call: MethodCall) -> Json:
    """Whoever the app may not know of is left out without a word."""
    users = call.several("users")
    if not users:
        raise SlackError("no_users_provided")
    if len(users) > MOST_ASKED_FOR_QUIET:
        raise SlackError("too_many_users")
    workspace = call.world.workspace
    people = [person for user in users if (person := workspace.people.get(user)) and workspace.app_knows(person)]
    return {"users": {person.id: objects.do_not_disturb(call.world, person) for person in people}}


METHODS = {
    "users.info": Method(info, TIER_4, "users:read", takes_json=False),
    "users.list": Method(list_users, TIER_2, "users:read", takes_json=False),
    "users.conversations": Method(conversations, TIER_3, one_of=tuple(READ_SCOPES.values()), takes_json=False),
    "users.lookupByEmail": Method(lookup_by_email, TIER_3, "users:read.email", takes_json=False),
    "users.profile.get": Method(profile, TIER_4, "users.profile:read", takes_json=False),
    "users.getPresence": Method(presence, TIER_3, "users:read", takes_json=False),
    "users.setPresence": Method(set_presence, TIER_2, "users:write"),
    "dnd.info": Method(quiet, TIER_3, "dnd:read", takes_json=False),
    "dnd.teamInfo": Method(quiet_of_many, TIER_2, "dnd:read", takes_json=False),
}
