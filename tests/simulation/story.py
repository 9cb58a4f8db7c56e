"""A trace written by hand: a small team, two rituals, and what Muster would send them, line by line."""

import copy
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from simulation import plan as plans
from simulation import rituals, trace
from simulation.case import Case, open_case
from simulation.verdict import Verdict, judge_case

Json = dict[str, Any]
BOT = "UBOT"
PEOPLE = {
    "ana": ("Ana Souza", "America/Sao_Paulo"),
    "ben": ("Ben Okafor", "Europe/Berlin"),
    "cai": ("Cai Rao", "Asia/Kolkata"),
    "dia": ("Dia Moss", "Europe/London"),
}
CHANNELS = {"forecast": ("public", ["ana", "ben", "cai", "dia"]), "council": ("private", ["ana", "ben"])}
TEMPLATES: dict[str, Json] = {
    "sync": {
        "id": "sync",
        "title": "Weekly sync",
        "purpose": "Line up.",
        "when": "every mon at 09:30",
        "who": ["everyone"],
        "closes": "8h",
        "remind": ["2h"],
        "post": {"by": "function"},
        "ask": [
            {"id": "moved", "text": "What moved?", "type": "short"},
            {"id": "blocked", "text": "What blocks you?", "type": "short", "optional": True, "into": "blocker.title"},
            {"id": "sure", "text": "How sure are you?", "type": "scale", "options": ["Not", "Very"]},
        ],
    },
    "board": {
        "id": "board",
        "title": "Board & agenda",
        "purpose": "Gather it.",
        "when": "every tue at 10:00",
        "who": ["everyone"],
        "closes": "1d",
        "remind": ["4h"],
        "post": {"by": "function"},
        "ask": [{"id": "decide", "text": "What must be decided?", "type": "short"}],
    },
}
PLAN: Json = {
    "workspace": "Test",
    "begins": "2026-11-20T15:00:00+00:00",
    "people": [{"name": name, "title": "", "tz": zone} for name, zone in PEOPLE.values()],
    "channels": [
        {"name": name, "members": [PEOPLE[each][0] for each in members], "private": kind == "private"}
        for name, (kind, members) in CHANNELS.items()
    ],
    "team": [
        {"name": name, "function": "research", "manager": "" if key == "ben" else "Ben Okafor"}
        for key, (name, _) in PEOPLE.items()
    ],
    "rituals": [
        {"template": "sync", "channel": "forecast", "by": "Ben Okafor"},
        {"template": "board", "channel": "council", "by": "Ben Okafor"},
    ],
}
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


def local(who: str, day: int, at: str) -> datetime:
    """A moment of November 2026 on somebody's own clock."""
    hour, minute = map(int, at.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(PEOPLE[who][1])).astimezone(UTC)


def user(who: str) -> str:
    return f"U{who.upper()}"


def direct(who: str) -> str:
    return f"D{who.upper()}"


def channel(name: str) -> str:
    return f"C{name.upper()}"


@dataclass(frozen=True)
class Prompt:
    id: str
    template: str
    channel: str
    who: str
    day: date
    called: str = ""
    """If it is of none of these templates."""

    @property
    def title(self) -> str:
        return self.called or str(TEMPLATES[self.template]["title"])


class Story:
    def __init__(self) -> None:
        self.lines: list[Json] = []
        self._count = 0
        self.add("begin", FRIDAY, seed=1, weeks=1, members=len(PEOPLE), faults="none")
        people: list[Json] = [{"id": user(who), "name": name, "tz": zone} for who, (name, zone) in PEOPLE.items()]
        channels = [
            {"id": channel(name), "name": name, "kind": kind, "members": [BOT, *map(user, members)]}
            for name, (kind, members) in CHANNELS.items()
        ]
        channels += [{"id": direct(who), "name": "", "kind": "dm", "members": [BOT, user(who)]} for who in PEOPLE]
        people.append({"id": BOT, "name": "Muster", "tz": "UTC", "is_bot": True})
        self.add("workspace", FRIDAY, people=people, channels=channels, bot_user=BOT)
        self.add("process", FRIDAY, act="started", name="muster")

    def add(self, kind: str, at: datetime, **fields: Any) -> Json:
        line = copy.deepcopy({"kind": kind, "at": at.timestamp(), "workspace": "T1", **fields})
        self.lines.append(line)
        return line

    def post(self, at: datetime, where: str, text: str, blocks: list[Json], **more: Any) -> Json:
        """A message of Muster; `change` and `again` go on with it."""
        self._count += 1
        delivery = {"event_type": "muster_delivery", "event_payload": {"id": f"delivery {self._count}"}}
        message = {
            "ts": f"{at.timestamp():.6f}-{self._count}",
            "user": BOT,
            "text": text,
            "blocks": blocks,
            "from_app": True,
            "thread_ts": None,
            "only_for": None,
            "metadata": None if "only_for" in more else delivery,
            **more,
        }
        return self.add("message", at, act="posted", channel=where, message=message)

    def change(self, posted: Json, at: datetime, text: str, blocks: list[Json]) -> Json:
        message = {**posted["message"], "text": text, "blocks": blocks}
        return self.add("message", at, act="changed", channel=posted["channel"], message=message)

    def tell(self, summary: Json, at: datetime, said: str) -> Json:
        """That the summary is there, in its thread and its channel."""
        head = summary["message"]
        text = f"{head['text'].partition(':')[0]}: {said}. Read the summary."
        return self.post(at, summary["channel"], text, [section(text)], thread_ts=head["ts"], broadcast=True)

    def did(self, who: str, did: str, at: datetime, **fields: Any) -> Json:
        return self.add("diary", at, person=user(who), did=did, **{"ok": True, **fields})

    def submit(self, prompt: Prompt, at: datetime, values: dict[str, str], **more: Any) -> Json:
        return self.did(
            prompt.who,
            "submitted",
            at,
            **{
                "view_id": f"V{prompt.id}",
                "title": prompt.title,
                "callback_id": "checkin.form",
                "private_metadata": json.dumps({"prompt": prompt.id, "draft": "x"}),
                "values": values,
                **more,
            },
        )

    def end(self, at: datetime) -> None:
        self.add("clock", at, to=at.timestamp())


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def context(text: str) -> Json:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def header(text: str) -> Json:
    return {"type": "header", "text": {"type": "plain_text", "text": text}}


