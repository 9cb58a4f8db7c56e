"""What people mark themselves: "DECISION: ...", "Proposed resolution: ...", "ACTION: ben to ...", "- [ ] ...".

They count in any language of the thread, as who writes them means them to be found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    DECISION = "decision"
    PROPOSAL = "proposal"
    ACTION = "action"
    QUESTION = "question"


@dataclass(frozen=True)
class Mark:
    kind: MarkKind
    text: str
    """What is marked, word for word."""
    start: int
    """Where it begins in the message."""


_WORDS = {
    MarkKind.PROPOSAL: r"propos(?:al|ed(?:\s(?:resolution|decision))?|ing)|straw\s?poll|motion|vote|vorschlag|"
    r"antrag|proposition|propuesta|proposta|voorstel|提案",
    MarkKind.DECISION: r"(?:final\s|the\s|our\s)?(?:decisions?|resolutions?)|(?:we(?:'ve|\shave)?\s)?(?:decided|"
    r"resolved|agreed)|(?:group\s)?consensus|conclusion|entscheidung(?:en)?|beschluss|beschlossen|entschieden|ergebnis|fazit|"
    r"décisions?|décidé|acté|decisi[oó]n(?:es)?|decidido|acuerdo|acordado|decis(?:ão|ões)|decision[ei]|"
    r"deciso|besluit(?:en)?|besloten|決定事項|決定|結論",
    MarkKind.ACTION: r"(?:new\s)?(?:action(?:\s(?:items?|points?))?s?|to-?dos?|to\sdos?|next\ssteps?|tasks?|"
    r"follow-?ups?)|aufgaben?|nächste\sschritte|actions?\sà\sfaire|à\sfaire|prochaines\sétapes|tareas?|acciones|próximos\spasos|"
    r"pendientes?|tarefas?|ações|próximos\spassos|da\sfare|azioni|prossimi\spassi|actiepunt(?:en)?|acties?|"
    r"volgende\sstappen|タスク|宿題|アクション|次のステップ",
    MarkKind.QUESTION: r"open\s(?:questions?|points?|issues?)|questions?|decision\s(?:needed|required)|to\sdecide|"
    r"offene\s(?:fragen?|punkte)|frage|questions?\souvertes?|preguntas?|dúvidas?|pergunta|domand[ae]|"
    r"open\svra(?:ag|gen)|vraag|未決|質問",
}
_KINDS = {kind.name: kind for kind in MarkKind}
_BEFORE = r"(?>(?::[a-z0-9_+-]{1,40}:|<[^<>\n]{1,40}>|[^\w\n])*)"
"""Bullets, emoji, bold, the nick of a line from IRC."""
_SAYS = rf"(?:{'|'.join(f'(?P<{kind.name}>{words})' for kind, words in _WORDS.items())})"
_NUMBER = r"(?:\s?(?:#|no\.?\s?)?\d{1,3})?(?:\s?\([^()\n]{0,40}\))?"
_SHOUTED = r"(?:RESOLVED|PROPOSED|DECIDED|AGREED|ACTION|TODO)(?=\s+\S)"
_LINE = re.compile(
    rf"^{_BEFORE}(?:{_SAYS}{_NUMBER}[*_~`\s]*(?:[:\uff1a\]】]+|\s[-\u2013—](?=\s))[*_~`]*|(?-i:(?P<shout>{_SHOUTED})))",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"(?<=[^\w#])(?P<shout>DECISION|DECIDED|RESOLUTION|RESOLVED|AGREED|PROPOSED RESOLUTION|PROPOSAL|PROPOSED|"
    r"ACTION ITEM|ACTION|TODO)"
    r"(?: ?#?\d{1,3})?[*_]*:"
)
_BOX = re.compile(r"^\s*(?:[-*•]\s*)?(?:\[\s?\]|☐|◻️?|:white_medium_square:|:ballot_box_with_check:)\s*(?=\S)")
_QUOTED = re.compile(r"\s*(?:>|&gt;)")
"""What somebody else has said."""
_BULLET = re.compile(r"^\s*(?:[-*•◦▪\u2013]|\d{1,2}[.)])\s+(?=\S)")
_NOTHING = re.compile(
    r"\W*(?:none|nothing|tbd|tba|pending|open|no\sdecision|not\syet|noch\soffen|offen|keine|aucune|ninguna|nenhuma|nessuna|"
    r"geen|なし|未定)\W*",
    re.IGNORECASE,
)
_SHOUTS = {"PROPOSED RESOLUTION": MarkKind.PROPOSAL, "PROPOSAL": MarkKind.PROPOSAL, "PROPOSED": MarkKind.PROPOSAL}
_SHOUTS |= {"ACTION ITEM": MarkKind.ACTION, "ACTION": MarkKind.ACTION, "TODO": MarkKind.ACTION}


def marks(text: str) -> tuple[Mark, ...]:
    """The lines below a mark that stands alone are marked as well: bullets, or the one line after it."""
    return tuple(mark for mark in _marks(text) if not _NOTHING.fullmatch(mark.text))


def _marks(text: str) -> Iterator[Mark]:
    heading: MarkKind | None = None
    is_first, start = False, 0
    for line in text.splitlines(keepends=True):
        kind, said = (None, 0) if _QUOTED.match(line) else _mark(line)
        if kind and said < len(line.rstrip()):
            yield _marked(kind, line, said, start)
            heading = None
        elif kind:
            heading, is_first = kind, True
        elif heading and line.strip():
            bullet = _BULLET.match(line)
            if bullet or is_first:
                yield _marked(heading, line, bullet.end() if bullet else 0, start)
            heading, is_first = (heading if bullet else None), False
        start += len(line)


def _mark(line: str) -> tuple[MarkKind | None, int]:
    """Of what kind the line is, and from where on it says it."""
    if box := _BOX.match(line):
        return MarkKind.ACTION, box.end()
    found = _LINE.match(line) or _INSIDE.search(line)
    if found is None:
        return None, 0
    shout = found["shout"]
    kind = _SHOUTS.get(shout, MarkKind.DECISION) if shout else _KINDS[str(found.lastgroup)]
    return kind, found.end()


def _marked(kind: MarkKind, line: str, said: int, start: int) -> Mark:
    """What ends with a question mark is asked, not decided."""
    text = line[said:].strip()
    if kind is MarkKind.DECISION and text.endswith(("?", "\uff1f")):
        kind = MarkKind.QUESTION
    inset = len(line[said:]) - len(line[said:].lstrip())
    return Mark(kind, text, start + said + inset)
