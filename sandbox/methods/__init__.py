"""The Web API methods the sandbox speaks."""

from sandbox.methods import (
    auth,
    blocks,
    channels,
    chat,
    conversations,
    files,
    history,
    membership,
    oauth,
    pins,
    reactions,
    refused,
    scheduled,
    streams,
    team,
    usergroups,
    users,
    views,
)
from sandbox.methods.call import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **blocks.METHODS,
    **channels.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **history.METHODS,
    **membership.METHODS,
    **pins.METHODS,
    **reactions.METHODS,
    **refused.METHODS,
    **scheduled.METHODS,
    **streams.METHODS,
    **team.METHODS,
    **usergroups.METHODS,
    **oauth.METHODS,
    **users.METHODS,
    **views.METHODS,
}
