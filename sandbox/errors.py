"""What goes wrong: once as Slack tells an app, once as the sandbox tells a person at its page."""

from typing import Any


class SlackError(Exception):
    """A Web API refusal; `details` join `ok` and `error` in the answer."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details

    def answer(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.details}


class PageError(Exception):
    """What a person tried cannot be done; the word goes back to the page."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details

    def answer(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.details}
