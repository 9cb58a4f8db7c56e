"""Who was heard in a run, who was not, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.cards import RunCard
from domain.people import Person
from domain.runs import UNREACHED, Missed, Prompt, PromptState, Run, counted, unreached
from domain.words import day_text, joined


@dataclass(frozen=True)
class Tally:
    """Who was heard. Names are in alphabetical order."""

    answered: int
    asked: int
    away: tuple[str, ...]
    skipped: tuple[str, ...]
    silent: tuple[str, ...]
    """Asked, and no answer by their deadline."""
    unreached: tuple[str, ...]
    """Who was not asked in time, by reason: a sentence each, without its full stop."""
    spared: tuple[str, ...] = ()
    """The ritual was switched off before they were asked."""
    released: tuple[str, ...] = ()
    """They left the channel, were no longer meant, or got a day off, before they were asked."""
    joined: int = 0
    """Who came when it was open already, and answered: one more than were asked, each."""
    least: int = 0
    """Of an anonymous run: nothing is told of fewer answers, and nobody is named."""

    @property
    def is_told(self) -> bool:
        return self.answered >= self.least

    @property
    def text(self) -> str:
        """ "3 of 4 answered, +1 joined", "fewer than 5 answered"."""
        joined = f", +{self.joined} joined" if self.joined else ""
        told = f"{self.answered} of {self.asked} answered{joined}"
        return told if self.is_told else f"fewer than {self.least} answered"

    @property
    def is_heard(self) -> bool:
        """Whether anybody was."""
        return self.answered + self.joined > 0


def tally(card: RunCard) -> Tally:
    return _unnamed_tally(card, card.run.template.anonymous) if card.run.template.anonymous else _named_tally(card)


def _unnamed_tally(card: RunCard, least: int) -> Tally:
    """How many, and why somebody could not answer: who was away or silent has not answered."""
    asked = counted(card.run, card.prompts)
    return Tally(
        answered=sum(prompt.state is PromptState.ANSWERED for prompt in asked),
        asked=len(asked),
        away=(),
        skipped=(),
        silent=(),
        unreached=unreached_texts(card.prompts, None),
        least=least,
    )


def _named_tally(card: RunCard) -> Tally:
    def names(*wanted: Missed | PromptState) -> tuple[str, ...]:
        found = (prompt for prompt in card.prompts if (prompt.missed or prompt.state) in wanted)
        return tuple(sorted(card.people[prompt.person_id].name + _reason(prompt) for prompt in found))

    asked = counted(card.run, card.prompts)
    return Tally(
        answered=sum(prompt.state is PromptState.ANSWERED for prompt in asked),
        asked=len(asked),
        away=names(Missed.AWAY),
        skipped=names(PromptState.SKIPPED),
        silent=names(Missed.NO_ANSWER, PromptState.SENT, PromptState.PENDING),
        unreached=unreached_texts(card.prompts, card.people),
        spared=names(Missed.ENDED),
        released=names(Missed.RELEASED),
        joined=sum(prompt.joined for prompt in card.prompts),
    )


def _reason(prompt: Prompt) -> str:
    """Of somebody who skipped and said why."""
    is_said = prompt.state is PromptState.SKIPPED and prompt.skip_reason
    return f" ({prompt.skip_reason})" if is_said else ""


def unreached_texts(prompts: Iterable[Prompt], people: Mapping[str, Person] | None) -> tuple[str, ...]:
    """ "Not asked, because Slack did not answer: Ana Souza and Ben Okafor"; "Not heard" of those who had been asked.
    Without people it names nobody: whoever was not asked has not answered."""
    if people is None:
        missed = {unreached(prompt) for prompt in prompts}
        return tuple(
            f"Not everybody could {'be heard' if why is Missed.STOPPED else 'be asked'}, because {reason}"
            for why, reason in UNREACHED.items()
            if why in missed
        )
    found: dict[Missed, list[str]] = {}
    for prompt in prompts:
        if why := unreached(prompt):
            found.setdefault(why, []).append(people[prompt.person_id].name)
    return tuple(
        f"Not {'heard' if why is Missed.STOPPED else 'asked'}, because {reason}: {joined(sorted(found[why]))}"
        for why, reason in UNREACHED.items()
        if why in found
    )


def skipped_text(run: Run) -> str:
    """Many missed occurrences are one line."""
    since = f" since {day_text(run.skipped_since)}" if run.skipped_since else ""
    what = "1 earlier check-in was" if run.skipped == 1 else f"{run.skipped} earlier check-ins were"
    return f"Muster was not running, so {what} not asked{since}"
