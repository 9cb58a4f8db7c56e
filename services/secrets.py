"""Encrypting what would open something elsewhere, with keys that only whoever runs Muster has."""

import re
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken

KEY = re.compile(r"[\w-]{43}=", re.ASCII)
"""32 bytes. Fernet itself passes over what stands after them."""


class BadKey(ValueError):
    """Not of the form of a key."""


class Unreadable(Exception):
    """None of the keys opens it."""


class Secrets:
    """`keys` with the newest first: it encrypts, all of them decrypt. Raises BadKey."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        if not all(KEY.fullmatch(key) for key in keys):
            raise BadKey
        self._ciphers = [Fernet(key) for key in keys]

    @property
    def can_keep(self) -> bool:
        return bool(self._ciphers)

    def seal(self, text: str) -> str:
        """Needs a key."""
        return self._ciphers[0].encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises Unreadable."""
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(sealed.encode()).decode()
            except InvalidToken:
                continue
        raise Unreadable

    def can_open(self, sealed: str) -> bool:
        try:
            self.open(sealed)
        except Unreadable:
            return False
        return True

    def with_newest(self, sealed: str) -> str:
        """The same encrypted with the newest key; itself if it is so already. Raises Unreadable."""
        text = self.open(sealed)
        try:
            self._ciphers[0].decrypt(sealed.encode())
        except InvalidToken:
            return self.seal(text)
        return sealed


def new_key() -> str:
    return Fernet.generate_key().decode()
