"""What Muster's handlers register with Bolt."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App

from domain.clock import machine_now
from handlers import HANDLERS
from handlers.context import Muster
from storage.engine import Database
from surface.slack import Slack


class Noting(App):
    """Bolt's app, which also notes what is registered, by kind."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-1", token_verification_enabled=False)
        self.noted: dict[str, Counter[str]] = {}

    def _note(self, kind: str, key: Any) -> None:
        self.noted.setdefault(kind, Counter())[str(key)] += 1

    def command(self, command: Any, *args: Any, **kwargs: Any) -> Any:
        self._note("command", command)
        return super().command(command, *args, **kwargs)

    def action(self, constraints: Any, *args: Any, **kwargs: Any) -> Any:
        self._note("action", constraints)
        return super().action(constraints, *args, **kwargs)

    def view(self, constraints: Any, *args: Any, **kwargs: Any) -> Any:
        self._note("view", constraints)
        return super().view(constraints, *args, **kwargs)

    def event(self, event: Any, *args: Any, **kwargs: Any) -> Any:
        self._note("event", event)
        return super().event(event, *args, **kwargs)

    def shortcut(self, constraints: Any, *args: Any, **kwargs: Any) -> Any:
        self._note("shortcut", constraints)
        return super().shortcut(constraints, *args, **kwargs)


def registered() -> dict[str, Counter[str]]:
    """How often each command, action, view, event and shortcut is registered."""
    app = Noting()
    with ThreadPoolExecutor(1) as background:
        db = Database("sqlite:///never-opened.db")
        muster = Muster(db, machine_now, Slack("xoxb-1"), {}, lambda *_: None, background)
        for handler in HANDLERS:
            handler.register(app, muster)
    db.close()
    app.listener_runner.listener_executor.shutdown()
    return app.noted
