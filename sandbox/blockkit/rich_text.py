"""The rich_text block: literal text with styles, people, channels, links, emoji and dates."""

from sandbox.blockkit.composition import CONVERSATION, ID, PERSON, URL
from sandbox.blockkit.schema import Check, array, boolean, integer, one_of, record, string, tagged

_KIND = string(255)
_STYLE = {"style": record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))}

_PIECE = tagged(
    {
        "text": record({"type": _KIND, "text": string(12_000)}, _STYLE),
        "link": record({"type": _KIND, "url": URL}, {"text": string(12_000), "unsafe": boolean, **_STYLE}),
        "user": record({"type": _KIND, "user_id": PERSON}, _STYLE),
        "channel": record({"type": _KIND, "channel_id": CONVERSATION}, _STYLE),
        "usergroup": record({"type": _KIND, "usergroup_id": string(255)}, _STYLE),
        "emoji": record({"type": _KIND, "name": string(255)}, {"unicode": string(255), **_STYLE}),
        "broadcast": record({"type": _KIND, "range": one_of("here", "channel", "everyone")}, _STYLE),
        "date": record(
            {"type": _KIND, "timestamp": integer(0, 10**11), "format": string(255)},
            {"url": URL, "fallback": string(3000), **_STYLE},
        ),
        "color": record({"type": _KIND, "value": string(255)}, _STYLE),
        "team": record({"type": _KIND, "team_id": string(255)}, _STYLE),
    }
)
_PIECES = array(_PIECE, most=1000, least=0)
_SECTION = record({"type": _KIND, "elements": _PIECES})
_LIST = record(
    {
        "type": _KIND,
        "style": one_of("bullet", "ordered"),
        "elements": array(tagged({"rich_text_section": _SECTION}), most=1000),
    },
    {"indent": integer(0, 8), "offset": integer(0, 10_000), "border": integer(0, 1)},
)
_FRAMED = record({"type": _KIND, "elements": _PIECES}, {"border": integer(0, 1)})

RICH_TEXT: Check = array(
    tagged(
        {
            "rich_text_section": _SECTION,
            "rich_text_list": _LIST,
            "rich_text_preformatted": _FRAMED,
            "rich_text_quote": _FRAMED,
        }
    ),
    most=1000,
)
RICH_TEXT_BLOCK = record({"type": one_of("rich_text"), "elements": RICH_TEXT}, {"block_id": ID})
"""A whole rich_text block where it stands in another: in a table's cell, in a title, in what a person wrote."""
