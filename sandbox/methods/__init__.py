"""The Web API methods the sandbox speaks."""

from sandbox.methods import auth, chat, conversations, users, views
from sandbox.methods.call import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **users.METHODS,
    **views.METHODS,
}
