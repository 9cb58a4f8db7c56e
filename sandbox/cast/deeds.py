"""What a simulated person does with the app: presses, fills in, and tries again as people do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial

from sandbox.blockkit.choices import option_list
from sandbox.blockkit.tree import elements
from sandbox.cast.asks import Button, asks, label_of
from sandbox.cast.hands import Outcome, both
from sandbox.cast.paperwork import Answers, Ending, Paperwork
from sandbox.cast.player import Player
from sandbox.chance import dice, happens
from sandbox.sight import texts
from sandbox.state import Json

TRIES_AFTER = (15.0, 60.0, 300.0)
"""Seconds until somebody tries again what did not work; after that they wait for their next look each time."""
MOST_TRIES = 6
NOTHING_HAPPENED_AFTER = 45.0
MOST_REPEATS = 1
"""How often somebody presses again what answered with nothing visible."""
DOUBLE_CLICK = 0.04

Deed = Callable[[], Awaitable[Outcome]]


@dataclass(frozen=True)
class Press:
    """A button to press, by what it says; `about` is the stable part of what it is about.

    Once that has changed they leave it, unless it is `anywhere` in the message.
    """

    channel: str
    ts: str
    about: str
    label: str
    is_edit: bool = False
    anywhere: bool = False
    tries: int = 0
    repeats: int = 0

    @property
    def key(self) -> str:
        return f"press {self.label}: {self.about}"

    def again(self, *, tries: int = 0, repeats: int = 0) -> "Press":
        return replace(self, tries=self.tries + tries, repeats=self.repeats + repeats)


@dataclass(frozen=True)
class Occasion:
    """Why a form is open: what it is about, where, and what is known about its answers."""

    about: str
    channel: str = ""
    given: Answers = field(default_factory=dict)
    is_edit: bool = False


def outline(message: Json) -> str:
    """What a reader would notice the change of."""
    return " ".join(texts(message))


class Deeds:
    def __init__(self, player: Player, *, on_sent: Callable[[Press], None]) -> None:
        self._player = player
        self._on_sent = on_sent
        self.form_in_hand = ""
        """The id of a form that is being filled in, or is left open to be tried again."""
        self._pressed: set[tuple[str, str, str, str]] = set()

    def has_pressed(self, channel: str, ts: str, button: Button) -> bool:
        """And was heard."""
        return (channel, ts, button.label, button.value) in self._pressed

    async def press(self, press: Press) -> None:
        """Nothing happens where the button is gone."""
        player = self._player
        message = player.hands.message(press.channel, press.ts)
        found = _find(message, press) if message else None
        if message is None or found is None:
            return
        outcome = await self._click(press, *found)
        if outcome.ok:
            self._pressed.add((press.channel, press.ts, press.label, found[1].get("value", "")))
        channel = player.channel_in(outline(message)) or ("" if press.channel.startswith("D") else press.channel)
        occasion = Occasion(press.about, channel, is_edit=press.is_edit)
        if player.hands.top_form():
            await self.fill_in(occasion, on_sent=partial(self._on_sent, press))
        elif outcome.can_be_tried_again:
            self._try_again(press.key, press.tries, partial(self.press, press.again(tries=1)))
        elif press.repeats < MOST_REPEATS:
            later = partial(self._press_if_unchanged, press.again(repeats=1), outline(message))
            player.plan(player.now + NOTHING_HAPPENED_AFTER, press.key, later)

    async def _click(self, press: Press, block: Json, element: Json) -> Outcome:
        player = self._player
        options = [option["value"] for option in option_list(element)]
        about = player.habits.about("menu", press.label, press.about)
        value = dice(*about).choice(options) if options else None
        hand = partial(player.hands.press, press.channel, press.ts, block, element, value)
        is_first = press.tries == press.repeats == 0
        is_double = is_first and happens(DOUBLE_CLICK, *player.habits.about("double", press.label, press.about))
        outcome = await (both(hand(), hand()) if is_double else hand())
        player.stay()
        return outcome

    async def _press_if_unchanged(self, press: Press, before: str) -> None:
        message = self._player.hands.message(press.channel, press.ts)
        if message is not None and outline(message) == before and not self._player.hands.top_form():
            await self.press(press)

    async def command(self, command: str, text: str, occasion: Occasion) -> None:
        deed = partial(self._player.hands.command, command, text, occasion.channel)
        await self._begin(f"command {command} {text}", deed, occasion)

    async def shortcut(self, callback_id: str, occasion: Occasion, **message: str) -> None:
        """Of a message, named by `channel` and `ts`, or one that can be used anywhere."""
        deed = partial(self._player.hands.shortcut, callback_id, **message)
        await self._begin(f"shortcut {callback_id} {occasion.about}", deed, occasion)

    async def press_at_home(self, block_id: str, label: str, occasion: Occasion) -> None:
        await self._begin(f"press {label} at home", partial(self._press_at_home, block_id, label), occasion)

    async def _press_at_home(self, block_id: str, label: str) -> Outcome:
        """Nothing happens where the page has changed meanwhile."""
        view = self._player.hands.home() or {"blocks": []}
        for block, element in elements(view["blocks"]):
            is_button = block["block_id"] == block_id and element["type"] == "button"
            if is_button and element["text"]["text"] == label:
                return await self._player.hands.use(view, block, element, None, {})
        return Outcome("no_such_element")

    async def _begin(self, key: str, deed: Deed, occasion: Occasion, tries: int = 0) -> None:
        outcome = await deed()
        self._player.stay()
        if self._player.hands.top_form():
            await self.fill_in(occasion)
        elif outcome.can_be_tried_again:
            self._try_again(key, tries, partial(self._begin, key, deed, occasion, tries + 1))

    async def fill_in(self, occasion: Occasion, *, on_sent: Callable[[], None] | None = None) -> None:
        """The form that is open."""
        player = self._player
        player.drop("form")
        paperwork = Paperwork(
            player.hands,
            player.desk(occasion.channel, occasion.about),
            player.habits,
            given=occasion.given,
            is_edit=occasion.is_edit,
        )
        await self._go_on(paperwork, occasion, on_sent, 0)

    async def _go_on(
        self, paperwork: Paperwork, occasion: Occasion, on_sent: Callable[[], None] | None, tries: int
    ) -> None:
        ending = await paperwork.finish()
        self._player.stay()
        form = self._player.hands.top_form()
        self.form_in_hand = form["id"] if form else ""
        if ending is Ending.NOT_HEARD:
            again = partial(self._go_on, paperwork, occasion, on_sent, tries + 1)
            self._try_again(f"submit {occasion.about}", tries, again)
        elif ending is Ending.GIVEN_UP:
            self._player.note("gave_up", about=occasion.about)
        elif on_sent:
            on_sent()

    def _try_again(self, key: str, tries: int, act: Callable[[], Awaitable[None]]) -> None:
        player = self._player
        if tries >= MOST_TRIES:
            player.note("gave_up", about=key)
            return
        soon = player.now + TRIES_AFTER[tries] if tries < len(TRIES_AFTER) else player.look_after(1)
        if soon is not None:
            player.plan(soon, key, act)


def _find(message: Json, press: Press) -> tuple[Json, Json] | None:
    named = [(block, element) for block, element in elements(message["blocks"]) if label_of(element) == press.label]
    places = {ask.block_id for ask in asks(message) if press.about.startswith(ask.about)}
    fitting = [found for found in named if found[0]["block_id"] in places]
    return next(iter(fitting or (named if press.anywhere else [])), None)
