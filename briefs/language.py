"""What is known of the words of a language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    common: str
    """Words by which it is known."""
    decides: str
    proposes: str
    agrees: str
    """Short replies that are a vote for what they answer."""
    refuses: str
    """Short replies that are a vote against it."""
    nods: str
    """Short replies that say little more than that one listens."""
    objects: str
    defers: str
    retracts: str
    takes: str
    """The author will do it."""
    gives: str
    """Somebody else is to do it."""
    because: str
    negates: str
    either: str
    """Between two options."""
    by: str
    """Before the day by which something is due."""
    months: str
    """From January."""
    days: str
    """Monday to Sunday, then today and tomorrow; `/` stands between words for the same day."""
