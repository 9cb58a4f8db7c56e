"""Socket Mode: what people do reaches Muster over a connection that it opens itself."""

import socket
from contextlib import suppress

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin.connection import Connection


class SocketMode(SocketModeHandler):
    """Bolt's own, which closes without the seconds that its reader may go on waiting for the next message."""

    def close(self) -> None:
        """What is being handled is answered before the connection closes; nothing more is begun."""
        client = self.client
        client.closed = True
        client.message_queue.put(None)
        client.message_processor.shutdown()  # type: ignore[no-untyped-call] # the SDK leaves it untyped
        client.message_workers.shutdown(wait=True)
        # Otherwise its reader may begin anew, and be waited for for ever.
        client.auto_reconnect_enabled = False
        client.current_session_state.terminated = True
        _stop_reading(client.current_session)
        self._close()

    def _close(self) -> None:
        try:
            self.client.close()
        except AttributeError:
            # The SDK looks at its socket before it has the locks; a goodbye of Slack's may take it away in between.
            # Now there is none, and the second time ends what the first left open.
            self.client.close()


def _stop_reading(session: Connection | None) -> None:
    """The SDK closes only between two messages, of which the next may take seconds."""
    with suppress(OSError):
        if session and session.sock:
            # Not TLS's own way, which would first say goodbye and wait.
            socket.socket.shutdown(session.sock, socket.SHUT_RDWR)
