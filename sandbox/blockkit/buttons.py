"""Elements to press."""

from sandbox.blockkit.composition import CONFIRM, PERSON, URL, element
from sandbox.blockkit.schema import array, one_of, plain, record, string

_VALUE = string(2000)
_LABEL = {"accessibility_label": string(75)}
_SEEN_BY = {"visible_to_user_ids": array(PERSON, most=10)}

BUTTON = element(
    {"text": plain(75)},
    {
        "value": _VALUE,
        "url": URL,
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "agent_prompt": string(4000),
        **_LABEL,
        **_SEEN_BY,
    },
)
_FEEDBACK = record({"text": plain(75), "value": _VALUE}, _LABEL)
FEEDBACK_BUTTONS = element({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK})
ICON_BUTTON = element(
    {"icon": one_of("trash"), "text": plain(75)},
    {"value": _VALUE, "confirm": CONFIRM, **_LABEL, **_SEEN_BY},
)
