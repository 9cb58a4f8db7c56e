"""The form of a check-in: one field a question, follow-ups that appear on a click."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from domain.answers import LONG_LIMIT, SHORT_LIMIT
from domain.cards import CheckinForm
from domain.kept import Recalled
from domain.pages import in_use, pages_of
from domain.runs import PromptState, shown
from domain.said import scale_text
from domain.templates import CLICKS, SCALE, Question, QuestionType, Template, chosen
from domain.words import day_text, whole
from surface import anonymous, blockers, forms
from surface.kit import Block, Element, Json, button, buttons, context, cut, escape, modal, moment, section

SENT_EARLY = (
    "Thank you, that is kept. It counts when the check-in begins, and you will not be asked. "
    "To change it before, type /checkin."
)
LAST_CUT = 1500
"""Characters shown of the last answer; all of it is taken over."""


class Id(StrEnum):
    FORM = "checkin.form"
    CHOOSE = "checkin.choose"
    """A choice that other questions wait for."""
    BACK = "checkin.back"
    """To the page before."""
    USE_AGAIN = "checkin.use_again"
    """The last answer to a question fills its field."""
    TYPED = "checkin.typed"
    """A long text while it is being written."""


def checkin_form(form: CheckinForm) -> Json:
    template = form.run.template
    found = pages_of(template, form.prompt, len(form.still))
    used = in_use(found, form.answers)
    page = form.page if form.page in used else used[0]
    blocks: list[Block] = [*_head(form, page, used)]
    blocks += blockers.still_fields(form.still, form.answers) if page == used[0] else []
    for question in shown(found[page], form.answers):
        blocks += [_mistake(form.mistakes[question.id])] if question.id in form.mistakes else []
        blocks += [_recalled(question, form.recalled[question.id])] if question.id in form.recalled else []
        blocks.append(_field(question, form))
    if page != used[0]:
        blocks.append(buttons(button("Back", Id.BACK, form.prompt.id)))
    send = "Send late" if form.is_late else "Send"
    return modal(
        template.title,
        Id.FORM,
        blocks,
        submit=send if page == used[-1] else "Next",
        ids=_ids(form, page),
        tells_closing=not template.anonymous,
    )


def _ids(form: CheckinForm, page: int) -> dict[str, str]:
    """Before an occurrence begins there is no prompt, nor for somebody who came later until they have answered."""
    of_what = {"prompt": str(form.prompt.id)}
    if form.run.id and not form.prompt.id:
        of_what |= {"run": str(form.run.id)}
    if not form.prompt.id:
        of_what |= {"ritual": str(form.run.ritual_id), "occurrence": form.run.occurrence}
    if form.opened_at:
        of_what |= {"opened": form.opened_at.isoformat()}
    return {**of_what, "draft": form.draft_id, "page": str(page), "again": _again_text(form)}


def _again_text(form: CheckinForm) -> str:
    """Slack fills a field anew only under a new id; see `again_of`."""
    return ",".join(f"{name}:{times}" for name, times in form.again.items())


def again_of(view: Json) -> dict[str, int]:
    """How often each field had been filled in on a click, as the form carries it."""
    pairs = (each.partition(":") for each in forms.ids(view).get("again", "").split(",") if each)
    return {name: int(times) for name, _, times in pairs}


def opened_at(view: Json) -> datetime | None:
    found = forms.ids(view).get("opened")
    return datetime.fromisoformat(found) if found else None


def _head(form: CheckinForm, page: int, used: list[int]) -> Iterator[Block]:
    zone = form.person.zone
    if page == used[0]:
        yield section(escape(form.run.template.purpose))
    if form.run.template.anonymous:
        yield from map(context, anonymous.notes(form.run.template))
        yield context(f"Open until {moment(form.prompt.deadline, zone)}.")
        return
    late = "The deadline has passed; your answer will be marked late."
    when = late if form.is_late else f"You can change your answers until {moment(form.prompt.deadline, zone)}."
    progress = f"Page {used.index(page) + 1} of {len(used)} \N{MIDDLE DOT} " if len(used) > 1 else ""
    yield context(progress + when)
    if form.prompt.joined and not form.prompt.id:
        yield context("It began before you joined, so nobody waits for you. If you answer, you count as one more.")
    elif not form.prompt.id and form.prompt.state is PromptState.PENDING:
        yield context(f"You answer ahead: this asks {moment(form.prompt.due_at, zone)}, and counts from then on.")
    if form.kept_at:
        yield context(f"What you typed is still here, from {moment(form.kept_at, zone)}. It has not been sent.")


def _recalled(question: Question, last: Recalled) -> Block:
    to = f" to {escape(whole(last.of))}" if last.of else ""
    text = f"On {day_text(last.day)} you said{to}:\n{escape(cut(last.text, LAST_CUT))}"
    label = f"Use it again: {question.text}"
    return section(text, button("Use it again", Id.USE_AGAIN, question.id, label=label) if last.is_fit else None)


def _mistake(text: str) -> Block:
    return context(f"*Needs another look:* {escape(text)}")


def _field(question: Question, form: CheckinForm) -> Block:
    action_id = _action_id(question, form.run.template)
    times = form.again.get(question.id, 0)
    return forms.field(
        forms.about(question.id, str(times) if times else ""),
        question.text,
        _element(question, form.answers.get(question.id, ""), action_id),
        hint=question.hint,
        optional=question.optional,
        dispatch=action_id != forms.VALUE,
    )


def _action_id(question: Question, template: Template) -> str:
    """Nothing of an anonymous form is kept before it is sent, so nothing is told while it is written."""
    if any(question.id == earlier for other in template.ask for earlier, _ in other.condition):
        return Id.CHOOSE
    return Id.TYPED if question.type is QuestionType.LONG and not template.anonymous else forms.VALUE


def _element(question: Question, value: str, action_id: str) -> Element:
    if question.type is QuestionType.SHORT:
        return forms.text(value, limit=SHORT_LIMIT)
    if question.type is QuestionType.LONG:
        return forms.text(value, multiline=True, limit=LONG_LIMIT, action_id=action_id)
    if question.type in CLICKS:
        return _clicks(question, value, action_id)
    if question.type is QuestionType.NUMBER:
        return forms.number(value)
    return forms.person(value) if question.type is QuestionType.USER else forms.day(value)


def _clicks(question: Question, value: str, action_id: str) -> Element:
    if question.type is QuestionType.MANY:
        return forms.choices([(each, each) for each in question.options], chosen(value), action_id=action_id)
    if question.type is QuestionType.SCALE:
        return forms.choice([(str(step), scale_text(question, step)) for step in SCALE], value, action_id=action_id)
    return forms.choice([(option, option) for option in question.options], value, action_id=action_id)
