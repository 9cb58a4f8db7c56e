"""What goes wrong: once as Slack tells an app, once as the sandbox tells a person at its page."""

from typing import Any


class _Refusal(Exception):
    """`details` join `ok` and `error` in the answer."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details

    def answer(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.details}


class SlackError(_Refusal):
    """A Web API call is refused, by Slack's own word."""


class PageError(_Refusal):
    """What a person tried cannot be done; the page has a sentence for each word."""
