"""Which messages a change owes, in one place, so that no use case forgets one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.action_bulk import BulkNews
from domain.action_news import ActionNews
from domain.actions import ActionItem
from domain.blockers import Blocker
from domain.channels import is_direct
from domain.decision_cards import DecisionNews
from domain.decisions import Decision
from domain.deliveries import OF_ACTIONS, OF_DECISIONS, OF_RITUALS, OF_RUNS, TOGETHER, Kind, Subject
from domain.runs import INTERIM_AFTER, Prompt, Ritual, Run
from domain.templates import MOST_REMINDERS
from services import digest_changes
from storage import channels, decision_links, deliveries, digests, owed, people
from storage.owed import Want

AT_ONCE = 1000
"""At most so many people in one statement: a channel may hold everybody, and databases limit the parameters."""


def prompt_message(prompt: Prompt) -> Subject:
    """What asks it: a message of its own, or the one that asks others of the same person too."""
    if prompt.with_id:
        return Subject(Kind.PROMPT, prompt.with_id, part=TOGETHER, person_id=prompt.person_id)
    return Subject(Kind.PROMPT, prompt.id, person_id=prompt.person_id)


def joint_reminder(with_id: int, person_id: str) -> Subject:
    return Subject(Kind.REMINDER, with_id, part=TOGETHER, person_id=person_id)


def reminder_message(prompt: Prompt, left: int) -> Subject:
    """A message of its own, as nobody is notified of one that changes; `left` is how many come after it."""
    return Subject(Kind.REMINDER, prompt.id, part=str(left) if left else "", person_id=prompt.person_id)


def asked_again_messages(prompt: Prompt) -> list[Subject]:
    """Those that came because the person had put it off."""
    parts = (str(number) for number in range(1, prompt.laters + 1))
    return [Subject(Kind.ASKED_AGAIN, prompt.id, part=part, person_id=prompt.person_id) for part in parts]


def run_message(run: Run) -> Subject:
    """How a round stands is told by the card of its decision."""
    if run.subject_id:
        return Subject(Kind.DECISION, run.subject_id, channel_id=run.channel_id)
    return Subject(Kind.RUN, run.id, channel_id=run.channel_id)


def interim_message(run: Run) -> Subject:
    return Subject(Kind.INTERIM, run.id, channel_id=run.channel_id)


def summed_up_message(run: Run) -> Subject:
    return Subject(Kind.SUMMED_UP, run.id, channel_id=run.channel_id)


def unposted_message(run: Run) -> Subject:
    return Subject(Kind.UNPOSTED, run.id, person_id=run.facilitator_id)


def run_parts(run: Run, pages: int) -> list[Want]:
    """The pages of a summary after the first, as replies to it."""
    parts = (Subject(Kind.RUN_PART, run.id, part=str(page), channel_id=run.channel_id) for page in range(2, pages + 1))
    return [Want(part, after=run_message(run)) for part in parts]


def copy_parts(first: Subject, pages: int) -> list[Want]:
    return [Want(replace(first, part=str(page)), after=first) for page in range(2, pages + 1)]


def decision_card(decision: Decision) -> Subject:
    """In its channel; what is recorded in a direct message is shown to whoever recorded it."""
    if is_direct(decision.channel_id):
        return Subject(Kind.DECISION, decision.id, person_id=decision.recorded_by)
    return Subject(Kind.DECISION, decision.id, channel_id=decision.channel_id)


def approval_message(decision: Decision) -> Subject:
    """A message of its own for each text: an edit is not to slip by."""
    return Subject(Kind.APPROVAL, decision.id, part=decision.version, person_id=decision.form.approver_id)


def decision_news(decision: Decision, news: DecisionNews, readers: Iterable[str]) -> list[Subject]:
    return [Subject(Kind.DECISION_NEWS, decision.id, part=str(news), person_id=each) for each in readers]


def informed_messages(decision: Decision) -> list[Subject]:
    return [Subject(Kind.INFORMED, decision.id, person_id=each) for each in sorted(decision.informed)]


def driver_messages(decision: Decision) -> list[Subject]:
    """Whoever recorded or approves it knows it already."""
    knows = (decision.recorded_by, decision.form.approver_id)
    return [Subject(Kind.DRIVER, decision.id, person_id=each) for each in decision.drivers if each not in knows]


def action_news(item: ActionItem, news: ActionNews, readers: Iterable[str]) -> list[Subject]:
    return [Subject(Kind.ACTION_NEWS, item.id, part=str(news), person_id=each) for each in readers]


def action_message(item: ActionItem, reader_id: str) -> Subject:
    return Subject(Kind.ACTION, item.id, person_id=reader_id)


def action_messages(item: ActionItem) -> list[Subject]:
    """To the owner, and as a receipt to whoever asked for it; one message if they are the same."""
    return [action_message(item, each) for each in sorted(item.named)]


def items_message(first: ActionItem, reader_id: str) -> Subject:
    """About several that were recorded at once, whoever has any of them."""
    return Subject(Kind.ACTIONS, first.id, person_id=reader_id)


def bulk_message(first: ActionItem, news: BulkNews, reader_id: str) -> Subject:
    """About several that were changed at once."""
    return Subject(Kind.ACTIONS_NEWS, first.id, part=str(news), person_id=reader_id)


def clearer_messages(found: Iterable[Blocker]) -> list[Subject]:
    """To those whom answers name as able to clear them: one for all that somebody says of them in a run, in any answer
    without a name. None to whoever named themselves."""
    others = [each for each in found if each.clearer_id not in ("", each.raised_by)]
    return [Subject(Kind.CLEARER, each.run_id, part=each.raised_by, person_id=each.clearer_id) for each in others]


def handed_message(blocker: Blocker, person_id: str, part: str) -> Subject:
    """A message of its own for each time that it is passed on; `part` is the draft of the form."""
    return Subject(Kind.HANDED, blocker.id, part=part, person_id=person_id)


def open_again_messages(blocker: Blocker) -> list[Subject]:
    """To those who had it in hand and have no message about it yet, as they pressed a button of the summary."""
    know = {blocker.raised_by, blocker.clearer_id, *(each.to for each in blocker.passed), ""}
    return [handed_message(blocker, each, "") for each in sorted({blocker.owner_id, blocker.cleared_by} - know)]


def blocker_news(blocker: Blocker) -> Subject:
    return Subject(Kind.BLOCKER_NEWS, blocker.id, person_id=blocker.raised_by)


def ritual_message(ritual: Ritual) -> Subject:
    return Subject(Kind.RITUAL, ritual.id, channel_id=ritual.channel_id)


def facilitator_message(ritual: Ritual, *, after: str = "") -> Subject:
    """To whoever facilitates it now; `after` is who did before and has left."""
    return Subject(Kind.FACILITATOR, ritual.id, part=after, person_id=ritual.facilitator_id)


def owe_facilitator_again(session: Session, ritual: Ritual, person_id: str, *, now: datetime) -> None:
    """What told somebody that they facilitate it, once that is no longer so."""
    workspace_id = ritual.workspace_id
    keys = deliveries.keys_about(session, workspace_id=workspace_id, kinds=OF_RITUALS, subject_id=ritual.id)
    owed.want_again(
        session, workspace_id=workspace_id, keys=[each for each in keys if each.endswith(f":{person_id}")], now=now
    )


def owe_health_again(session: Session, ritual: Ritual, *, now: datetime) -> None:
    """What asked whether it still suits, once something has come of that."""
    _owe_all_again(session, ritual.workspace_id, (Kind.HEALTH,), ritual.id, now)


def note_message(run: Run) -> Subject:
    """That nobody answered it."""
    return Subject(Kind.NOTE, run.id, person_id=run.facilitator_id)


def turn_message(run: Run) -> Subject:
    return Subject(Kind.TURN, run.id, person_id=run.facilitator_id)


def ended_message(ritual: Ritual) -> Subject:
    return Subject(Kind.ENDED, ritual.id, person_id=ritual.facilitator_id)


def home_page(person_id: str) -> Subject:
    return Subject(Kind.HOME, person_id=person_id)


def owe(session: Session, workspace_id: str, *subjects: Subject, now: datetime) -> None:
    owed.want(session, workspace_id=workspace_id, wants=[Want(subject) for subject in subjects], now=now)


def owe_again(session: Session, workspace_id: str, *subjects: Subject, now: datetime) -> None:
    """Only those that have been owed before: a Home nobody opened, or a reminder never sent, stays so."""
    keys = [subject.key for subject in subjects]
    owed.want_again(session, workspace_id=workspace_id, keys=keys, now=now)


def owe_summary(session: Session, run: Run, *, now: datetime) -> None:
    """When a run closes: it takes the place of the count, and is posted even if somebody has deleted that. With it a
    turn to facilitate is over."""
    owed.want(session, workspace_id=run.workspace_id, wants=[Want(run_message(run), anew=not run.subject_id)], now=now)
    owe_again(session, run.workspace_id, turn_message(run), now=now)
    owe_others_of_run(session, run, now=now)


def owe_run_parts(session: Session, run: Run, *, pages: int, now: datetime, of: Subject | None = None) -> None:
    """The later pages of a summary, and anew those there were when it was longer; `of` what is sent on."""
    parts = run_parts(run, pages) if of is None else copy_parts(of, pages)
    owed.want(session, workspace_id=run.workspace_id, wants=parts, now=now)
    known = deliveries.replies_to(session, workspace_id=run.workspace_id, key=(of or run_message(run)).key)
    gone = known - {part.subject.key for part in parts}
    owed.want_again(session, workspace_id=run.workspace_id, keys=gone, now=now)


def owe_homes(session: Session, workspace_id: str, person_ids: Iterable[str], *, now: datetime) -> None:
    """The Homes of those people, and with them the newest digests of theirs and of their managers."""
    ids = sorted(set(person_ids))
    for start in range(0, len(ids), AT_ONCE):
        _owe_homes(session, workspace_id, ids[start : start + AT_ONCE], now)


def _owe_homes(session: Session, workspace_id: str, ids: Sequence[str], now: datetime) -> None:
    known = people.people(session, workspace_id=workspace_id, ids=ids)
    readers = {*ids, *(person.manager_id for person in known.values() if person.manager_id)}
    newest = digests.newest(session, workspace_id=workspace_id, person_ids=readers)
    owe_again(session, workspace_id, *(home_page(person_id) for person_id in ids), *newest, now=now)


def own_messages(prompt: Prompt) -> list[Subject]:
    """What the person asked sees of a prompt."""
    again = asked_again_messages(prompt)
    reminders = [reminder_message(prompt, left) for left in range(MOST_REMINDERS)]
    if prompt.with_id and prompt.reminded_together:
        reminders.append(joint_reminder(prompt.with_id, prompt.person_id))
    return [prompt_message(prompt), *reminders, *again, home_page(prompt.person_id)]


def owe_asked_again(session: Session, prompt: Prompt, *, now: datetime) -> None:
    """Once more, with the messages before it saying so."""
    again = asked_again_messages(replace(prompt, laters=prompt.laters + 1))[-1]
    owed.want(session, workspace_id=prompt.workspace_id, wants=[Want(again, not_after=prompt.deadline)], now=now)
    owe_again(session, prompt.workspace_id, *own_messages(prompt), now=now)


def owe_prompt_changed(session: Session, run: Run, prompt: Prompt, *, now: datetime) -> None:
    """After a person or time has moved a prompt: its messages, the person's Home, the run's message, and the Home of
    whoever facilitates it, which counts the answers. What tells of an anonymous run says nothing of it, and would tell
    when it came if it was edited just then."""
    owe_again(session, run.workspace_id, *own_messages(prompt), now=now)
    if not run.template.anonymous:
        owe_again(session, run.workspace_id, home_page(run.facilitator_id), now=now)
        owe(session, run.workspace_id, run_message(run), now=now)
        owe_others_of_run(session, run, now=now)


def owe_others_of_run(session: Session, run: Run, *, now: datetime) -> None:
    """What else says how the run stands; nothing does on its first day."""
    if now >= run.opened_at + INTERIM_AFTER:
        _owe_all_again(session, run.workspace_id, OF_RUNS, run.id, now)


def owe_action_changed(session: Session, item: ActionItem, *, now: datetime) -> None:
    """Every message about it, whoever has got one, the Homes of its people, and the digests that list it."""
    _owe_all_again(session, item.workspace_id, OF_ACTIONS, item.id, now)
    if item.listed_with:
        _owe_all_again(session, item.workspace_id, (Kind.ACTIONS,), item.listed_with, now)
    owe_offers(session, item.workspace_id, item.named, now=now)
    if item.decision_id:
        _owe_all_again(session, item.workspace_id, (Kind.DECISION_NEWS,), item.decision_id, now)
    digest_changes.item_changed(session, item, now=now)
    owe_homes(session, item.workspace_id, item.named, now=now)


def owe_decision(session: Session, decision: Decision, *, now: datetime) -> None:
    """After it was recorded or changed: its card, whoever is asked or told, every message there is about it, and the
    Homes that list it."""
    workspace_id = decision.workspace_id
    _owe_all_again(session, workspace_id, OF_DECISIONS, decision.id, now)
    owe_offers(session, workspace_id, decision.named, now=now)
    owe(session, workspace_id, decision_card(decision), *driver_messages(decision), now=now)
    if decision.is_open and not decision.in_round:
        owe(session, workspace_id, approval_message(decision), now=now)
    elif not (decision.is_open or decision.is_over):
        owe(session, workspace_id, *informed_messages(decision), now=now)
    _owe_news_of_superseded(session, decision, now)
    members = channels.member_ids(session, workspace_id=workspace_id, channel_id=decision.channel_id)
    owe_homes(session, workspace_id, members | decision.named, now=now)


def _owe_news_of_superseded(session: Session, decision: Decision, now: datetime) -> None:
    """It shows how the new one stands."""
    if decision.form.supersedes and not decision.is_open:
        for other_id in decision_links.superseded(session, decision_id=decision.id):
            _owe_all_again(session, decision.workspace_id, (Kind.DECISION_NEWS,), other_id, now)


def owe_offers(session: Session, workspace_id: str, leaver_ids: Collection[str], *, now: datetime) -> None:
    """What offers somebody what these people left behind, once there is less of it, or they are back."""
    keys = deliveries.keys_about(session, workspace_id=workspace_id, kinds=[Kind.LEFT], subject_id=0)
    again = [each for each in keys if each.split(":")[2] in leaver_ids]
    owed.want_again(session, workspace_id=workspace_id, keys=again, now=now)


def owe_read(session: Session, decision: Decision, person_id: str, *, now: datetime) -> None:
    """After somebody has read it or raised a concern: the counts on its card, and their own message."""
    owe(session, decision.workspace_id, decision_card(decision), now=now)
    told, reminded = (Subject(kind, decision.id, person_id=person_id) for kind in (Kind.INFORMED, Kind.UNREAD))
    owe_again(session, decision.workspace_id, told, reminded, home_page(person_id), now=now)
    _owe_news_of_superseded(session, decision, now)


def _owe_all_again(session: Session, workspace_id: str, kinds: Collection[Kind], record_id: int, now: datetime) -> None:
    keys = deliveries.keys_about(session, workspace_id=workspace_id, kinds=kinds, subject_id=record_id)
    owed.want_again(session, workspace_id=workspace_id, keys=keys, now=now)
