"""The form of a check-in: one field a question, follow-ups that appear on a click."""

from enum import StrEnum

from domain.answers import LONG_LIMIT, SHORT_LIMIT
from domain.cards import CheckinForm
from domain.runs import shown
from domain.summaries import scale_text
from domain.templates import CLICKS, SCALE, Question, QuestionType, chosen
from surface import blockers, forms
from surface.kit import Block, Element, Json, context, escape, modal, moment, section


class Id(StrEnum):
    FORM = "checkin.form"
    CHOOSE = "checkin.choose"
    """A choice that other questions wait for."""


def checkin_form(form: CheckinForm) -> Json:
    template, zone = form.run.template, form.person.zone
    questions = template.questions_for(form.prompt.function)
    when = "The deadline has passed; your answer will be marked late." if form.is_late else ""
    deadline = when or f"You can change your answers until {moment(form.prompt.deadline, zone)}."
    blocks: list[Block] = [section(escape(template.purpose)), context(deadline)]
    blocks += blockers.still_fields(form.still, form.answers)
    blocks += [_field(question, questions, form.answers) for question in shown(questions, form.answers)]
    return modal(
        template.title,
        Id.FORM,
        blocks,
        submit="Send late" if form.is_late else "Send",
        ids={"prompt": str(form.prompt.id), "draft": form.draft_id},
    )


def _field(question: Question, questions: tuple[Question, ...], answers: dict[str, str]) -> Block:
    is_followed = any(question.id == earlier for other in questions for earlier, _ in other.condition)
    return forms.field(
        question.id,
        question.text,
        _element(question, answers.get(question.id, ""), Id.CHOOSE if is_followed else forms.VALUE),
        hint=question.hint,
        optional=question.optional,
        dispatch=is_followed,
    )


def _element(question: Question, value: str, action_id: str) -> Element:
    if question.type is QuestionType.SHORT:
        return forms.text(value, limit=SHORT_LIMIT)
    if question.type is QuestionType.LONG:
        return forms.text(value, multiline=True, limit=LONG_LIMIT)
    if question.type in CLICKS:
        return _clicks(question, value, action_id)
    if question.type is QuestionType.NUMBER:
        return forms.number(value)
    return forms.person(value) if question.type is QuestionType.USER else forms.day(value)


def _clicks(question: Question, value: str, action_id: str) -> Element:
    if question.type is QuestionType.MANY:
        return forms.choices(question.options, chosen(value), action_id=action_id)
    if question.type is QuestionType.SCALE:
        return forms.choice([(str(step), scale_text(question, step)) for step in SCALE], value, action_id=action_id)
    return forms.choice([(option, option) for option in question.options], value, action_id=action_id)
