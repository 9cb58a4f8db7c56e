"""Action items: `/action`, their forms, their three buttons, and making one of a blocker."""

from typing import Any

from slack_bolt import Ack, App

from domain.actions import number_in
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.opening import open_form
from handlers.reading import answer_fresh, say_again
from services import action_cards, actions
from surface import action_form, action_list, forms, outsiders, runs
from surface.actions import Id
from surface.typed import plain


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    asked, number = text.strip().lower(), number_in(text)
    if asked == "help":
        ack(**action_list.help_answer())
    elif asked == "list":
        ack(**_list(muster, body))
    elif number is not None:
        answer_fresh(muster, ack, body, lambda: _one(muster, body, number))
    else:
        _open_form(muster, ack, body, plain(text))


def _open_form(muster: Muster, ack: Ack, body: Body, what: str) -> None:
    sheet = actions.open_form(
        muster.db,
        workspace_id=workspace_of(body),
        channel_id=body["channel_id"],
        person_id=actor_of(body),
        given={"what": what},
    )
    open_form(muster, ack, body, action_form.action_form(sheet), again="action", typed=what)


def _list(muster: Muster, body: Body) -> dict[str, Any]:
    found = action_cards.listing(
        muster.db, workspace_id=workspace_of(body), person_id=actor_of(body), now=muster.clock()
    )
    return action_list.list_answer(found)


def _one(muster: Muster, body: Body, number: int) -> dict[str, Any]:
    reader_id = actor_of(body)
    found = action_cards.numbered(
        muster.db, workspace_id=workspace_of(body), reader_id=reader_id, number=number, now=muster.clock()
    )
    return action_list.one_answer(found, reader_id)


def register(app: App, muster: Muster) -> None:
    @app.command("/action")
    def action(ack: Ack, body: Body) -> None:
        command(muster, ack, body, body.get("text", ""))

    @app.action(runs.Id.MAKE_ACTION)
    def make_action(ack: Ack, body: Body) -> None:
        sheet = actions.blocker_form(muster.db, **_mine(body), blocker_id=row_of(body), now=muster.clock())
        open_form(muster, ack, body, action_form.action_form(sheet))

    @app.view(action_form.Id.FORM)
    def submit(ack: Ack, body: Body) -> None:
        ids, given = forms.ids(body["view"]), forms.values(body["view"])
        where = {"workspace_id": workspace_of(body), "channel_id": ids["channel"], "draft_id": ids["draft"]}
        blocker_id = int(ids["blocker"]) if "blocker" in ids else None
        found = actions.submit(
            muster.db,
            **where,
            person_id=actor_of(body),
            given=given,
            blocker_id=blocker_id,
            confirmed=ids[outsiders.ID].split(","),
            now=muster.clock(),
        )
        if found:
            sheet = actions.sheet(muster.db, **where, given=given, blocker_id=blocker_id, outsiders=found)
            ack(response_action="update", view=action_form.action_form(sheet))
        else:
            ack()

    _register_changes(app, muster)


def _register_changes(app: App, muster: Muster) -> None:
    @app.action(Id.DONE)
    def done(ack: Ack, body: Body) -> None:
        actions.done(muster.db, **_mine(body), item_id=row_of(body), now=muster.clock())
        ack()
        say_again(muster, body, lambda: _list(muster, body))

    @app.action(Id.NEW_DATE)
    def open_date(ack: Ack, body: Body) -> None:
        change = actions.change_form(muster.db, **_mine(body), item_id=row_of(body))
        open_form(muster, ack, body, action_form.date_form(change))

    @app.action(Id.HAND_OVER)
    def open_owner(ack: Ack, body: Body) -> None:
        change = actions.change_form(muster.db, **_mine(body), item_id=row_of(body))
        open_form(muster, ack, body, action_form.owner_form(change))

    _register_change_forms(app, muster)


def _register_change_forms(app: App, muster: Muster) -> None:
    @app.view(action_form.Id.DATE)
    def new_date(ack: Ack, body: Body) -> None:
        ids, due = forms.ids(body["view"]), forms.values(body["view"])["due"]
        item_id, draft_id = int(ids["item"]), ids["draft"]
        actions.new_date(muster.db, **_mine(body), item_id=item_id, draft_id=draft_id, due=due, now=muster.clock())
        ack()

    @app.view(action_form.Id.OWNER)
    def hand_over(ack: Ack, body: Body) -> None:
        ids, owner_id = forms.ids(body["view"]), forms.values(body["view"])["owner"]
        item_id, draft_id = int(ids["item"]), ids["draft"]
        found = actions.hand_over(
            muster.db,
            **_mine(body),
            item_id=item_id,
            draft_id=draft_id,
            owner_id=owner_id,
            confirmed=ids[outsiders.ID].split(","),
            now=muster.clock(),
        )
        if found:
            change = actions.change_again(
                muster.db, workspace_id=workspace_of(body), item_id=item_id, draft_id=draft_id, outsiders=found
            )
            ack(response_action="update", view=action_form.owner_form(change))
        else:
            ack()


def _mine(body: Body) -> dict[str, str]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
