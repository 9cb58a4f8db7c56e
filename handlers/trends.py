"""Trends: the message with charts, how each is counted, and its numbers as a file."""

from typing import Any

from slack_bolt import Ack, App

from domain.trends import Trend, as_csv
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import open_form
from services import trends
from surface import trends as views
from surface.answers import plain_answer
from surface.slack import SlackLimited, SlackRefused, SlackUnclear


def register(app: App, muster: Muster) -> None:
    @app.action(views.Id.SHOW)
    def show(ack: Ack, body: Body) -> None:
        ask(muster, body)
        ack()
        muster.later(_say, muster, body, views.coming_text())

    @app.action(views.Id.MORE)
    def more(ack: Ack, body: Body) -> None:
        """A page of the same days; pressed again it is brought up to date."""
        of = views.address(body["actions"][0]["value"])
        trends.ask(muster.db, **_who(body), day=of.day, page=int(of.about), now=muster.clock())
        ack()

    @app.action(views.Id.COUNTED)
    def counted(ack: Ack, body: Body) -> None:
        open_form(muster, ack, body, views.counted_view(_trend(muster, body)))

    @app.action(views.Id.CSV)
    def as_file(ack: Ack, body: Body) -> None:
        """Whether there is such a trend is known at once; sending the file may take longer than Slack waits."""
        _trend(muster, body)
        ack()
        muster.later(_send, muster, body)


def command(muster: Muster, ack: Ack, body: Body) -> None:
    """`/digest trends`."""
    ask(muster, body)
    ack(**plain_answer(views.coming_text()))


def ask(muster: Muster, body: Body) -> None:
    trends.ask(muster.db, **_who(body), now=muster.clock())


def _send(muster: Muster, body: Body) -> None:
    muster.freshen(workspace_of(body), actor_of(body))
    found = _trend(muster, body)
    try:
        direct = muster.slack.open_direct(actor_of(body))
        muster.slack.upload(direct, views.file_name(found), as_csv(found), views.comment(found))
    except (SlackLimited, SlackRefused, SlackUnclear) as error:
        _say(muster, body, views.not_sent_text(str(error)))
        raise


def _trend(muster: Muster, body: Body) -> Trend:
    of = views.address(body["actions"][0]["value"])
    return trends.trend(muster.db, **_who(body), trend_id=of.about, day=of.day, now=muster.clock())


def _who(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body)}


def _say(muster: Muster, body: Body, said: str) -> None:
    """Seen by whoever pressed alone, beside the message, which stays."""
    muster.slack.respond(body["response_url"], {**plain_answer(said), "replace_original": False})
