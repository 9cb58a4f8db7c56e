"""Writing a template as the file it could have come from: what is changed in a form is then read, and refused, by the
one reader of files."""

from typing import Any

import yaml

from domain.templates import Post, Question, Template, Verdict


def as_yaml(template: Template) -> str:
    """What the reader makes the same template of."""
    return to_yaml(as_data(template))


class _Dumper(yaml.SafeDumper):
    """As people write these files: lists of words stand on one line, and each dash is indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - its signature
        super().increase_indent(flow, False)

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:
        return super().represent_sequence(tag, sequence, _are_words(sequence) or flow_style)

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        is_condition = bool(mapping) and all(map(_are_words, mapping.values()))
        return super().represent_mapping(tag, mapping, is_condition or flow_style)


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def to_yaml(data: dict[str, Any]) -> str:
    """Each text stands on one line."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf"))


def as_data(template: Template) -> dict[str, Any]:
    """By the keys of the format."""
    found = {
        "id": template.id,
        "title": template.title,
        "purpose": template.purpose,
        "when": template.when,
        "about": template.about or None,
        "who": list(template.who),
        "facilitator": template.facilitator,
        "closes": str(template.closes),
        "anonymous": template.anonymous,
        "ask": [_question(each) for each in template.ask],
        "verdict": _verdict(template.verdict) if template.verdict else None,
        "post": None if template.about else _post(template.post),
    }
    reminders = {"remind": [str(each) for each in template.remind]}  # None at all is a choice, too.
    return {key: value for key, value in found.items() if value is not None} | reminders


def _post(post: Post) -> dict[str, Any]:
    return {"to": list(post.to), "by": post.by, "early": post.early, "quiet": post.quiet, "brief": post.brief}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    found = {
        "over": list(verdict.over),
        "stop": list(verdict.stop),
        "pass": list(verdict.passing),
        "needs": list(verdict.needs),
    }
    return {key: value for key, value in found.items() if value}


def _question(question: Question) -> dict[str, Any]:
    found = {
        "id": question.id,
        "text": question.text,
        "type": str(question.type),
        "hint": question.hint,
        "options": list(question.options),
        "optional": question.optional,
        "for": list(question.audience),
        "if": {earlier: list(wanted) for earlier, wanted in question.condition},
        "into": question.into,
        "split": "lines" if question.split else "",
        "recall": question.recall,
    }
    return {key: value for key, value in found.items() if value}
