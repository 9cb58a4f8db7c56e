"""A reaction with which somebody begins a record, the button that opens the form, and `/muster reactions`."""

from typing import Any

from slack_bolt import Ack, App

from domain.reactions import Makes, MessageGone, Reaction, ReactionUsage
from domain.words import quoted
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.errors import sentence
from handlers.messages import as_read, posted_by
from handlers.opening import open_form
from services import action_forms, decision_forms, reactions
from surface import action_form, decision_form, typed
from surface import help as help_views
from surface import reactions as views
from surface.answers import notice
from surface.kit import Json
from surface.slack import SlackRefused


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    """`/muster reactions`, with what it is for and an emoji after it."""
    what, _, emoji = typed.plain(text).partition(" ")
    who = {"workspace_id": workspace_of(body), "actor_id": actor_of(body)}
    if what.casefold() == "help":
        ack(**help_views.help_answer())
        return
    if not what:
        found = reactions.shown(muster.db, **who)
    elif what.casefold() in list(Makes) and emoji.strip():
        makes = Makes(what.casefold())
        found = reactions.choose(muster.db, **who, makes=makes, emoji=emoji.strip(), now=muster.clock())
    else:
        raise ReactionUsage(typed=quoted(typed.plain(text)))
    ack(**views.chosen_answer(found))


def register(app: App, muster: Muster) -> None:
    @app.event("reaction_added")
    def added(event: Body, body: Body) -> None:
        """Slack sends it again if it cannot say now what it is about. What Muster may not read it is not told of."""
        if makes := _begins(muster, event, body):
            item = event["item"]
            try:
                said = muster.slack.message(item["channel"], item["ts"])
            except SlackRefused:
                return
            if said:
                reactions.note(muster.db, **_note(event, body), makes=makes, message=posted_by(said, item["ts"]))

    @app.event("reaction_removed")
    def removed(event: Body, body: Body) -> None:
        if makes := _begins(muster, event, body):
            ts = event["item"]["ts"]
            reactions.note(muster.db, **_note(event, body), makes=makes, message=posted_by({}, ts))

    def _note(event: Body, body: Body) -> dict[str, Any]:
        return {
            "workspace_id": workspace_of(body),
            "channel_id": event["item"]["channel"],
            "person_id": event["user"],
            "is_on": event["type"] == "reaction_added",
            "said_at": float(event["event_ts"]),
            "now": muster.clock(),
        }

    @app.action(views.Id.OPEN)
    def opened(ack: Ack, body: Body) -> None:
        """Reading takes its time, so that the form comes in two steps."""
        workspace_id, person_id = workspace_of(body), actor_of(body)
        found = reactions.of_person(muster.db, workspace_id=workspace_id, reaction_id=row_of(body), person_id=person_id)
        view = open_form(muster, ack, body, views.reading_view(found))
        muster.later(_fill, muster, found, view["id"])


def _begins(muster: Muster, event: Body, body: Body) -> Makes | None:
    item = event["item"]
    if item["type"] != "message":
        return None
    return reactions.begins(
        muster.db,
        workspace_id=workspace_of(body),
        channel_id=item["channel"],
        person_id=event["user"],
        emoji=event["reaction"],
    )


def _fill(muster: Muster, found: Reaction, view_id: str) -> None:
    try:
        form = _form(muster, found)
    except Exception as error:  # noqa: BLE001 # Nobody else would tell the person who waits.
        form = notice(sentence(error))
    muster.slack.update_view(view_id, form, "")


def _form(muster: Muster, found: Reaction) -> Json:
    """Raises MessageGone."""
    try:
        said = muster.slack.message(found.channel_id, found.message.ts)
    except SlackRefused as refused:
        raise MessageGone from refused
    if said is None:
        raise MessageGone
    text = as_read(muster, found.workspace_id, found.channel_id, said)
    place: dict[str, Any] = {
        "workspace_id": found.workspace_id,
        "channel_id": found.channel_id,
        "person_id": found.person_id,
    }
    if found.makes is Makes.DECISION:
        given = decision_form.of_message(text)
        sheet = decision_forms.open_form(muster.db, **place, given=given, message=found.message, now=muster.clock())
        return decision_form.decision_form(sheet)
    filled = action_forms.open_form(muster.db, **place, given=action_form.of_message(text), message=found.message)
    return action_form.action_form(filled)
