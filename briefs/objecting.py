"""Who speaks against a message afterwards, and does not take it back."""

import re

from domain.threads import Message, Thread

AGAINST = frozenset({"-1", "thumbsdown", "x", "no_entry", "no_entry_sign"})
_VETO = re.compile(
    r"^\W*[-\u2212\u2013]\s?[12]\b|^\W*:-1:|^\W*\U0001f44e"
    r"|\bveto\b|\bi (?:strongly )?(?:object|disagree)\b|\bi(?:'m| am) against\b|\b(?:strong|hard) no\b"
    r"|\bbin dagegen\b|\beinspruch\b|\bnicht einverstanden\b|\bje m'oppose\b|\bpas d'accord\b|\bme opongo\b"
    r"|\bno estoy de acuerdo\b|\bsou contra\b|\bn\u00e3o concordo\b|\bmi oppongo\b|\bnon sono d'accordo\b"
    r"|\bben (?:er)?tegen\b|\bniet mee eens\b|\u53cd\u5bfe",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(r"^\W*(?:\+1|:\+1:|\U0001f44d|ok(?:ay)?\b|agreed\b|fine\b|lgtm\b|i withdraw)", re.IGNORECASE)


def objections(thread: Thread, ts: str) -> tuple[str, ...]:
    """The ids of the messages that do so; the message itself stands for reactions to it."""
    place = next(at for at, each in enumerate(thread.messages) if each.ts == ts)
    message = thread.messages[place]
    later = [each for each in thread.messages[place + 1 :] if not (each.is_bot or each.is_deleted)]
    found = [message.ts] if any(message.reactions.get(name) for name in AGAINST) else []
    against = (each for at, each in enumerate(later) if _objects(each) and not _takes_back(each.by, later[at + 1 :]))
    return (*found, *(each.ts for each in against))


def _objects(message: Message) -> bool:
    return bool(_VETO.search(message.text.replace("\u2019", "'")))


def _takes_back(who: str, later: list[Message]) -> bool:
    return any(each.by == who and _TAKEN_BACK.search(each.text) for each in later)
