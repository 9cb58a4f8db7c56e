"""A thread in a private channel, and a brief of it that Ana asks for, in a week in which all is well."""

from datetime import datetime, timedelta

from tests.simulation.story import SECOND, Json, channel, context, direct, local, section, user
from tests.simulation.week import Week, pressed, week

COUNCIL, FORECAST = channel("council"), channel("forecast")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BEGUN = local("ana", 25, "09:00")
ASKED = BEGUN + HOUR
QUESTION = "Should we sell the lab & its name? [gggg-0001]"
PROPOSAL = "Proposal: we sell in May [gggg-0002]"
DECISION = "DECISION: @Ben Okafor sells in May [gggg-0003]"
SHOWN = ("Should we sell the lab &amp; its name? [gggg-0001]", "Ben Okafor sells in May [gggg-0003]")
"""As the brief quotes them."""


def ts(at: datetime) -> str:
    return f"{at.timestamp():.6f}"


def link(at: datetime, where: str = COUNCIL, thread: datetime | None = BEGUN) -> str:
    url = f"https://t.slack.com/archives/{where}/p{ts(at).replace('.', '')}"
    return f"{url}?thread_ts={ts(thread)}&cid={where}" if thread and thread != at else url


def says(found: Week, who: str, at: datetime, text: str, *, where: str = COUNCIL, thread: datetime | None) -> Json:
    """`thread`: when its first message was written; None for what is one itself."""
    thread_ts = ts(thread) if thread else None
    message = {
        "ts": ts(at),
        "user": user(who),
        "text": text,
        "from_app": False,
        "thread_ts": thread_ts,
        "only_for": None,
    }
    said = found.story.add("message", at, act="posted", channel=where, message=message)
    found.story.did(who, "said", at, channel=where, ts=ts(at), text=text, thread_ts=thread_ts)
    return said


def rewrites(found: Week, said: Json, at: datetime, text: str) -> None:
    found.story.add("message", at, act="changed", channel=COUNCIL, message={**said["message"], "text": text})


def asks(found: Week, who: str, at: datetime) -> Json:
    return found.story.did(who, "shortcut", at, callback_id="brief_thread", channel=COUNCIL, ts=ts(BEGUN))


def types(found: Week, who: str, at: datetime, text: str, answer: str) -> Json:
    found.story.post(at, FORECAST, answer, [section(answer)], only_for=user(who))
    return found.story.did(who, "commanded", at, command="/brief", text=text, channel=FORECAST)


def reading(found: Week, who: str, at: datetime) -> Json:
    text = "I am reading a thread in #council for your brief."
    return found.story.post(at, direct(who), text, [section(f"I am reading <{link(BEGUN)}|a thread> in #council.")])


def draft(*lines: str) -> tuple[str, list[Json]]:
    head = f"*Brief* of <{link(BEGUN)}|a thread> in #council, from 3 messages."
    foot = context("Only you see it, and nothing is recorded until you do.")
    blocks = [section(head), section("\n".join(lines)), pressed("Discard", "brief.discard", "7"), foot]
    return "Brief of a thread in #council, from 3 messages.", blocks


def quoted(title: str, text: str, at: datetime) -> tuple[str, str]:
    return f"*{title}*", f"• “{text}” <{link(at)}|source>"


def whole() -> tuple[str, list[Json]]:
    decided = quoted("Decided, as it seems", SHOWN[1], BEGUN + 2 * MINUTE)
    return draft(*quoted("Question", SHOWN[0], BEGUN), *decided)


def said_so(text: str) -> tuple[str, list[Json]]:
    return text, [section(text.replace("a thread", f"<{link(BEGUN)}|a thread>"))]


def review(found: Week, who: str, at: datetime, *lines: str) -> Json:
    view = {
        "type": "modal",
        "id": f"VB{at.timestamp()}",
        "title": {"type": "plain_text", "text": "Review the brief"},
        "callback_id": "brief.review_view",
        "private_metadata": '{"brief": 7}',
        "blocks": [section(line) for line in lines],
    }
    return found.story.add("view", at, act="opened", user=user(who), view=view)


def asked() -> Week:
    found = week()
    named = found.named
    named["question"] = says(found, "ana", BEGUN, QUESTION, thread=None)
    named["proposal"] = says(found, "ben", BEGUN + MINUTE, PROPOSAL, thread=BEGUN)
    marked = DECISION.replace("@Ben Okafor", f"<@{user('ben')}>")
    named["decision"] = says(found, "ana", BEGUN + 2 * MINUTE, marked, thread=BEGUN)
    named["asked"] = asks(found, "ana", ASKED)
    named["reading"] = reading(found, "ana", ASKED + SECOND)
    named["draft"] = found.story.change(named["reading"], ASKED + 5 * SECOND, *whole())
    return found
