"""Reading what makes a template a round: a decision that it is about, and what its answers do to that."""

from collections.abc import Iterator, Sequence

from domain.selectors import OF_SUBJECT, PERSON
from domain.template_file import Path, Source, quote
from domain.templates import DECISION, PROPOSED, Question, QuestionType, Template, Verdict

SETS = {"pass": "accepted", "stop": "contested"}
NOT_OF_ROUNDS = {
    "post": "what a round answers stands with its decision",
    "anonymous": "the record of a decision says where each stands",
}
OWES = ("why", "what would help")
"""What whoever stops a decision writes."""
FILLED_IN = ("{subject}", "{closes}")


def check_round(source: Source, template: Template) -> None:
    """Reports what only a round can have, and what a round cannot."""
    if template.about and template.about != DECISION:
        source.report(("about",), f"{quote(template.about)} is nothing that can be asked about yet; write {DECISION}")
    elif template.about:
        _check_of_round(source, template)
    elif "about" not in source.data:
        for path, text in _words(source):
            if text in OF_SUBJECT:
                source.report(path, f"only a round has a subject; add about: {DECISION}, or take {quote(text)} out")
        for word in FILLED_IN:
            if word in template.purpose:
                source.report(("purpose",), f"only a round fills {word} in; add about: {DECISION}, or take it out")


def _check_of_round(source: Source, template: Template) -> None:
    if source.data.get("when") not in (None, PROPOSED):
        source.report(("when",), f'a round begins when somebody proposes a decision; write "{PROPOSED}"')
    for key, why in NOT_OF_ROUNDS.items():
        if key in source.data:
            source.report((key,), f"{why}; take it out")
    for place, question in enumerate(template.ask):
        if question.into:
            source.report(("ask", place, "into"), "the answers of a round stay with its decision; take this out")


def _words(source: Source) -> Iterator[tuple[Path, str]]:
    """Every selector of the file, with where it stands."""
    yield from ((("who", place), entry) for place, entry in source.items("who"))
    yield ("facilitator",), source.data.get("facilitator") or ""
    for at, question in source.items("ask"):
        yield from ((("ask", at, "for", place), each or "") for place, each in enumerate(question.get("for") or ()))


def read_verdict(source: Source, template: Template) -> Verdict | None:
    """None where the answers decide nothing, or it cannot be read."""
    given = source.data.get("verdict")
    if not given:
        return None
    source.require(("verdict",), given, ("stop",))
    if "about" not in source.data:
        source.report(("verdict",), f"only a round has a verdict; add about: {DECISION}, or take this out")
    stop, passing = (_texts(given.get(key)) for key in ("stop", "pass"))
    over = _over(source, template, _texts(given.get("over")), stop)
    known = [option for question in over for option in question.options]
    for key, answers in (("stop", stop), ("pass", passing)):
        for place, answer in enumerate(answers):
            if over and answer and answer not in known:
                source.report(("verdict", key, place), f"{quote(answer)} is among the answers of none of its questions")
            elif key == "pass" and answer in stop:
                source.report(("verdict", key, place), f"{quote(answer)} cannot stop it and let it pass; keep one")
    _check_needs(source, given.get("needs") or ())
    for key, value in (given.get("sets") or {}).items():
        if value not in (None, SETS[key]):
            source.report(("verdict", "sets", key), f"{quote(value)} cannot be set so; write {SETS[key]}")
    _check_reasons(source, template, over, stop)
    others = tuple(each for each in dict.fromkeys(known) if each not in stop)
    return Verdict(tuple(each.id for each in over), stop, passing or others, _texts(given.get("needs")))


def _texts(entries: Sequence[str | None] | None) -> tuple[str, ...]:
    return tuple(entry or "" for entry in entries or ())


def _over(source: Source, template: Template, named: Sequence[str], stop: Sequence[str]) -> list[Question]:
    """The questions it looks at: by default each choice that offers an answer which stops it."""
    choices = [each for each in template.ask if each.type is QuestionType.ONE]
    for place, name in enumerate(named):
        if name and name not in [each.id for each in choices]:
            source.report(("verdict", "over", place), f'{quote(name)} is no question of type "one" of this file')
    if named:
        return [each for each in choices if each.id in named]
    found = [each for each in choices if {*each.options} & {*stop}]
    if any(stop) and not found:
        source.report(("verdict", "stop"), 'no question of type "one" offers such an answer; add one, or mend this')
    return found


def _check_needs(source: Source, needs: Sequence[str | None]) -> None:
    for place, text in enumerate(needs):
        if text and text not in OF_SUBJECT and not PERSON.fullmatch(text):
            source.report(
                ("verdict", "needs", place),
                f"{quote(text)} names nobody whose word a round can wait for; write {', '.join(OF_SUBJECT)}, or "
                '"@U..." in quotes',
            )


def _check_reasons(source: Source, template: Template, over: Sequence[Question], stop: Sequence[str]) -> None:
    """Whoever stops it says why, and what would help."""
    for question in over:
        for answer in stop:
            asked = template.follow_ups(question.id, answer)
            if answer in question.options and len([each for each in asked if not each.optional]) < len(OWES):
                source.report(
                    ("verdict", "stop"),
                    f"whoever answers {quote(answer)} must say why, and what would help: add two questions of type "
                    f"short with if: {{{question.id}: [{answer}]}}",
                )
