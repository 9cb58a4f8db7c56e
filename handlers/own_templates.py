"""Writing a template in Slack: `/ritual new`, and `/ritual edit NAME`."""

from slack_bolt import Ack, App

from domain.clock import new_id
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import open_form
from handlers.submissions import submission_of
from services import own_templates
from surface import forms
from surface import own_templates as views


def new_command(muster: Muster, ack: Ack, body: Body) -> None:
    open_form(muster, ack, body, views.simple_form(new_id()), again="ritual new")


def edit_command(muster: Muster, ack: Ack, body: Body, name: str) -> None:
    written = own_templates.text_of(muster.db, workspace_id=workspace_of(body), person_id=actor_of(body), name=name)
    view = views.file_form(new_id(), text=written.text, template_id=written.id)
    open_form(muster, ack, body, view, again=f"ritual edit {written.id}")


def register(app: App, muster: Muster) -> None:
    @app.action(views.Id.PASTE)
    def paste(ack: Ack, body: Body) -> None:
        view = body["view"]
        muster.slack.update_view(view["id"], views.file_form(body["actions"][0]["value"]), view["hash"])
        ack()

    @app.view(views.Id.FORM)
    def save(ack: Ack, body: Body) -> None:
        found = own_templates.save(
            muster.db,
            sent=submission_of(body),
            template_id=forms.ids(body["view"])["template"],
            files=muster.library,
            now=muster.clock(),
        )
        ack(response_action="update", view=views.saved_view(found))
