"""Another ritual in the week of `tests.simulation.week`, with all that Muster would send of it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.simulation.breaking import again
from tests.simulation.story import (
    FRIDAY,
    PEOPLE,
    PLAN,
    SECOND,
    TEMPLATES,
    Json,
    Prompt,
    channel,
    direct,
    header,
    invitation,
    local,
    section,
    verdict,
)
from tests.simulation.week import Week, week

SAY = "What should change?"
DAY = timedelta(days=1)


@dataclass
class Extra:
    """`template` is on in #forecast, switched on by Ben; `on` is the day of November on which it asks."""

    template: Json
    on: int
    week: Week = field(default_factory=week)

    @property
    def head(self) -> str:
        day = date(2026, 11, self.on)
        return f"{self.template['title']}, {day:%a} {day.day} {day:%b %Y}"

    def prompt(self, who: str) -> Prompt:
        number, day = list(PEOPLE).index(who), date(2026, 11, self.on)
        return Prompt(f"9{number}", "extra", "forecast", who, day, called=self.template["title"])

    def broken(self) -> dict[str, list[str]]:
        """What is found, by promise."""
        rituals = [*PLAN["rituals"], {"template": "extra", "channel": "forecast", "by": "Ben Okafor"}]
        known = {**TEMPLATES, "extra": self.template}
        found: dict[str, list[str]] = {}
        for finding in verdict(self.week.story.lines, known, {**PLAN, "rituals": rituals}).findings:
            found.setdefault(finding.promise, []).append(finding.text)
        return found

    def begin(self, count: str) -> Json:
        story = self.week.story
        text = f"{self.template['title']} is on here, switched on by Ben Okafor. It first asks soon."
        story.post(FRIDAY + SECOND, channel("forecast"), text, [section(text)])
        clock = str(self.template["when"])[-5:]
        first = local("cai", self.on, clock) + SECOND
        posted = story.post(first, channel("forecast"), f"{self.head}: {count}.", [section(f"*{self.head}*\n{count}")])
        for who in PEOPLE:
            self.week.named[f"extra {who}"] = story.post(
                local(who, self.on, clock) + SECOND, direct(who), *invitation(self.prompt(who))
            )
        return posted


PULSE: Json = {
    "id": "extra",
    "title": "Team pulse",
    "purpose": "Line up.",
    "when": "every wed at 10:00",
    "who": ["everyone"],
    "closes": "4h",
    "remind": [],
    "anonymous": 3,
    "ask": [{"id": "say", "text": SAY, "type": "short"}],
}
SAID = {"ben": "Fewer meetings [pppp-0001]", "dia": "More tea [pppp-0002]", "ana": "Quiet hours [pppp-0003]"}


def pulse(said: dict[str, str] = SAID) -> Extra:
    """Wednesday: those who say something do so at eleven, and the run ends with Ana's time."""
    found = Extra(PULSE, 25)
    story = found.week.story
    hidden = "Anonymous: how many have answered is shown from 3 on"
    count = found.begin(hidden)
    for who, text in said.items():
        at = local(who, 25, "11:00")
        story.submit(found.prompt(who), at, {SAY: text})
        taken = "*Team pulse*: taken, thank you. Your answers are kept without your name."
        story.change(found.week.named[f"extra {who}"], at + SECOND, taken, [section(taken)])
    for who in set(PEOPLE) - set(said):
        text = f"Closed: {found.head}."
        story.change(found.week.named[f"extra {who}"], local(who, 25, "14:00") + SECOND, text, [section(text)])
    over = local("ana", 25, "14:00") + SECOND
    found.week.named["results"] = story.change(count, over, *results(found, said))
    if len(said) >= PULSE["anonymous"]:
        said_of = f"{len(said)} of {len(PEOPLE)} answered"
        found.week.named["told of results"] = story.tell(found.week.named["results"], over + SECOND, said_of)
    return found


def results(found: Extra, said: dict[str, str]) -> tuple[str, list[Json]]:
    if len(said) < 3:
        why = "It was anonymous, so nothing of it is shown, and nothing kept."
        text = f"{found.head}: closed, fewer than 3 answered. {why}"
        return text, [section(text)]
    answers = "\n".join([f"*{SAY}*", *(f"\N{BULLET} {text}" for text in sorted(said.values()))])
    counts = f"{found.head}: {len(said)} of {len(PEOPLE)} answered · anonymous."
    return counts, [header(found.head), section(answers)]


LONG: Json = {**PULSE, "title": "Long look", "when": "every tue at 11:00", "closes": "3d", "anonymous": 0}


def long_run() -> Extra:
    """Open from Tuesday on, when nobody answers; summed up on Wednesday when Ben is at work."""
    found = Extra(LONG, 24)
    count = found.begin("0 of 4 answered")
    text = f"{found.head}, so far: 0 of 4 answered."
    posted = found.week.story.post(
        local("ben", 25, "09:00") + SECOND, channel("forecast"), text, [section(text)], thread_ts=count["message"]["ts"]
    )
    found.week.named["interim"] = posted
    return found


def twice(found: Extra, line: Json) -> Json:
    return again(found.week, line, local("ben", 25, "12:00"), delivery="another")
