"""Setting people up, and being away: the forms behind `/muster people`, `/muster me` and `/muster away`."""

from slack_bolt import Ack, App

from domain.directory import MENTION
from domain.errors import LeftOver
from domain.people_columns import FIELD
from domain.setting_up import PersonSheet
from domain.words import quoted
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import open_form
from services import people, profile_managers
from surface import forms, typed
from surface import help as help_views
from surface import people as views
from surface import people_list as list_views
from surface import profile_managers as field_views


def people_command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    """`/muster people`, with `csv`, `list` or a mention after it."""
    asked = typed.plain(text).casefold()
    mention = MENTION.match(text.strip())
    if asked == "help":
        ack(**help_views.help_answer())
    elif asked.partition(" ")[0] == "field":
        _field(muster, ack, body, typed.plain(text).partition(" ")[2].strip())
    elif asked == "list":
        found = people.listing(muster.db, workspace_id=workspace_of(body), actor_id=actor_of(body))
        ack(**views.people_answer(*found))
    elif asked == "csv":
        people.may_set_up_others(muster.db, workspace_id=workspace_of(body), actor_id=actor_of(body))
        open_form(muster, ack, body, list_views.list_form(), again="people csv")
    elif not asked or mention:
        person_id = mention[1] if mention else ""
        again = f"people <@{person_id}>" if mention else "people"
        open_form(muster, ack, body, views.people_form(_sheet(muster, body, person_id)), again=again)
    else:
        raise people.PeopleUsage(typed=quoted(typed.plain(text)))


def _field(muster: Muster, ack: Ack, body: Body, name: str) -> None:
    """Which field of Slack's profiles names managers; chosen by whoever may set up others."""
    who = {"workspace_id": workspace_of(body), "actor_id": actor_of(body)}
    if name:
        found = profile_managers.choose(muster.db, **who, name=name, now=muster.clock())
    else:
        found = profile_managers.shown(muster.db, **who)
    ack(**field_views.field_answer(found))


def me_command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    if is_alone("me", ack, text):
        open_form(muster, ack, body, views.own_form(_sheet(muster, body, actor_of(body))), again="me")


def is_alone(verb: str, ack: Ack, text: str) -> bool:
    """For commands that take nothing after them but `help`, which is answered. Raises LeftOver."""
    asked = typed.plain(text)
    if asked.casefold() == "help":
        ack(**help_views.help_answer())
    elif asked:
        raise LeftOver(verb=verb, words=quoted(asked))
    return not asked


def _sheet(muster: Muster, body: Body, person_id: str, saved_id: str = "") -> PersonSheet:
    return people.open_sheet(
        muster.db, workspace_id=workspace_of(body), actor_id=actor_of(body), person_id=person_id, saved_id=saved_id
    )


def register(app: App, muster: Muster) -> None:
    @app.action(views.Id.CHOOSE)
    def choose(ack: Ack, body: Body) -> None:
        view = body["view"]
        sheet = _sheet(muster, body, forms.values(view).get("person", ""), forms.ids(view)["saved"])
        muster.slack.update_view(view["id"], views.people_form(sheet), view["hash"])
        ack()

    @app.action(views.Id.ME)
    def me(ack: Ack, body: Body) -> None:
        open_form(muster, ack, body, views.own_form(_sheet(muster, body, actor_of(body))))

    @app.action(views.Id.OPEN_LIST)
    def paste(ack: Ack, body: Body) -> None:
        muster.slack.update_view(body["view"]["id"], list_views.list_form(), body["view"]["hash"])
        ack()

    @app.view(views.Id.FORM)
    def save(ack: Ack, body: Body) -> None:
        view = body["view"]
        given = {**dict.fromkeys(forms.shown(view), ""), **forms.values(view)}
        ids = forms.ids(view)
        chosen = given.pop("person", "") or ids["person"]
        if chosen != ids["person"]:
            # Sent before the fields of whoever was chosen came: those on the form are about somebody else.
            ack(response_action="update", view=views.people_form(_sheet(muster, body, chosen, ids["saved"])))
            return
        saved = people.set_up(
            muster.db,
            workspace_id=workspace_of(body),
            actor_id=actor_of(body),
            person_id=chosen,
            given=given,
            shown=ids,
            now=muster.clock(),
        )
        is_of_others = "person" in forms.shown(view)
        again = views.people_form(_sheet(muster, body, "", saved.id)) if is_of_others else views.saved_form(saved)
        ack(response_action="update", view=again)

    @app.view(list_views.Id.FORM)
    def set_up_list(ack: Ack, body: Body) -> None:
        """Sent twice: first to see how the list is understood, then, unchanged, to save it."""
        text = forms.values(body["view"]).get(FIELD, "")
        given = {"workspace_id": workspace_of(body), "actor_id": actor_of(body), "text": text}
        if forms.ids(body["view"]).get(forms.SEEN) == forms.digest(text):
            found = people.set_up_list(muster.db, **given, now=muster.clock())
            ack(response_action="update", view=list_views.saved_form(found))
        else:
            ack(response_action="update", view=list_views.list_form(people.look_at_list(muster.db, **given)))
