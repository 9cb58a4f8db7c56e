"""A weekly sync in Slack: what it asks, and the hands and eyes of those it asks."""

from datetime import UTC, datetime

from sandbox.client import Person, eventually, texts
from sandbox.state import Json
from tests.muster import Running

BERLIN = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
MOVED = "What moved last week that another team should know?"
BLOCKED = "What is blocking you?"
UNBLOCKER = "If something is blocked, who can clear it?"
CONFIDENCE = "How confident are you in our next milestone date?"
INFRA = "Is our training and serving infrastructure reproducible right now?"
GAP = "What breaks first?"
CERTAIN = "5 (Certain)"
LABELS = {"blocked": BLOCKED, "unblocker": UNBLOCKER}


def who(muster: Running, name: str) -> Person:
    return muster.people.person(name)


def invitation(person: Person) -> Json:
    """The newest message with buttons that the person has got from Muster."""
    return eventually(lambda: [message for message in person.dm() if "Answer" in texts(message)])[-1]


def read(message: Json) -> str:
    return "\n".join([message["text"], *texts(message)])


def newest(person: Person) -> str:
    return read(person.dm()[-1])


def answer(muster: Running, name: str, **more: str) -> Person:
    person = who(muster, name)
    person.click(invitation(person), "Answer")
    person.fill(
        {MOVED: f"{name} moved things.", CONFIDENCE: CERTAIN, **{LABELS[key]: each for key, each in more.items()}}
    )
    assert person.submit() == {}
    return person
