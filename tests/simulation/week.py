"""A week in which Muster keeps every promise; tests then break one of them in its trace."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tests.simulation.story import (
    FRIDAY,
    SECOND,
    Answers,
    Json,
    Prompt,
    Story,
    channel,
    closed,
    context,
    counting,
    digest,
    direct,
    invitation,
    local,
    receipt,
    reminder,
    skipped,
    summary,
    user,
)

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
MOVED, BLOCKED, SURE, DECIDE = "What moved?", "What blocks you?", "How sure are you?", "What must be decided?"
ANA_FIRST = {MOVED: "The <forecast> & more [aaaa-0001]", BLOCKED: "No data [aaaa-0002]", SURE: "4 of 5"}
ANA = {**ANA_FIRST, MOVED: "The forecast, at last [aaaa-0003]"}
BEN = {MOVED: "Nothing [bbbb-0001]", SURE: "5 (Very)"}
SECRET = {DECIDE: "Whether we sell [cccc-0001]"}
DECIDED = {
    "Title": "Sell the lab [dddd-0001]",
    "What was decided?": "We do [dddd-0002]",
    "Why?": "It pays [dddd-0003]",
    "Approver": "Ben Okafor",
}
TODO = {"What is to be done?": "Call the bank [eeee-0001]", "Owner": "Ben Okafor", "Due": "2026-11-27"}


@dataclass
class Week:
    story: Story = field(default_factory=Story)
    named: dict[str, Json] = field(default_factory=dict)
    """The lines that tests look for."""


def week() -> Week:
    found = Week()
    _switched_on(found)
    _monday(found)
    _digest(found)
    _tuesday(found)
    _records(found)
    _home(found)
    found.story.end(datetime(2026, 11, 26, 12, tzinfo=UTC))
    return found


PROMPTS = {
    who: Prompt(str(10 + n), "sync", "forecast", who, MONDAY) for n, who in enumerate(("cai", "ben", "dia", "ana"))
}
BOARD = {who: Prompt(str(20 + n), "board", "council", who, TUESDAY) for n, who in enumerate(("ben", "ana"))}


def _switched_on(found: Week) -> None:
    for title, name in (("Weekly sync", "forecast"), ("Board &amp; agenda", "council")):
        text = f"{title} is on here, switched on by Ben Okafor. It first asks soon."
        found.named[f"on {name}"] = found.story.post(FRIDAY + SECOND, channel(name), text, [section_of(text)])


def _monday(found: Week) -> None:
    """Cai is reminded and silent, Ben answers, Dia skips, Ana answers and then edits."""
    story, named = found.story, found.named
    sent = {who: local(who, 23, "09:30") + SECOND for who in PROMPTS}
    named["count"] = story.post(sent["cai"], channel("forecast"), *counting("Weekly sync", MONDAY, 0, 4))
    for who, prompt in PROMPTS.items():
        named[f"prompt {who}"] = story.post(sent[who], direct(who), *invitation(prompt))
    named["reminder cai"] = story.post(local("cai", 23, "15:30"), direct("cai"), *reminder(PROMPTS["cai"]))
    answered = local("ben", 23, "10:05")
    named["submit ben"] = story.submit(PROMPTS["ben"], answered, BEN)
    named["receipt ben"] = story.change(named["prompt ben"], answered + SECOND, *receipt(PROMPTS["ben"], BEN))
    story.change(named["count"], answered + SECOND, *counting("Weekly sync", MONDAY, 1, 4))
    _skip(found, local("dia", 23, "11:00"))
    first, edited = local("ana", 23, "11:00"), local("ana", 23, "11:30")
    named["submit ana"] = story.submit(PROMPTS["ana"], first, ANA_FIRST)
    story.change(named["prompt ana"], first + SECOND, *receipt(PROMPTS["ana"], ANA_FIRST))
    closing = summary("Weekly sync", MONDAY, {"Ana Souza": ANA_FIRST, "Ben Okafor": BEN}, 4, BLOCKED)
    named["closing"] = story.change(named["count"], first + SECOND, *closing)
    named["told"] = story.tell(named["closing"], first + 2 * SECOND, "2 of 4 answered, 1 blocker open")
    named["edit ana"] = story.submit(PROMPTS["ana"], edited, ANA)
    named["receipt ana"] = story.change(named["prompt ana"], edited + SECOND, *receipt(PROMPTS["ana"], ANA))
    named["summary"] = story.change(
        named["count"], edited + SECOND, *monday_summary({"Ana Souza": ANA, "Ben Okafor": BEN})
    )


def monday_summary(answers: Answers) -> tuple[str, list[Json]]:
    return summary("Weekly sync", MONDAY, answers, 4, BLOCKED)


def _skip(found: Week, at: datetime) -> None:
    story, prompt = found.story, PROMPTS["dia"]
    posted = found.named["prompt dia"]["message"]["ts"]
    fields = {"label": "Skip today", "action_id": "checkin.skip", "value": prompt.id, "where": "message"}
    found.named["skip dia"] = story.did("dia", "clicked", at, **fields, channel=direct("dia"), ts=posted)
    story.change(found.named["prompt dia"], at + SECOND, *skipped(prompt))
    story.change(found.named["prompt cai"], local("cai", 23, "17:30") + SECOND, *closed(PROMPTS["cai"]))


def _digest(found: Week) -> None:
    found.named["digest"] = found.story.post(local("ben", 23, "08:00"), direct("ben"), *digest())


def _tuesday(found: Week) -> None:
    """The private one: Ana answers, Ben is reminded the next morning."""
    story, named = found.story, found.named
    opened, answered = local("ben", 24, "10:00"), local("ana", 24, "10:20")
    named["private count"] = story.post(opened, channel("council"), *counting("Board & agenda", TUESDAY, 0, 2))
    for who, prompt in BOARD.items():
        named[f"private prompt {who}"] = story.post(local(who, 24, "10:00"), direct(who), *invitation(prompt))
    named["private submit"] = story.submit(BOARD["ana"], answered, SECRET)
    story.change(named["private prompt ana"], answered + SECOND, *receipt(BOARD["ana"], SECRET))
    story.change(named["private count"], answered + SECOND, *counting("Board & agenda", TUESDAY, 1, 2))
    # Ten in the morning is before the working day when four hours are taken off: the last moment of the day before.
    story.post(local("ben", 24, "17:29"), direct("ben"), *reminder(BOARD["ben"]))
    over = local("ben", 25, "10:00") + SECOND
    story.change(named["private prompt ben"], over, *closed(BOARD["ben"]))
    named["private summary"] = story.change(
        named["private count"], over, *summary("Board & agenda", TUESDAY, {"Ana Souza": SECRET}, 2)
    )
    named["private told"] = story.tell(named["private summary"], over + SECOND, "1 of 2 answered")


def _records(found: Week) -> None:
    """Ana records a decision in private that Ben approves, and an action item that he does."""
    story, named = found.story, found.named
    at = local("ana", 24, "15:00")
    _form(found, at, "decision.form", DECIDED)
    text = "D-1: Sell the lab [dddd-0001]. Proposal: We do [dddd-0002] Why: It pays [dddd-0003]"
    body = [section_of("*D-1: Sell the lab [dddd-0001]*"), section_of("We do [dddd-0002]\nIt pays [dddd-0003]")]
    named["card"] = story.post(at + SECOND, channel("council"), f"Proposed: {text}", body)
    asks = f"Ana Souza asks you to approve {text}"
    named["approval"] = story.post(
        at + SECOND, direct("ben"), asks, [*body, pressed("Approve", "decision.approve", "1.x")]
    )
    _form(found, at + timedelta(minutes=5), "action.form", TODO)
    later = at + timedelta(minutes=5, seconds=1)
    owned = "A-1: Call the bank [eeee-0001] is yours. It is due on Fri 27 Nov 2026, asked for by Ana Souza."
    receipt_text = "Recorded A-1: Call the bank [eeee-0001]. Ben Okafor owns it, due on Fri 27 Nov 2026."
    named["action"] = story.post(later, direct("ben"), owned, [section_of(owned), pressed("Done", "action.done", "1")])
    named["action receipt"] = story.post(later, direct("ana"), receipt_text, [section_of(receipt_text)])
    done = at + timedelta(hours=1)
    fields = {"label": "Done", "action_id": "action.done", "value": "1", "where": "message", "channel": direct("ben")}
    story.did("ben", "clicked", done, **fields, ts=named["action"]["message"]["ts"])
    for name in ("action", "action receipt"):
        text = "A-1: Call the bank [eeee-0001] is done."
        step = context("Tue 24 Nov 2026: Ben Okafor says that it is done")
        named[f"{name} done"] = story.change(named[name], done + SECOND, text, [section_of(text), step])


def _form(found: Week, at: datetime, callback_id: str, values: dict[str, str]) -> None:
    ids = f'{{"draft": "x", "channel": "{channel("council")}"}}'
    fields = {"view_id": f"V-{callback_id}", "title": "New", "callback_id": callback_id, "private_metadata": ids}
    found.named[callback_id] = found.story.did("ana", "submitted", at, **fields, values=values)


def _home(found: Week) -> None:
    for who in ("ana", "cai"):
        view = {"type": "home", "id": f"VH{who}", "blocks": [section_of("Nothing needs you right now.")]}
        line = found.story.add("view", local(who, 24, "16:00"), act="published", user=user(who), view=view)
        found.named[f"home {who}"] = line


def section_of(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def pressed(label: str, action: str, value: str) -> Json:
    button = {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action, "value": value}
    return {"type": "actions", "elements": [button]}
