"""Reading what was filled in in the forms of decisions."""

from collections.abc import Iterable, Mapping
from datetime import date

from domain.decisions import (
    DETAIL_LIMIT,
    LINKS_LIMIT,
    PEOPLE_LIMIT,
    REASON_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    DecisionForm,
)
from domain.errors import FieldErrors, too_far, too_long
from domain.numbers import numbers_in
from domain.rounds import ALONE

LIMITS = {
    "title": TITLE_LIMIT,
    "choice": TEXT_LIMIT,
    "because": TEXT_LIMIT,
    "context": DETAIL_LIMIT,
    "options": DETAIL_LIMIT,
}
REQUIRED = {
    "title": "Please give it a title people will find it by.",
    "choice": "Please write what was decided.",
    "because": "Please write why, even in a few words.",
    "approver": "Please choose who approves it; that may be you.",
}
OBJECTION = {
    "reason": "Please write what would go wrong, so that it can be mended.",
    "change": "Please write what would make it acceptable to you.",
}
LINKS = ("supersedes", "based_on")
TOO_MANY = f"Please choose at most {PEOPLE_LIMIT} people here."
NO_NUMBERS = "Please write the numbers of decisions here, such as D-12, D-15."
TOO_MANY_LINKS = f"Please name at most {LINKS_LIMIT} decisions here."


def read_form(given: Mapping[str, str]) -> DecisionForm:
    """What was filled in, trimmed. Raises FieldErrors."""
    found = {name: value.strip() for name, value in given.items() if value.strip()}
    mistakes = {name: sentence for name, sentence in REQUIRED.items() if name not in found}
    mistakes |= too_long(found, LIMITS)
    several = {name: _ids(found.get(name)) for name in ("contributors", "informed")}
    mistakes |= {name: TOO_MANY for name, ids in several.items() if len(ids) > PEOPLE_LIMIT}
    links = {name: numbers_in(found.get(name, ""), "D") for name in LINKS}
    mistakes |= {name: NO_NUMBERS for name, numbers in links.items() if numbers is None}
    mistakes |= {name: TOO_MANY_LINKS for name, numbers in links.items() if numbers and len(numbers) > LINKS_LIMIT}
    asked = found.get("round", ALONE)
    day = date.fromisoformat(found["look_again_on"]) if "look_again_on" in found else None
    if day:
        mistakes |= too_far({"look_again_on": day})
    if mistakes:
        raise FieldErrors(mistakes)
    return DecisionForm(
        title=" ".join(found["title"].split()),
        choice=found["choice"],
        because=found["because"],
        approver_id=found["approver"],
        context=found.get("context", ""),
        options=found.get("options", ""),
        driver_id=found.get("driver", ""),
        contributors=several["contributors"],
        informed=several["informed"],
        look_again_on=day,
        supersedes=links["supersedes"] or (),
        based_on=links["based_on"] or (),
        round="" if asked == ALONE else asked,
    )


def as_given(form: DecisionForm) -> dict[str, str]:
    """What `read_form` reads back as this form."""
    given = {
        "title": form.title,
        "choice": form.choice,
        "because": form.because,
        "approver": form.approver_id,
        "context": form.context,
        "options": form.options,
        "driver": form.driver_id,
        "contributors": ",".join(form.contributors),
        "informed": ",".join(form.informed),
        "look_again_on": f"{form.look_again_on or ''}",
        "supersedes": as_names(form.supersedes),
        "based_on": as_names(form.based_on),
        "round": form.round,
    }
    return {name: value for name, value in given.items() if value}


def _ids(joined: str | None) -> tuple[str, ...]:
    """In the order in which they are kept."""
    return tuple(sorted(set(joined.split(",")))) if joined else ()


def as_names(numbers: Iterable[int]) -> str:
    """What `read_form` reads back as those numbers."""
    return ", ".join(f"D-{each}" for each in numbers)


def read_next_day(text: str) -> date | None:
    """When to look again at what still holds. Raises FieldErrors."""
    day = date.fromisoformat(text) if text else None
    if day and (mistakes := too_far({"look_again_on": day})):
        raise FieldErrors(mistakes)
    return day


def read_objection(given: Mapping[str, str]) -> tuple[str, str]:
    """What somebody holds against it, and what would mend that. Raises FieldErrors."""
    found = {name: given.get(name, "").strip() for name in OBJECTION}
    mistakes = too_long(found, dict.fromkeys(OBJECTION, REASON_LIMIT))
    mistakes |= {name: OBJECTION[name] for name, text in found.items() if not text}
    if mistakes:
        raise FieldErrors(mistakes)
    return found["reason"], found["change"]


def read_reason(text: str, *, otherwise: str) -> str:
    """Why somebody rejects, overrules or ends it. Raises FieldErrors."""
    reason = text.strip()
    mistakes = too_long({"reason": reason}, {"reason": REASON_LIMIT})
    if not reason:
        mistakes = {"reason": otherwise}
    if mistakes:
        raise FieldErrors(mistakes)
    return reason
