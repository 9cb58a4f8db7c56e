"""Reading a template file: YAML text in, plain data of the right shape out, with the line of each part and problem."""

import difflib
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from domain.template_format import TEMPLATE, Answers, Count, Flag, Keys, Many, Shape, Text

Path = tuple[str | int, ...]
LONGEST_QUOTE = 40
READ_AS = {"bool": "true or false", "int": "a number", "float": "a number", "timestamp": "a date"}
"""What YAML makes of a word without quotes."""
FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


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
    """The plain data of a file, and on which line each part of it stands. What was wrong is not among the data."""

    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report(self, path: Path, message: str) -> None:
        known = next(path[:size] for size in range(len(path), -1, -1) if path[:size] in self.lines)
        self.problems.append(Problem(self.lines[known], key_text(path), message))

    def require(self, path: Path, data: dict[str, Any], keys: tuple[str, ...]) -> None:
        for key in keys:
            if key not in data:
                self.report(path, f'the key "{key}" is missing')

    def items(self, key: str) -> list[tuple[int, Any]]:
        """Those of a list that could be read, with their places."""
        return [(place, entry) for place, entry in enumerate(self.data.get(key) or []) if entry is not None]


def key_text(path: Path) -> str:
    """`ask[2].options` as a person would say it, counting from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def quote(text: str) -> str:
    """Of a long text its beginning."""
    one_line = " ".join(text.split())
    return f'"{one_line}"' if len(one_line) <= LONGEST_QUOTE else f'"{one_line[:LONGEST_QUOTE]}..."'


def read_source(text: str) -> Source:
    """Raises BadTemplate when the text is no YAML mapping at all."""
    try:
        node = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        is_tab = "\\t" in str(error.problem)
        hint = "begin lines with spaces, not with tabs" if is_tab else "put texts with : # ? @ in quotes"
        message = f"this is not readable as YAML ({error.problem}); {hint}"
        raise BadTemplate([Problem(line, "", message)]) from error
    except yaml.YAMLError as error:
        raise BadTemplate([Problem(1, "", "this is not readable as YAML; save it as plain UTF-8 text")]) from error
    except RecursionError as error:
        raise BadTemplate([Problem(1, "", "this is nested deeper than any template")]) from error
    if not isinstance(node, yaml.MappingNode):
        raise BadTemplate([Problem(1, "", f"a template is a list of {TEMPLATE.example}")])
    source = Source()
    source.data = _Shaping(source).keys(node, (), TEMPLATE)
    return source


class _Shaping:
    """Each part is read as what its key takes; anything else is a problem, and None."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def value(self, node: yaml.Node, path: Path, shape: Shape) -> Any:
        self.source.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(shape, Many):
            return self.many(node, path, shape)
        if isinstance(shape, Flag):
            return self.flag(node, path)
        if isinstance(shape, Text):
            return self.text(node, path, shape)
        if isinstance(shape, Count):
            return self.count(node, path, shape)
        if isinstance(node, yaml.MappingNode) and node.value:
            return self.keys(node, path, shape)
        self.wrong(path, node, shape.example)
        return None

    def keys(self, node: yaml.MappingNode, path: Path, shape: Keys | Answers) -> dict[str, Any]:
        self.source.lines.setdefault(path, node.start_mark.line + 1)
        found: dict[str, Any] = {}
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            here = (*path, key)
            self.source.lines[here] = key_node.start_mark.line + 1
            if key in seen:
                self.source.report(here, "this key stands here twice; keep one")
            elif isinstance(shape, Answers) and key_node.tag.endswith(":bool"):
                self.source.report(here, f'YAML reads {key} as true or false; quote it: "{key}"')
            elif of := shape.of if isinstance(shape, Answers) else self.known(here, key, shape):
                found[key] = self.value(value_node, here, of)
            seen.add(key)
        return found

    def known(self, path: Path, key: str, shape: Keys) -> Shape | None:
        if key in shape.keys:
            return shape.keys[key]
        if key in shape.later:
            self.source.report(path, "Muster knows this key but cannot do it yet; take it out for now")
            return None
        close = difflib.get_close_matches(key, shape.keys, n=1)
        hint = f'did you mean "{close[0]}"?' if close else f"the keys are {', '.join(shape.keys)}"
        self.source.report(path, f"there is no such key; {hint}")
        return None

    def many(self, node: yaml.Node, path: Path, shape: Many) -> list[Any] | None:
        if shape.may_be_alone and isinstance(node, yaml.ScalarNode):
            alone = self.value(node, path, shape.of)
            return None if alone is None else [alone]
        if not isinstance(node, yaml.SequenceNode) or not (node.value or shape.may_be_empty):
            if not self.is_later(node, path, shape.of, shape.example):
                self.wrong(path, node, shape.example)
            return None
        found: list[Any] = []
        for place, item in enumerate(node.value):
            value = self.value(item, (*path, place), shape.of)
            if isinstance(value, str) and value in found:
                self.source.report((*path, place), f"{quote(value)} stands here twice; keep one")
            found.append(value)
        return found

    def flag(self, node: yaml.Node, path: Path) -> bool | None:
        word = node.value.lower() if isinstance(node, yaml.ScalarNode) else ""
        if word in FLAGS and node.tag.endswith(":bool"):
            return FLAGS[word]
        self.wrong(path, node, "true or false, without quotes" if word in FLAGS else "true or false")
        return None

    def text(self, node: yaml.Node, path: Path, shape: Text) -> str | None:
        text = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
        kind = node.tag.rpartition(":")[2]
        if not text or kind not in ("str", *READ_AS):
            self.wrong(path, node, f"a text, such as {shape.example}")
        elif kind in shape.must_quote:
            self.source.report(path, f"quote {quote(text)} (YAML reads it as {READ_AS[kind]})")
        elif len(text.splitlines()) > 1:
            self.source.report(path, "write it on one line")
        elif len(text) > shape.limit:
            self.source.report(path, f"{len(text)} characters are too long; at most {shape.limit}")
        elif not self.is_later(node, path, shape, shape.example):
            return text
        return None

    def is_later(self, node: yaml.Node, path: Path, shape: Shape, instead: str) -> bool:
        """Whether something stands there that Muster cannot do yet; then that is said."""
        if not isinstance(shape, Text) or not shape.later or not isinstance(node, yaml.ScalarNode):
            return False
        found = re.search(shape.later, node.value.strip())
        if found:
            is_whole = found[0] == node.value.strip()
            example = f", or write for example {instead}" if is_whole else ""
            self.source.report(
                path, f"Muster knows {quote(found[0])} but cannot do it yet; take it out for now{example}"
            )
        return found is not None

    def count(self, node: yaml.Node, path: Path, shape: Count) -> int | None:
        word = node.value if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":int") else ""
        if word.isdecimal() and shape.least <= int(word) <= shape.most:
            return int(word)
        self.wrong(path, node, f"a whole number from {shape.least} to {shape.most}")
        return None

    def wrong(self, path: Path, node: yaml.Node, instead: str) -> None:
        self.source.report(path, f"{_described(node)}; write {instead}")


def _described(node: yaml.Node) -> str:
    if node.tag.endswith(":null"):
        return "nothing stands here (what follows a # is a comment, unless it is in quotes)"
    if not node.value:
        return "nothing stands here"
    if isinstance(node, yaml.ScalarNode):
        return f"{quote(node.value)} is not understood"
    return "this is a list" if isinstance(node, yaml.SequenceNode) else "this has keys of its own"
