"""The numbers of a digest, counted anew for its reader each time it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from domain.action_states import ActionState
from domain.actions import ActionItem
from domain.blockers import Blocker
from domain.channels import Readable
from domain.decisions import Decision
from domain.digest_numbers import DAYS_AHEAD, Coming, Deciding, Numbers, Voices, is_rare
from domain.digest_times import DAY, WEEK, start_of
from domain.engagement import RunCount, week_of
from domain.keeping_up import KeepingUp
from domain.measure_pairs import PairResult
from domain.metrics.actions import close_rate
from domain.metrics.decisions import LEFT_OUT, completeness, days_taken, decision_latency, reasons
from domain.metrics.latency import HALF, place
from domain.metrics.participation import USUAL_WEEKS
from domain.people import Person
from domain.runs import Run
from services import action_cards, keeping_up, pairs, signals
from services.pulse import pulse
from services.summary_readers import blockers_for
from storage import (
    actions,
    anonymous,
    blockers,
    channels,
    coming,
    decisions,
    digests,
    engagement,
    joining,
    people,
    rituals,
)

MONTH = 4 * WEEK


@dataclass(frozen=True)
class Span:
    """What a digest is about: which days, of which channels, for whom."""

    session: Session
    reader: Person
    places: Readable
    """What the reader may read now."""
    channels: Any
    """The channels it is about, as a query of their ids."""
    first: date
    last: date
    now: datetime

    @property
    def at(self) -> dict[str, Any]:
        return {"workspace_id": self.reader.workspace_id, "channels": self.channels}

    @property
    def this(self) -> dict[str, Any]:
        return self.days(self.first, self.last)

    def days(self, first: date, last: date) -> dict[str, Any]:
        """From the first moment of one day to the first after another, on the reader's clock."""
        return {"start": start_of(first, self.reader.zone), "end": start_of(last + DAY, self.reader.zone)}

    def date_of(self, moment: datetime) -> date:
        return moment.astimezone(self.reader.zone).date()

    def shows(self, channel_id: str, at: datetime) -> bool:
        return self.places.shows(channel_id, at)


def numbers(span: Span, open_runs: Iterable[Run]) -> Numbers:
    """`open_runs` are those of the digest that are still open, as far as the reader may read of them."""
    return Numbers(
        voices=_voices(span),
        coming=tuple(_coming(span, open_runs)),
        deciding=_deciding(span) if _ends_a_month(span.last) else None,
        keeping=_keeping(span) if _ends_a_month(span.last) else None,
        learned=tuple(_decisions(span, coming.learned(span.session, **span.at, **span.this))),
        done=tuple(_items(span, coming.done(span.session, **span.at, **span.this))),
        cleared=tuple(_blockers(span, coming.cleared(span.session, **span.at, **span.this))),
        pulse=pulse(span.session, span.reader, span.places, span.channels, **span.this),
        signals=tuple(signals.signals(span.session, span.reader, span.places, span.channels, span.this["end"])),
        together=tuple(_together(span)) if _ends_a_quarter(span.last) else (),
        missing=tuple(signals.missing(span.session, span.reader, span.places, span.channels, span.this["end"])),
    )


def _ends_a_month(last: date) -> bool:
    """Whether the seven days that end then hold the end of a month."""
    return (last + DAY).month != (last + DAY - WEEK).month


def _ends_a_quarter(last: date) -> bool:
    return _ends_a_month(last) and (last + DAY).month in (1, 4, 7, 10)


