"""A workspace from a seed file: people, channels, members."""

from pathlib import Path

import yaml

from sandbox.manifest import Manifest
from sandbox.state import SLACKBOT, Channel, Heading, Json, Person, Workspace

FOLDER = Path(__file__).parent / "seeds"
COLORS = ("2f6f8f", "b5533c", "5b7f3a", "7a4fa3", "b8862d", "3d6b63", "a23b6b", "4b5fb0")


def load(name: str, manifest: Manifest, *, now: float) -> Workspace:
    """Build the workspace of the seed called `name`; ValueError names the seeds there are."""
    path = FOLDER / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in FOLDER.glob("*.yaml")))
        raise ValueError(f"There is no seed {name!r}; there are: {known}.")
    seed = yaml.safe_load(path.read_text(encoding="utf-8"))
    workspace = Workspace(seed["workspace"])
    for index, fields in enumerate(seed["people"]):
        _add_person(workspace, fields, color=COLORS[index % len(COLORS)], now=now)
    _add_bots(workspace, manifest, now=now)
    for fields in seed["channels"]:
        _add_channel(workspace, fields, now=now)
    return workspace


def _add_person(workspace: Workspace, fields: Json, *, color: str, now: float) -> None:
    person = Person(workspace.new_id("U"), color=color, updated=int(now), **fields)
    workspace.people[person.id] = person


def _add_bots(workspace: Workspace, manifest: Manifest, *, now: float) -> None:
    bot = Person(workspace.new_id("U"), manifest.bot_name, is_bot=True, updated=int(now))
    # Slack's own helper counts as a person in every list: apps have to leave it out by its id.
    helper = Person(SLACKBOT, "Slackbot", tz="America/Los_Angeles")
    workspace.people |= {bot.id: bot, helper.id: helper}
    workspace.bot_user = bot.id


def _add_channel(workspace: Workspace, fields: Json, *, now: float) -> None:
    humans = {person.name: person.id for person in workspace.humans()}
    named = fields["members"]
    members = list(humans.values()) if named == "everyone" else [humans[name] for name in named]
    if fields.get("app"):
        members.append(workspace.bot_user)
    channel = Channel(
        workspace.new_id("C"),
        fields["name"],
        "private" if fields.get("private") else "public",
        members,
        created=int(now),
        creator=members[0],
        topic=Heading(fields.get("topic", ""), members[0], int(now)),
    )
    workspace.channels[channel.id] = channel
