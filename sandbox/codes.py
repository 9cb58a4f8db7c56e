"""The codes that an app exchanges for a token."""

from dataclasses import dataclass

from sandbox.clock import monotonic
from sandbox.errors import SlackError
from sandbox.installing import Grant
from sandbox.world import World

CODE_SECONDS = 600.0


@dataclass
class Code:
    world: World
    grant: Grant
    redirect_uri: str
    expires: float


class Codes:
    """Codes work once, within ten minutes."""

    def __init__(self) -> None:
        self._codes: dict[str, Code] = {}
        self._count = 0

    def new(self, world: World, grant: Grant, redirect_uri: str) -> str:
        self._count += 1
        name = f"{world.workspace.id}.code.{self._count}"
        self._codes[name] = Code(world, grant, redirect_uri, monotonic() + CODE_SECONDS)
        return name

    def take(self, name: str) -> Code:
        code = self._codes.pop(name, None)
        if code is None or monotonic() > code.expires:
            raise SlackError("invalid_code")
        return code
