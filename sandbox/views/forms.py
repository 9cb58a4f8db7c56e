"""The inputs of a view or a message as one person fills them in."""

from collections.abc import Iterator
from typing import Any

from sandbox import objects
from sandbox.blockkit.choices import option_list
from sandbox.blockkit.tree import elements
from sandbox.errors import PageError
from sandbox.state import Channel, Json, Message, Person
from sandbox.views.mistakes import mistake
from sandbox.views.picks import check_pick, fits
from sandbox.views.slots import EXTERNAL, OPTION_SLOTS, SLOTS, find, initial_value, takes_many
from sandbox.views.stacks import Offered, Typed, View
from sandbox.world import World


class Form:
    def __init__(
        self, world: World, person: Person, blocks: list[Json], *, offered: Offered, conversation: str | None
    ) -> None:
        """`offered` are the options the app gave for external selects, `conversation` is where the form was opened."""
        self._world = world
        self._person = person
        self.blocks = blocks
        self._offered = offered
        self._conversation = conversation

    @classmethod
    def of_view(cls, world: World, person: Person, view: View) -> "Form":
        return cls(world, person, view.blocks, offered=view.offered, conversation=view.conversation)

    @classmethod
    def of_message(cls, world: World, person: Person, channel: Channel, message: Message) -> "Form":
        offered = message.offered.setdefault(person.id, {})
        blocks = [*message.blocks, *(block for each in message.attachments for block in each.get("blocks", []))]
        return cls(world, person, blocks, offered=offered, conversation=channel.id)

    def find(self, block_id: str, action_id: str) -> tuple[Json, Json]:
        """The block and element with these ids; PageError if the person cannot see one."""
        block, element = find(self.blocks, block_id, action_id)
        if self._person.id not in element.get("visible_to_user_ids", [self._person.id]):
            raise PageError("no_such_element")
        return block, element

    def entered(self, given: Typed, known: Typed) -> Typed:
        """Every value: as given now, else as known from before, else as the block has it."""
        values: Typed = {}
        for block, element in self._stateful():
            block_id, action_id = block["block_id"], element["action_id"]
            before = known.get(block_id, {}).get(action_id, self._initial(element))
            before = self._still_offered(block, element, before)
            now = given.get(block_id, {}).get(action_id, before) or None
            if now not in (None, before):
                self._check(block, element, now)
            self._remember(block, element, now)
            values.setdefault(block_id, {})[action_id] = now
        return values

    def state(self, values: Typed) -> Json:
        """The `state.values` of a payload."""
        state: Json = {}
        for block, element in self._stateful():
            value = values[block["block_id"]][element["action_id"]]
            entry = {"type": element["type"], **self.chosen(block, element, value)}
            state.setdefault(block["block_id"], {})[element["action_id"]] = entry
        return state

    def chosen(self, block: Json, element: Json, value: Any) -> Json:
        """The part of a payload that says what stands in an element."""
        slot = SLOTS[element["type"]][0]
        if slot in OPTION_SLOTS:
            options = self.options(block, element)
            said: Any = [options[each] for each in value or []] if takes_many(element) else options.get(value)
        elif slot == "files":
            said = [objects.file(self._world, self._world.workspace.files[each]) for each in value or []]
        else:
            said = value or ([] if takes_many(element) else None)
        return {slot: said} | {name: element[name] for name in ("timezone",) if name in element}

    def options(self, block: Json, element: Json) -> dict[str, Json]:
        """What there is to choose from, by value; of an external select, what the app offered this person."""
        listed = option_list(element)
        if element["type"] in EXTERNAL:
            initial = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
            listed = [*initial, *self._offered.get(_key(block, element), {}).values()]
        return {option["value"]: option for option in listed}

    def mistakes(self, values: Typed) -> dict[str, str]:
        """What the client itself marks before it submits, by block id."""
        files = self._world.workspace.files
        found = {
            block["block_id"]: mistake(files, block, values[block["block_id"]][element["action_id"]])
            for block, element in self._stateful()
            if block["type"] == "input"
        }
        return {block_id: said for block_id, said in found.items() if said}

    def answerable(self, values: Typed) -> Iterator[tuple[Json, str]]:
        """The ids of pickers that ask for a response_url, each with the conversation chosen."""
        for block, element in self._stateful():
            value = values[block["block_id"]][element["action_id"]]
            if element.get("response_url_enabled") and value:
                yield {"block_id": block["block_id"], "action_id": element["action_id"]}, value

    def hand_over_files(self, values: Typed) -> None:
        """From now on the app may see the files that are sent to it."""
        for block, element in self._stateful():
            if element["type"] == "file_input":
                for file_id in values[block["block_id"]][element["action_id"]] or []:
                    self._world.workspace.files[file_id].is_submitted = True

    def _stateful(self) -> Iterator[tuple[Json, Json]]:
        return ((block, element) for block, element in elements(self.blocks) if element["type"] in SLOTS)

    def _initial(self, element: Json) -> Any:
        initial = initial_value(element)
        if initial or not element.get("default_to_current_conversation"):
            return initial
        here = self._conversation
        if here is None or not fits(self._world, self._person, element, here):
            return None
        return [here] if takes_many(element) else here

    def _still_offered(self, block: Json, element: Json, value: Any) -> Any:
        """What was chosen before, without options that an update took away."""
        if SLOTS[element["type"]][0] not in OPTION_SLOTS:
            return value
        options = self.options(block, element)
        return (
            [each for each in value or [] if each in options] if takes_many(element) else options.get(value) and value
        )

    def _check(self, block: Json, element: Json, value: Any) -> None:
        many = takes_many(element)
        if many != isinstance(value, list) or (many and len(value) != len({str(each) for each in value})):
            raise PageError("invalid_value")
        for each in value if many else [value]:
            if SLOTS[element["type"]][0] not in OPTION_SLOTS:
                check_pick(self._world, self._person, element, each)
            elif not isinstance(each, str) or each not in self.options(block, element):
                raise PageError("no_such_option")

    def _remember(self, block: Json, element: Json, value: Any) -> None:
        """The text of a chosen option stays known, even when the app offers others or takes it from its block."""
        if element["type"] in EXTERNAL and value:
            options = self.options(block, element)
            chosen = value if takes_many(element) else [value]
            self.offer(block, element, [options[each] for each in chosen])

    def offer(self, block: Json, element: Json, options: list[Json]) -> None:
        known = self._offered.setdefault(_key(block, element), {})
        known.update({option["value"]: option for option in options})


def _key(block: Json, element: Json) -> tuple[str, str]:
    return block["block_id"], element["action_id"]
