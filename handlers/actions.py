"""Action items: `/action`, their forms, their buttons, and making one of a message or a blocker."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from domain.action_reminders import Snooze
from domain.action_states import Move
from domain.actions import ActionChange
from domain.numbers import number_in
from domain.typed import is_mistyped, may_be_meant
from handlers import action_bulk
from handlers import action_lines as several
from handlers import action_lists as lists
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.messages import posted, posted_in, text_of
from handlers.opening import open_form, push_form
from handlers.reading import answer_fresh, replace_answer
from handlers.submissions import id_in, submission_of
from handlers.whole_runs import answer_in, show_below, start_in
from services import action_cards, action_changes, action_edits, action_forms, actions
from surface import action_form, action_list, blockers, forms
from surface.action_buttons import Id
from surface.kit import Json
from surface.typed import mentions, plain

ChangeForm = Callable[[ActionChange, Mapping[str, str]], Json]
PRESSED: dict[Id, Callable[..., None]] = {
    Id.ACCEPT: action_changes.accept,
    Id.DONE: action_changes.done,
    Id.TAKE: action_changes.take,
    Id.REOPEN: action_changes.reopen,
}
OPENED: dict[Id, tuple[Move, ChangeForm]] = {
    Id.NEW_DATE: (Move.NEW_DATE, action_form.date_form),
    Id.HAND_OVER: (Move.HAND_OVER, action_form.owner_form),
    Id.DROP: (Move.DROP, action_form.drop_form),
}


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    asked, number = text.strip().lower(), number_in(text, "A")
    if asked == "help":
        ack(**action_list.help_answer())
    elif (listed := lists.listed(text)) is not None:
        answer_fresh(muster, ack, body, lambda: lists.show(muster, body, listed))
    elif name := lists.named(text):
        answer_fresh(muster, ack, body, lambda: lists.show_named(muster, body, name))
    elif number is not None:
        answer_fresh(muster, ack, body, lambda: _one(muster, body, number))
    elif several.are_typed(text):
        several.open_lines(muster, ack, body, text)
    elif is_mistyped(text, action_list.WORDS):
        ack(**action_list.mistyped_answer(plain(text)))
    else:
        _open_form(muster, ack, body, text)


def _open_form(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    what = plain(text)
    meant = may_be_meant(what, action_list.WORDS)
    place = {**_mine(body), "channel_id": body["channel_id"]}
    sheet = action_forms.said_form(muster.db, **place, text=what, named=mentions(text), now=muster.clock())
    form = action_form.action_form(replace(sheet, meant=meant))
    open_form(muster, ack, body, form, again="action", typed=what)


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

    @app.shortcut("add_action")
    def of_message(ack: Ack, body: Body) -> None:
        sheet = action_forms.open_form(
            muster.db,
            **_mine(body),
            channel_id=body["channel"]["id"],
            given=action_form.of_message(text_of(muster, body)),
            message=posted(body),
        )
        open_form(muster, ack, body, action_form.action_form(sheet))

    @app.action(blockers.Id.MAKE_ACTION)
    def make_action(ack: Ack, body: Body) -> None:
        sheet = action_forms.blocker_form(muster.db, **_mine(body), blocker_id=row_of(body), now=muster.clock())
        open_form(muster, ack, body, action_form.action_form(sheet))

    @app.action(Id.OF_DECISION)
    def of_decision(ack: Ack, body: Body) -> None:
        sheet = action_forms.decision_form(muster.db, **_mine(body), decision_id=row_of(body))
        push_form(muster, ack, body, action_form.action_form(sheet))

    @app.view(action_form.Id.FORM)
    def submit(ack: Ack, body: Body) -> None:
        sent, channel_id = submission_of(body), forms.ids(body["view"])["channel"]
        ids = {"blocker_id": id_in(body, "blocker"), "decision_id": id_in(body, "decision")}
        answer = answer_in(body)
        made_of: dict[str, Any] = {**ids, "answer": answer, "message": posted_in(body)}
        found = actions.submit(muster.db, sent=sent, channel_id=channel_id, **made_of, now=muster.clock())
        if found:
            sheet = action_forms.sheet(muster.db, sent=sent, channel_id=channel_id, **made_of, outsiders=found)
            ack(response_action="update", view=action_form.action_form(sheet, start=start_in(body)))
        else:
            ack()
            show_below(muster, body, answer)

    lists.register(app, muster)
    several.register(app, muster)
    action_bulk.register(app, muster)
    _register_changes(app, muster)


def _register_changes(app: App, muster: Muster) -> None:
    for action_id, change in PRESSED.items():
        _register_pressed(app, muster, action_id, change)
    for action_id, (move, form) in OPENED.items():
        _register_opened(app, muster, action_id, move, form)

    @app.action(Id.SET_DATE)
    def open_first_date(ack: Ack, body: Body) -> None:
        change = action_changes.date_form(muster.db, **_mine(body), item_id=row_of(body))
        shown = answer_clicked(body)
        open_form(muster, ack, body, action_form.first_date_form(change, shown), instead=bool(shown))

    @app.action(Id.SNOOZE)
    def snooze(ack: Ack, body: Body) -> None:
        choice, item_id = body["actions"][0]["selected_option"]["value"].split(":")
        now = muster.clock()
        action_changes.snooze(muster.db, **_mine(body), item_id=int(item_id), choice=Snooze(choice), now=now)
        ack()

    @app.action(Id.EDIT)
    def open_edit(ack: Ack, body: Body) -> None:
        edit = action_edits.form(muster.db, **_mine(body), item_id=row_of(body), now=muster.clock())
        shown = answer_clicked(body)
        open_form(muster, ack, body, action_form.edit_form(edit, shown), instead=bool(shown))

    _register_change_forms(app, muster)


def _register_pressed(app: App, muster: Muster, action_id: Id, change: Callable[..., None]) -> None:
    @app.action(action_id)
    def press(ack: Ack, body: Body) -> None:
        change(muster.db, **_mine(body), item_id=row_of(body), now=muster.clock())
        ack()
        say_again(muster, body, answer_clicked(body), row_of(body))


def _register_opened(app: App, muster: Muster, action_id: Id, move: Move, form: ChangeForm) -> None:
    @app.action(action_id)
    def open_change(ack: Ack, body: Body) -> None:
        change = action_changes.change_form(muster.db, **_mine(body), item_id=row_of(body), move=move)
        shown = answer_clicked(body)
        open_form(muster, ack, body, form(change, shown), instead=bool(shown))


def _register_change_forms(app: App, muster: Muster) -> None:
    @app.view(action_form.Id.DATE)
    def new_date(ack: Ack, body: Body) -> None:
        item_id = int(forms.ids(body["view"])["item"])
        action_changes.new_date(muster.db, sent=submission_of(body), item_id=item_id, now=muster.clock())
        ack()
        say_again(muster, body, _answer_kept(body), item_id)

    @app.view(action_form.Id.FIRST_DATE)
    def first_date(ack: Ack, body: Body) -> None:
        item_id = int(forms.ids(body["view"])["item"])
        action_changes.set_date(muster.db, sent=submission_of(body), item_id=item_id, now=muster.clock())
        ack()
        say_again(muster, body, _answer_kept(body), item_id)

    @app.view(action_form.Id.OWNER)
    def hand_over(ack: Ack, body: Body) -> None:
        sent, item_id = submission_of(body), int(forms.ids(body["view"])["item"])
        found = action_changes.hand_over(muster.db, sent=sent, item_id=item_id, now=muster.clock())
        if found:
            change = action_changes.change_again(muster.db, sent=sent, item_id=item_id, outsiders=found)
            ack(response_action="update", view=action_form.owner_form(change, _answer_kept(body)))
        else:
            ack()
            say_again(muster, body, _answer_kept(body), item_id)

    @app.view(action_form.Id.DROP)
    def drop(ack: Ack, body: Body) -> None:
        sent, item_id = submission_of(body), int(forms.ids(body["view"])["item"])
        action_changes.drop(muster.db, sent=sent, item_id=item_id, now=muster.clock())
        ack()
        say_again(muster, body, _answer_kept(body), item_id)

    @app.view(action_form.Id.EDIT)
    def edit(ack: Ack, body: Body) -> None:
        sent, item_id = submission_of(body), int(forms.ids(body["view"])["item"])
        shown = forms.shown(body["view"])
        again = action_edits.send(muster.db, sent=sent, shown=shown, item_id=item_id, now=muster.clock())
        if again:
            ack(response_action="update", view=action_form.edit_form(again, _answer_kept(body)))
        else:
            ack()
            say_again(muster, body, _answer_kept(body), item_id)


def answer_clicked(body: Body) -> dict[str, str]:
    """The answer to `/action` in which a button was pressed: what it shows, and where it can be said anew."""
    shows, _, _ = body["actions"][0]["block_id"].partition(".")
    is_answer = shows == action_list.ONE or action_list.asked_of(shows) is not None
    return {"shows": shows, "answer": body["response_url"]} if is_answer else {}


def _answer_kept(body: Body) -> dict[str, str]:
    """The same, as a form has kept it."""
    return {key: value for key, value in forms.ids(body["view"]).items() if key in ("shows", "answer")}


def say_again(muster: Muster, body: Body, kept: dict[str, str], item_id: int) -> None:
    """Other messages are brought up to date by their deliveries."""
    if not kept:
        return
    asked = action_list.asked_of(kept["shows"])
    replace_answer(
        muster, body, kept["answer"], lambda: lists.show(muster, body, asked) if asked else _same(muster, body, item_id)
    )


def _same(muster: Muster, body: Body, item_id: int) -> dict[str, Any]:
    reader_id = actor_of(body)
    found = action_cards.readable(
        muster.db, workspace_id=workspace_of(body), item_id=item_id, reader_id=reader_id, now=muster.clock()
    )
    return action_list.one_answer(found, reader_id) if found else action_list.gone_answer()


def _mine(body: Body) -> dict[str, str]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
