"""The columns that keep which message a record was made of."""

from typing import Any

from domain.posted import Posted
from storage.tables import ActionRow, DecisionRow, KeptFormRow


def columns(message: Posted | None) -> dict[str, Any]:
    message = message or Posted("")
    return {"message_ts": message.ts, "message_thread": message.thread_ts, "message_by": message.author_id}


def of(row: ActionRow | DecisionRow | KeptFormRow) -> Posted | None:
    return Posted(row.message_ts, row.message_thread, row.message_by) if row.message_ts else None
