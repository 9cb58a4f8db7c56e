"""People whom a thread names without mentioning them: "Chloe, can you look?"."""

import re
from collections.abc import Mapping
from dataclasses import replace

from briefs.pseudonyms import LEAST_LETTERS, WORDS_TOO
from domain.naming import perhaps_named
from domain.threads import Message, Thread

_PART = re.compile(r"[^\W\d_]{2,}")


def with_named(thread: Thread, members: Mapping[str, str]) -> Thread:
    """The same thread, in which those of the channel are mentioned whom the words name: by their whole name, or by a
    first name that only one of them has, with its capital, unless it is a word too. `members`: how those of the
    channel are called, by id."""
    everybody = perhaps_named((each.text for each in thread.messages), {**members, **thread.names})
    called = _called(everybody)
    pattern = _pattern(called)
    messages = tuple(_mentioning(each, called, pattern) for each in thread.messages)
    named = {who for each in thread.messages for found in pattern.findall(each.text) for who in called[found]}
    return replace(thread, messages=messages, names={**{who: everybody[who] for who in named}, **thread.names})


def _called(everybody: Mapping[str, str]) -> dict[str, set[str]]:
    """Who may be meant by a name."""
    found: dict[str, set[str]] = {}
    for who, name in everybody.items():
        first = _PART.match(name)
        is_first = first and len(first[0]) >= LEAST_LETTERS and first[0].casefold() not in WORDS_TOO
        for each in {name, *([first[0]] if first and is_first else [])} - {""}:
            found.setdefault(each, set()).add(who)
    return found


def _pattern(called: Mapping[str, set[str]]) -> re.Pattern[str]:
    longest = sorted(called, key=lambda each: (-len(each), each))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest)) or '(?!)'})(?!\w)")


def _mentioning(message: Message, called: Mapping[str, set[str]], pattern: re.Pattern[str]) -> Message:
    meant = [called[found] for found in pattern.findall(message.text)]
    named = [next(iter(each)) for each in meant if len(each) == 1]
    return replace(message, mentions=tuple(dict.fromkeys([*message.mentions, *named])))
