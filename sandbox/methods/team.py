"""team.*, bots.info and emoji.list: the workspace itself."""

from sandbox.errors import SlackError
from sandbox.limits import TIER_2, TIER_3
from sandbox.methods.call import Method, MethodCall
from sandbox.state import Json


def info(call: MethodCall) -> Json:
    workspace = call.world.workspace
    if call.text("team", workspace.id) != workspace.id:
        raise SlackError("team_not_found")
    team = {
        "id": workspace.id,
        "name": workspace.name,
        "url": f"{call.world.url}/",
        "domain": workspace.domain,
        "email_domain": "",
        "icon": {"image_default": True},
        "avatar_base_url": f"{call.world.url}/",
        "is_verified": False,
    }
    return {"team": team}


def profile(call: MethodCall) -> Json:
    """The workspace's own fields in people's profiles."""
    fields = [
        {"id": key, "ordering": place, "label": label, "hint": "", "type": "text", "possible_values": None}
        for place, (key, label) in enumerate(call.world.workspace.profile_fields.items())
    ]
    return {"profile": {"fields": fields, "sections": []}}


def bot(call: MethodCall) -> Json:
    workspace = call.world.workspace
    if call.text("bot", workspace.bot_id) != workspace.bot_id:
        raise SlackError("bot_not_found")
    user = workspace.people[workspace.bot_user]
    shown = {
        "id": workspace.bot_id,
        "deleted": user.deleted,
        "name": call.world.manifest.bot_name,
        "updated": user.updated,
        "app_id": workspace.app_id,
        "user_id": user.id,
        "icons": {},
    }
    return {"bot": shown}


def emoji(call: MethodCall) -> Json:
    return {"emoji": dict(call.world.workspace.emoji), "cache_ts": f"{call.world.clock.now():.6f}"}


METHODS = {
    "team.info": Method(info, TIER_3, "team:read", takes_json=False),
    "team.profile.get": Method(profile, TIER_3, "users.profile:read", takes_json=False),
    "bots.info": Method(bot, TIER_3, "users:read", takes_json=False),
    "emoji.list": Method(emoji, TIER_2, "emoji:read", takes_json=False),
}
