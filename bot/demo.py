"""`muster demo`: a local Slack with a seeded week, and Muster connected to it."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import manifest
from bot.console import say
from bot.library import shipped_library
from bot.process import Process, build, serve
from bot.settings import Settings, read_settings
from domain.errors import UserError
from sandbox.server import Sandbox
from services import people, rituals, sync
from services.secrets import Secrets, new_key
from storage import channels
from storage import people as known_people

TEAM = """\
Ana Souza, research, , Grace Kim
Ben Okafor, ml, , Grace Kim
Chloe Martin, product, , Grace Kim
Dev Patel, mlops, , Grace Kim
Erin Walsh, support, lead, Grace Kim
Farid Haddad, legal, , Grace Kim
Grace Kim, ml, manager
Hana Sato, annotation, lead, Grace Kim
"""
RITUALS = {"weekly-sync": ("forecast", "Chloe Martin"), "ml-product-support-sync": ("support-quality", "Erin Walsh")}
"""The channel and who switches it on there."""
SEED = "Northlight 53"
"""Of what people do by themselves."""
THREAD: dict[str, Any] = {
    "when": "mon 13:30",
    "weeks": [1],
    "who": "Chloe Martin",
    "channel": "forecast",
    "says": "Should support answers come from the small model?",
    "follows": [
        {"who": "Farid Haddad", "says": "I object to all of them: it was wrong on 3 of 20 legal questions last week."},
        {"who": "Ben Okafor", "says": "PROPOSAL: the small model for everything except legal questions.", "of": 1},
        {"who": "Chloe Martin", "reacts": "+1", "of": 2},
        {"who": "Ana Souza", "reacts": "+1", "of": 2},
        {"who": "Farid Haddad", "reacts": "+1", "of": 2},
        {"who": "Farid Haddad", "says": "ACTION: Ben relabels the March tickets by Thursday.", "of": 2},
        {"who": "Ana Souza", "says": "Who tells the customers?", "of": 6},
        {"who": "Chloe Martin", "command": "/brief", "text": "{link}", "of": 7},
    ],
}
"""It ends with a brief."""
SCRIPT = [
    THREAD,
    {"when": "mon 15:10", "who": "Ben Okafor", "channel": "support-quality", "command": "/action"},
    {"when": "tue 11:00", "who": "Chloe Martin", "channel": "forecast", "command": "/decision"},
    {"when": "wed 14:20", "who": "Grace Kim", "channel": "forecast", "command": "/action"},
    {"when": "thu 10:30", "who": "Erin Walsh", "channel": "support-quality", "command": "/decision"},
]
"""What is done there unasked, week by week."""
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


class NoSuchPort(UserError):
    """The page cannot have port {port}: {why}. Choose another one, for example `muster demo --port 8701`."""


def demo(port: int, *, alone: bool = False) -> int:
    """Runs until Ctrl-C. Each start is a fresh week, in which people act by themselves unless one wants to be alone."""
    with tempfile.TemporaryDirectory(prefix="muster-demo-") as folder, _sandbox(port) as box:
        settings = replace(settings_for(box, Path(folder) / "demo.db"), model=read_settings().model)
        process, _name = build(settings)
        serve(process, ready=lambda: _begin(process, box, alone=alone))
        say("Stopped.")
    return 0


def _sandbox(port: int) -> Sandbox:
    try:
        return Sandbox(seed="demo", manifest=manifest.SHIPPED, port=port, start=FRIDAY)
    except OSError as error:
        raise NoSuchPort(port=port, why=(error.strerror or str(error)).lower()) from error
    except OverflowError as error:
        raise NoSuchPort(port=port, why="ports end at 65535") from error


def _begin(process: Process, box: Sandbox, *, alone: bool) -> None:
    set_up(process)
    if not alone:
        box.start_cast(SEED, does=SCRIPT)
    say(_ready(box.url))


def set_up(process: Process) -> None:
    """As Grace would do it with `/muster people csv`, and Chloe and Erin with `/ritual on`."""
    db, now, library = process.db, process.clock(), shipped_library()
    (workspace_id,) = sync.workspaces(db)
    with db.read() as session:
        everyone = known_people.people(session, workspace_id=workspace_id).values()
        places = channels.with_bot(session, workspace_id=workspace_id)
    ids = {person.name: person.id for person in everyone} | {place.name: place.id for place in places}
    people.set_up_list(db, workspace_id=workspace_id, actor_id=ids["Grace Kim"], text=TEAM, now=now)
    for template_id, (channel, facilitator) in RITUALS.items():
        rituals.switch_on(
            db,
            workspace_id=workspace_id,
            channel_id=ids[channel],
            person_id=ids[facilitator],
            template=library[template_id],
            now=now,
        )


def settings_for(box: Sandbox, database: Path) -> Settings:
    return Settings(
        bot_token=box.bot_token,
        app_token=box.app_token,
        api_url=f"{box.url}/api/",
        database_url=f"sqlite:///{database}",
        clock_url=f"{box.url}/clock",
        secrets=Secrets([new_key()]),
    )


def _ready(url: str) -> str:
    where = f"\n  Open {url}\n\n"
    return f'{where}  It is Friday afternoon there. "Next event" jumps to what is due next. Ctrl-C stops both.\n'
