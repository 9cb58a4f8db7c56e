"""Frozen domain objects as JSON columns."""

from typing import Any

from pydantic import TypeAdapter

from domain.templates import Template

_TEMPLATE = TypeAdapter(Template)


def template_to_json(template: Template) -> dict[str, Any]:
    found: dict[str, Any] = _TEMPLATE.dump_python(template, mode="json")
    return found


def template_from_json(data: dict[str, Any]) -> Template:
    return _TEMPLATE.validate_python(data)
