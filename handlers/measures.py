"""`/muster measures`: the list of a channel's measures, and the forms behind it."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack, App

from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.opening import open_form, push_form
from handlers.people import is_alone
from handlers.reading import answer_fresh, replace_answer
from handlers.submissions import submission_of
from services import measure_lines, measures, pairs
from surface import forms
from surface import measure_lines as line_views
from surface import measure_pairs as pair_views
from surface import measures as views
from surface.answers import plain_answer
from surface.kit import Json
from surface.slack import SlackLimited, SlackRefused, SlackUnclear

FILE = "measures.csv"


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    if is_alone("measures", ack, text):
        answer_fresh(muster, ack, body, lambda: _list(muster, body, body["channel_id"]))


def _list(muster: Muster, body: Body, channel_id: str, said: str = "") -> dict[str, Any]:
    where = {"workspace_id": workspace_of(body), "channel_id": channel_id, "reader_id": actor_of(body)}
    return views.list_answer(measures.listing(muster.db, **where, now=muster.clock()), said)


def register(app: App, muster: Muster) -> None:
    @app.action(views.Id.NEW)
    def new(ack: Ack, body: Body) -> None:
        measures.check_may_add(muster.db, **_place(body))
        open_form(muster, ack, body, views.new_form(body["actions"][0]["value"], body.get("response_url", "")))

    @app.view(views.Id.FORM)
    def add(ack: Ack, body: Body) -> None:
        ids = forms.ids(body["view"])
        measures.add(muster.db, sent=submission_of(body), channel_id=ids["channel"], now=muster.clock())
        ack()
        _list_again(muster, body, ids["answer"], ids["channel"])

    _register_values(app, muster)
    _register_tables(app, muster)
    _register_pairs(app, muster)


def _register_values(app: App, muster: Muster) -> None:
    @app.action(views.Id.OPEN)
    def one(ack: Ack, body: Body) -> None:
        found = measures.sheet(muster.db, **_pressed(body, row_of(body)), now=muster.clock())
        open_form(muster, ack, body, views.value_form(found, body.get("response_url", "")))

    @app.view(views.Id.VALUE_FORM)
    def add_value(ack: Ack, body: Body) -> None:
        ids, sent = forms.ids(body["view"]), submission_of(body)
        channel_id = measures.add_value(muster.db, sent=sent, measure_id=int(ids["measure"]), now=muster.clock())
        ack()
        _list_again(muster, body, ids["answer"], channel_id)

    @app.action(views.Id.REMOVE)
    def remove(ack: Ack, body: Body) -> None:
        measure_id, _, moment = body["actions"][0]["value"].partition(".")
        which = _pressed(body, int(measure_id))
        at = datetime.fromtimestamp(int(moment), UTC)
        channel_id = measures.remove_value(muster.db, **which, at=at, now=muster.clock())
        view, url = body["view"], forms.ids(body["view"])["answer"]
        found = measures.sheet(muster.db, **which, now=muster.clock())
        muster.slack.update_view(view["id"], views.value_form(found, url), view["hash"])
        ack()
        _list_again(muster, body, url, channel_id)

    @app.action(views.Id.CHANGE)
    def change(ack: Ack, body: Body) -> None:
        found = measures.sheet(muster.db, **_pressed(body, row_of(body)), now=muster.clock())
        push_form(muster, ack, body, views.change_form(found.measure, forms.ids(body["view"])["answer"]))

    @app.view(views.Id.CHANGE_FORM)
    def changed(ack: Ack, body: Body) -> None:
        ids, sent = forms.ids(body["view"]), submission_of(body)
        channel_id = measures.change(muster.db, sent=sent, measure_id=int(ids["measure"]), now=muster.clock())
        ack(response_action="clear")
        _list_again(muster, body, ids["answer"], channel_id)


def _register_tables(app: App, muster: Muster) -> None:
    @app.action(line_views.Id.OPEN)
    def paste(ack: Ack, body: Body) -> None:
        sheet = measure_lines.open_form(muster.db, **_place(body))
        open_form(muster, ack, body, line_views.lines_form(sheet, body.get("response_url", "")))

    @app.view(line_views.Id.FORM)
    def pasted(ack: Ack, body: Body) -> None:
        sent, ids = submission_of(body), forms.ids(body["view"])
        where: dict[str, Any] = {"sent": sent, "channel_id": ids["channel"], "now": muster.clock()}
        if ids[forms.SEEN] == forms.digest(sent.given.get("lines", "")):
            found = measure_lines.submit(muster.db, **where)
            ack()
            said = views.brought_text(found.place, found.lines, found.changed)
            _list_again(muster, body, ids["answer"], ids["channel"], said)
        else:
            ack(
                response_action="update",
                view=line_views.lines_form(measure_lines.sheet(muster.db, **where), ids["answer"]),
            )

    @app.action(line_views.Id.TAKE)
    def take(ack: Ack, body: Body) -> None:
        """Sending the file may take longer than Slack waits."""
        measures.check_may_add(muster.db, **_place(body))
        ack()
        muster.later(_take, muster, body)


def _register_pairs(app: App, muster: Muster) -> None:
    @app.action(pair_views.Id.OPEN)
    def look(ack: Ack, body: Body) -> None:
        card = pairs.card(muster.db, **_place(body), now=muster.clock())
        open_form(muster, ack, body, pair_views.pairs_form(card, body.get("response_url", "")))

    @app.view(pair_views.Id.FORM)
    def choose(ack: Ack, body: Body) -> None:
        channel_id = forms.ids(body["view"])["channel"]
        pairs.choose(muster.db, sent=submission_of(body), channel_id=channel_id, now=muster.clock())
        ack(response_action="update", view=_pairs(muster, body, channel_id))

    @app.action(pair_views.Id.END)
    def end(ack: Ack, body: Body) -> None:
        who = {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
        channel_id = pairs.end(muster.db, **who, pair_id=row_of(body), now=muster.clock())
        muster.slack.update_view(body["view"]["id"], _pairs(muster, body, channel_id), body["view"]["hash"])
        ack()


def _pairs(muster: Muster, body: Body, channel_id: str) -> Json:
    who = {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
    card = pairs.card(muster.db, **who, channel_id=channel_id, now=muster.clock())
    return pair_views.pairs_form(card, forms.ids(body["view"])["answer"])


def _take(muster: Muster, body: Body) -> None:
    channel_id = body["actions"][0]["value"]
    muster.freshen(workspace_of(body), actor_of(body))
    who = {"workspace_id": workspace_of(body), "reader_id": actor_of(body)}
    found = measure_lines.take(muster.db, **who, channel_id=channel_id, now=muster.clock())
    try:
        direct = muster.slack.open_direct(actor_of(body))
        muster.slack.upload(direct, FILE, found.content, line_views.taken_text(found.place, found.rows))
    except (SlackLimited, SlackRefused, SlackUnclear) as error:
        said = plain_answer(line_views.not_taken_text(str(error)))
        muster.slack.respond(body["response_url"], {**said, "replace_original": False})
        raise


def _list_again(muster: Muster, body: Body, url: str, channel_id: str, said: str = "") -> None:
    """In the place of the list in which it was begun."""
    if url:
        replace_answer(muster, body, url, lambda: _list(muster, body, channel_id, said))


def _place(body: Body) -> dict[str, str]:
    channel_id = body["actions"][0]["value"]
    return {"workspace_id": workspace_of(body), "channel_id": channel_id, "person_id": actor_of(body)}


def _pressed(body: Body, measure_id: int) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "measure_id": measure_id, "person_id": actor_of(body)}
