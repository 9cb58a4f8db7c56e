"""What tells whether a thread is still the same, and would be asked about in the same way."""

import hashlib
import json

from domain.threads import Message, Thread


def fingerprint(thread: Thread, *asked: str) -> str:
    """Another one after any edit, deletion, reaction or reply. `asked` is what the request depends on besides."""
    said = [_parts(message) for message in thread.messages]
    names = sorted(thread.names.items())
    whole = json.dumps([asked, str(thread.zone), names, said], ensure_ascii=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _parts(message: Message) -> list[object]:
    reactions = sorted((name, sorted(who)) for name, who in message.reactions.items())
    edited = message.edited_at.isoformat() if message.edited_at else ""
    return [message.ts, message.by, message.text, message.mentions, reactions, edited, message.is_deleted]
