"""What one person enters into a field: sensible for its type, its label and who they are."""

from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sandbox.blockkit.choices import option_list
from sandbox.cast.choices import mark
from sandbox.cast.corpus import Writer, has_word
from sandbox.cast.habits import SATURDAY, moment
from sandbox.chance import dice, happens, pick
from sandbox.state import Json
from sandbox.views.slots import takes_many

PICTURES = ("png", "jpg", "jpeg", "gif")
PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
"""One dot."""

MOST_TEXT = 3000
FAMILIAR_TEXT = 150
"""In a short field people do not write more, even if more would fit."""
POSITION_WEIGHTS = (10.0, 5.0, 3.0, 1.5, 1.0)
"""Options stand best first, more often than not."""
SCALE_WEIGHTS = (1.0, 2.0, 4.0, 5.0, 2.0)
OFFICE_HOURS = (9.0, 9.5, 10.0, 11.0, 14.0, 15.5)
OWN = ("owner", "who does", "driver")
SELF = 0.4
"""How often people name themselves where they could."""
SENIOR = ("head", "lead", "manager", "director", "chief", "principal")
DATES: Sequence[tuple[tuple[str, ...], tuple[int, int]]] = (
    (("again", "review on", "revisit"), (20, 45)),
    (("from", "first day", "start", "since", "begin"), (1, 4)),
    (("until", "last day", "back", "end"), (5, 9)),
    (("",), (2, 11)),
)
"""Working days from today, by the words of a label."""
AMOUNTS: Sequence[tuple[tuple[str, ...], tuple[int, int]]] = (
    (("%", "percent", "share", "confiden", "chance"), (55, 95)),
    (("day", "hour"), (1, 8)),
    (("ticket", "how many", "item", "case", "user"), (4, 40)),
    (("",), (1, 20)),
)


@dataclass(frozen=True)
class Colleague:
    id: str
    name: str
    title: str


@dataclass(frozen=True)
class Desk:
    """Who fills in a form, and where: everything its values depend on."""

    writer: Writer
    zone: str
    me: str
    """The id of the person."""
    circle: tuple[Colleague, ...]
    """The people they might name, themselves left out."""
    channel: str
    public: str
    """A channel that everybody may find; `channel` itself, if it is one."""
    marked: bool
    elsewhere: tuple[Colleague, ...] = ()
    """Whom they name only if they are to."""

    def about(self, *what: object) -> tuple[object, ...]:
        return (self.writer.seed, self.writer.name, *self.writer.about, self.writer.day, *what)


@dataclass(frozen=True)
class Field:
    """One input. `attempt` counts how often what was entered has been marked as wrong."""

    form: str
    label: str
    block: Json
    element: Json
    attempt: int = 0

    @property
    def aside(self) -> str:
        said = [self.block.get("hint"), self.element.get("placeholder")]
        return " ".join(each["text"] for each in said if each)

    @property
    def key(self) -> tuple[object, ...]:
        return (self.form, self.label, self.attempt)


def value_for(desk: Desk, field: Field) -> Any:
    """In the page's plain values; None for what this person cannot fill in."""
    fill = FILLERS.get(field.element["type"])
    return fill(desk, field) if fill else None


