"""`muster demo`: a local Slack with a seeded week, and Muster connected to it."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bot.console import say
from bot.process import run
from bot.settings import Settings
from sandbox.server import Sandbox

MANIFEST = Path(__file__).parent.parent / "app.yaml"
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


def demo(port: int) -> int:
    """Runs until Ctrl-C. Each start is a fresh week."""
    with (
        tempfile.TemporaryDirectory(prefix="muster-demo-") as folder,
        Sandbox(seed="demo", manifest=MANIFEST, port=port, start=FRIDAY) as box,
    ):
        run(settings_for(box, Path(folder) / "demo.db"), ready=lambda _name: say(_ready(box.url)))
        say("Stopped.")
    return 0


def settings_for(box: Sandbox, database: Path) -> Settings:
    return Settings(
        bot_token=box.bot_token,
        app_token=box.app_token,
        api_url=f"{box.url}/api/",
        database_url=f"sqlite:///{database}",
        clock_url=f"{box.url}/clock",
    )


def _ready(url: str) -> str:
    where = f"\n  Open {url}\n\n"
    return f'{where}  It is Friday afternoon there. "Next event" jumps to what is due next. Ctrl-C stops both.\n'
