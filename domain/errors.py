"""Errors a person is meant to read. The docstring is the sentence, with what to do next; `{names}` are filled in."""

import inspect
from collections.abc import Mapping, Sequence
from datetime import date

LAST_YEAR = 2199
"""Later days are mistyped, and the very last ones cannot be counted on from."""


class UserError(Exception):
    """That did not work. Try again, or type `/muster help`."""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(inspect.cleandoc(type(self).__doc__ or "").replace("\n", " ").format(**values))


class FieldErrors(UserError):
    """Some fields need another look."""

    def __init__(self, fields: dict[str, str]) -> None:
        """`fields` maps the name of a form's field to the sentence to show on it."""
        self.fields = fields
        super().__init__()

    def __str__(self) -> str:
        """Where there is no form to mark."""
        return " ".join(dict.fromkeys(self.fields.values()))


class TooLate(UserError):
    """It is too late for that."""

    def __init__(self, typed: Sequence[tuple[str, str]] = ()) -> None:
        """`typed` is what cannot be sent any more, to be handed back: questions, and what was typed."""
        self.typed = typed
        super().__init__()


class NotSetUp(UserError):
    """Muster does not know you yet. It reads new people from Slack as they join; try again in a minute."""


class NotInChannel(UserError):
    """Muster is not in this channel. Type `/invite @Muster` here, then try the same again."""


class NotAllowed(UserError):
    """Only {who} may do that. Ask one of them."""


class LeftOver(UserError):
    """`/muster {verb}` takes nothing after it, so {words} is not understood. Type `/muster {verb}` alone."""


class PersonGone(UserError):
    """{name} is no longer in this workspace. Choose somebody else."""


def too_long(given: Mapping[str, str], limits: Mapping[str, int]) -> dict[str, str]:
    """A sentence for each field whose text is over its limit."""
    return {
        name: f"That is {len(given[name])} characters; please keep it to {limit}."
        for name, limit in limits.items()
        if len(given.get(name, "")) > limit
    }


def too_far(days: Mapping[str, date]) -> dict[str, str]:
    """A sentence for each field whose day is beyond what Muster plans."""
    sentence = f"Muster plans no further than the year {LAST_YEAR}. Please choose an earlier day."
    return {name: sentence for name, day in days.items() if day.year > LAST_YEAR}
