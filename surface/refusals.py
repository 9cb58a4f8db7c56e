"""Why a channel does not take a message, in words, and what to do about it."""

from surface.kit import escape

_AGAIN = "then take Muster out of the channel and invite it again: it posts what is missing"
_ASK = f"Ask whoever manages the channel to let Muster post there, {_AGAIN}"
_YOURSELF = "If others are to read it, post it there yourself"
_UNARCHIVE = "Unarchive it, and Muster posts it by itself"
_NEEDS_NO_NAME = {
    "is_archived": ("the channel is archived", _UNARCHIVE),
    "is_inactive": ("the channel is archived", _UNARCHIVE),
    "not_in_channel": (
        "Muster is no longer in the channel",
        "Type `/invite @Muster` there, and Muster posts it by itself",
    ),
}
_WORDS = {
    "restricted_action": (
        "the settings of Slack do not let Muster post there",
        f"Ask one of Slack's admins to allow it, {_AGAIN}",
    ),
    "restricted_action_read_only_channel": ("only some people may post there", _ASK),
    "restricted_action_thread_only_channel": ("only replies in threads are allowed there", _ASK),
    "channel_not_found": ("Slack does not let Muster see the channel", f"If it is still there, {_AGAIN[5:]}"),
    "message_not_found": ("somebody has deleted Muster's message there", _YOURSELF),
    "cant_update_message": ("Slack does not let Muster change its message there", _YOURSELF),
    "edit_window_closed": ("Slack no longer lets Muster change its message there", _YOURSELF),
}
_UNKNOWN = ("Slack does not take it", "Ask whoever runs Muster to look: `muster doctor` says more")


def because(error: str) -> str:
    """From "because" to what to do; Slack's own name for it comes in brackets, for whoever runs Muster."""
    if error in _NEEDS_NO_NAME:
        why, mend = _NEEDS_NO_NAME[error]
        return f"because {why}. {mend}."
    why, mend = _WORDS.get(error, _UNKNOWN)
    return f"because {why} ({escape(error)}). {mend}."
