"""Which rituals are on where, from when until when; what people change of them, pause, and start by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from simulation.labels import AND_THESE, CLOSES, FACILITATES, NEW_FACILITATOR, ONLY_READS, REMIND, UNTIL, WHEN, WHO
from simulation.messages import elements, ids_of, squeezed, strings
from simulation.plan import Plan
from simulation.recognition import (
    ASKS_AGAIN,
    DESK_TEXT,
    DESK_VIEW,
    HAND_OVER_FORM,
    PAUSE_FORM,
    RESUME,
    RITUAL_FORM,
    RUN_NOW,
    START,
    STILL_OPEN,
)
from simulation.rewriting import Rewriting
from simulation.rituals import ME, Template, changed
from simulation.trace import Line, Trace, Unreadable
from simulation.world import World

AT_ONCE = timedelta(seconds=15)
"""So soon somebody reads what came of a click."""


@dataclass(frozen=True)
class Pause:
    since: datetime
    until: date
    """The first local day on which it asks again."""
    resumed: datetime | None = None

    def leaves_out(self, day: date, opens: datetime) -> bool:
        """What had begun by then goes on, and what would have begun is not made up for."""
        return self.since <= opens and day < self.until and (self.resumed is None or opens <= self.resumed)

    @property
    def moments(self) -> tuple[datetime, ...]:
        return (self.since, self.resumed) if self.resumed else (self.since,)


@dataclass(frozen=True)
class Handed:
    at: datetime
    to: str
    line: int


@dataclass(frozen=True)
class On:
    template: Template
    channel: str
    by: str
    since: datetime
    counted_from: date
    """A day of the week from which `every N weeks` counts: when it was switched on, for whoever did."""
    until: datetime | None = None
    goes_on: bool = False
    """It was changed then: what was open goes on as it began, and another comes after it."""
    pauses: tuple[Pause, ...] = ()
    handed: tuple[Handed, ...] = ()
    """To whom its facilitation."""
    follows: bool = False
    """It came of a change, so that nobody is told that it is on."""
    started: datetime | None = None
    """By hand, to ask once; `since` is the same moment."""
    starter: str = ""
    is_sure: bool = True
    """False for what somebody started who was not told whether Muster heard of it."""

    def is_on(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


Key = tuple[str, str]
"""The id of the template, and the channel."""


@dataclass
class _Switched:
    plan: Plan
    templates: dict[str, Template]
    world: World
    begin: datetime
    rewriting: Rewriting
    on: dict[Key, On] = field(default_factory=dict)
    past: list[On] = field(default_factory=list)
    by_hand: dict[tuple[str, str], On] = field(default_factory=dict)
    """By the form, or the click in a channel, and the button: pressed twice in one form it is one run."""
    refused: list[tuple[str, str, datetime]] = field(default_factory=list)
    """Which ritual was still open to whom who would have started it, and when they read so."""
    keys: dict[str, Key] = field(default_factory=dict)
    """By the id of the ritual, as its details tell it, and the button under what the channel reads of it."""

    def begin_with_plan(self) -> None:
        for ritual in self.plan.rituals:
            channel, by = self.world.channel_named(ritual.channel), self.world.by_name.get(ritual.by)
            if channel is None or by is None or ritual.template not in self.templates:
                raise Unreadable(f"The trace does not have what the plan switches on: {ritual}.")
            self._switch_on((ritual.template, channel.id), by, self.begin)

    def commanded(self, line: Line) -> None:
        verb, template = _typed(line)
        key = template, line.get("channel", "")
        # What the plan says is on may be switched on by a command of the first day.
        is_new = key not in self.on or self.on[key].since == self.begin
        if verb == "on" and template in self.templates and is_new:
            self._switch_on(key, line["person"], line.at)
        elif verb == "off" and key in self.on:
            self.past.append(replace(self.on.pop(key), until=line.at))

    def viewed(self, line: Line) -> None:
        view = line["view"]
        text = squeezed(" ".join(strings(view["blocks"])))
        if refused := STILL_OPEN.search(text):
            self.refused.append((refused["title"], line["user"], line.at))
        if view.get("callback_id") != DESK_VIEW:
            return
        said = DESK_TEXT.search(text)
        found = (key for key, on in self.on.items() if said and said["title"] == on.template.title)
        if key := next(found, None):
            self.keys[str(ids_of(view).get("ritual"))] = key
            if text.startswith(ASKS_AGAIN):  # Whether or not the click was confirmed.
                self._end_pause(key, line.at)

    def posted(self, line: Line) -> None:
        for each in elements(line["message"].get("blocks") or []):
            if each["action_id"] == START:
                title = str(each.get("accessibility_label")).partition(": ")[2]
                here = (
                    key for key, on in self.on.items() if (on.channel, on.template.title) == (line["channel"], title)
                )
                self.keys.update({str(each["value"]): key for key in here})

    def was_refused(self, started: On) -> bool:
        return any(
            (title, person) == (started.template.title, started.starter) and abs(at - started.since) <= AT_ONCE
            for title, person, at in self.refused
        )

    def clicked(self, line: Line) -> None:
        key, button = self.keys.get(str(line.get("value"))), line["action_id"]
        if key not in self.on:
            return
        if button == RESUME and line.get("ok"):
            self._end_pause(key, line.at)
        elif button == RUN_NOW:
            self.by_hand.setdefault((line.get("view_id", ""), button), self._started(self.on[key], line))
        elif button == START:
            self.by_hand[str(line.number), button] = self._started(self.on[key], line)

    def submitted(self, line: Line) -> None:
        key, values = self.keys.get(str(ids_of(line).get("ritual"))), line.get("values") or {}
        if key in self.on and (save := self.rewriting.saves.get(line.number)):
            if save.is_made and save.asks:
                self._replace(key, replace(self.on[key].template, questions=save.asks), line)
            return
        if key not in self.on or not self.rewriting.forms.is_final(line):
            return
        on, form = self.on[key], line["callback_id"]
        if form == PAUSE_FORM:
            pause = Pause(line.at, date.fromisoformat(values[UNTIL]))
            self.on[key] = replace(on, pauses=(*on.pauses, pause))
        elif form == HAND_OVER_FORM and (to := self.world.by_name.get(values[NEW_FACILITATOR])):
            self.on[key] = replace(on, handed=(*on.handed, Handed(line.at, to, line.number)))
        elif form == RITUAL_FORM:
            self._change(key, self._changed(on.template, values), line)

    def _switch_on(self, key: Key, by: str, since: datetime) -> None:
        self.on[key] = On(self.templates[key[0]], key[1], by, since, self._day(by, since))

    def _end_pause(self, key: Key, at: datetime) -> None:
        on = self.on[key]
        self.on[key] = replace(
            on, pauses=tuple(each if each.resumed else replace(each, resumed=at) for each in on.pauses)
        )

    def _changed(self, template: Template, values: Mapping[str, str]) -> Template:
        said = (str(values.get(label) or "") for label in (WHEN, WHO, CLOSES, REMIND))
        people, observers = (self._named(values.get(label)) for label in (AND_THESE, ONLY_READS))
        found = replace(changed(template, *said), people=people, observers=observers)
        return replace(found, facilitator="") if values.get(FACILITATES) else found

    def _named(self, names: str | None) -> frozenset[str]:
        return frozenset(self.world.by_name[name] for name in (names or "").split(", ") if name)

    def _change(self, key: Key, template: Template, line: Line) -> None:
        before, leads = self.on[key], self.world.by_name.get(str(line["values"].get(FACILITATES) or ""))
        if leads and leads != (before.handed[-1].to if before.handed else before.by):
            before = replace(before, handed=(*before.handed, Handed(line.at, leads, line.number)))
        self.on[key] = before
        self._replace(key, template, line)

    def _replace(self, key: Key, template: Template, line: Line) -> None:
        before = self.on[key]
        if template == before.template:
            return
        is_moved = template.when != before.template.when
        counted = self._day(line["person"], line.at) if is_moved else before.counted_from
        self.past.append(replace(before, until=line.at, goes_on=True))
        self.on[key] = replace(before, template=template, since=line.at, counted_from=counted, follows=True)

    def _started(self, on: On, line: Line) -> On:
        day, is_sure = self._day(line["person"], line.at), bool(line.get("ok"))
        if ME in on.template.who:  # With their own still open, the click opens that one.
            own = (each for each in self.by_hand.values() if each.template.title == on.template.title)
            is_sure &= not any((each.channel, each.starter) == (on.channel, line["person"]) for each in own)
        once = replace(on, since=line.at, counted_from=day, pauses=(), follows=True)
        return replace(once, started=line.at, starter=line["person"], is_sure=is_sure)

    def _day(self, person: str, at: datetime) -> date:
        return at.astimezone(self.world.profile(person, at).zone).date()


def switched_on(
    plan: Plan, templates: dict[str, Template], world: World, trace: Trace, rewriting: Rewriting
) -> list[On]:
    """At the beginning as the plan says, later as people typed `/ritual on` and `/ritual off`, and pressed and sent in
    the details of a ritual."""
    found = _Switched(plan, templates, world, trace.begin, rewriting)
    found.begin_with_plan()
    notes = {"commanded": found.commanded, "clicked": found.clicked, "submitted": found.submitted}
    shown = {"view": found.viewed, "message": found.posted}
    for line in trace.of("diary", *shown):
        note = shown.get(line.kind) or notes.get(line["did"])
        if note and line.get("act") != "closed":
            note(line)
    started = (on for on in found.by_hand.values() if not found.was_refused(on))
    return [*found.past, *found.on.values(), *started]


def _typed(line: Line) -> tuple[str, str]:
    command, text = line["command"], str(line.get("text") or "")
    words = [*str(command).removeprefix("/").split(), *text.split()]
    words = words[1:] if words[:1] == ["muster"] else words
    is_understood = len(words) == 3 and words[0] == "ritual" and line.get("ok")  # noqa: PLR2004 # ritual, on, its name
    return (words[1], words[2]) if is_understood else ("", "")
