"""Everything the promises are judged by, read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from simulation import expected, switching
from simulation.allowances import EFFECT
from simulation.answers import Submission, by_prompt
from simulation.decision_ids import ROUND_TITLE
from simulation.dues import Due, Run
from simulation.excuses import Excuses
from simulation.forms import Forms
from simulation.joint import parted
from simulation.messages import Message, Shown, elements, ids_of, messages, views
from simulation.pages import with_all_pages
from simulation.plan import Plan
from simulation.recognition import HIDDEN_PLACE, RECORD_BUTTONS, SKIP, Kind, Recognised, recognise
from simulation.rewriting import Rewriting, rewriting
from simulation.rituals import Template
from simulation.rows import item_at
from simulation.switching import On
from simulation.team import Team
from simulation.trace import Line, Trace
from simulation.troubles import troubles
from simulation.world import PRIVATE, World, replay

AHEAD = timedelta(days=1)
"""So long before it asks, a check-in can be answered."""


@dataclass(frozen=True)
class Owed:
    """A message of Muster that is not merely the answer to a click, and what it is."""

    message: Message
    what: Recognised
    reader: str | None
    """Whose direct message it is in; None in a channel."""

    @property
    def at(self) -> datetime:
        return self.message.first.at

    @property
    def line(self) -> int:
        return self.message.first.line


@dataclass(frozen=True)
class Case:
    trace: Trace
    plan: Plan
    templates: dict[str, Template]
    world: World
    team: Team
    switched: list[On]
    runs: list[Run]
    messages: list[Message]
    views: list[Shown]
    forms: Forms
    rewriting: Rewriting
    excuses: Excuses

    @cached_property
    def owed(self) -> list[Owed]:
        return [Owed(message, what, self._reader(message)) for message, what in self._recognised if what]

    @cached_property
    def unknown(self) -> list[Message]:
        return [message for message, what in self._recognised if what is None]

    @cached_property
    def _recognised(self) -> list[tuple[Message, Recognised | None]]:
        own = (message for message in self.messages if message.from_app and message.only_for is None)
        found = (part for message in own for part in (parted(message) if self._reader(message) else [message]))
        return [(each, recognise(each, is_direct=self._reader(each) is not None)) for each in found]

    def _reader(self, message: Message) -> str | None:
        return self.world.partner(message.channel)

    def of(self, *kinds: Kind) -> Iterator[Owed]:
        return (owed for owed in self.owed if owed.what.kind in kinds)

    @cached_property
    def prompts(self) -> list[tuple[Owed, Due | None]]:
        """Each invitation with what was due by then; None if nothing was."""
        return [(owed, self._due(owed)) for owed in self.of(Kind.PROMPT)]

    @cached_property
    def prompts_of(self) -> dict[tuple[On, date, str], list[Owed]]:
        """The invitations of one person to one run."""
        found: dict[tuple[On, date, str], list[Owed]] = {}
        for owed, due in self.prompts:
            if due:
                found.setdefault((due.on, due.day, due.person), []).append(owed)
        return found

    def due_of(self, owed: Owed) -> Due | None:
        return self._due_by_prompt.get((owed.line, owed.what.prompt))

    @cached_property
    def _due_by_prompt(self) -> dict[tuple[int, str], Due | None]:
        """A message may carry several."""
        return {(owed.line, owed.what.prompt): due for owed, due in self.prompts}

    @cached_property
    def by_prompt_id(self) -> dict[str, tuple[Owed, Due | None]]:
        """The first of each, should one have come twice."""
        return {owed.what.prompt: (owed, due) for owed, due in reversed(self.prompts) if owed.what.prompt}

    def sent(self, due: Due) -> list[Owed]:
        return self.prompts_of.get((due.on, due.day, due.person), [])

    def deadline(self, due: Due) -> datetime:
        """By when it was really sent."""
        sent = self.sent(due)
        return due.asked_at(sent[0].at).deadline if sent else due.deadline

    def done(self, due: Due) -> datetime:
        """When at the latest nobody waits for the person any more."""
        answered = (each.counts_at(due.at) for each in self.submitted(due) if each.is_taken)
        return min([self.deadline(due), *answered, *self._skipped(due)])

    def skipped(self, due: Due, until: datetime) -> bool:
        """Whether the person has pressed "Skip today" by then."""
        return any(at <= until for at in self._skipped(due))

    def may_have_skipped(self, due: Due, until: datetime) -> bool:
        """The same, or has pressed it and was not told whether Muster heard of it."""
        return any(line.at <= until for line in self._skips_of(due))

    def _skipped(self, due: Due) -> list[datetime]:
        return [line.at for line in self._skips_of(due) if line.get("ok")]

    def _skips_of(self, due: Due) -> list[Line]:
        prompts = {owed.what.prompt for owed in self.sent(due)}
        return [line for line in self.skips if str(line.get("value")) in prompts]

    @cached_property
    def skips(self) -> list[Line]:
        return [line for line in self.trace.diary("clicked") if line["action_id"] == SKIP]

    @cached_property
    def dues(self) -> dict[tuple[str, str], list[Due]]:
        """By title and person, in the order they fall due."""
        found: dict[tuple[str, str], list[Due]] = {}
        for due in sorted((due for run in self.runs for due in (*run.dues, *run.gone)), key=lambda due: due.at):
            found.setdefault((due.template.title, due.person), []).append(due)
        return found

    def _due(self, owed: Owed) -> Due | None:
        what = owed.what
        # The receipt of what was answered ahead comes when its person is at work, be it before it would have asked.
        earlier = timedelta() if what.by else AHEAD
        begun = [
            due
            for due in self.dues.get((what.title, owed.reader or ""), [])
            if due.at - earlier <= owed.at + EFFECT
            and self._fits(what, due.on, owed.at)
            and what.day in (None, due.day)
            and self._may_be_of(due, what.prompt)
        ]
        named = (due for due in reversed(begun) if due.is_until(what.by))
        return next(named, begun[-1]) if begun else None

    def _may_be_of(self, due: Due, prompt: str) -> bool:
        """A prompt whose form somebody has seen is of a run that was open by then, be others due at the same moment."""
        return prompt not in self._first_seen or self._opens[due.on, due.day] <= self._first_seen[prompt] + EFFECT

    @cached_property
    def _first_seen(self) -> dict[str, datetime]:
        """When a form first named each prompt."""
        forms = ((str(ids_of(shown.view).get("prompt") or ""), shown.version.at) for shown in reversed(self.views))
        return {prompt: at for prompt, at in forms if prompt}

    def _fits(self, what: Recognised, on: On, at: datetime) -> bool:
        """Whether the place that a message names is the channel of the ritual."""
        channel = self.world.channels[on.channel]
        hidden = what.place == HIDDEN_PLACE and channel.kind.at(at) == PRIVATE
        return not what.place or hidden or what.place == f"#{channel.name.at(at)}"

    @cached_property
    def submissions(self) -> dict[str, list[Submission]]:
        """By prompt, in the order they were made; what was said in rounds is left out."""
        sent = (line for line in self.trace.diary("submitted") if not ROUND_TITLE.fullmatch(line.get("title") or ""))
        return by_prompt(sent, self.forms.is_final)

    def submitted(self, due: Due) -> list[Submission]:
        """What the person submitted for one prompt."""
        return self._submitted.get((due.on, due.day, due.person), [])

    @cached_property
    def _submitted(self) -> dict[tuple[On, date, str], list[Submission]]:
        found: dict[tuple[On, date, str], list[Submission]] = {}
        for prompt, submissions in self.submissions.items():
            for place, each in enumerate(submissions):  # What was sent ahead may have been handed back.
                if due := self.due_of_prompt(prompt, each.line):
                    found.setdefault((due.on, due.day, due.person), []).extend(submissions[place:])
                    break
        return {key: sorted(of_due, key=lambda each: each.line.number) for key, of_due in found.items()}

    def due_of_prompt(self, prompt: str, form: Line) -> Due | None:
        """Told by the message with its button, or if none has come yet, by the title of the form and its day, or by
        which run was open when they saw it; None of whoever joined later, as nothing was due of them."""
        if prompt in self.joined or ids_of(form).get("run"):
            return None
        if found := self.by_prompt_id.get(prompt, (None, None))[1]:
            return found
        dues = self.dues.get((form["title"], form["person"]), [])
        if occurrence := str(ids_of(form).get("occurrence") or ""):
            of_day = (due for due in dues if occurrence.startswith(due.day.isoformat()))
            return next((due for due in of_day if self._stands(due, form.at)), None)
        seen = self._first_seen.get(prompt, form.at)
        current = [due for due in dues if form.at <= due.deadline]
        # Of two that would ask at one moment the newer run is the one that does.
        if begun := [due for due in reversed(current) if self._opens[due.on, due.day] <= seen + EFFECT]:
            return min(begun, key=lambda due: due.at)
        coming = (due for due in current if due.at - AHEAD <= form.at)
        return next(coming, next((due for due in reversed(dues) if due.at - AHEAD <= form.at), None))

    def _stands(self, due: Due, sent: datetime) -> bool:
        """Whether what was sent then, ahead of its run, is what the run asks, and for the same readers."""
        if sent >= self._opens[due.on, due.day]:
            return True
        then = self.on_at(due.on, sent)
        if then is None or then.template.questions != due.template.questions:
            return then is None
        is_here, channel = "channel" in due.template.to, due.on.channel
        new = due.template.observers - then.template.observers
        return all(is_here and self.world.reads(each, channel, sent) for each in new)

    def on_at(self, on: On, at: datetime) -> On | None:
        """The same ritual as it was at another moment."""
        same = (each for each in self.switched if (each.template.id, each.channel) == (on.template.id, on.channel))
        return next((each for each in same if each.started is None and each.is_on(at)), None)

    @cached_property
    def _opens(self) -> dict[tuple[On, date], datetime]:
        return {(run.on, run.day): run.may_open for run in self.runs}

    @cached_property
    def joined(self) -> set[str]:
        """The prompts of those who came when a run was open already."""
        return {owed.what.prompt for owed in self.of(Kind.JOINED)}

    def is_ahead(self, due: Due) -> bool:
        """Whether the person answered before they were asked, so that no invitation is owed."""
        return any(not each.is_refused and each.line.at < due.until for each in self.submitted(due))

    def run_messages(self, run: Run) -> list[Owed]:
        return self.of_run(Kind.RUN, run)

    def parts(self, run: Run, channel: str = "") -> list[Owed]:
        """In the ritual's channel, or where else the summary goes."""
        return self.of_run(Kind.PART, run, channel)

    def of_run(self, kind: Kind, run: Run, channel: str = "") -> list[Owed]:
        return self._by_run.get((kind, channel or run.on.channel, run.on.template.title, run.day), [])

    @cached_property
    def _by_run(self) -> dict[tuple[Kind, str, str, date | None], list[Owed]]:
        found: dict[tuple[Kind, str, str, date | None], list[Owed]] = {}
        for owed in self.of(Kind.RUN, Kind.PART, Kind.SUMMED_UP):
            key = owed.what.kind, owed.message.channel, owed.what.title, owed.what.day
            found.setdefault(key, []).append(owed)
        return found

    @cached_property
    def records(self) -> dict[tuple[str, str], str]:
        """D-41 or A-17 by its row's id, as the buttons of its messages tell: its card first, as what tells that it was
        superseded has buttons of another."""
        found: dict[tuple[str, str], str] = {}
        for owed in sorted(self.owed, key=lambda each: each.what.kind is not Kind.DECISION):
            for pressed in (each for version in owed.message.versions for each in elements(version.blocks)):
                record = item_at(pressed) if owed.what.kind is Kind.ACTIONS else owed.what.record
                for kind, buttons in RECORD_BUTTONS.items():
                    if pressed["action_id"] in buttons and record[:1] == kind[0].upper():
                        found.setdefault((kind, str(pressed.get("value", "")).split(".")[0]), record)
        return found

    @cached_property
    def places(self) -> dict[str, str]:
        """The channel in which each decision has its card."""
        return {owed.what.record: owed.message.channel for owed in self.of(Kind.DECISION)}

    def facilitators(self, on: On) -> set[str]:
        """Whoever switched it on, and those it has passed to or been handed to."""
        told = self.of(Kind.FACILITATOR, Kind.TURN)
        passed = (owed.reader for owed in told if owed.what.title == on.template.title)
        return {on.by, *(reader for reader in passed if reader), *(each.to for each in on.handed)}

    def has_one_facilitator(self, on: On) -> bool:
        """Whether it is whoever switched it on, all the time."""
        return not on.template.facilitator and len(self.facilitators(on)) == 1


def open_case(trace: Trace, plan: Plan, templates: dict[str, Template]) -> Case:
    trace = with_all_pages(trace)
    world = replay(trace)
    team = Team(plan, world, trace)
    shown = views(trace)
    forms = Forms(trace, shown)
    rewritten = rewriting(trace, forms)
    switched = switching.switched_on(plan, templates, world, trace, rewritten)
    return Case(
        trace=trace,
        plan=plan,
        templates=templates,
        world=world,
        team=team,
        switched=switched,
        runs=expected.runs(world, team, switched, trace.end),
        messages=messages(trace),
        views=shown,
        forms=forms,
        rewriting=rewritten,
        excuses=Excuses(troubles(trace), world, trace.end),
    )
