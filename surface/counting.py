"""How the numbers of a digest are counted: what its button opens."""

from enum import StrEnum

from domain.metrics.explained import EXPLAINED, Explained
from surface.kit import Element, Json, button, context, escape, modal, section

TITLE = "How this is counted"
SHOWN = (
    "overdue",
    "participation",
    "usual",
    "coverage",
    "latency",
    "on_time",
    "decision_latency",
    "completeness",
    "close_rate",
    "survey",
)
"""The numbers that a digest may hold, in its order."""


class Id(StrEnum):
    OPEN = "digest.count"


def counting_button(digest_id: int) -> Element:
    return button(TITLE, Id.OPEN, digest_id)


def counting_view() -> Json:
    told = [section(_told(EXPLAINED[name])) for name in SHOWN]
    last = "Only what you may read is counted, so others may read other numbers. People are never compared."
    return modal(TITLE, "digest.counting_view", [*told, context(last)])


def _told(each: Explained) -> str:
    return f"*{escape(each.title)}* {escape(each.means)} {escape(each.counted)} _Left out:_ {escape(each.left_out)}"
