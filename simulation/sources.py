"""Where each marked text was first written, and who may read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from simulation import joined
from simulation.action_deeds import marks, named_in
from simulation.action_ids import DROP_FORM, EDIT_FORM, OWNER_FORM, SEVERAL_FORM
from simulation.blocker_ids import PASS_FORM, PASS_ON
from simulation.briefs import Briefs, Thread
from simulation.case import Case
from simulation.decision_ids import ROUND_TITLE
from simulation.decision_texts import later_forms
from simulation.deeds import channel_of, perhaps_taken
from simulation.dues import Due
from simulation.labels import LINES, PEOPLE_FIELDS
from simulation.messages import elements, ids_of
from simulation.recognition import AWAY_FORM, CHECKIN_FORM, REASON_FORM, Kind
from simulation.tokens import tokens
from simulation.trace import Line
from simulation.world import PUBLIC

NUMBER = "0123456789. "
"""Before the labels of fields that each of several has."""


@dataclass(frozen=True)
class Source:
    """Where a marked text was first written, and for whom."""

    channel: str
    author: str
    named: frozenset[str]
    is_private: bool
    line: int
    is_addition: bool = False
    """Whether it belongs to a decision that was there before, as an objection does: who is named there may read it."""
    since: datetime | None = None
    """From when on those named may read it, if not from the beginning."""


class Sources:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.world = case.world

    @cached_property
    def found(self) -> dict[str, list[Source]]:
        """By mark."""
        found: dict[str, list[Source]] = {}
        for line in self.case.trace.diary("submitted", "said", "rewrote", "commanded"):
            for mark, source in self._written(line):
                found.setdefault(mark, []).append(source)
        for mark, source in (*self._handed_over(), *self._recorded_of_briefs()):
            if mark in found:
                found[mark].append(source)
        forms = (DROP_FORM, OWNER_FORM, SEVERAL_FORM, EDIT_FORM)
        for line in (line for form in forms for line in perhaps_taken(self.case, form)):
            beside = [each for mark in self._marks_of_item(line) for each in found.get(mark, ())]
            for mark in tokens(" ".join(map(str, line["values"].values()))):  # They go as far as the item.
                found[mark] += [*beside, self._with_it(line)]
        return found

    def _with_it(self, line: Line) -> Source:
        """Whoever had got the item by then: one that a blocker became need not carry a mark."""
        records = named_in(self.case, line)
        told = (owed for owed in self.case.of(Kind.ACTION) if owed.what.record in records and owed.at < line.at)
        readers = frozenset(owed.reader for owed in told if owed.reader)
        return Source("", line["person"], readers, is_private=True, line=line.number)

    def _handed_over(self) -> Iterator[tuple[str, Source]]:
        """Whoever is given a blocker or an action item may read it from then on, wherever its text comes from; and
        whoever is named in a decision later, all of that."""
        for line, texts in later_forms(self.case):
            named = frozenset(self._people(line["values"]))
            source = Source("", line["person"], named, is_private=True, line=line.number, since=line.at)
            yield from ((mark, source) for mark in texts)
        for line in perhaps_taken(self.case, PASS_FORM):
            row, named = str(ids_of(line).get("blocker")), frozenset(self._people(line["values"]))
            source = Source("", line["person"], named, is_private=True, line=line.number, since=line.at)
            yield from ((mark, source) for mark in self._marks_of_blocker(row))
        for line in (line for form in (OWNER_FORM, SEVERAL_FORM) for line in perhaps_taken(self.case, form)):
            named = frozenset(self._people(line["values"]))
            source = Source("", line["person"], named, is_private=True, line=line.number, since=line.at)
            yield from ((mark, source) for mark in self._marks_of_item(line))

    def _recorded_of_briefs(self) -> Iterator[tuple[str, Source]]:
        """What a brief fills into a form goes as far as what is recorded, also from pages that nobody turned to."""
        briefs = Briefs(self.case)
        shown: dict[tuple[str, Thread], set[str]] = {}
        for draft in briefs.drafts():
            shown.setdefault((draft.reader, draft.thread), set()).update(tokens(draft.version.words))
        for line, thread in briefs.recorded:
            named = frozenset(self._people(line["values"]))
            source = Source("", line["person"], named, is_private=True, line=line.number, since=line.at)
            yield from ((mark, source) for mark in shown.get((line["person"], thread), ()))

    def _marks_of_item(self, line: Line) -> set[str]:
        """Of those that a form is about."""
        return {mark for record in named_in(self.case, line) for mark in self._marks.get(record, ())}

    @cached_property
    def _marks(self) -> dict[str, set[str]]:
        """By action item."""
        return marks(self.case)

    def _marks_of_blocker(self, row: str) -> set[str]:
        """Of the messages in which it stands with its button."""
        versions = (each for owed in self.case.of(Kind.CLEARER, Kind.HANDED) for each in owed.message.versions)
        pressed = (PASS_ON, row)
        shown = (
            each for each in versions if pressed in ((it["action_id"], it.get("value")) for it in elements(each.blocks))
        )
        return {mark for each in shown for mark in tokens(each.words)}

    def _written(self, line: Line) -> Iterator[tuple[str, Source]]:
        did, author = line["did"], line["person"]
        values = line.get("values") or {} if did == "submitted" else {"": line.get("text") or ""}
        channel = self._place(line) if did == "submitted" else line["channel"]
        named = frozenset(self._people(values))
        if did == "submitted":
            named |= self._readers(line)
        is_private = did == "commanded" or self._is_private(channel, line.at)
        is_addition = did == "submitted" and not named and ("decision" in ids_of(line) or bool(_asked_about(line)))
        source = Source("" if did == "commanded" else channel, author, named, is_private, line.number, is_addition)
        for value in values.values():
            yield from ((mark, source) for mark in tokens(str(value)))

    def _readers(self, line: Line) -> frozenset[str]:
        """Whom an absence is of, and who observes the run that is answered."""
        if line["callback_id"] == AWAY_FORM:
            return frozenset({str(ids_of(line).get("person"))})
        due = self._due(line)
        return due.template.observers if due else frozenset()

    def _due(self, line: Line) -> Due | None:
        is_checkin = line["callback_id"] in (CHECKIN_FORM, REASON_FORM)
        return self.case.due_of_prompt(str(ids_of(line).get("prompt")), line) if is_checkin else None

    def _place(self, line: Line) -> str:
        """The channel a form is about; nothing if it says none, and then only its author may see it."""
        ids = ids_of(line)
        if line["callback_id"] in (CHECKIN_FORM, REASON_FORM):
            if record := _asked_about(line):
                return self.case.places.get(record, "")
            due = self._due(line)
            return due.on.channel if due else joined.channel_of(self.case, line)
        return channel_of(self.case, ids)

    def _people(self, values: dict[str, str]) -> Iterator[str]:
        for said in (value for label, value in values.items() if label.lstrip(NUMBER) in PEOPLE_FIELDS):
            names = str(said or "").split(", ")
            yield from (self.world.by_name[name] for name in names if name in self.world.by_name)
        lines = str(values.get(LINES) or "")
        yield from (user for name, user in self.world.by_name.items() if f"@{name} " in lines)

    def _is_private(self, channel: str, at: datetime) -> bool:
        found = self.world.channels.get(channel)
        return found is None or found.kind.at(at) != PUBLIC


def _asked_about(line: Line) -> str:
    """The decision of whose round a form is: D-12."""
    found = ROUND_TITLE.fullmatch(line.get("title") or "")
    return found[1] if found else ""
