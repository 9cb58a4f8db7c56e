"""The one place that turns an error into what the person sees, on the surface where they acted."""

import logging
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk.webhook import WebhookClient

from domain.clock import new_id
from domain.errors import FieldErrors, UserError
from handlers.context import Body, Muster
from surface.forms import field_name
from surface.slack import SlackLimited, SlackRefused, SlackUnclear

log = logging.getLogger(__name__)
NOT_OPENED = "Slack did not open the form in time. Press or type the same again."
Answer = dict[str, Any]


def register(app: App, muster: Muster) -> None:
    @app.error
    def on_error(error: Exception, body: Body) -> BoltResponse:
        return _answer(muster, body, error)


def _answer(muster: Muster, body: Body, error: Exception) -> BoltResponse:
    if "event" in body and not isinstance(error, UserError):
        log.error("An event failed and will come again.", exc_info=error, extra={"action": "event_failed"})
        return BoltResponse(status=500, body="")
    text = sentence(error)
    if body.get("type") == "view_submission":
        return BoltResponse(status=200, body=_on_the_form(body, error, text))
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": text})
    if url := body.get("response_url"):
        muster.background.submit(_say, url, text)
    return BoltResponse(status=200, body="")


def sentence(error: Exception) -> str:
    """What the person reads; what was not meant for them goes to the log."""
    if isinstance(error, UserError):
        log.info("Refused: %s", error, extra={"action": "user_error"})
        return str(error)
    if isinstance(error, (SlackRefused, SlackLimited, SlackUnclear)):
        log.warning("A form did not open: %s", error, extra={"action": "form_not_opened"})
        return NOT_OPENED
    reference = new_id()[:8]
    log.error("Unexpected error %s.", reference, exc_info=error, extra={"action": "unexpected", "reference": reference})
    return f"Something went wrong, and nothing was changed. If it happens again, tell whoever runs Muster: {reference}."


def _on_the_form(body: Body, error: Exception, text: str) -> Answer:
    """Mistakes on their fields; anything else on the first field, so that what was typed is kept."""
    inputs = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    fields = error.fields if isinstance(error, FieldErrors) else {}
    known = {block_id: fields[name] for block_id in inputs if (name := field_name(block_id)) in fields}
    if not known and inputs:
        known = {inputs[0]: " ".join(fields.values()) or text}
    return {"response_action": "errors", "errors": known}


def _say(url: str, text: str) -> None:
    """`response_url` reaches only the person who acted."""
    WebhookClient(url, timeout=10).send(text=text, response_type="ephemeral", replace_original=False)
