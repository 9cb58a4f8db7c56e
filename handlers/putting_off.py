"""Not answering a check-in now: later, or skipped with a reason."""

from slack_bolt import Ack, App

from domain.later import Later
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.opening import open_form
from services import putting_off
from surface import forms
from surface.checkin_later import Id, reason_form


def register(app: App, muster: Muster) -> None:
    @app.action(Id.LATER)
    def later(ack: Ack, body: Body) -> None:
        when, _, prompt_id = body["actions"][0]["selected_option"]["value"].partition(":")
        putting_off.ask_later(
            muster.db,
            workspace_id=workspace_of(body),
            prompt_id=int(prompt_id),
            person_id=actor_of(body),
            later=Later(when),
            now=muster.clock(),
        )
        ack()

    @app.action(Id.REASON)
    def reason(ack: Ack, body: Body) -> None:
        found = putting_off.open_reason(
            muster.db, workspace_id=workspace_of(body), prompt_id=row_of(body), person_id=actor_of(body)
        )
        open_form(muster, ack, body, reason_form(*found))

    @app.view(Id.REASON_FORM)
    def give_reason(ack: Ack, body: Body) -> None:
        putting_off.give_reason(
            muster.db,
            workspace_id=workspace_of(body),
            prompt_id=int(forms.ids(body["view"])["prompt"]),
            person_id=actor_of(body),
            reason=forms.values(body["view"]).get("reason", ""),
            now=muster.clock(),
        )
        ack()
