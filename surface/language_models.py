"""`/muster model`: where a language model may be asked for briefs."""

from typing import Any

from domain.language_models import Shown
from surface.answers import answer
from surface.kit import Block, context, escape, message, sections

NONE = (
    "No language model is set up, so briefs are drawn up by rules, and nothing leaves this machine. Whoever runs "
    "Muster can set one up."
)
WHAT = (
    "It is asked when somebody asks for a brief, and for what stands in short above the answers of some check-ins. "
    "Before anything is sent, the names of those in the channel, ids, e-mail addresses and keys are taken out."
)
CHANGING = (
    "`/muster model on` or `off` is for this channel, `/muster model workspace off` or `on` for all of them. Private "
    "channels are off until somebody switches them on; direct messages always are."
)


def model_answer(found: Shown) -> dict[str, Any]:
    lines = [f"*Briefs* may be written by {escape(found.name)}. {WHAT}" if found.name else NONE, _where(found)]
    blocks: list[Block] = [*sections(lines), *([context(CHANGING)] if found.may_change else [])]
    return answer(message("\n".join(lines), blocks))


def _where(found: Shown) -> str:
    if not found.is_on:
        return "*This workspace*: off, in all channels."
    place = "a direct message" if found.is_direct else escape(found.place)
    return f"*{place[0].upper()}{place[1:]}*: {'on' if found.is_on_here else 'off'}."
