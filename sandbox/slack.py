"""One Slack: its workspaces, the app that people may install there, and the ways between them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from sandbox import seeds
from sandbox.agenda import Agenda
from sandbox.clock import Clock
from sandbox.codes import Codes
from sandbox.delivery.deliveries import Deliveries
from sandbox.delivery.request_urls import RequestUrls
from sandbox.delivery.socket_mode import Connections
from sandbox.delivery.troubles import Troubles
from sandbox.elsewhere import Elsewhere
from sandbox.faults import Faults
from sandbox.followers import Followers
from sandbox.ids import Ids
from sandbox.installing import Grant, install, join_channels, make_bot
from sandbox.log import Log, Note
from sandbox.manifest import Manifest
from sandbox.state import Json, Workspace
from sandbox.tokens import Tokens
from sandbox.world import World

CLIENT_SECRET = "sandbox-client-secret"  # noqa: S105 - the sandbox's own, of no worth elsewhere
SIGNING_SECRET = "sandbox-signing-secret"  # noqa: S105 - the same


class Timed(Protocol):
    """Something in the sandbox that acts by its clock."""

    @property
    def next_at(self) -> float | None:
        """When it acts next."""

    @property
    def is_quiet(self) -> bool:
        """Whether it has done what is due, and is doing nothing."""


def note_beginning(world: World) -> None:
    """How the workspace stands before anything happens in it."""
    state = world.workspace
    names = ("id", "name", "title", "tz", "is_admin", "is_guest", "is_bot", "deleted")
    people = [{name: getattr(person, name) for name in names} for person in state.people.values()]
    channels = [
        {"id": c.id, "name": c.name, "kind": c.kind, "members": list(c.members), "archived": c.archived}
        for c in state.channels.values()
    ]
    world.note("workspace", people=people, channels=channels, bot_user=state.bot_user)


class Slack:
    def __init__(
        self,
        manifest: Manifest,
        workspaces: Sequence[str | Path | Json],
        *,
        clock: Clock,
        log: Log,
        rate_limits: bool,
        ack_seconds: float,
    ) -> None:
        self.url = ""
        """Where the sandbox listens, once it does."""
        self.manifest = manifest
        self.clock = clock
        self.log = log
        self.ack_seconds = ack_seconds
        self.elsewhere = Elsewhere(clock, log)
        self.ids = Ids()
        self.app_id = self.ids.new("A")
        self.client_id = f"1.{self.app_id[1:]}"
        self.client_secret = CLIENT_SECRET
        self.signing_secret = SIGNING_SECRET
        self.codes = Codes()
        self.tokens = Tokens(self.app_id, self.ids)
        self.faults = Faults()
        self.connections = Connections(
            self.app_id,
            on_change=lambda: self.tell_pages("workspace"),
            is_on=manifest.socket_mode,
            ack_seconds=ack_seconds,
        )
        requests = None if manifest.socket_mode else RequestUrls(manifest, SIGNING_SECRET, ack_seconds)
        troubles = Troubles(self.faults, self.connections)
        self.deliveries = Deliveries(self.clock, requests or self.connections, self.log, troubles)
        self.followers = Followers(self.clock)
        self.agenda = Agenda(self.clock)
        self.timed: list[Timed] = [self.deliveries, self.agenda]
        self.casts: list[Timed] = []
        """People who act by themselves: nobody jumps to them, and no jump passes them by."""
        self.worlds = {world.workspace.id: world for world in [self._world(w, rate_limits) for w in workspaces]}

    @property
    def first(self) -> World:
        return next(iter(self.worlds.values()))

    def world_of(self, person: str) -> World | None:
        """The workspace in which somebody is; ids of people are unique over all of them."""
        return next((world for world in self.worlds.values() if person in world.workspace.people), None)

    def _world(self, source: str | Path | Json, rate_limits: bool) -> World:
        seed = seeds.read(source)
        state = Workspace(seed["workspace"], self.ids, app_id=self.app_id)
        world = World(self, state, rate_limits=rate_limits)
        seeds.settle(state, seed, now=self.clock.now())
        make_bot(world)
        if seed.get("installed", True):
            installer = next((person.id for person in state.humans() if person.is_admin), "")
            install(world, Grant(installer, self.manifest.scopes))
            join_channels(world, {channel["name"] for channel in seed["channels"] if channel.get("app")})
        note_beginning(world)
        return world

    def jump_to(self, moment: float) -> None:
        self.clock.jump_to(moment)
        self.log.add(Note("clock", self.clock.now(), "", {"to": moment}))

    def set_hosts_back(self, seconds: float) -> None:
        """Have the apps' hosts believe it is so much earlier than it is; Slack's own time goes on."""
        self.followers.set_back(seconds)
        self.note_fault("host_clock", {"details": {"behind": seconds}})

    def note_fault(self, what: str, about: Json) -> None:
        self.log.add(Note("fault", self.clock.now(), "", {"what": what, **about}))

    def tell_pages(self, *what: str) -> None:
        """Tell every open page what to read again."""
        for world in self.worlds.values():
            world.changes.tell_all(*what)
