"""Changing several action items of a list at once."""

from dataclasses import replace

from slack_bolt import Ack, App

from domain.action_lists import Asked
from domain.action_states import Move
from handlers import action_lists as lists
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import open_form
from handlers.reading import replace_answer
from handlers.submissions import submission_of
from services import action_bulk
from surface import action_bulk as views
from surface import action_list, forms


def register(app: App, muster: Muster) -> None:
    @app.action(views.Id.OPEN)
    def which(ack: Ack, body: Body) -> None:
        asked = Asked.read(body["actions"][0]["value"])
        found = lists.found(muster, body, asked)
        answer = {"shows": action_list.shows(asked), "answer": body["response_url"]}
        open_form(muster, ack, body, views.which_form(found.movable, answer), instead=True)
        if not found.movable:
            replace_answer(muster, body, body["response_url"], lambda: lists.show(muster, body, asked))

    @app.view(views.Id.WHICH)
    def how(ack: Ack, body: Body) -> None:
        chosen = forms.values(body["view"])
        ids, move = _ids(chosen["items"].replace("\n", ",")), Move(chosen["move"])
        reader = {"workspace_id": workspace_of(body), "reader_id": actor_of(body)}
        sheet = action_bulk.form(muster.db, **reader, ids=ids, move=move, now=muster.clock())
        ack(response_action="update", view=views.how_form(sheet, forms.ids(body["view"])))

    @app.view(views.Id.HOW)
    def change(ack: Ack, body: Body) -> None:
        sent, kept = submission_of(body), forms.ids(body["view"])
        ids, move = _ids(kept["items"]), Move(kept["move"])
        sent = replace(sent, given={**sent.given, "items": kept["items"], "move": kept["move"]})
        found = action_bulk.change(muster.db, sent=sent, ids=ids, move=move, now=muster.clock())
        if found:
            reader = {"workspace_id": workspace_of(body), "reader_id": actor_of(body)}
            sheet = action_bulk.form(muster.db, **reader, ids=ids, move=move, now=muster.clock())
            again = replace(sheet, draft_id=sent.draft_id, outsiders=found, why=sent.given.get("why", ""))
            ack(response_action="update", view=views.how_form(again, _answer(kept)))
        else:
            ack()
            asked = action_list.asked_of(kept["shows"]) or Asked()
            replace_answer(muster, body, kept["answer"], lambda: lists.show(muster, body, asked))


def _ids(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def _answer(kept: dict[str, str]) -> dict[str, str]:
    return {key: kept[key] for key in ("shows", "answer")}
