"""All parts of one sandbox, wired together."""

from datetime import datetime

from sandbox import seeds
from sandbox.agenda import Agenda
from sandbox.changes import Changes
from sandbox.clock import Clock
from sandbox.delivery.deliveries import Deliveries
from sandbox.delivery.response_urls import ResponseUrls
from sandbox.delivery.socket_mode import Connections
from sandbox.delivery.triggers import Triggers
from sandbox.faults import Faults
from sandbox.followers import Followers
from sandbox.limits import RateLimits
from sandbox.log import Log
from sandbox.manifest import Manifest
from sandbox.views.stacks import Views


class World:
    def __init__(self, seed: str, manifest: Manifest, start: datetime, *, rate_limits: bool) -> None:
        self.url = ""
        """Where the sandbox listens, once it does."""
        self.manifest = manifest
        self.clock = Clock(start)
        self.workspace = seeds.load(seed, manifest, now=self.clock.now())
        self.log = Log()
        self.faults = Faults()
        self.limits = RateLimits(active=rate_limits)
        self.changes = Changes()
        self.connections = Connections(self.workspace.app_id, on_change=lambda: self.changes.tell_all("workspace"))
        self.deliveries = Deliveries(self.clock, self.connections, self.log)
        self.triggers = Triggers()
        self.views = Views()
        self.response_urls = ResponseUrls()
        self.followers = Followers(self.clock)
        self.agenda = Agenda(self.clock)

    @property
    def bot_token(self) -> str:
        return f"xoxb-{self.workspace.id}-sandbox"

    @property
    def app_token(self) -> str:
        return f"xapp-{self.workspace.app_id}-sandbox"
