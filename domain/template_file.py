"""Reading a template file: YAML text in, plain data out, with the line of each part and of each problem."""

import difflib
from dataclasses import dataclass, field
from typing import Any

import yaml

TOP_KEYS = ("id", "title", "purpose", "when", "who", "ask", "facilitator", "closes", "remind", "post")
LATER_TOP_KEYS = ("about", "anonymous", "score", "verdict")
QUESTION_KEYS = ("id", "text", "type", "hint", "options", "optional", "for", "if", "into")
LATER_QUESTION_KEYS = ("split", "recall")
DEEPEST = 6
"""`ask`, a question, `if`, an answer, and some room: a file that refers to itself has no end."""


@dataclass(frozen=True, order=True)
class Problem:
    line: int
    key: str
    message: str
    """What to write instead."""

    def __str__(self) -> str:
        return f"{self.line}: {self.key}: {self.message}" if self.key else f"{self.line}: {self.message}"


class BadTemplate(ValueError):
    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Source:
    """The plain data of a file, and on which line each part of it stands."""

    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report(self, path: tuple[str | int, ...], message: str) -> None:
        known = next(path[:size] for size in range(len(path), -1, -1) if path[:size] in self.lines)
        self.problems.append(Problem(self.lines[known], key_text(path), message))


def key_text(path: tuple[str | int, ...]) -> str:
    """`ask[2].options` as a person would say it, counting from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read_source(text: str) -> Source:
    """Raises BadTemplate when the text is no YAML mapping at all."""
    try:
        node = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        message = f"this is not readable as YAML ({error.problem}); put texts with : # ? @ in quotes"
        raise BadTemplate([Problem(line, "", message)]) from error
    except yaml.YAMLError as error:
        raise BadTemplate([Problem(1, "", "this is not readable as YAML; save it as plain UTF-8 text")]) from error
    if not isinstance(node, yaml.MappingNode):
        raise BadTemplate([Problem(1, "", 'a template is a list of keys; begin with "id: name-of-the-file"')])
    source = Source()
    source.data = _mapping(source, node, ())
    _check_keys(source)
    return source


def _mapping(source: Source, node: yaml.MappingNode, path: tuple[str | int, ...]) -> dict[str, Any]:
    source.lines.setdefault(path, node.start_mark.line + 1)
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        here = (*path, key)
        source.lines[here] = key_node.start_mark.line + 1
        if key_node.tag == "tag:yaml.org,2002:bool":
            source.report(here, f'YAML reads {key} as true or false; quote it: "{key}"')
        elif key in found:
            source.report(here, "this key stands here twice; keep one")
        found[key] = _value(source, value_node, here)
    return found


def _value(source: Source, node: yaml.Node, path: tuple[str | int, ...]) -> Any:
    source.lines.setdefault(path, node.start_mark.line + 1)
    if len(path) > DEEPEST:
        source.report(path, "this is nested deeper than any template; write it out without & and *")
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(source, node, path)
    if isinstance(node, yaml.SequenceNode):
        return [_value(source, item, (*path, place)) for place, item in enumerate(node.value)]
    return _scalar(source, node, path)


def _scalar(source: Source, node: yaml.Node, path: tuple[str | int, ...]) -> str | bool | None:
    """Text stays as it was written; only true and false, and nothing at all, are more than text."""
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        if path[-1] in ("optional", "brief") or not _is_known(path):
            return str(node.value).lower() in ("true", "yes", "on")
        source.report(path, f'quote "{node.value}" (YAML reads it as true or false)')
    return str(node.value)


def _is_known(path: tuple[str | int, ...]) -> bool:
    """Whether Muster reads what stands there; what is to be taken out need not be quoted first."""
    is_in_question = path[0] == "ask" and len(path) > len(("ask", 0))
    return path[0] in TOP_KEYS and (not is_in_question or path[2] in QUESTION_KEYS)


def _check_keys(source: Source) -> None:
    _known(source, (), source.data, TOP_KEYS, LATER_TOP_KEYS)
    questions = source.data.get("ask")
    for place, question in enumerate(questions if isinstance(questions, list) else []):
        if isinstance(question, dict):
            _known(source, ("ask", place), question, QUESTION_KEYS, LATER_QUESTION_KEYS)


def _known(
    source: Source, path: tuple[str | int, ...], data: dict[str, Any], keys: tuple[str, ...], later: tuple[str, ...]
) -> None:
    for key in data:
        if key in later:
            source.report((*path, key), "Muster knows this key but cannot do it yet; take it out for now")
        elif key not in keys:
            close = difflib.get_close_matches(key, keys, n=1)
            hint = f'; did you mean "{close[0]}"?' if close else f"; the keys are {', '.join(keys)}"
            source.report((*path, key), f"there is no such key{hint}")
