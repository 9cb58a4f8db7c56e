"""Messages that carry several check-ins: to the judge each of these is a message of its own."""

from collections.abc import Iterator
from dataclasses import replace

from simulation.messages import Message, Version
from simulation.recognition import OF_SEVERAL
from simulation.trace import Json


def parted(message: Message) -> list[Message]:
    """The message itself, or one for each check-in that it was sent with."""
    if not OF_SEVERAL.match(message.first.text):
        return [message]
    versions = [list(_parts(version)) for version in message.versions]
    whole = [parts for parts in versions if len(parts) == len(versions[0])]
    return [replace(message, versions=list(of_one)) for of_one in zip(*whole, strict=True)]


def _parts(version: Version) -> Iterator[Version]:
    """Each has a line of the notification, and the blocks after a divider."""
    lines = version.text.split("\n")[1:]
    for line, blocks in zip(lines, _divided(version.blocks), strict=False):
        yield replace(version, text=line, blocks=blocks)


def _divided(blocks: list[Json]) -> list[list[Json]]:
    found: list[list[Json]] = []
    for block in blocks:
        if block["type"] == "divider":
            found.append([])
        elif found:
            found[-1].append(block)
    return found