def _text(desk: Desk, field: Field) -> str:
    most = min(field.element.get("max_length", MOST_TEXT), MOST_TEXT)
    wide = bool(field.element.get("multiline"))
    said = _story(desk, field) or desk.writer.text(field.label, field.aside, several=wide)
    if field.attempt:
        said = said.split("\n")[0][: max(len(said) // 2, 20)].rstrip(" .,;")
    if not wide:
        most = min(most, FAMILIAR_TEXT) if not field.element.get("min_length") else most
        said = " ".join(said.split())
    return signed(desk, said, most, *field.key)


def signed(desk: Desk, said: str, most: int, *key: object) -> str:
    """Cut to its length and, in a marked cast, with its token."""
    token = f" {mark(*desk.about('mark', *key))}" if desk.marked else ""
    room = most - len(token)
    if len(said) > room:
        said = said[:room].rsplit(" ", 1)[0].rstrip(" ,;")
    return f"{said}{token}".strip()


def _story(desk: Desk, field: Field) -> str:
    story = desk.writer.story(field.form)
    return next((text for word, text in story.items() if has_word(field.label, [word])), "")


def _number(desk: Desk, field: Field) -> str:
    element, throw = field.element, dice(*desk.about(*field.key))
    low, high = _by_words(AMOUNTS, field.label)
    least, most = (float(element[name]) if name in element else None for name in ("min_value", "max_value"))
    low = int(least if least is not None and (least > high or field.attempt) else max(low, least or low))
    high = int(min(high, most)) if most is not None else max(high, low)
    number = throw.randint(min(low, high), max(low, high))
    return f"{number}.{throw.randint(0, 9)}" if element.get("is_decimal_allowed") and number < high else str(number)


def _by_words(table: Sequence[tuple[tuple[str, ...], tuple[int, int]]], label: str) -> tuple[int, int]:
    return next(found for words, found in table if any(word in label.lower() for word in words))


def _email(desk: Desk, _: Field) -> str:
    return f"{desk.writer.name.lower().replace(' ', '.')}@example.com"


def _url(desk: Desk, field: Field) -> str:
    return f"https://example.com/notes/{dice(*desk.about(*field.key)).randint(100, 999)}"


def _one(desk: Desk, field: Field) -> str | None:
    options = [option["value"] for option in option_list(field.element)]
    if not options:
        return None
    weights = _weights(field.element, len(options))
    chosen: str = pick(list(zip(options, weights, strict=True)), *desk.about(*field.key))
    return chosen


def _weights(element: Json, count: int) -> Sequence[float]:
    is_scale = all(option["text"]["text"][:1].isdigit() for option in option_list(element))
    if is_scale and count == len(SCALE_WEIGHTS):
        return SCALE_WEIGHTS
    return POSITION_WEIGHTS[:count] if count <= len(POSITION_WEIGHTS) and not is_scale else [1.0] * count


def _several(desk: Desk, field: Field) -> list[str]:
    options = [option["value"] for option in option_list(field.element)]
    return _some(dice(*desk.about(*field.key)), options, most=field.element.get("max_selected_items", 2))


def _some(throw: Random, choices: Sequence[str], *, most: int) -> list[str]:
    return throw.sample(choices, min(len(choices), throw.randint(1, max(1, min(2, most)))))


def _person(desk: Desk, field: Field) -> str | None:
    could_be_me = not field.attempt and has_word(field.label, OWN) and not has_word(field.label, ["new"])
    if could_be_me and happens(SELF, *desk.about("self", *field.key)):
        return desk.me
    found = _fitting(desk, field)
    return dice(*desk.about(*field.key)).choice(found).id if found else desk.me


def _people(desk: Desk, field: Field) -> list[str]:
    most = field.element.get("max_selected_items", 2)
    return _some(dice(*desk.about(*field.key)), [each.id for each in _fitting(desk, field)], most=most)


def _fitting(desk: Desk, field: Field) -> Sequence[Colleague]:
    """Whoever decides is somebody senior, if one is at hand."""
    if has_word(field.label, ["approv", "decid", "final say", "sponsor", "manager"]):
        return [each for each in desk.circle if has_word(each.title, SENIOR)] or desk.circle
    return desk.circle


def _channel(desk: Desk, field: Field) -> str | list[str] | None:
    chosen = desk.public if "channels" in field.element["type"] else desk.channel
    return [chosen] if chosen and takes_many(field.element) else chosen or None


def _date(desk: Desk, field: Field) -> str:
    low, high = _by_words(DATES, field.label)
    ahead = dice(*desk.about(*field.key)).randint(low, high) + 5 * field.attempt
    return working_day(desk.writer.day, ahead).isoformat()


def working_day(day: date, ahead: int) -> date:
    """The day `ahead` working days after this one; weekends do not count."""
    while ahead > 0 or day.weekday() >= SATURDAY:
        day += timedelta(days=1)
        ahead -= day.weekday() < SATURDAY
    return day


def _time(desk: Desk, field: Field) -> str:
    hour = dice(*desk.about(*field.key)).choice(OFFICE_HOURS)
    return f"{int(hour):02d}:{int(hour % 1 * 60):02d}"


def _date_and_time(desk: Desk, field: Field) -> int:
    day = date.fromisoformat(_date(desk, field))
    return int(moment(day, dice(*desk.about(*field.key)).choice(OFFICE_HOURS), desk.zone))


def _rich_text(desk: Desk, field: Field) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": _text(desk, field)}]}
    return {"type": "rich_text", "elements": [section]}


def attachment(desk: Desk, field: Field) -> tuple[str, bytes]:
    """The name and content of a file, of a kind that is asked for: a picture, or what they would have written."""
    kinds = field.element.get("filetypes") or ["txt"]
    kind = "txt" if "txt" in kinds else dice(*desk.about("kind", *field.key)).choice(kinds)
    name = f"{desk.writer.name.split()[0].lower()}-{desk.writer.day.isoformat()}.{kind}"
    return name, PICTURE if kind in PICTURES else _text(desk, field).encode()


FILLERS: dict[str, Callable[[Desk, Field], Any]] = {
    "plain_text_input": _text,
    "rich_text_input": _rich_text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "static_select": _one,
    "radio_buttons": _one,
    "multi_static_select": _several,
    "checkboxes": _several,
    "users_select": _person,
    "multi_users_select": _people,
    "conversations_select": _channel,
    "channels_select": _channel,
    "multi_conversations_select": _channel,
    "multi_channels_select": _channel,
    "datepicker": _date,
    "timepicker": _time,
    "datetimepicker": _date_and_time,
}
