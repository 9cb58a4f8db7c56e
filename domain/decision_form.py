"""Reading what was filled in in the forms of decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from domain import decision_options
from domain.briefs import Status
from domain.decisions import (
    DETAIL_LIMIT,
    LINKS_LIMIT,
    PEOPLE_LIMIT,
    REASON_LIMIT,
    SHORT_LIMIT,
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
    **dict.fromkeys(("context", "constraints", "good", "bad", "links"), DETAIL_LIMIT),
    **dict.fromkeys(("outcome", "metric", "target"), SHORT_LIMIT),
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
LINEAGE = ("supersedes", "based_on")
RESULT = {"result": DETAIL_LIMIT, "measured": SHORT_LIMIT, "learned": DETAIL_LIMIT}
CONFIDENCES = tuple(range(10, 100, 10))
MISSING = {
    "context": "context",
    "options": "options considered",
    "good": "consequences",
    "outcome": "expected outcome",
    "metric": "how it is measured",
    "look_again_on": "check date",
    "confidence": "how sure you are",
}
"""What a full record has beside the quick one, as people read it."""
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
    lineage = {name: numbers_in(found.get(name, ""), "D") for name in LINEAGE}
    mistakes |= {name: NO_NUMBERS for name, numbers in lineage.items() if numbers is None}
    mistakes |= {name: TOO_MANY_LINKS for name, numbers in lineage.items() if numbers and len(numbers) > LINKS_LIMIT}
    asked = found.get("round", ALONE)
    day = date.fromisoformat(found["look_again_on"]) if "look_again_on" in found else None
    if day:
        mistakes |= too_far({"look_again_on": day})
    links = tuple(" ".join(line.split()) for line in found.get("links", "").splitlines() if line.strip())
    mistakes |= _mistaken_links(links) | decision_options.mistakes(given)[1]
    if mistakes:
        raise FieldErrors(mistakes)
    return DecisionForm(
        title=" ".join(found["title"].split()),
        choice=found["choice"],
        because=found["because"],
        approver_id=found["approver"],
        context=found.get("context", ""),
        constraints=found.get("constraints", ""),
        options=tuple(replace(each, title=" ".join(each.title.split())) for each in decision_options.read(given)),
        driver_id=found.get("driver", ""),
        contributors=several["contributors"],
        informed=several["informed"],
        good=found.get("good", ""),
        bad=found.get("bad", ""),
        outcome=found.get("outcome", ""),
        metric=found.get("metric", ""),
        target=found.get("target", ""),
        look_again_on=day,
        confidence=int(found["confidence"]) if "confidence" in found else None,
        links=links,
        forum_id=int(found["forum"]) if "forum" in found else None,
        supersedes=lineage["supersedes"] or (),
        based_on=lineage["based_on"] or (),
        round="" if asked == ALONE else asked,
    )


def check_status(given: Mapping[str, str], form: DecisionForm, recorder_id: str) -> None:
    """What a brief has filled in holds only once somebody has looked at it and says that it was decided. Raises
    FieldErrors."""
    said = given.get("status")
    if not said:
        raise FieldErrors({"status": "Please read what the thread says, and choose."})
    if said == Status.PROPOSED and form.approver_id == recorder_id and not form.round:
        raise FieldErrors({"approver": "If you approve it alone, it is decided. Choose who is to decide, or a round."})


def as_given(form: DecisionForm) -> dict[str, str]:
    """What `read_form` reads back as this form."""
    given = {
        "title": form.title,
        "choice": form.choice,
        "because": form.because,
        "approver": form.approver_id,
        "context": form.context,
        "constraints": form.constraints,
        "options": decision_options.written(form.options),
        "driver": form.driver_id,
        "contributors": ",".join(form.contributors),
        "informed": ",".join(form.informed),
        "good": form.good,
        "bad": form.bad,
        "outcome": form.outcome,
        "metric": form.metric,
        "target": form.target,
        "look_again_on": f"{form.look_again_on or ''}",
        "confidence": f"{form.confidence or ''}",
        "links": "\n".join(form.links),
        "forum": f"{form.forum_id or ''}",
        "supersedes": as_names(form.supersedes),
        "based_on": as_names(form.based_on),
        "round": form.round,
    }
    return {name: value for name, value in given.items() if value}


def missing(form: DecisionForm) -> tuple[str, ...]:
    """What the record does not say yet; nothing of it has to be there."""
    return not_given(as_given(form))


def not_given(given: Mapping[str, str]) -> tuple[str, ...]:
    """The same of a form that is being filled in."""
    there = given if "bad" not in given else {**given, "good": given["bad"]}
    return tuple(name for field, name in MISSING.items() if not there.get(field, "").strip())


def _mistaken_links(links: tuple[str, ...]) -> dict[str, str]:
    """Only addresses that lead where they say: no others can be pressed in Slack, or they hide where they lead."""
    if len(links) > LINKS_LIMIT:
        return {"links": f"Please keep it to {LINKS_LIMIT} links."}
    wrong = next((line for line in links if not _is_address(line.split()[0])), "")
    begins = "Each line begins with an address such as https://example.com/page"
    return {"links": f"{begins}; “{wrong[:60]}” does not."} if wrong else {}


def _is_address(text: str) -> bool:
    try:
        found = urlsplit(text)
    except ValueError:
        return False
    return found.scheme == "https" and bool(found.hostname) and "@" not in found.netloc and not set(text) & set("<>|")


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


def read_result(given: Mapping[str, str]) -> dict[str, str]:
    """What came of it, trimmed; empty if nothing is said of that. Raises FieldErrors."""
    found = {name: given.get(name, "").strip() for name in RESULT}
    if mistakes := too_long(found, RESULT):
        raise FieldErrors(mistakes)
    return found if any(found.values()) else {}


def expects(form: DecisionForm) -> bool:
    """Whether it says what was to come of it."""
    return bool(form.outcome or form.metric or form.target)


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
