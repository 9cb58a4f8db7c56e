"""Several action items at once: the form for lines, shown again until they are as meant."""

from slack_bolt import Ack, App

from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import open_form
from handlers.submissions import submission_of
from services import action_lines, mentions
from surface import action_lines as views
from surface import forms
from surface.typed import mentioned, plain

WORD = "several"


def are_typed(text: str) -> bool:
    """Whether what follows `/action` is several lines, or asks for a form for them."""
    return "\n" in text.strip() or text.strip().lower() == WORD


def open_lines(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    channel_id = body["channel_id"]
    names = mentions.names(muster.db, workspace_id=workspace_of(body), channel_id=channel_id, ids=mentioned(text))
    typed = "" if text.strip().lower() == WORD else plain(text, names)
    sheet = action_lines.open_form(
        muster.db,
        workspace_id=workspace_of(body),
        channel_id=channel_id,
        person_id=actor_of(body),
        text=typed,
        now=muster.clock(),
    )
    open_form(muster, ack, body, views.lines_form(sheet), again="action several", typed=typed)


def register(app: App, muster: Muster) -> None:
    @app.view(views.Id.FORM)
    def submit(ack: Ack, body: Body) -> None:
        sent, ids = submission_of(body), forms.ids(body["view"])
        if ids[forms.SEEN] == forms.digest(sent.given.get("lines", "")):
            action_lines.submit(muster.db, sent=sent, channel_id=ids["channel"], now=muster.clock())
            ack()
        else:
            sheet = action_lines.sheet(muster.db, sent=sent, channel_id=ids["channel"], now=muster.clock())
            ack(response_action="update", view=views.lines_form(sheet))
