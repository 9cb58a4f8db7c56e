"""Which rituals are on where, from when until when."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from simulation.plan import Plan
from simulation.rituals import Template
from simulation.trace import Line, Trace, Unreadable
from simulation.world import World


@dataclass(frozen=True)
class On:
    template: Template
    channel: str
    by: str
    since: datetime
    counted_from: date
    """A day of the week from which `every N weeks` counts: when it was switched on, for whoever did."""
    until: datetime | None = None

    def is_on(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


def switched_on(plan: Plan, templates: dict[str, Template], world: World, trace: Trace) -> list[On]:
    """At the beginning as the plan says, later as people typed `/ritual on` and `/ritual off`."""
    found: dict[tuple[str, str], On] = {}
    ended: list[On] = []
    for ritual in plan.rituals:
        channel, by = world.channel_named(ritual.channel), world.by_name.get(ritual.by)
        if channel is None or by is None or ritual.template not in templates:
            raise Unreadable(f"The trace does not have what the plan switches on: {ritual}.")
        found[ritual.template, channel.id] = _on(world, templates[ritual.template], channel.id, by, trace.begin)
    for line in trace.diary("commanded"):
        verb, template = _typed(line)
        key = template, line.get("channel", "")
        if verb == "on" and template in templates:
            if key in found and key not in _begun(found, trace):
                continue
            found[key] = _on(world, templates[template], line["channel"], line["person"], line.at)
        elif verb == "off" and key in found:
            ended.append(replace(found.pop(key), until=line.at))
    return [*ended, *found.values()]


def _begun(found: dict[tuple[str, str], On], trace: Trace) -> set[tuple[str, str]]:
    """What the plan says is on may be switched on by a command of the first day."""
    return {key for key, on in found.items() if on.since == trace.begin}


def _typed(line: Line) -> tuple[str, str]:
    command, text = line["command"], str(line.get("text") or "")
    words = [*str(command).removeprefix("/").split(), *text.split()]
    words = words[1:] if words[:1] == ["muster"] else words
    is_understood = len(words) == 3 and words[0] == "ritual" and line.get("ok")  # noqa: PLR2004 # ritual, on, its name
    return (words[1], words[2]) if is_understood else ("", "")


def _on(world: World, template: Template, channel: str, by: str, since: datetime) -> On:
    counted_from = since.astimezone(world.profile(by, since).zone).date()
    return On(template, channel, by, since, counted_from)
