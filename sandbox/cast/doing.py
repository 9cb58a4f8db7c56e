"""What somebody does of a line of a script."""

from dataclasses import dataclass
from datetime import date

from sandbox.cast import corpus
from sandbox.cast.choices import MARK, gist
from sandbox.cast.deeds import Deeds, Occasion, Press
from sandbox.cast.filling import signed
from sandbox.cast.player import Player
from sandbox.cast.script import LINK, Line
from sandbox.cast.walks import Walk
from sandbox.sight import texts
from sandbox.state import Json

MOST_SAID = 3000


@dataclass(frozen=True)
class Place:
    """Where a message stands."""

    channel: str
    ts: str


class Doing:
    """`shortcuts`: callback ids by the names in the message menu."""

    def __init__(self, player: Player, deeds: Deeds, shortcuts: dict[str, str]) -> None:
        self.player = player
        self._deeds, self._shortcuts = deeds, shortcuts

    async def do(self, line: Line, monday: date, about: Place | None = None) -> Place | None:
        """`about`: the message it is about, where the line has no words for it. Returns what was said, or that."""
        occasion = Occasion(f"{line.key} {monday}", self._room(line, about), dict(line.values))
        about = about or self._meant(line, occasion.channel)
        if line.says and occasion.channel:
            return self._say(line, occasion, about)
        if line.profile:
            self.player.hands.change_profile(line.profile)
        elif line.elsewhere:
            self.player.hands.put_elsewhere(line.elsewhere)
        elif line.press:
            await self._press(line, occasion)
        elif occasion.channel and line.leaves:
            self.player.hands.leave(occasion.channel)
            self.player.look_around()
        elif occasion.channel and line.command:
            await self._command(line, occasion, about)
        elif about:
            await self._with_message(line, occasion, about)
        return about

    def _room(self, line: Line, about: Place | None) -> str:
        """One of their own; who comes upon a message elsewhere acts where it stands."""
        return self.player.channels().get(line.channel, "") if line.channel or not about else about.channel

    def _meant(self, line: Line, channel: str) -> Place | None:
        if not (line.about or line.shortcut or line.reacts) or (line.channel and not channel):
            return None
        found = self.newest(channel, line.about)
        return Place(found["channel"], found["ts"]) if found else None

    def _say(self, line: Line, occasion: Occasion, about: Place | None) -> Place | None:
        if line.about and not about:
            return None
        says = line.says
        if not MARK.search(says):
            says = signed(self.player.desk(occasion.channel, occasion.about), says, MOST_SAID, "says")
        ts = self.player.hands.say(occasion.channel, says, about.ts if about else None)
        return Place(occasion.channel, ts) if ts else None

    async def _command(self, line: Line, occasion: Occasion, about: Place | None) -> None:
        link = self.player.hands.link(about.channel, about.ts) if about else ""
        if line.then:
            await Walk(self.player, self._deeds).go(line, occasion)
        elif link or LINK not in line.text:
            await self._deeds.command(line.command, line.text.replace(LINK, link), occasion)

    async def _with_message(self, line: Line, occasion: Occasion, about: Place) -> None:
        hands = self.player.hands
        if line.shortcut:
            message = {"channel": about.channel, "ts": about.ts}
            await self._deeds.shortcut(self._shortcuts.get(line.shortcut, line.shortcut), occasion, **message)
        elif line.reacts:
            hands.react(about.channel, about.ts, line.reacts)
        elif line.edits:
            hands.edit(about.channel, about.ts, line.edits)
        elif line.deletes:
            hands.delete(about.channel, about.ts)

    async def _press(self, line: Line, occasion: Occasion) -> None:
        message = self.newest(occasion.channel if line.channel else "", line.about)
        if message and line.then:
            await Walk(self.player, self._deeds).go(line, occasion, message)
        elif message:
            press = Press(message["channel"], message["ts"], gist(texts(message)), line.press, anywhere=True)
            await self._deeds.press(press)

    def newest(self, channel: str, words: str) -> Json | None:
        """The newest message with these words, somebody's own before one of the app that repeats them. Without a
        channel, in the messages with the app."""
        where = channel or self.player.hands.sidebar()["app_dm"]["id"]
        fitting = [m for m in self.player.hands.messages(where) if _says(m, words) and not m["subtype"]]
        own = [message for message in fitting if not message["app"]]
        return {**(own or fitting)[-1], "channel": where} if fitting else None


def _says(message: Json, words: str) -> bool:
    return corpus.has_word(" ".join(texts(message)), [words]) if words else not message["app"]
