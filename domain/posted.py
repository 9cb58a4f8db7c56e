"""The message in Slack that a record was made of."""

from dataclasses import dataclass

from domain.errors import UserError


@dataclass(frozen=True)
class Posted:
    """Where it stands in the channel of the record; never what it says."""

    ts: str
    thread_ts: str = ""
    """Of a reply in a thread."""
    author_id: str = ""
    """Empty of a bot's."""

    @classmethod
    def read(cls, text: str) -> "Posted":
        """Of what `str` makes of it."""
        return cls(*text.split(":"))

    def __str__(self) -> str:
        return f"{self.ts}:{self.thread_ts}:{self.author_id}"


class InDirectMessage(UserError):
    """A direct message belongs to those who are in it, so its messages are not recorded. Type `/decision` or `/action`
    here instead: what you write then is kept for the people named in it alone."""
