"""Answering a check-in: `/checkin`, the buttons of its messages, and its form."""

from collections.abc import Callable

from slack_bolt import Ack, App

from domain.cards import CheckinForm
from domain.kept import Filled
from handlers import history
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.opening import open_form
from services import checkin_forms, checkins, own_answers
from surface import checkin, checkin_form, checkin_list, forms
from surface import own_answers as own_answers_view
from surface.answers import notice
from surface.typed import plain


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    asked = plain(text)
    if not asked:
        found = checkins.open_prompts(
            muster.db, workspace_id=workspace_of(body), person_id=actor_of(body), now=muster.clock()
        )
        ack(**checkin_list.open_answer(found))
    elif asked.casefold() == "help":
        ack(**checkin_list.help_answer())
    elif asked.casefold().split()[0] == "history":
        history.command(muster, ack, body, asked[len("history") :].strip())
    else:
        ack(**checkin_list.not_understood_answer(asked))


def register(app: App, muster: Muster) -> None:
    @app.action(own_answers_view.Id.SHOW)
    def show_own(ack: Ack, body: Body) -> None:
        found = own_answers.of_prompt(
            muster.db, workspace_id=workspace_of(body), prompt_id=row_of(body), person_id=actor_of(body)
        )
        open_form(muster, ack, body, own_answers_view.answers_view(found))

    @app.command("/checkin")
    def check_in(ack: Ack, body: Body) -> None:
        command(muster, ack, body, body.get("text", ""))

    def opens(ack: Ack, body: Body, opened: Callable[..., CheckinForm], **what: int) -> None:
        person = {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
        form = opened(muster.db, **person, **what, now=muster.clock())
        open_form(muster, ack, body, checkin_form.checkin_form(form))

    @app.action(checkin.Id.ANSWER)
    def answer(ack: Ack, body: Body) -> None:
        opens(ack, body, checkin_forms.open_form, prompt_id=row_of(body))

    @app.action(checkin_list.Id.EARLY)
    def answer_early(ack: Ack, body: Body) -> None:
        opens(ack, body, checkin_forms.open_early, ritual_id=row_of(body))

    @app.action(checkin_list.Id.JOIN)
    def join(ack: Ack, body: Body) -> None:
        opens(ack, body, checkin_forms.open_joined, run_id=row_of(body))

    @app.action(checkin.Id.SKIP)
    def skip(ack: Ack, body: Body) -> None:
        checkins.skip(
            muster.db,
            workspace_id=workspace_of(body),
            prompt_id=row_of(body),
            person_id=actor_of(body),
            now=muster.clock(),
        )
        ack()

    _register_form(app, muster)


def _register_form(app: App, muster: Muster) -> None:
    @app.action(checkin_form.Id.CHOOSE)
    def choose(ack: Ack, body: Body) -> None:
        """A follow-up question appears or goes; what was typed stays, because field names stay."""
        _show(muster, ack, body, checkin_forms.redraw_form(muster.db, filled=_filled(body), now=muster.clock()))

    @app.action(checkin_form.Id.BACK)
    def back(ack: Ack, body: Body) -> None:
        _show(muster, ack, body, checkin_forms.turn_back(muster.db, filled=_filled(body), now=muster.clock()))

    @app.action(checkin_form.Id.USE_AGAIN)
    def use_again(ack: Ack, body: Body) -> None:
        question_id, now = body["actions"][0]["value"], muster.clock()
        form = checkin_forms.use_again(muster.db, filled=_filled(body), question_id=question_id, now=now)
        _show(muster, ack, body, form)

    @app.action(checkin_form.Id.TYPED)
    def typed(ack: Ack, body: Body) -> None:
        """Only kept: a form that is drawn anew would take the words from under somebody's hands."""
        checkin_forms.keep_typed(muster.db, filled=_filled(body), now=muster.clock())
        ack()

    @app.view_closed(checkin_form.Id.FORM)
    def closed(ack: Ack, body: Body) -> None:
        if forms.tells(body["view"]):
            checkin_forms.keep_typed(muster.db, filled=_filled(body), now=muster.clock())
        ack()

    @app.view(checkin_form.Id.FORM)
    def submit(ack: Ack, body: Body) -> None:
        filled = _filled(body)
        unseen = checkins.submit_filled(muster.db, filled=filled, now=muster.clock())
        if unseen:
            ack(response_action="update", view=checkin_form.checkin_form(unseen))
        elif filled.ritual_id and not filled.run_id:
            ack(response_action="update", view=notice(checkin_form.SENT_EARLY))
        else:
            ack()


def _show(muster: Muster, ack: Ack, body: Body, form: CheckinForm) -> None:
    muster.slack.update_view(body["view"]["id"], checkin_form.checkin_form(form), body["view"]["hash"])
    ack()


def _filled(body: Body) -> Filled:
    view, ids = body["view"], forms.ids(body["view"])
    return Filled(
        workspace_id=workspace_of(body),
        person_id=actor_of(body),
        prompt_id=int(ids["prompt"]),
        draft_id=ids["draft"],
        given=forms.values(view),
        on_form=forms.shown(view),
        page=int(ids.get("page", "0")),
        run_id=int(ids.get("run", "0")),
        ritual_id=int(ids.get("ritual", "0")),
        occurrence=ids.get("occurrence", ""),
        again=checkin_form.again_of(view),
        told=_told(body),
        opened_at=checkin_form.opened_at(view),
    )


def _told(body: Body) -> float | None:
    """When Slack says that somebody clicked or typed: it may tell of it late, and in any order."""
    moments = [float(action["action_ts"]) for action in body.get("actions", ()) if action.get("action_ts")]
    return max(moments, default=None)
