"""Tables that come as files."""

from pathlib import Path

from domain.errors import UserError


class NotRead(UserError):
    """{file} cannot be read: {why}. Bring a table as text in UTF-8; Excel saves one as “CSV UTF-8”."""


def read_table(file: Path) -> str:
    """Raises NotRead."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotRead(file=file, why=error.strerror if isinstance(error, OSError) else "it is not UTF-8") from error
