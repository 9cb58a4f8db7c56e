"""What a brief shows stands in its thread, only whoever asked for it reads it, and it claims no decision by itself."""

from collections.abc import Iterator
from datetime import datetime

from simulation.allowances import EFFECT
from simulation.brief_words import DECIDED, LINK, MARKED, MOST_WORDS, REWORD_FORM, SHARE_FORM, VOTE, VOTES
from simulation.briefs import Briefs, Draft, Thread, as_read, quotes
from simulation.case import Case
from simulation.deeds import BEFORE, perhaps_taken
from simulation.findings import Book
from simulation.messages import ids_of, strings
from simulation.promises.leaks import Leaks, Sight
from simulation.tokens import TOKEN, tokens

PROMISE = "Each quote and link of a brief is of its thread"
DECISION = "A brief says that something was decided only where people voted for it or marked it"
OWN = "Only whoever asked for a brief reads what its thread says"


def judge(case: Case, book: Book) -> None:
    briefs = Briefs(case)
    own = _own_words(case)
    for draft in briefs.drafts():
        book.count("states of briefs looked at")
        texts = briefs.texts(draft.thread, draft.since, draft.until)
        _judge_quotes(case, book, draft, texts, own)
        _judge_links(case, book, draft, briefs)
        _judge_decided(case, book, draft, briefs)
    _judge_readers(case, book, briefs)


def _own_words(case: Case) -> set[str]:
    """What people put in the place of quotes."""
    forms = perhaps_taken(case, REWORD_FORM)
    return {as_read(str(value), case.world) for line in forms for value in line["values"].values()}


def _shown(draft: Draft) -> list[str]:
    """Line by line."""
    said = [draft.version.text, *strings(draft.version.blocks)]
    return [line for text in said for line in text.split("\n")]


def _judge_quotes(case: Case, book: Book, draft: Draft, texts: list[str], own: set[str]) -> None:
    for quote in {quote for line in _shown(draft) for quote in quotes(line)}:
        if not any(quote in text for text in texts) and not any(each.startswith(quote) for each in own):
            who = case.world.name_of(draft.reader)
            text = f"A brief of {who} quotes what nobody said in its thread: {quote[:80]!r}"
            book.broken(PROMISE, text, draft.version.line)


def _judge_links(case: Case, book: Book, draft: Draft, briefs: Briefs) -> None:
    for line in _shown(draft):
        for found in LINK.finditer(line):
            ts = f"{found['seconds']}.{found['rest']}"
            if briefs.thread_of(found["channel"], ts) != draft.thread:
                who = case.world.name_of(draft.reader)
                book.broken(PROMISE, f"A brief of {who} links what is not in its thread: {ts}", draft.version.line)


def _judge_decided(case: Case, book: Book, draft: Draft, briefs: Briefs) -> None:
    lines = [line for text in strings(draft.version.blocks) for line in text.split("\n")]
    headed = (place for place, line in enumerate(lines) if line.strip("*") == DECIDED)
    said = [quote for place in headed for line in lines[place + 1 : place + 2] for quote in quotes(line)]
    if said:
        book.count("briefs that say that something was decided")
    for quote in said:
        if not (_is_voted(case, briefs, draft) or _is_marked(briefs, draft, quote)):
            who = case.world.name_of(draft.reader)
            text = f"A brief of {who} calls decided what nobody voted for or marked: {quote[:80]!r}"
            book.broken(DECISION, text, draft.version.line)


def _is_marked(briefs: Briefs, draft: Draft, quote: str) -> bool:
    texts = briefs.texts(draft.thread, draft.since, draft.until)
    return any(quote in text and MARKED.search(text) for text in texts)


def _is_voted(case: Case, briefs: Briefs, draft: Draft) -> bool:
    """By reactions to any of its messages, or by replies."""
    found = {each.ts for each in briefs.threads.get(draft.thread, [])}
    reacted = (line for line in case.trace.diary("reacted") if line["channel"] == draft.thread.channel)
    if any(line["ts"] in found and line.at <= draft.until and _for(line["name"]) for line in reacted):
        return True
    return any(_is_vote(text) for text in briefs.texts(draft.thread, draft.since, draft.until))


def _for(emoji: str) -> bool:
    return emoji.partition("::")[0] in VOTES


def _is_vote(text: str) -> bool:
    said = TOKEN.sub("", text)
    return len(said.split()) <= MOST_WORDS and bool(VOTE.match(said))


def _judge_readers(case: Case, book: Book, briefs: Briefs) -> None:
    """Until somebody has recorded it, who has not asked sees nothing of what was said in a thread."""
    said, entered, freed = dict(_said(case, briefs)), _entered(case), _freed(case, briefs)
    leaks = Leaks(case)
    knows = {(each.person, each.thread) for each in briefs.askings}
    knows |= {(each, thread) for each, thread in _turned_to(case, briefs)}
    for sight in leaks.sights():
        for mark in sorted(tokens(sight.version.words) & said.keys()):
            known = [at for at in (entered.get(mark), freed.get(said[mark])) if at]
            is_known = bool(known) and min(known) <= sight.version.at + BEFORE + EFFECT
            if not is_known and (who := _outside(leaks, sight, said[mark], knows)):
                text = (
                    f"{who} saw in {sight.where} what was said in a thread that they have asked no brief of: [{mark}]"
                )
                book.broken(OWN, text, sight.version.line)


def _outside(leaks: Leaks, sight: Sight, thread: Thread, knows: set[tuple[str, Thread]]) -> str:
    readers = leaks.readers(sight)
    return next((leaks.world.name_of(each) for each in sorted(readers) if (each, thread) not in knows), "")


def _said(case: Case, briefs: Briefs) -> Iterator[tuple[str, Thread]]:
    for line in case.trace.diary("said", "rewrote"):
        thread = briefs.thread_of(line["channel"], line["ts"])
        yield from ((mark, thread) for mark in tokens(line["text"]))


def _entered(case: Case) -> dict[str, datetime]:
    """When each text was first sent in a form or after a command."""
    found: dict[str, datetime] = {}
    for line in case.trace.diary("submitted", "commanded"):
        for mark in tokens(f"{line.get('values')} {line.get('text')}"):
            found.setdefault(mark, line.at)
    return found


def _freed(case: Case, briefs: Briefs) -> dict[Thread, datetime]:
    """From when on others may read of a thread, as a brief of it was shared, or something was recorded of it: not all
    of what a brief fills into the form stands on a page that somebody turned to."""
    found: dict[Thread, datetime] = {}
    shared = ((line, briefs.of_row.get(str(ids_of(line).get("brief")))) for line in perhaps_taken(case, SHARE_FORM))
    for line, thread in (*briefs.recorded, *((line, thread) for line, thread in shared if thread)):
        found[thread] = min(line.at, found.get(thread, line.at))
    return found


def _turned_to(case: Case, briefs: Briefs) -> Iterator[tuple[str, Thread]]:
    """Who made, or was to make, something of a message by itself."""
    for line in case.trace.diary("shortcut", "reacted"):
        if "ts" in line.fields:
            yield line["person"], briefs.thread_of(line["channel"], line["ts"])
