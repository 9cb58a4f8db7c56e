"""`/muster model`: where a language model may be asked for briefs."""

from slack_bolt import Ack

from domain.language_models import ModelUsage
from domain.words import quoted
from handlers.context import Body, Muster, actor_of, workspace_of
from services import language_models
from surface import help as help_views
from surface import language_models as views
from surface import typed

EVERYWHERE = "workspace"
SWITCH = {"on": True, "off": False}


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    """`/muster model`, with `on` or `off` for the channel, `workspace on` or `workspace off` for all."""
    words = typed.plain(text).casefold().split()
    place = {"workspace_id": workspace_of(body), "actor_id": actor_of(body), "channel_id": body["channel_id"]}
    match words:
        case ["help"]:
            ack(**help_views.help_answer())
            return
        case []:
            found = language_models.shown(muster.db, **place, name=muster.model)
        case [*where, ("on" | "off") as wanted] if where in ([], [EVERYWHERE]):
            found = language_models.choose(
                muster.db,
                **place,
                name=muster.model,
                is_on=SWITCH[wanted],
                everywhere=bool(where),
                now=muster.clock(),
            )
        case _:
            raise ModelUsage(typed=quoted(typed.plain(text)))
    ack(**views.model_answer(found))
