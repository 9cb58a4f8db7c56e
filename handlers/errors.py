"""The one place that turns an error into what the person sees, on the surface where they acted."""

import logging
from typing import Any

from slack_bolt import App, BoltResponse

from domain.clock import new_id
from domain.errors import FieldErrors, TooLate, UserError
from handlers.context import Body, Muster, is_of_menu
from handlers.opening import FormNotOpened, offer_again
from storage.engine import DatabaseBusy
from surface.answers import handed_back, notice, plain_answer
from surface.checkin_form import Id as CheckinForm
from surface.forms import field_name
from surface.slack import SlackLimited, SlackUnclear

log = logging.getLogger(__name__)
NOT_REDRAWN = "Slack did not change the form in time. Go back, and press or choose the same again."
Answer = dict[str, Any]


def register(app: App, muster: Muster) -> None:
    @app.error
    def on_error(error: Exception, body: Body) -> BoltResponse:
        return _answer(muster, body, error)


def _answer(muster: Muster, body: Body, error: Exception) -> BoltResponse:
    if "event" in body and (isinstance(error, DatabaseBusy) or not isinstance(error, UserError)):
        log.error("An event failed and will come again.", exc_info=error, extra={"action": "event_failed"})
        return BoltResponse(status=500, body="")
    if isinstance(error, FormNotOpened):
        muster.later(offer_again, muster, body, error)
        return BoltResponse(status=200, body="")
    text = sentence(error)
    if _is_unasked(body):
        return BoltResponse(status=200, body="")
    if body.get("type") == "view_submission":
        return BoltResponse(status=200, body=_on_the_form(body, error, text))
    if "command" in body:
        return BoltResponse(status=200, body=plain_answer(text))
    if "trigger_id" in body or "response_url" in body:
        muster.later(_say, muster, body, text)
    return BoltResponse(status=200, body="")


def _is_unasked(body: Body) -> bool:
    """What Slack tells by itself: nobody waits for an answer, and a sentence would stand in the way of typing."""
    typed = any(action.get("action_id") == CheckinForm.TYPED for action in body.get("actions", ()))
    return typed or body.get("type") == "view_closed"


def sentence(error: Exception) -> str:
    """What the person reads; what was not meant for them goes to the log."""
    if isinstance(error, UserError):
        log.info("Refused: %s", error, extra={"action": "user_error"})
        return str(error)
    if isinstance(error, (SlackLimited, SlackUnclear)):
        log.warning("A form did not change: %s", error, extra={"action": "form_not_redrawn"})
        return NOT_REDRAWN
    reference = new_id()[:8]
    log.error("Unexpected error %s.", reference, exc_info=error, extra={"action": "unexpected", "reference": reference})
    return (
        "Something went wrong. Look whether it was done before you try again. "
        f"If it happens again, tell whoever runs Muster: {reference}."
    )


def _on_the_form(body: Body, error: Exception, text: str) -> Answer:
    """Mistakes on their fields; anything else on the first field, so that what was typed is kept."""
    inputs = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    fields = error.fields if isinstance(error, FieldErrors) else {}
    known = {block_id: fields[name] for block_id in inputs if (name := field_name(block_id)) in fields}
    if isinstance(error, TooLate) and error.typed:
        return {"response_action": "update", "view": handed_back(text, error.typed)}
    if not inputs:
        return {"response_action": "update", "view": notice(text)}
    return {"response_action": "errors", "errors": known or {inputs[0]: " ".join(fields.values()) or text}}


def _say(muster: Muster, body: Body, text: str) -> None:
    """After a click, to the person who acted only: under a message, else in a form of its own.

    Of a message in a thread Slack would show an answer in the channel, where whoever reads the thread does not look.
    """
    url = body.get("response_url")
    if url and not is_of_menu(body):
        muster.slack.respond(url, {**plain_answer(text), "replace_original": False})
    elif body.get("view", {}).get("type") == "modal":
        muster.slack.push_view(body["trigger_id"], notice(text))
    else:
        muster.slack.open_view(body["trigger_id"], notice(text))
