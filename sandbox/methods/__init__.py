"""The Web API methods the sandbox speaks."""

from sandbox.methods import (
    auth,
    channels,
    chat,
    conversations,
    history,
    membership,
    oauth,
    pins,
    reactions,
    team,
    usergroups,
    users,
    views,
)
from sandbox.methods.call import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **channels.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **history.METHODS,
    **membership.METHODS,
    **pins.METHODS,
    **reactions.METHODS,
    **team.METHODS,
    **usergroups.METHODS,
    **oauth.METHODS,
    **users.METHODS,
    **views.METHODS,
}
