"""oauth.v2.access, auth.revoke and apps.uninstall."""

from sandbox import installing
from sandbox.errors import SlackError
from sandbox.installing import install
from sandbox.limits import SPECIAL, TIER_1, TIER_3
from sandbox.methods.call import Method, MethodCall
from sandbox.state import Json


def access(call: MethodCall) -> Json:
    """A code becomes a token, once."""
    _check_client(call)
    if call.text("grant_type", "authorization_code") != "authorization_code":
        raise SlackError("invalid_grant_type")
    code = call.world.slack.codes.take(call.text("code"))
    if code.redirect_uri != call.text("redirect_uri"):
        raise SlackError("bad_redirect_uri")
    installation = install(code.world, code.grant)
    workspace = code.world.workspace
    return {
        "access_token": installation.bot_token,
        "token_type": "bot",
        "scope": ",".join(installation.scopes),
        "bot_user_id": workspace.bot_user,
        "app_id": workspace.app_id,
        "team": {"id": workspace.id, "name": workspace.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": installation.by},
    }


def _check_client(call: MethodCall) -> None:
    """The app's own credentials, by HTTP Basic or as arguments."""
    if call.text("client_id") != call.world.slack.client_id:
        raise SlackError("invalid_client_id")
    if call.text("client_secret") != call.world.slack.client_secret:
        raise SlackError("bad_client_secret")


def revoke(call: MethodCall) -> Json:
    if not call.flag("test"):
        installing.revoke_token(call.world)
    return {"revoked": not call.flag("test")}


def uninstall(call: MethodCall) -> Json:
    _check_client(call)
    installing.uninstall(call.world)
    return {}


METHODS = {
    "oauth.v2.access": Method(access, SPECIAL, caller="anyone", takes_json=False),
    "auth.revoke": Method(revoke, TIER_3, takes_json=False),
    "apps.uninstall": Method(uninstall, TIER_1, takes_json=False),
}
