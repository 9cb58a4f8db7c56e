"""What the doctor found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `mend` says what to do; empty means that nothing is known to be wrong with it."""

    what: str
    found: str
    mend: str = ""
    unknown: bool = False
    """It could not be looked at."""
