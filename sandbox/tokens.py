"""The tokens of the app: one for each workspace it is in, and one for its websockets."""

from sandbox.errors import SlackError
from sandbox.ids import Ids
from sandbox.world import World


class Tokens:
    def __init__(self, app_id: str, ids: Ids) -> None:
        self.app_token = f"xapp-{app_id}-sandbox"
        self._ids = ids
        self._worlds: dict[str, World] = {}
        self._ended: dict[str, str] = {}

    def new_bot_token(self, world: World) -> str:
        number = self._ids.number(f"token of {world.workspace.id}")
        token = f"xoxb-{world.workspace.id}-{number}"
        self._worlds[token] = world
        return token

    def give_back(self, token: str, world: World) -> None:
        """A token that was ended works again."""
        del self._ended[token]
        self._worlds[token] = world

    def works(self, token: str) -> bool:
        return token in self._worlds

    def end(self, token: str, error: str) -> None:
        """From now on whoever shows the token gets `error`; one that has ended stays as it ended."""
        if self._worlds.pop(token, None):
            self._ended[token] = error

    def world(self, token: str) -> World:
        """Whose bot token this is; SlackError if it is none."""
        if not token:
            raise SlackError("not_authed")
        if token == self.app_token:
            raise SlackError("not_allowed_token_type")
        if token not in self._worlds:
            raise SlackError(self._ended.get(token, "invalid_auth"))
        return self._worlds[token]

    def check_app_token(self, token: str) -> None:
        if not token:
            raise SlackError("not_authed")
        if token in self._worlds:
            raise SlackError("not_allowed_token_type")
        if token != self.app_token:
            raise SlackError("invalid_auth")
