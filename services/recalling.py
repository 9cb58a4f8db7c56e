"""What somebody answered the last time, for the questions that ask for it."""

from sqlmodel import Session

from domain.kept import Recalled
from domain.runs import Prompt, Run
from domain.said import answer_text, named
from domain.templates import Question
from storage import people, prompts, rituals


def recalled(session: Session, run: Run, prompt: Prompt) -> dict[str, Recalled]:
    """By question. Nobody is told what they said in an anonymous check-in."""
    if run.template.anonymous:
        return {}
    asked = [each for each in run.template.questions_for(prompt) if each.recall]
    found = ((each.id, _recalled(session, run, prompt, each)) for each in asked)
    return {name: last for name, last in found if last}


def _recalled(session: Session, run: Run, prompt: Prompt, question: Question) -> Recalled | None:
    found = prompts.last_answer(
        session,
        ritual_id=run.ritual_id,
        before=run.occurrence,
        person_id=prompt.person_id,
        question_id=question.recall,
    )
    then = rituals.run(session, workspace_id=run.workspace_id, run_id=found[0]) if found else None
    if found is None or then is None:
        return None
    value = found[1]
    asked = next((each for each in then.template.ask if each.id == question.recall), question)
    known = people.people(session, workspace_id=run.workspace_id, ids=named([asked], {asked.id: value}))
    text = answer_text({key: person.name for key, person in known.items()}, asked, value)
    is_fit = (asked.type, asked.options) == (question.type, question.options)
    of = asked.text if asked.id != question.id else ""
    return Recalled(value, text, then.day, is_fit=is_fit, of=of)
