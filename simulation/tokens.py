"""Marks that nobody would write by chance: each text that people enter carries one, so that it is known again."""

import re
from random import Random

LETTERS = "0123456789abcdefghijkmnopqrstuvwxyz"
TOKEN = re.compile(r"\[([0-9a-z]{4}-[0-9a-z]{4})\]")


def token(chance: Random) -> str:
    letters = "".join(chance.choices(LETTERS, k=8))
    return f"[{letters[:4]}-{letters[4:]}]"


def tokens(text: str) -> set[str]:
    return set(TOKEN.findall(text))
