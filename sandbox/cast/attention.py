"""What a simulated person notices, and what they make of it."""

from dataclasses import replace
from functools import partial

from sandbox.cast import corpus
from sandbox.cast.asks import Ask, Button, asks, is_for
from sandbox.cast.choices import gist
from sandbox.cast.deeds import Deeds, Occasion, Press, outline
from sandbox.cast.filling import signed, working_day
from sandbox.cast.player import Player
from sandbox.chance import dice, happens, pick
from sandbox.sight import texts
from sandbox.state import Json

SURE_WEIGHT = 10.0
"""A lone button of less weight is pressed that much more rarely."""
AGREE = "agree"
"""Nobody agrees twice to the same, whatever else has changed about it."""
TO_DO = "done"
PROMPTS = ("answer", "other")
"""Kinds of buttons behind which there is work, so that people put them off."""
MOST_LOOKS = 4
SOON = 5.0
COMMENT_SHARE = 0.5
REACTION_SHARE = 1.5
LONG = 400
"""Characters of a message that is worth a comment."""


class Attention:
    def __init__(self, player: Player) -> None:
        self._player = player
        self._unread: set[str] = set()
        self._missed: dict[str, None] = {}
        self._seen: dict[tuple[str, str], str] = {}
        self._read_up_to: dict[tuple[str, str], str] = {}
        """The newest answer they know, by thread."""
        self._decided: set[tuple[str, str, str]] = set()
        self.deeds = Deeds(player, on_sent=self._perhaps_edit)

    def hear(self, *what: str) -> None:
        """Something changed that the person could see if they looked."""
        if "workspace" in what:
            self._player.look_around()
        if self._player.is_acting:
            self._missed |= dict.fromkeys(what)
        elif not self._player.has_left:
            self._hear(*what)

    def hear_what_was_missed(self) -> None:
        """While they were busy with their hands."""
        missed, self._missed = self._missed, {}
        self.hear(*missed)

    def _hear(self, *what: str) -> None:
        for each in what:
            if each == "modals":
                self._see_form()
            elif each.startswith("conversation:"):
                self._hear_of(each.partition(":")[2])

    def catch_up(self) -> None:
        """On what was there before they began."""
        sidebar = self._player.hands.sidebar()
        rooms = [room["id"] for room in sidebar["channels"] if room["is_member"]]
        for channel in [sidebar["app_dm"]["id"], *rooms]:
            self._hear_of(channel)

    def _see_form(self) -> None:
        form = self._player.hands.top_form()
        if form and form["id"] != self.deeds.form_in_hand:
            self._player.plan(self._player.now, "form", partial(self._answer_form))

    async def _answer_form(self) -> None:
        if form := self._player.hands.top_form():
            await self.deeds.fill_in(Occasion(gist(texts(form)[:3])))

    def _hear_of(self, channel: str) -> None:
        player = self._player
        if player.id not in player.hands.members(channel):
            return
        self._unread.add(channel)
        if player.is_present and self._whispers(channel):
            player.plan(player.now + SOON, "see", self.look)
        at = player.look_after(1) if channel.startswith("D") else player.last_look()
        if at is not None:
            player.plan(at, "look" if channel.startswith("D") else "read", self.look)

    def _whispers(self, channel: str) -> bool:
        """Whether something new is there that only this person sees."""
        found = self._player.hands.messages(channel)
        return any(m["ephemeral"] and (channel, m["ts"]) not in self._seen for m in found)

    async def look(self) -> None:
        """Go through everything that is new."""
        player = self._player
        for what in ("look", "read", "see"):
            player.drop(what)
        for channel in sorted(self._unread):
            new = [message for message in player.hands.messages(channel) if self._is_new(channel, message)]
            if new:
                player.note("looked", channel=channel, texts=[text for message in new for text in texts(message)])
                player.hands.read(channel)
            for message in new:
                self._consider(channel, message)
            self._read_threads(channel)
        self._unread.clear()

    def _read_threads(self, channel: str) -> None:
        for message in self._player.hands.messages(channel):
            read: str = self._read_up_to.get((channel, message["ts"]), str(message["ts"]))
            if (message["latest_reply"] or "") > read:
                new = self._player.hands.replies(channel, message["ts"], read)
                self._read_up_to[channel, message["ts"]] = message["latest_reply"]
                told = [text for reply in new if reply["user"] != self._player.id for text in texts(reply)]
                if told:
                    self._player.note("looked", channel=channel, thread_ts=message["ts"], texts=told)

    def _is_new(self, channel: str, message: Json) -> bool:
        shown = outline(message)
        is_new = message["user"] != self._player.id and self._seen.get((channel, message["ts"])) != shown
        self._seen[channel, message["ts"]] = shown
        return is_new

    def _consider(self, channel: str, message: Json) -> None:
        player = self._player
        is_own = message["ephemeral"] or channel.startswith("D")
        if message["app"] and (is_own or is_for(message, player.id, player.name)):
            for ask in asks(message):
                self._decide(channel, message["ts"], ask)
        if not is_own and not message["subtype"]:
            self._perhaps_comment(channel, message)

    def _decide(self, channel: str, ts: str, ask: Ask) -> None:
        key = (channel, ts, ask.about)
        if key in self._decided or not ask.open:
            return
        self._decided.add(key)
        ask = replace(ask, about=f"{ask.about} on {self._player.today}")
        habits = self._player.habits
        chosen = pick([(button, button.weight) for button in ask.open], *habits.about("button", ask.about))
        if chosen.kind == AGREE and self.deeds.has_pressed(channel, ts, chosen):
            return
        if chosen.kind in PROMPTS and happens(habits.skipping, *habits.about("skip", ask.about)):
            self._skip(channel, ts, ask)
        elif chosen.kind == TO_DO and happens(habits.forgetting, *habits.about("forget", ask.about)):
            return
        elif happens(sum(b.weight for b in ask.open) / SURE_WEIGHT, *habits.about("bother", ask.about)):
            self._intend(Press(channel, ts, ask.about, chosen.label), self._when(ask, chosen))

    def _skip(self, channel: str, ts: str, ask: Ask) -> None:
        self._player.note("skipped", about=ask.about)
        if button := ask.button("skip"):
            self._intend(Press(channel, ts, ask.about, button.label), self._player.now)

    def _intend(self, press: Press, at: float | None) -> None:
        if at is not None:
            self._player.plan(at, press.key, partial(self.deeds.press, press))

    def _when(self, ask: Ask, button: Button) -> float | None:
        player, habits = self._player, self._player.habits
        throw = dice(*habits.about("when", ask.about))
        if button.days:
            days = throw.randint(*button.days)
            return player.look_on(working_day(player.today, days)) if days else player.look_after(1)
        if button.kind in PROMPTS and throw.random() < habits.lateness:
            return player.look_on(working_day(player.today, 1))
        looks = next((n for n in range(MOST_LOOKS) if throw.random() < habits.promptness), MOST_LOOKS)
        return player.look_after(looks)

    def _perhaps_edit(self, press: Press) -> None:
        """Some think of something better after they have sent it."""
        player = self._player
        about = player.habits.about("edit", press.label, press.about)
        message = player.hands.message(press.channel, press.ts)
        if press.is_edit or message is None or not happens(player.habits.editing, *about):
            return
        looks = dice(*about).randint(1, 2)
        at = player.look_after(looks)
        if at is not None:
            player.plan(at, f"edit {press.about}", partial(self._edit, press))

    async def _edit(self, press: Press) -> None:
        message = self._player.hands.message(press.channel, press.ts)
        buttons = [button for ask in asks(message or {"blocks": []}) for button in ask.buttons]
        if button := next((button for button in buttons if button.kind == "edit"), None):
            self._player.note("edited", about=press.about)
            await self.deeds.press(
                Press(press.channel, press.ts, press.about, button.label, is_edit=True, anywhere=True)
            )

    def _perhaps_comment(self, channel: str, message: Json) -> None:
        player = self._player
        # In whatever order its lines stand: an app may leave that to chance.
        lines = sorted(line for text in texts(message) for line in text.split("\n"))
        about = player.habits.about("comment", gist(lines), player.today)
        if happens(player.habits.chattiness * REACTION_SHARE, "react", *about):
            player.hands.react(channel, message["ts"], dice("reaction", *about).choice(corpus.reactions()))
        has_news = message["app"] and len(outline(message)) >= LONG
        if not has_news or not happens(player.habits.chattiness * COMMENT_SHARE, *about):
            return
        line = corpus.filled_in(dice(*about).choice(corpus.comments()), *about)
        player.hands.say(channel, signed(player.desk(channel, *about), line, 300, "comment"), message["ts"])
