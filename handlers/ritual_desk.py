"""One ritual in Slack: its details, and changing, starting, pausing, handing over and ending it."""

from datetime import date
from typing import Any

from slack_bolt import Ack, App

from domain.cards import RitualDesk
from domain.clock import new_id
from domain.errors import FieldErrors
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.library import library_of
from handlers.opening import open_form, push_form
from services import manual_runs, origins, ritual_changes, ritual_desks, sketches
from surface import checkin_form, forms, library, notes, questions, ritual_list, rituals
from surface import ritual_desk as views


def register(app: App, muster: Muster) -> None:
    @app.action(ritual_list.Id.DESK)
    def details(ack: Ack, body: Body) -> None:
        open_form(muster, ack, body, views.desk_view(_desk(muster, body)))

    @app.action(views.Id.CHANGE)
    def change(ack: Ack, body: Body) -> None:
        push_form(muster, ack, body, library.ritual_form(ritual_changes.open_form(muster.db, **_clicked(body))))

    @app.action(views.Id.QUESTIONS)
    def change_questions(ack: Ack, body: Body) -> None:
        found = sketches.of_ritual(muster.db, **_clicked(body), now=muster.clock())
        push_form(muster, ack, body, questions.list_view(found))

    @app.action(views.Id.NEWER)
    def look_at_newer(ack: Ack, body: Body) -> None:
        library = library_of(muster, body)
        found = origins.look(muster.db, **_clicked(body), library=library, now=muster.clock())
        push_form(muster, ack, body, questions.list_view(found))

    @app.action(views.Id.KEEP_OURS)
    def keep_ours(ack: Ack, body: Body) -> None:
        origins.pass_over(muster.db, **_clicked(body), library=library_of(muster, body), now=muster.clock())
        _redraw(muster, ack, body, "It keeps its questions as they are.")

    @app.action(views.Id.RESUME)
    def resume(ack: Ack, body: Body) -> None:
        ritual_changes.resume(muster.db, **_clicked(body), now=muster.clock())
        _redraw(muster, ack, body, "It asks again.")

    _register_starting(app, muster)
    _register_forms(app, muster)


def _register_starting(app: App, muster: Muster) -> None:
    @app.action(views.Id.RUN)
    def run(ack: Ack, body: Body) -> None:
        draft_id = forms.ids(body["view"])["draft"]
        begun, asked = manual_runs.run_now(muster.db, **_clicked(body), draft_id=draft_id, now=muster.clock())
        own = manual_runs.own_form(muster.db, begun, person_id=actor_of(body), now=muster.clock())
        if own:
            push_form(muster, ack, body, checkin_form.checkin_form(own))
        _redraw(muster, ack, body, views.started_text(asked, actor_of(body) if own else ""))

    @app.action(rituals.Id.START)
    def start_own(ack: Ack, body: Body) -> None:
        """With their own still open, the click opens that one."""
        where = {**_clicked(body), "draft_id": new_id()}
        begun, _asked = manual_runs.run_now(muster.db, **where, now=muster.clock(), is_own=True)
        own = manual_runs.own_form(muster.db, begun, person_id=actor_of(body), now=muster.clock())
        if own:
            push_form(muster, ack, body, checkin_form.checkin_form(own))
        else:  # A click whose run they cannot answer any more.
            ack()

    @app.action(notes.Id.RUN_AGAIN)
    def run_again(ack: Ack, body: Body) -> None:
        who = {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
        manual_runs.run_again(muster.db, **who, run_id=row_of(body), now=muster.clock())
        ack()


def _register_forms(app: App, muster: Muster) -> None:
    @app.action(views.Id.PAUSE)
    def pause(ack: Ack, body: Body) -> None:
        desk = _desk(muster, body)
        push_form(muster, ack, body, views.pause_form(desk.card, desk.today))

    @app.action(rituals.Id.HAND_OVER)
    def hand_over(ack: Ack, body: Body) -> None:
        push_form(muster, ack, body, views.hand_over_form(_desk(muster, body).card))

    @app.action(rituals.Id.HAND_TO)
    def hand_to(ack: Ack, body: Body) -> None:
        found = ritual_changes.hand_to(muster.db, **_named(body), now=muster.clock())
        if view := body.get("view"):
            muster.slack.update_view(view["id"], views.handed_view(*found), view["hash"])
        ack()

    @app.action(views.Id.END)
    def end(ack: Ack, body: Body) -> None:
        push_form(muster, ack, body, views.end_form(_desk(muster, body).card))

    @app.view(views.Id.PAUSE_FORM)
    def paused(ack: Ack, body: Body) -> None:
        until = forms.values(body["view"]).get("until")
        if not until:
            raise FieldErrors({"until": "Choose the first day on which it asks again."})
        found = ritual_changes.pause(muster.db, **_sent(body), until=date.fromisoformat(until), now=muster.clock())
        ack(response_action="update", view=views.paused_view(found))

    @app.view(views.Id.HAND_OVER_FORM)
    def handed_over(ack: Ack, body: Body) -> None:
        to = forms.values(body["view"]).get("to", "")
        found = ritual_changes.hand_over(muster.db, **_sent(body), to=to, now=muster.clock())
        ack(response_action="update", view=views.handed_view(*found))

    @app.view(views.Id.END_FORM)
    def ended(ack: Ack, body: Body) -> None:
        found = ritual_changes.end(muster.db, **_sent(body), now=muster.clock())
        ack(response_action="update", view=views.ended_view(found))


def _desk(muster: Muster, body: Body) -> RitualDesk:
    return ritual_desks.desk(muster.db, **_clicked(body), now=muster.clock(), library=library_of(muster, body))


def _redraw(muster: Muster, ack: Ack, body: Body, said: str) -> None:
    view = body["view"]
    muster.slack.update_view(view["id"], views.desk_view(_desk(muster, body), said=said), view["hash"])
    ack()


def _clicked(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body), "ritual_id": row_of(body)}


def _named(body: Body) -> dict[str, Any]:
    ritual_id, to, seen = body["actions"][0]["value"].split(".")
    who = {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
    return {**who, "ritual_id": int(ritual_id), "to": to, "seen": seen}


def _sent(body: Body) -> dict[str, Any]:
    ritual_id = int(forms.ids(body["view"])["ritual"])
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body), "ritual_id": ritual_id}
