"""How four weeks went, in a line of the digest."""

from domain.keeping_up import KeepingUp
from domain.metrics.participation import Count
from surface.digest_rows import counted


def keeping_up_line(found: KeepingUp) -> str:
    """ "Blockers taken up within three working days: 4 of 5. ..."; empty if nothing can be told."""
    counts = (
        ("Blockers taken up within three working days", found.clock),
        ("Blockers that led to something within 14 days", found.loop),
        ("Check-ins as planned", found.rhythm),
    )
    texts = [f"{title}: {_told(count)}." for title, count in counts if count.asked]
    if found.functions is not None:
        texts.append(f"Evenness of functions {found.functions:.2f} (1 is all alike).")
    if found.people is not None:
        texts.append(f"Answers by person {found.people:.2f} (0 is all alike, 1 is one for all).")
    return " ".join(texts)


def _told(count: Count) -> str:
    return counted(count) if count.percent is None else f"{counted(count)} ({count.percent} %)"
