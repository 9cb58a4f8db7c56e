"""The app comes into a workspace and leaves it again: tokens, scopes, its bot user."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.delivery import events
from sandbox.errors import PageError
from sandbox.state import Person
from sandbox.world import Installation, World


@dataclass(frozen=True)
class Grant:
    """What a person allows the app when they install it."""

    by: str
    scopes: tuple[str, ...]


def install(world: World, grant: Grant) -> Installation:
    """Bring the app in, or renew what it may do. Scopes add up; each time there is a new token, and the old one ends.

    Slack usually hands out the same token again, which it does not promise; so an app must store the new one.
    """
    had = world.installation
    scopes = tuple(dict.fromkeys([*(had.scopes if had else ()), *grant.scopes]))
    if had:
        world.slack.tokens.end(had.bot_token, "token_revoked")
    token = world.slack.tokens.new_bot_token(world)
    world.installation = Installation(token, scopes, grant.by)
    bot = world.workspace.people[world.workspace.bot_user]
    bot.deleted, bot.updated = False, int(world.clock.now())
    world.changes.tell_all("workspace", "sidebar")
    return world.installation


def make_bot(world: World) -> None:
    """The app's bot user, as nobody knows it yet: it becomes active when the app is installed."""
    bot = Person(world.slack.ids.new("U"), world.manifest.bot_name, is_bot=True, deleted=True)
    world.workspace.people[bot.id] = bot
    world.workspace.bot_user = bot.id


def uninstall(world: World) -> None:
    """Take the app out: its token ends, its bot leaves every channel, and it hears of both, in either order.

    Slack does not say what becomes of forms that are open and of messages that are scheduled; here they are gone.
    """
    _installation(world)
    if world.has_token:
        _end_token(world, "account_inactive")
    events.take_leave(world, {"type": "app_uninstalled"})
    world.installation = None
    _leave_channels(world)
    world.views.forget_all()
    world.workspace.scheduled.clear()
    world.changes.tell_all("workspace", "sidebar", "home", "modals")


def revoke_token(world: World) -> None:
    """End the token alone, as auth.revoke does: the app stays, but its bot is in no channel and cannot speak.

    Slack's documents disagree on whether the last token takes the app with it; here it does not. People still press
    its buttons, and it cannot answer them with more than the acknowledgement.
    """
    lose_token(world)
    _leave_channels(world)


def lose_token(world: World) -> None:
    """End the token, and nothing else."""
    _installation(world)
    if not world.has_token:
        raise PageError("no_token")
    _end_token(world, "token_revoked")


def give_token_back(world: World) -> None:
    """Install the app again after its token was revoked, and get the same one, as Slack usually does."""
    installation = _installation(world)
    if not world.has_token:
        world.slack.tokens.give_back(installation.bot_token, world)


def _end_token(world: World, error: str) -> None:
    events.take_leave(world, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [world.workspace.bot_user]}})
    world.slack.tokens.end(_installation(world).bot_token, error)


def _leave_channels(world: World) -> None:
    bot = world.workspace.people[world.workspace.bot_user]
    bot.deleted, bot.updated = True, int(world.clock.now())
    for channel in world.workspace.channels.values():
        if channel.kind not in ("dm", "mpim") and bot.id in channel.members:
            channel.members.remove(bot.id)


def _installation(world: World) -> Installation:
    if world.installation is None:
        raise PageError("not_installed")
    return world.installation


def join_channels(world: World, names: Iterable[str]) -> None:
    """Put the bot into channels without a word, as a seed does."""
    for channel in world.workspace.channels.values():
        if channel.name in names:
            channel.members.append(world.workspace.bot_user)
