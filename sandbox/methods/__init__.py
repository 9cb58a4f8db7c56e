"""The Web API methods the sandbox speaks."""

from sandbox.methods import auth, chat, conversations, oauth, users, views
from sandbox.methods.call import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **oauth.METHODS,
    **users.METHODS,
    **views.METHODS,
}
