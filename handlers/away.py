"""`/muster away` and `/muster back`: for oneself, and for those one manages."""

from dataclasses import replace

from slack_bolt import Ack, App

from domain.clock import new_id
from domain.days_said import Said
from domain.directory import MENTION
from domain.people import Away, AwayForm, TakenBack
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import open_form
from handlers.people import is_alone
from handlers.reading import say_again
from services import absences, saying_away, taking_back
from surface import absences as absence_rows
from surface import away as views
from surface import coming_back, forms, typed
from surface.kit import Json


def away_command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    """`/muster away`, with somebody before and days after it, and then perhaps a reason."""
    mention = MENTION.match(text.strip())
    person_id = mention[1] if mention else ""
    said = typed.plain(text.strip()[mention.end() :] if mention else text).strip()
    if said.casefold() == "help":
        ack(**views.help_answer())
        return
    about = {"workspace_id": workspace_of(body), "actor_id": actor_of(body), "person_id": person_id or actor_of(body)}
    if not said:
        found: Said | AwayForm = absences.open_away(muster.db, **about, now=muster.clock())
    else:
        found = saying_away.read(muster.db, **about, text=said, now=muster.clock())
    if isinstance(found, Said):
        given = {"first": str(found.first), "last": str(found.last), "reason": found.reason}
        ack(**views.away_answer(_away(muster, body, person_id, given, new_id())))
    else:
        again = f"away <@{person_id}>" if mention else "away"
        open_form(muster, ack, body, views.away_form(found), again=again, typed=said)


def _away(muster: Muster, body: Body, person_id: str, given: dict[str, str], draft_id: str) -> Away:
    return absences.away(
        muster.db,
        workspace_id=workspace_of(body),
        actor_id=actor_of(body),
        person_id=person_id or actor_of(body),
        first=given.get("first", ""),
        last=given.get("last", ""),
        reason=given.get("reason", ""),
        rituals=given.get("rituals", "").splitlines(),
        draft_id=draft_id,
        now=muster.clock(),
    )


def back_command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    """`/muster back`, perhaps with somebody after it."""
    mention = MENTION.match(text.strip())
    if is_alone("back", ack, text.strip()[mention.end() :] if mention else text):
        actor_id = actor_of(body)
        about = {
            "workspace_id": workspace_of(body),
            "actor_id": actor_id,
            "person_id": mention[1] if mention else actor_id,
        }
        found = absences.back(muster.db, **about, now=muster.clock())
        ahead = absences.open_away(muster.db, **about, now=muster.clock())
        ack(**coming_back.back_answer(*found) if found[0] or not ahead.known else coming_back.only_ahead_answer(ahead))


def _take_back(muster: Muster, body: Body) -> TakenBack:
    return taking_back.take_back(
        muster.db,
        workspace_id=workspace_of(body),
        actor_id=actor_of(body),
        absence_id=int(body["actions"][0]["value"]),
        now=muster.clock(),
    )


def _form_again(muster: Muster, body: Body) -> Json:
    """The form, which keeps what is filled in."""
    ids = forms.ids(body["view"])
    about = {"workspace_id": workspace_of(body), "actor_id": actor_of(body), "person_id": ids["person"]}
    form = absences.open_away(muster.db, **about, now=muster.clock())
    return views.away_form(replace(form, draft_id=ids["draft"]))


def register(app: App, muster: Muster) -> None:
    @app.action(views.Id.SAY)
    def say(ack: Ack, body: Body) -> None:
        form = absences.open_away(
            muster.db, workspace_id=workspace_of(body), person_id=actor_of(body), now=muster.clock()
        )
        open_form(muster, ack, body, views.away_form(form))

    @app.action(views.Id.BACK)
    def is_back(ack: Ack, body: Body) -> None:
        """On Home, which then shows it."""
        absences.back(muster.db, workspace_id=workspace_of(body), person_id=actor_of(body), now=muster.clock())
        ack()

    @app.action(absence_rows.Id.TAKE_BACK)
    def take_back(ack: Ack, body: Body) -> None:
        """On Home, which then shows it, in an answer, or in the form."""
        found, view = _take_back(muster, body), body.get("view", {})
        if view.get("type") == "modal":
            is_form = bool(forms.ids(view))
            shown = _form_again(muster, body) if is_form else coming_back.taken_back_view(found)
            muster.slack.update_view(view["id"], shown, view["hash"])
        ack()
        say_again(muster, body, coming_back.taken_back_answer(found))

    @app.view(views.Id.AWAY_FORM)
    def save_away(ack: Ack, body: Body) -> None:
        ids = forms.ids(body["view"])
        found = _away(muster, body, ids["person"], forms.values(body["view"]), ids["draft"])
        ack(response_action="update", view=views.away_saved_form(found))
