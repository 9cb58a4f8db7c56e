"""Going over a draft of a brief: its form, and what is changed there."""

from collections.abc import Callable
from datetime import date
from typing import Any

from slack_bolt import Ack, App

from domain import brief_editing as editing
from domain.brief_editing import Gone, Place
from domain.briefings import Asked, BriefingCard
from domain.briefs import Brief, Part
from handlers.briefings import BEGUN
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.opening import open_form, push_form
from services import briefings
from surface import brief_review as views
from surface import briefs, forms
from surface.answers import notice
from surface.brief_review import Change, Id
from surface.kit import Json


def register(app: App, muster: Muster) -> None:
    @app.action(briefs.Id.REVIEW)
    def review(ack: Ack, body: Body) -> None:
        card = _card(muster, body, row_of(body))
        shown = open_form(muster, ack, body, views.review_view(card))
        muster.later(_say_what_came_since, muster, card, shown)

    @app.action(Id.AGAIN)
    def again(ack: Ack, body: Body) -> None:
        found = _card(muster, body, row_of(body)).briefing
        asked = Asked(found.workspace_id, found.person_id, found.channel_id, found.thread_ts)
        briefings.ask(muster.db, asked=asked, now=muster.clock())
        muster.slack.update_view(body["view"]["id"], notice(BEGUN), body["view"]["hash"])
        ack()

    @app.action(Id.CHANGE)
    def change(ack: Ack, body: Body) -> None:
        what, brief_id, place, seen = body["actions"][0]["selected_option"]["value"].split(":")
        where = Place.read(place)
        if what == Change.REWORD:
            card = _card(muster, body, int(brief_id))
            statement = editing.found(card.briefing.brief or Brief(), where, seen)
            push_form(muster, ack, body, views.reword_form(card, where, statement))
        else:
            card = _changed(muster, body, int(brief_id), lambda brief: editing.left_out(brief, where, seen))
            _show_again(muster, body["view"]["id"], card)
            ack()

    @app.action(Id.ADD_BACK)
    def add_back(ack: Ack, body: Body) -> None:
        brief_id, number, seen = body["actions"][0]["value"].split(":")
        card = _changed(muster, body, int(brief_id), lambda brief: editing.added_back(brief, int(number), seen))
        _show_again(muster, body["view"]["id"], card)
        ack()

    @app.view(Id.REWORD)
    def reword(ack: Ack, body: Body) -> None:
        ids, given = forms.ids(body["view"]), forms.values(body["view"])
        place, seen, owner_id = Place.read(ids["place"]), ids["seen"], given.get("owner", "")
        due = date.fromisoformat(given["due"]) if "due" in given else None

        def reworded(brief: Brief) -> Brief:
            after = editing.reworded(brief, place, seen, given.get("text", ""))
            return editing.reassigned(after, place, owner_id, due) if place.part is Part.ACTION_ITEM else after

        card = _changed(muster, body, int(ids["brief"]), reworded, owner_id)
        ack()
        muster.later(_show_again, muster, body["view"]["previous_view_id"], card)


def _changed(
    muster: Muster, body: Body, brief_id: int, change: Callable[[Brief], Brief], owner_id: str = ""
) -> BriefingCard:
    """As it is then. What has changed since it was seen stays, and is shown as it is now."""
    try:
        briefings.change(
            muster.db, **_person(body), brief_id=brief_id, change=change, owner_id=owner_id, now=muster.clock()
        )
    except Gone:
        if body.get("type") != "block_actions":
            raise
    return _card(muster, body, brief_id)


def _card(muster: Muster, body: Body, brief_id: int) -> BriefingCard:
    return briefings.readable(muster.db, **_person(body), brief_id=brief_id)


def _say_what_came_since(muster: Muster, card: BriefingCard, shown: Json) -> None:
    found = card.briefing
    if newer := muster.slack.newer(found.channel_id, found.thread_ts, found.last_ts):
        muster.slack.update_view(shown["id"], views.review_view(card, newer), shown["hash"])


def _show_again(muster: Muster, view_id: str, card: BriefingCard) -> None:
    muster.slack.update_view(view_id, views.review_view(card), "")


def _person(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
