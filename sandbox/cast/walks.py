"""What somebody does through several clicks: a command or a button, another in its answer or in the form that opens."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from sandbox.blockkit.tree import elements
from sandbox.cast.deeds import Deeds, Occasion
from sandbox.cast.hands import Outcome
from sandbox.cast.player import Player
from sandbox.cast.script import Line
from sandbox.state import Json


class Walk:
    """Somebody who does not get through leaves it: what they have pressed may have been heard or not."""

    def __init__(self, player: Player, deeds: Deeds) -> None:
        self._player, self._hands, self._deeds = player, player.hands, deeds

    async def go(self, line: Line, occasion: Occasion, message: Json | None = None) -> None:
        """`message`: where the first button stands; without one they type a command."""
        outcome = await (self._press_in(message, line.press) if message else self._type(line, occasion.channel))
        for label in line.then:
            outcome = await self._press(label, occasion.channel) if outcome.ok else outcome
        player, form = self._player, self._hands.top_form()
        player.stay()
        if not outcome.ok:
            player.note("gave_up", about=occasion.about)
        if outcome.ok and form and form.get("submit") and line.waits:
            self._deeds.form_in_hand = form["id"]
            player.plan(player.now + 60 * line.waits, f"fill in {occasion.about}", partial(self._end, occasion))
        else:
            await self._end(occasion if outcome.ok else None)

    async def _end(self, occasion: Occasion | None) -> None:
        """What is open is filled in, if it is still wanted, and closed."""
        if occasion and (self._hands.top_form() or {}).get("submit"):
            await self._deeds.fill_in(occasion)
        while form := self._hands.top_form():
            await self._hands.close(form)

    async def _type(self, line: Line, channel: str) -> Outcome:
        return await self._hands.command(line.command, line.text, channel)

    async def _press(self, label: str, channel: str) -> Outcome:
        if form := self._hands.top_form():
            if not any(_called(form, label)) and await self._hands.waits(form):  # More of it may be on its way.
                form = self._hands.top_form() or form
            for block, element, value in _called(form, label):
                return await self._hands.use(form, block, element, value, {})
        elif message := self._answer(channel):
            return await self._press_in({**message, "channel": channel}, label)
        return Outcome("no_such_element")

    async def _press_in(self, message: Json, label: str) -> Outcome:
        for block, element, value in _called(message, label):
            return await self._hands.press(message["channel"], message["ts"], block, element, value)
        return Outcome("no_such_element")

    def _answer(self, channel: str) -> Json | None:
        """The newest that only they see."""
        return next((each for each in reversed(self._hands.messages(channel)) if each["ephemeral"]), None)


def _called(place: Json, label: str) -> Iterator[tuple[Json, Json, Any]]:
    """Buttons, and what is in menus, with the value that is chosen there."""
    for block, element in elements(place["blocks"]):
        if element["type"] == "button" and label in (element["text"]["text"], element.get("accessibility_label")):
            yield block, element, None
        elif element["type"] == "overflow":
            named = (each["value"] for each in element["options"] if each["text"]["text"] == label)
            yield from ((block, element, value) for value in named)
