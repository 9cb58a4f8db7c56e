"""People keep links at the top of a channel."""

from sandbox.endpoints.channels import own_channel
from sandbox.errors import PageError
from sandbox.state import Json
from sandbox.team import pins
from sandbox.world import World

MOST_TITLE = 80
MOST_LINK = 3000


def add(world: World, fields: Json) -> Json:
    person, channel = own_channel(world, fields)
    title, link = fields["title"].strip(), fields["link"].strip()
    if not title:
        raise PageError("no_text")
    if not pins.ADDRESS.fullmatch(link):
        raise PageError("invalid_link")
    if len(title) > MOST_TITLE or len(link) > MOST_LINK:
        raise PageError("too_long")
    if len(channel.bookmarks) >= pins.MOST_BOOKMARKS:
        raise PageError("too_many_bookmarks")
    return {"id": pins.bookmark(world, channel, title=title, link=link, emoji="", user=person.id).id}


def remove(world: World, fields: Json) -> Json:
    _person, channel = own_channel(world, fields)
    if fields["bookmark"] not in channel.bookmarks:
        raise PageError("no_such_bookmark")
    pins.remove_bookmark(world, channel, fields["bookmark"])
    return {}


ACTS = {"bookmark": add, "bookmark/remove": remove}
