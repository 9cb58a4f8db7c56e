"""When people are away, as Muster knew it at each moment: said by them or their manager, perhaps taken back, told by a
Slack status, or read in a calendar."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from simulation.feeds import days_away, known_anew
from simulation.following import Following
from simulation.labels import AWAY_SIGNS, FIRST_DAY, LAST_DAY, MENTION, MENTIONED, ONLY_FOR
from simulation.messages import ids_of
from simulation.recognition import AWAY_FORM, TAKE_BACK
from simulation.taking_back import Offered, offered, taken_back
from simulation.timeline import Timeline
from simulation.trace import Json, Line, Trace
from simulation.working import Absence, Calendar, Source, wall
from simulation.world import World

DAY = timedelta(days=1)
Absences = tuple[Absence, ...]
CalendarAt = Callable[[str, datetime], Calendar]


class Away:
    """Each change adds to what was known before it, or takes from it."""

    def __init__(self, world: World, trace: Trace, calendar_at: CalendarAt) -> None:
        self._world, self._calendar_at = world, calendar_at
        self._known: dict[str, Timeline[Absences]] = {}
        self._offered: dict[str, Offered] = {}
        """What each button takes back, as it was last seen."""
        self._following = Following(trace)
        asked = set[str]()
        for line in trace.of("diary", "person", "view", "message", "elsewhere"):
            if line.kind == "person":
                self._note_status(line)
            elif line.kind == "elsewhere":
                self._note_calendar(line)
            elif line.kind == "message":
                self._note_buttons(line["message"], str(line["message"].get("only_for") or ""))
            elif line.kind == "view":
                self._note_buttons(line["view"], line["user"])
                # What is not understood whole is asked about in a form, and only that counts.
                asked |= {line["user"]} if line["view"].get("callback_id") == AWAY_FORM else set()
            else:
                self._note_diary(line, is_asked=line["person"] in asked)
                asked.discard(line["person"])

    def _note_diary(self, line: Line, *, is_asked: bool) -> None:
        is_command = line["did"] == "commanded" and line["command"] == "/muster"
        if line.get("ok") and is_command and not is_asked:
            self._note_command(line)
        elif line.get("ok") and line["did"] == "submitted" and line["callback_id"] == AWAY_FORM:
            self._note_form(line)
        elif line["did"] == "clicked" and line["action_id"] == TAKE_BACK:
            self._note_taken_back(line)

    def at(self, user: str, at: datetime) -> Absences:
        return self.of(user).at(at)

    def of(self, user: str) -> Timeline[Absences]:
        return self._known.setdefault(user, Timeline(()))

    def _change(self, user: str, at: datetime, absences: Absences) -> None:
        self.of(user).change(at, absences)

    def _note_buttons(self, place: Json, reader: str) -> None:
        self._offered |= offered(place.get("blocks") or [], reader, self._world.by_name)

    def _note_calendar(self, line: Line) -> None:
        person, text = self._following.read(line)
        if person:
            read = days_away(text, self._calendar_at(person, line.at))
            known = known_anew(self.at(person, line.at), read, self._today(person, line.at))
            self._change(person, line.at, known)

    def _note_taken_back(self, line: Line) -> None:
        """Of a click that was not confirmed nobody knows whether Muster heard it."""
        found = self._offered.get(str(line["value"]))
        before = self.at(found.person, line.at) if found else ()
        if found and (gone := found.among(before)):
            today, is_sure = self._today(found.person, line.at), bool(line.get("ok"))
            self._change(found.person, line.at, taken_back(before, gone, today, is_sure=is_sure))

    def _today(self, user: str, at: datetime) -> date:
        return at.astimezone(self._calendar_at(user, at).zone).date()

    def _note_command(self, line: Line) -> None:
        """`/muster away 2026-12-01 2026-12-04 Training`, perhaps with somebody before it, and `/muster back`."""
        verb, _, rest = str(line.get("text") or "").strip().partition(" ")
        whom = MENTION.match(rest) or (MENTIONED.fullmatch(rest) if verb == "back" else None)
        person = self._world.by_name.get(whom[1].strip(), whom[1]) if whom else line["person"]
        before = self.at(person, line.at)
        if verb == "away" and (days := _days(rest[whom.end() :] if whom else rest)):
            self._change(person, line.at, (*before, Absence(days[0], days[-1])))
        elif verb == "back" and (whom or not rest):
            today = self._today(person, line.at)
            self._change(person, line.at, tuple(each for each in before if not each.covers(today)))

    def _note_form(self, line: Line) -> None:
        values = line["values"]
        only = frozenset(title for title in str(values.get(ONLY_FOR) or "").split(", ") if title)
        absence = Absence(date.fromisoformat(values[FIRST_DAY]), date.fromisoformat(values[LAST_DAY]), only)
        person = str(ids_of(line).get("person") or line["person"])
        self._change(person, line.at, (*self.at(person, line.at), absence))

    def _note_status(self, line: Line) -> None:
        """From that day on until the status ends; without one, or with another, what it said before is over."""
        changed, user, before = line["changed"], line["user"], self.at(line["user"], line.at)
        if "status_emoji" not in changed:
            return
        today, last = self._today(user, line.at), self._last_day(user, line)
        kept = tuple(each for each in before if each.source is not Source.STATUS or each.last < today)
        first = min((each.first for each in before if each not in kept), default=today)
        followed = Absence(first, last or today - DAY, source=Source.STATUS)
        self._change(user, line.at, (*kept, followed) if followed.first <= followed.last else kept)

    def _last_day(self, user: str, line: Line) -> date | None:
        """The last of which more than half of the working hours is left out; None if the status does not mean away."""
        changed = line["changed"]
        if changed["status_emoji"] not in AWAY_SIGNS or not changed.get("status_expiration"):
            return None
        until, calendar = datetime.fromtimestamp(changed["status_expiration"], UTC), self._calendar_at(user, line.at)
        day = until.astimezone(calendar.zone).date()
        start, end = (wall(day, at, calendar.zone) for at in (calendar.hours.start, calendar.hours.end))
        last = day if until >= start + (end - start) / 2 else day - DAY
        return last if last >= self._today(user, line.at) else None


def meant_for(absences: Absences, title: str) -> Absences:
    """Those that count for a ritual, by its title; without one, those that are for everything."""
    found = (each for each in absences if not each.only or title in each.only)
    return tuple(replace(each, only=frozenset()) for each in found)


def _days(text: str) -> list[date]:
    """At most two, before the reason."""
    found: list[date] = []
    for word in text.split()[:2]:
        try:
            found.append(date.fromisoformat(word))
        except ValueError:
            break
    return found
