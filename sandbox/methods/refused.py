"""Methods that take a person's own token, which no bot has."""

from typing import NoReturn

from sandbox.errors import SlackError
from sandbox.methods.call import Method, MethodCall

NAMES = (
    "dnd.endDnd",
    "dnd.endSnooze",
    "dnd.setSnooze",
    "files.revokePublicURL",
    "files.sharedPublicURL",
    "search.all",
    "search.files",
    "search.messages",
    "users.deletePhoto",
    "users.identity",
    "users.profile.set",
    "users.setPhoto",
)


def refuse(_: MethodCall) -> NoReturn:
    raise SlackError("not_allowed_token_type")


METHODS = {name: Method(refuse) for name in NAMES}
