"""Elements that pick people, conversations, days and hours."""

from datetime import date
from typing import Any

from sandbox.blockkit.choices import many, not_too_many
from sandbox.blockkit.composition import CHANNEL, CONVERSATION, PERSON, picker
from sandbox.blockkit.schema import (
    Check,
    Problems,
    array,
    boolean,
    complain,
    integer,
    one_of,
    record,
    steps,
    string,
)
from sandbox.zones import zones

CONVERSATION_KINDS = ("im", "mpim", "private", "public")
FIRST_MOMENT, LAST_MOMENT = 10**9, 10**10 - 1
"""A datetime picker counts in seconds, with ten digits."""

_FILTER = record(
    {},
    {
        "include": array(one_of(*CONVERSATION_KINDS), most=len(CONVERSATION_KINDS)),
        "exclude_bot_users": boolean,
        "exclude_external_shared_channels": boolean,
    },
)
_CONVERSATION_FIELDS = {"filter": _FILTER, "default_to_current_conversation": boolean}


def _calendar_date(problems: Problems, pointer: str, value: Any) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        complain(problems, pointer, "must be a valid date")


def _zone(problems: Problems, pointer: str, value: Any) -> None:
    if value not in zones():
        complain(problems, pointer, "must be a valid IANA timezone")


DATE = steps(string(10, pattern=r"\d{4}-\d{2}-\d{2}"), _calendar_date)
TIME = string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
MOMENT = integer(FIRST_MOMENT, LAST_MOMENT)


def _multi(initial: str, item: Check, **more: Check) -> Check:
    return steps(picker(**many(initial, item), **more), not_too_many(initial))


PICKERS: dict[str, Check] = {
    "users_select": picker(initial_user=PERSON),
    "multi_users_select": _multi("initial_users", PERSON),
    "conversations_select": picker(initial_conversation=CONVERSATION, **_CONVERSATION_FIELDS),
    "multi_conversations_select": _multi("initial_conversations", CONVERSATION, **_CONVERSATION_FIELDS),
    "channels_select": picker(initial_channel=CHANNEL),
    "multi_channels_select": _multi("initial_channels", CHANNEL),
    "datepicker": picker(initial_date=DATE),
    "timepicker": picker(initial_time=TIME, timezone=steps(string(255), _zone)),
}
DATETIME_PICKER = picker(initial_date_time=MOMENT)

_URL_ENABLED = {"response_url_enabled": boolean}
ANSWERABLE: dict[str, Check] = {
    "conversations_select": picker(initial_conversation=CONVERSATION, **_CONVERSATION_FIELDS, **_URL_ENABLED),
    "channels_select": picker(initial_channel=CHANNEL, **_URL_ENABLED),
}
"""The pickers that can ask for a response_url, which works only in an input block of a modal."""
