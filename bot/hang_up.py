"""Closing the connection to Slack without the seconds that its reader may go on waiting for the next message."""

import socket
from contextlib import suppress

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin.connection import Connection


def hang_up(handler: SocketModeHandler) -> None:
    """What is being handled is answered before the connection closes; nothing more is begun."""
    client = handler.client
    client.closed = True
    client.message_queue.put(None)
    client.message_processor.shutdown()  # type: ignore[no-untyped-call] # the SDK leaves it untyped
    client.message_workers.shutdown(wait=True)
    # Otherwise its reader may begin anew, and be waited for for ever.
    client.auto_reconnect_enabled = False
    client.current_session_state.terminated = True
    _stop_reading(client.current_session)
    _close(handler)


def _stop_reading(session: Connection | None) -> None:
    """The SDK closes only between two messages, of which the next may take seconds."""
    with suppress(OSError):
        if session and session.sock:
            # Not TLS's own way, which would first say goodbye and wait.
            socket.socket.shutdown(session.sock, socket.SHUT_RDWR)


def _close(handler: SocketModeHandler) -> None:
    try:
        handler.close()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    except AttributeError:
        # The SDK looks at its socket before it has the locks; a goodbye of Slack's may take it away in between.
        # Now there is none, and the second time ends what the first left open.
        handler.close()  # type: ignore[no-untyped-call] # as above
