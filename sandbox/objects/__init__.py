"""People, conversations, messages, files and views in the shapes Slack gives them to apps."""

from sandbox.objects.conversations import channel, renamed
from sandbox.objects.files import file
from sandbox.objects.groups import group
from sandbox.objects.messages import item, message, permalink
from sandbox.objects.people import do_not_disturb, email, profile, user
from sandbox.objects.views import view

__all__ = [
    "channel",
    "do_not_disturb",
    "email",
    "file",
    "group",
    "item",
    "message",
    "permalink",
    "profile",
    "renamed",
    "user",
    "view",
]
