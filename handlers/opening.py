"""Opening a form. When Slack does not open it in time, the person gets a sentence, and a button with a fresh trigger
that opens the same form; of what stands in the menu of a message only the sentence."""

import logging

from slack_bolt import Ack

from handlers.context import Body, Muster, actor_of, is_of_menu, workspace_of
from services import home
from surface import answers
from surface.home import home_page
from surface.kit import Json
from surface.slack import SlackLimited, SlackRefused, SlackUnclear

log = logging.getLogger(__name__)
TRIGGER_GONE = frozenset(
    {"exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id", "trigger_exchanged", "trigger_expired"}
)


class FormNotOpened(Exception):
    """Pressing again may open it. `again`, `typed` and `instead` as `open_form` was given them."""

    def __init__(self, why: str, again: str, typed: str, *, instead: bool) -> None:
        self.again, self.typed, self.instead = again, typed, instead
        super().__init__(why)


def open_form(
    muster: Muster, ack: Ack, body: Body, view: Json, *, again: str = "", typed: str = "", instead: bool = False
) -> Json:
    """Opens it, acknowledges, and answers it as Slack shows it; nothing else may be asked of Slack before.

    After a command, `again` is what follows `/muster` to open the same form, people's own words left out, and `typed`
    are those words. After a click, the same button opens it again; `instead` of the answer it was pressed in, if that
    could not be said anew once the form is sent.
    """
    try:
        opened = muster.slack.open_view(body["trigger_id"], view)
    except (SlackLimited, SlackUnclear) as error:
        raise FormNotOpened(str(error), again, typed, instead=instead) from error
    except SlackRefused as refused:
        if refused.error not in TRIGGER_GONE:
            raise
        raise FormNotOpened(refused.error, again, typed, instead=instead) from refused
    ack()
    if _was_offered(body):
        muster.later(_withdraw, muster, body)
    return opened


def push_form(muster: Muster, ack: Ack, body: Body, view: Json) -> Json:
    """Above the form in which was clicked, or by itself after a click elsewhere."""
    if body.get("view", {}).get("type") != "modal":
        return open_form(muster, ack, body, view)
    pushed = muster.slack.push_view(body["trigger_id"], view)
    ack()
    return pushed


def offer_again(muster: Muster, body: Body, error: FormNotOpened) -> None:
    """Where the person acted, seen by them alone."""
    log.warning("A form did not open: %s", error, extra={"action": "form_not_opened"})
    if url := body.get("response_url"):
        # A first offer is still there, with what was typed.
        found = answers.not_opened_again() if _was_offered(body) else _offer(body, error)
        muster.slack.respond(url, {**found, "replace_original": error.instead})
    else:
        _offer_on_home(muster, body, error)


def _offer(body: Body, error: FormNotOpened) -> Json:
    if error.again:
        return answers.not_opened(answers.Id.AGAIN, error.again, error.typed)
    if is_of_menu(body):
        return answers.not_opened_from_menu()
    pressed = body["actions"][0]
    return answers.not_opened(pressed["action_id"], pressed["value"], error.typed)


def _offer_on_home(muster: Muster, body: Body, error: FormNotOpened) -> None:
    """At the top of the page, until it is next brought up to date. A direct message would stay for good, and nobody who
    looks at Home sees an ephemeral one.

    No delivery knows of this. One may show a newer page meanwhile, which this one would then hide for good: so it is
    shown anew until nothing has changed while it was sent.
    """
    muster.freshen(workspace_of(body), actor_of(body))
    shown = None
    while (page := _home_now(muster, body)) != shown:
        muster.slack.publish(actor_of(body), answers.above(page, _offer(body, error)))
        shown = page


def _home_now(muster: Muster, body: Body) -> Json:
    card = home.card(muster.db, workspace_id=workspace_of(body), person_id=actor_of(body), now=muster.clock())
    return home_page(card)


def _was_offered(body: Body) -> bool:
    return any(action["block_id"] == answers.OFFER for action in body.get("actions", ()))


def _withdraw(muster: Muster, body: Body) -> None:
    """The form is open: what offered it has done its work."""
    if url := body.get("response_url"):
        muster.slack.respond(url, {"delete_original": True})
    else:
        home.open_page(muster.db, workspace_id=workspace_of(body), person_id=actor_of(body), now=muster.clock())
