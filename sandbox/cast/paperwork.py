"""One person before one form: filled in, sent, corrected where it is marked, tried again when nothing answers."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Any

from sandbox.blockkit.choices import option_list
from sandbox.cast.asks import shows_more
from sandbox.cast.choices import MARK
from sandbox.cast.corpus import has_word
from sandbox.cast.filling import Desk, Field, attachment, signed, value_for
from sandbox.cast.habits import Habits
from sandbox.cast.hands import Hands, Outcome
from sandbox.chance import dice, happens
from sandbox.sight import texts
from sandbox.state import Json
from sandbox.views import words
from sandbox.views.slots import EXTERNAL, SLOTS, initial_value, takes_many
from sandbox.views.stacks import Typed

MOST_STEPS = 40
MOST_CORRECTIONS = 3
MOST_TRIES = 1
"""At another text where none is needed."""
MORE_WANTED = 0.5
RARER_WORDS = ("blocking", "in the way", "anything else", "comment")
RARER = 0.55
FOLLOW_UPS = ("if ", "from whom", "who ", "by when", "by which")
"""Labels that only make sense once the field before them is filled."""
NOTHING = ("None", "Nothing", "No ")
"""What answers begin with that leave nothing to follow up."""
TEXTS = ("plain_text_input", "rich_text_input")

IN_A_MOMENT = ("one moment", "loading")
"""What a form says that is about to become another."""
LEAST_TYPED = 3
SEARCHES = ("forecast", "answer", "model", "store", "price", "ticket")
"""What people look for."""

Answers = dict[str, Any]


class Ending(Enum):
    SENT = auto()
    NOT_HEARD = auto()
    """The app did not answer; the form may still be open."""
    GIVEN_UP = auto()


class Paperwork:
    """`given` are answers known beforehand, in words, by label; `is_edit`: only one of the old answers changes."""

    def __init__(self, hands: Hands, desk: Desk, habits: Habits, *, given: Answers, is_edit: bool = False) -> None:
        self._hands = hands
        self._desk = desk
        self._habits = habits
        self._given = {label.lower(): value for label, value in given.items()}
        self._is_edit = is_edit
        self._values: Answers = {}
        """By label; what is left as it was is None."""
        self._attempts: dict[str, int] = {}
        self._corrections = 0
        self._opened: set[str] = set()
        self._is_sent = False

    async def finish(self) -> Ending:
        """Go on with the open form until it is closed."""
        sent: Json | None = None
        for _ in range(MOST_STEPS):
            view = self._hands.top_form()
            if view is None:
                return Ending.SENT if self._is_sent else Ending.GIVEN_UP
            if not self._asks(view, sent):
                if not (
                    sent is None and has_word(" ".join(texts(view)), IN_A_MOMENT) and await self._hands.waits(view)
                ):
                    await self._hands.close(view)
                continue
            view = await self._fill(view)
            outcome = await self._hands.submit(view, self._state(view))
            if outcome.can_be_tried_again:
                return Ending.NOT_HEARD
            sent = view if outcome.ok else None
            self._is_sent |= outcome.ok
            if not outcome.ok and not self._corrects(outcome):
                await self._hands.close(view)
                return Ending.GIVEN_UP
        return Ending.GIVEN_UP

    def _asks(self, view: Json, sent: Json | None) -> bool:
        """Whether there is something to send that has not been sent: a new question, or "Record anyway"."""
        if sent is None or not view.get("submit"):
            return bool(view.get("submit"))
        labels = {label for label, _, _ in words.labelled(view["blocks"])}
        is_new = view["id"] != sent["id"] or view["submit"] != sent["submit"]
        return is_new or not labels <= set(self._values)

    def _corrects(self, outcome: Outcome) -> bool:
        """Think again about what is marked; False once there is nothing better to enter."""
        self._corrections += 1
        for label in outcome.marks:
            self._attempts[label] = self._attempts.get(label, 0) + 1
            self._values.pop(label, None)
            self._given.pop(label.lower(), None)
        return bool(outcome.marks) and self._corrections <= MOST_CORRECTIONS

    async def _fill(self, view: Json) -> Json:
        """Enter what is missing, in order; some choices make new fields appear. The view as it stands then."""
        for _ in range(MOST_STEPS):
            found = next(self._to_do(view), None)
            if found is None:
                return view
            label, block, element = found
            if element["type"] == "button":
                self._opened.add(label)
            else:
                self._values[label] = await self._choose(view, label, block, element)
            if element["type"] == "button" or self._tells(label, block):
                await self._hands.use(view, block, element, self._values.get(label), self._state(view))
                view = self._hands.top_form() or view
        return view

    def _to_do(self, view: Json) -> Iterator[tuple[str, Json, Json]]:
        for label, block, element in words.labelled(view["blocks"]):
            if element["type"] == "button":
                is_wanted = shows_more(label) and label not in self._opened and not self._is_edit
                if is_wanted and happens(MORE_WANTED, *self._desk.about("more", label)):
                    yield label, block, element
            elif element["type"] in SLOTS and label not in self._values:
                yield label, block, element

    def _tells(self, label: str, block: Json) -> bool:
        """Whether the app is told of a choice at once."""
        return self._values[label] is not None and bool(block["type"] != "input" or block.get("dispatch_action"))

    async def _choose(self, view: Json, label: str, block: Json, element: Json) -> Any:
        field = Field(view["title"]["text"], label, block, element, self._attempts.get(label, 0))
        given = self._in_given(label)
        if given is not None and (plain := self._plain(element, given)) is not None:
            return plain
        before = initial_value(element)
        if before and not field.attempt and not _is_all_there_is(view, element):
            return self._edited(view, field, before)
        if block.get("optional") and field.attempt > MOST_TRIES and element["type"] in TEXTS:
            return ""
        if not self._wants(field):
            return None
        if element["type"] == "file_input":
            return [self._hands.upload(*attachment(self._desk, field))]
        return await self._searched(view, field) if element["type"] in EXTERNAL else value_for(self._desk, field)

    async def _searched(self, view: Json, field: Field) -> Any:
        """Type a little into an external select, and take one of what is offered."""
        throw = dice(*self._desk.about("search", *field.key))
        typed = throw.choice(SEARCHES)[: max(field.element.get("min_query_length", LEAST_TYPED), 1)]
        offered = await self._hands.offered(view, field.block, field.element, typed)
        chosen = throw.choice(offered) if offered else None
        return [chosen] if chosen and takes_many(field.element) else chosen

    def _in_given(self, label: str) -> Any:
        """By the label, or by how it begins."""
        lower = label.lower()
        return next((value for name, value in self._given.items() if lower.startswith(name)), None)

    def _wants(self, field: Field) -> bool:
        if not field.block.get("optional") or field.attempt:
            return True
        label = field.label.lower()
        if label.startswith(FOLLOW_UPS):
            before = list(self._values.values())[-1:]
            return before != [] and before[0] is not None and not str(before[0]).startswith(NOTHING)
        rarely = RARER if any(word in label for word in RARER_WORDS) else 1.0
        return happens(self._habits.thoroughness * rarely, *self._desk.about("optional", field.form, field.label))

    def _edited(self, view: Json, field: Field, before: Any) -> Any:
        """None leaves it as it was."""
        written = [
            label
            for label, _, element in words.labelled(view["blocks"])
            if element["type"] in TEXTS and element.get("initial_value")
        ]
        if not self._is_edit or field.label not in written or not isinstance(before, str):
            return None
        if dice(*self._desk.about("edit", field.form)).choice(written) != field.label:
            return None
        said = f"{before} {self._desk.writer.correction(field.label)}"
        return signed(self._desk, said, field.element.get("max_length", 3000), "edit", *field.key)

    def _plain(self, element: Json, said: Any) -> Any:
        """The value behind an answer in words: an option's text, a colleague's name; None for nobody here.

        What is to stand there without a mark of its own, such as an hour, is given as `{"exactly": ...}`; so is whoever
        need not be here.
        """
        if isinstance(said, dict):
            exactly = str(said["exactly"])
            return next((each.id for each in self._desk.elsewhere if each.name == exactly), exactly)
        if isinstance(said, list):
            return [plain for each in said if (plain := self._plain(element, each)) is not None]
        for option in option_list(element):
            if said in (option["text"]["text"], option["value"]):
                return option["value"]
        if element["type"] in ("users_select", "multi_users_select"):
            known = {each.name: each.id for each in self._desk.circle} | {self._desk.writer.name: self._desk.me}
            return known.get(str(said))
        if element["type"] in TEXTS and not MARK.search(str(said)):
            return signed(self._desk, str(said), element.get("max_length", 3000), "given", str(said))
        return str(said)

    def _state(self, view: Json) -> Typed:
        """Everything entered, in the fields that stand there now."""
        state: Typed = {}
        for label, block, element in words.labelled(view["blocks"]):
            if self._values.get(label) is not None:
                state.setdefault(block["block_id"], {})[element["action_id"]] = self._values[label]
        return state


def _is_all_there_is(view: Json, element: Json) -> bool:
    """A form with one choice is opened to choose anew."""
    fields = [each for _, _, each in words.labelled(view["blocks"]) if each["type"] in SLOTS]
    return len(fields) == 1 and element["type"] not in TEXTS