def _voices(span: Span) -> Voices | None:
    """None if no run closed that the reader may read of."""
    over = span.days(span.first - USUAL_WEEKS * WEEK, span.last)
    weeks: dict[int, list[RunCount]] = {}
    for run in engagement.closed(span.session, **span.at, **over):
        if run.closed_at and span.shows(run.channel_id, run.opened_at):
            weeks.setdefault(min((span.date_of(run.closed_at) - span.first) // WEEK, 0), []).append(run)
    if 0 not in weeks:
        return None
    before = (week_of(span.first + n * WEEK, weeks.get(n, ())) for n in range(-USUAL_WEEKS, 0))
    this = week_of(span.first, weeks[0])
    named = [run.run_id for run in weeks[0] if not run.fewest]
    half = engagement.waited(span.session, run_ids=named, place=place(this.named.asked, HALF))
    return Voices(this, tuple(before), half)


def _coming(span: Span, open_runs: Iterable[Run]) -> list[Coming]:
    """What is to be looked at again, what asks more seldom than every week, and what closes; the soonest first."""
    session, today = span.session, span.date_of(span.now)
    last = today + (DAYS_AHEAD - 1) * DAY
    looks = _decisions(span, coming.looks(session, **span.at, first=today, last=last))
    found = [Coming(each.form.look_again_on or today, each.form.title, decision=each) for each in looks]
    asks = coming.rituals(session, **span.at, start=span.now, end=start_of(last + DAY, span.reader.zone))
    found += _asks(span, asks) + _closes(span, list(open_runs), last)
    return sorted(found, key=lambda each: each.day)


def _asks(span: Span, ids: Iterable[int]) -> list[Coming]:
    known = (rituals.ritual(span.session, workspace_id=span.reader.workspace_id, ritual_id=each) for each in ids)
    return [
        Coming(ritual.next_day, ritual.template.title, _channel_name(span, ritual.channel_id))
        for ritual in known
        if ritual and ritual.next_day and is_rare(ritual.template.cadence, ritual.next_day)
        and span.shows(ritual.channel_id, span.now)
    ]  # fmt: skip


def _closes(span: Span, runs: list[Run], last: date) -> list[Coming]:
    """Of anonymous runs no count is told while they are open, nor whether all have answered."""
    ids = [run.id for run in runs]
    unnamed = [run.id for run in runs if run.template.anonymous]
    ends = joining.last_deadlines(span.session, run_ids=ids) | anonymous.ends(span.session, run_ids=unnamed)
    counts = engagement.by_id(span.session, workspace_id=span.reader.workspace_id, run_ids=ids)
    today = span.date_of(span.now)
    days = {run.id: max(span.date_of(ends[run.id]), today) for run in runs if run.id in ends}
    return [
        Coming(
            days[run.id],
            run.template.title,
            _channel_name(span, run.channel_id),
            closes=True,
            count=None if run.template.anonymous else counts[run.id].total,
        )
        for run in runs
        if run.id in days and days[run.id] <= last
    ]


def _deciding(span: Span) -> Deciding | None:
    """Of the four weeks that end with this one; None if nothing was to be decided or done in them."""
    last, first = span.last, span.last - MONTH + DAY
    made, waiting = _decided(span, first, last), len(_decisions(span, coming.undecided(span.session, **span.at)))
    agreed = _items(span, coming.agreed(span.session, **span.at, first=first, last=last))
    people_named = {each for item in agreed for each in item.named}
    known = people.people(span.session, workspace_id=span.reader.workspace_id, ids=people_named)
    if not made and not agreed:
        return None
    before = _days(_decided(span, first - MONTH, first - DAY))
    return Deciding(
        decided=len(made),
        days=decision_latency(_days(made), waiting),
        days_before=decision_latency(before, 0) if before else None,
        reasons=reasons([completeness(each, has_action=_has_action(span, each)) for each in made]),
        close_rate=close_rate(agreed, known),
    )


def _keeping(span: Span) -> KeepingUp | None:
    """Of the four weeks that end with this one."""
    found = engagement.closed(span.session, **span.at, **span.days(span.last - MONTH + DAY, span.last))
    runs = [run for run in found if span.shows(run.channel_id, run.opened_at)]
    return keeping_up.kept(span.session, span.reader, span.places, runs, span.now) if runs else None


def _together(span: Span) -> list[PairResult]:
    return pairs.together(span.session, span.reader, span.places, span.channels, span.this["end"])


def _decided(span: Span, first: date, last: date) -> list[Decision]:
    of = {"person_id": span.reader.id, **span.at, **span.days(first, last)}
    found = _decisions(span, digests.decided(span.session, **of))
    return [each for each in found if each.state not in LEFT_OUT]


def _days(found: Iterable[Decision]) -> list[float]:
    return [days for each in found if (days := days_taken(each)) is not None]


def _has_action(span: Span, decision: Decision) -> bool:
    made = actions.of_decision(span.session, workspace_id=decision.workspace_id, decision_id=decision.id)
    return any(each.owner_id and each.due and each.state in (ActionState.OPEN, ActionState.DONE) for each in made)


def _decisions(span: Span, ids: Iterable[int]) -> list[Decision]:
    """A record is seen by those who may read its channel and by the people named in it."""
    ids = list(ids)
    found = decisions.decisions(span.session, workspace_id=span.reader.workspace_id, ids=ids)
    seen = (found[each] for each in ids if each in found)
    return [each for each in seen if span.reader.id in each.named or span.shows(each.channel_id, each.recorded_at)]


def _items(span: Span, ids: Iterable[int]) -> list[ActionItem]:
    ids = list(ids)
    found = actions.items(span.session, workspace_id=span.reader.workspace_id, ids=ids)
    in_order = [found[each] for each in ids if each in found]
    return action_cards.visible(span.session, in_order, span.reader, span.places, span.now)


def _blockers(span: Span, ids: Iterable[int]) -> list[Blocker]:
    ids = list(ids)
    found = blockers.by_id(span.session, workspace_id=span.reader.workspace_id, ids=ids)
    seen = [
        found[each] for each in ids if each in found and span.shows(found[each].channel_id, found[each].recorded_at)
    ]
    return blockers_for(span.session, seen, span.reader, span.places, span.now)


def _channel_name(span: Span, channel_id: str) -> str:
    found = channels.channel(span.session, workspace_id=span.reader.workspace_id, channel_id=channel_id)
    return found.name if found else ""
