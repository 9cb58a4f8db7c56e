"""How four weeks went beside what was decided: whether what people say is heeded, and how evenly they take part."""

from dataclasses import dataclass

from domain.metrics.participation import Count


@dataclass(frozen=True)
class KeepingUp:
    clock: Count
    """Blockers that somebody took up within the clock."""
    loop: Count
    """Blockers that led to something within two weeks."""
    rhythm: Count
    """Check-ins that closed with a summary on time, of those planned."""
    functions: float | None
    """How evenly they take part: 1 is all alike."""
    people: float | None
    """0 is all alike, 1 is one for all."""
