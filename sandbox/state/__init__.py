"""Everything the workspace remembers: people, conversations, messages, files."""

from sandbox.state.conversations import Bookmark, Channel, Heading, Kind, Pin
from sandbox.state.files import File
from sandbox.state.messages import Json, Message, ScheduledMessage
from sandbox.state.people import SLACKBOT, Person, UserGroup, are_quiet_hours
from sandbox.state.workspace import Workspace

__all__ = [
    "SLACKBOT",
    "Bookmark",
    "Channel",
    "File",
    "Heading",
    "Json",
    "Kind",
    "Message",
    "Person",
    "Pin",
    "ScheduledMessage",
    "UserGroup",
    "Workspace",
    "are_quiet_hours",
]
