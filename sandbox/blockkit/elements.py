"""Which element may stand in which block, on which surface."""

from typing import Literal

from sandbox.blockkit.buttons import BUTTON
from sandbox.blockkit.choices import CHOICES, OVERFLOW
from sandbox.blockkit.composition import IMAGE
from sandbox.blockkit.inputs import ONLY_IN_MODALS, RICH_TEXT_INPUT, TEXT_INPUT
from sandbox.blockkit.pickers import ANSWERABLE, DATETIME_PICKER, PICKERS
from sandbox.blockkit.schema import Check, tagged

Surface = Literal["message", "modal", "home"]

_EVERYWHERE = {**CHOICES, **PICKERS}
# Slack's table of elements gives Home no datetime picker, messages no rich text input, and both only plain text
# of the inputs for typing.
_BESIDES: dict[Surface, dict[str, Check]] = {
    "message": {"datetimepicker": DATETIME_PICKER},
    "modal": {"datetimepicker": DATETIME_PICKER},
    "home": {},
}
_TYPED: dict[Surface, dict[str, Check]] = {
    "message": {"plain_text_input": TEXT_INPUT},
    "modal": {
        "plain_text_input": TEXT_INPUT,
        "rich_text_input": RICH_TEXT_INPUT,
        **ONLY_IN_MODALS,
        **ANSWERABLE,
    },
    "home": {"plain_text_input": TEXT_INPUT, "rich_text_input": RICH_TEXT_INPUT},
}

IN_SECTION = tagged({"button": BUTTON, "overflow": OVERFLOW, "image": IMAGE, **_EVERYWHERE})


def in_actions(surface: Surface) -> Check:
    return tagged({"button": BUTTON, "overflow": OVERFLOW, **_EVERYWHERE, **_BESIDES[surface]})


def in_input(surface: Surface) -> Check:
    return tagged({**_EVERYWHERE, **_BESIDES[surface], **_TYPED[surface]})
