"""Check 8: an address stands in a cited message, or is taken out; nobody is called by a mention."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape

from briefs import pieces
from briefs.checks.drafts import Claim, Draft
from briefs.preparing import Request
from domain.briefs import Doubt

REMOVED = "[link removed]"
_FIRST_PRIVATE, _MOST_PRIVATE = 0xE000, 6_000
_LABEL = r"[^\W_](?:[\w-]{0,62}[^\W_])?"
_DOMAIN = rf"(?<![\w.-])(?:{_LABEL}\.){{1,8}}[^\W\d_]{{2,24}}"
_REST = r"[^\s<>|()\[\]\"'`\u3001\u3002\u300c\u300d\uff08\uff09\ue000-\uf8ff]"
_URL = (
    r"\[link-\d{1,4}\]"
    rf"|[A-Za-z][A-Za-z0-9+.-]{{0,30}}://{_REST}*+"
    rf"|(?:mailto|tel|sms|javascript|data|vbscript|file|slack):{_REST}++"
    rf"|www\.{_REST}++"
    rf"|xn--{_REST}++"
    rf"|{_DOMAIN}(?:(?::\d{{1,5}})|(?=/|[?#]\w)){_REST}*+"
)
_LINK = re.compile(_URL, re.IGNORECASE)
_SAID = re.compile(rf"{_URL}|{_DOMAIN}", re.IGNORECASE)
"""In what people wrote, a domain alone is an address as well."""
_LABELLED = re.compile(
    r"<(?P<bare>[a-z][a-z0-9+.-]{0,30}:[^<>|]{1,2000})(?:\|[^<>]{0,2000})?>|\[[^\[\]]{0,300}\]\((?P<target>[^()]{1,2000})\)",
    re.IGNORECASE,
)
_MENTION = re.compile(r"<(?P<kind>[@#!])(?P<id>[^<>|]{0,80})(?:\|(?P<name>[^<>]{0,80}))?>")
_AT = re.compile(r"[@\uff20\ufe6b]+(?=\S)")
_END = ".,;:!?"
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ANGLES = str.maketrans({"<": "\u2039", ">": "\u203a"})
_NARROW = str.maketrans({wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3002: ".", 0xFF61: "."})
"""What Slack and browsers take for the same signs."""


def harmless(draft: Draft, request: Request) -> Draft:
    def checked(claim: Claim) -> Claim:
        allowed = _allowed(claim, request)
        made = made_harmless(claim.text, allowed)
        changed = replace(
            claim, text=made.text, links=made.links, quote=plain(claim.quote), due_said=plain(claim.due_said)
        )
        for doubt in made.doubts:
            changed = changed.doubted(doubt)
        return changed

    return draft.mapped(checked)


class Harmless:
    def __init__(self, allowed: Mapping[str, str]) -> None:
        self._allowed = allowed
        self.links: tuple[str, ...] = ()
        self.doubts: tuple[Doubt, ...] = ()
        self.text = ""

    def address(self, found: str) -> str:
        """In its place a private character, so that nothing that follows changes it."""
        shown = self._allowed.get(normal(found))
        if shown is None or len(self.links) >= _MOST_PRIVATE:
            self.doubts = (*self.doubts, Doubt.LINK_REMOVED)
            return REMOVED
        self.links = (*self.links, shown.replace("@", "%40"))
        ending = found[len(found.rstrip(_END)) :]
        return f"{chr(_FIRST_PRIVATE + len(self.links) - 1)}{ending}"


def made_harmless(text: str, allowed: Mapping[str, str]) -> Harmless:
    made = Harmless(allowed)
    said = _LABELLED.sub(lambda each: made.address(each["bare"] or each["target"]), text)
    scanned = _scanned(said, made)
    if _AT.search(scanned) or _MENTION.search(scanned):
        made.doubts = (*made.doubts, Doubt.MENTION_MADE_PLAIN)
    made.text = _scanned(plain(scanned), made)
    return made


def restored(text: str, links: tuple[str, ...]) -> str:
    return "".join(links[ord(each) - _FIRST_PRIVATE] if _is_private(each, links) else each for each in text)


def plain(text: str) -> str:
    """Without what calls somebody."""
    return _AT.sub("", _MENTION.sub(_word, text).translate(_ANGLES))


def normal(address: str) -> str:
    """Without what makes the same address look different."""
    said = unescape(address).translate(_NARROW).rstrip(_END)
    host, slash, path = _WEB.sub("", said).partition("/")
    return f"{host.casefold()}{slash}{path}".rstrip("/")


def _is_private(each: str, links: tuple[str, ...]) -> bool:
    return 0 <= ord(each) - _FIRST_PRIVATE < len(links)


def _scanned(text: str, made: Harmless) -> str:
    narrow = text.translate(_NARROW)
    parts, end = [], 0
    for found in _LINK.finditer(narrow):
        parts += [text[end : found.start()], made.address(text[found.start() : found.end()])]
        end = found.end()
    return "".join([*parts, text[end:]])


def _word(mention: re.Match[str]) -> str:
    if mention["kind"] == "@":
        return mention["name"] or "somebody"
    if mention["id"].startswith("subteam"):
        return mention["name"] or "a group"
    return mention["name"] or mention["id"].partition("^")[0]


def _allowed(claim: Claim, request: Request) -> dict[str, str]:
    return {
        normal(found[0]): pieces.shown(line.pieces, *found.span()).rstrip(_END)
        for line in claim.sources(request)
        for found in _SAID.finditer(line.sent)
    }