def buttons(*pressed: tuple[str, str, str]) -> Json:
    """Each a label, an action id and a value."""
    made = [
        {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action, "value": value}
        for label, action, value in pressed
    ]
    return {"type": "actions", "elements": made}


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def answer_buttons(prompt: Prompt) -> Json:
    return buttons(("Answer", "checkin.answer", prompt.id), ("Skip today", "checkin.skip", prompt.id))


def invitation(prompt: Prompt) -> tuple[str, list[Json]]:
    title = escaped(prompt.title)
    text = f"{title}: Line up. Please answer by Mon 23 Nov 2026 17:30 CET."
    origin = f"Open until <!date^1^{{date}}^Mon> · for #{prompt.channel}, facilitated by Ben Okafor"
    return text, [section(f"*{title}*\nLine up."), context(origin), answer_buttons(prompt)]


def reminder(prompt: Prompt) -> tuple[str, list[Json]]:
    title = escaped(prompt.title)
    blocks = [section(f"A reminder: *{title}* closes soon."), answer_buttons(prompt)]
    return f"Reminder: {title} closes Mon 23 Nov 2026 17:30 CET. Line up.", blocks


def receipt(prompt: Prompt, values: dict[str, str]) -> tuple[str, list[Json]]:
    title = escaped(prompt.title)
    lines = [f"_{question}_ {escaped(answer)}" for question, answer in values.items()]
    text = f"{title}: answered, thank you. {' '.join(lines)}"
    pressed = buttons(("Edit", "checkin.answer", prompt.id))
    return text, [section(f"*{title}*: answered, thank you."), section("\n".join(lines)), context("Sent"), pressed]


def skipped(prompt: Prompt) -> tuple[str, list[Json]]:
    day = f"{prompt.day:%a} {prompt.day.day} {prompt.day:%b %Y}"
    text = f"Skipped: *{escaped(prompt.title)}*, {day}. You can still answer."
    return text.replace("*", ""), [section(text), buttons(("Answer after all", "checkin.answer", prompt.id))]


def closed(prompt: Prompt) -> tuple[str, list[Json]]:
    text = (
        f"Closed: {escaped(prompt.title)}, {prompt.day:%a} {prompt.day.day} {prompt.day:%b %Y}. You can still answer."
    )
    return text, [section(text), buttons(("Answer late", "checkin.answer", prompt.id))]


def heading(title: str, day: date) -> str:
    return f"{escaped(title)}, {day:%a} {day.day} {day:%b %Y}"


def counting(title: str, day: date, answered: int, asked: int) -> tuple[str, list[Json]]:
    text = f"{heading(title, day)}: {answered} of {asked} answered"
    return f"{text}.", [section(f"*{heading(title, day)}*\n{answered} of {asked} answered"), context("Line up.")]


Answers = dict[str, dict[str, str]]
"""By name and question."""


def summary(title: str, day: date, answers: Answers, asked: int, blocker: str = "") -> tuple[str, list[Json]]:
    """`blocker`: the question whose answers stand at the head."""
    counts = f"{len(answers)} of {asked} answered"
    blocks = [header(f"{title}, {day:%a} {day.day} {day:%b %Y}"), context(counts)]
    raised = [(name, given[blocker]) for name, given in answers.items() if blocker in given]
    if raised:
        blocks += [
            header(f"Blockers ({len(raised)})"),
            *(section(f"{escaped(text)}\n_{name}_") for name, text in raised),
        ]
    lines = [line for name, given in answers.items() for line in (f"*{name}*", *_told(given, blocker))]
    blocks += [header("Research"), section("\n".join(lines))]
    return f"{heading(title, day)}: {counts}.", blocks


def _told(given: dict[str, str], blocker: str) -> Iterable[str]:
    return (f"_{question}_ {escaped(answer)}" for question, answer in given.items() if question != blocker)


def digest(text: str = "*Nothing needs you.*") -> tuple[str, list[Json]]:
    foot = "Weekly digest, Mon 16 to Sun 22 Nov 2026. You get this because people are assigned to you."
    return f"{text}\n{foot}", [section(text), context(foot)]


def verdict(lines: Iterable[Json], templates: dict[str, Json] = TEMPLATES, plan: Json = PLAN) -> Verdict:
    return judge_case(opened(lines, templates, plan))


def opened(lines: Iterable[Json], templates: dict[str, Json] = TEMPLATES, plan: Json = PLAN) -> Case:
    rows = [json.dumps(line) for line in sorted(lines, key=lambda line: line["at"])]
    read = {name: rituals.parse(given) for name, given in templates.items()}
    return open_case(trace.parse(rows), plans.parse(plan), read)


SECOND = timedelta(seconds=1)
