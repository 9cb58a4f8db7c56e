"""Addresses among the settings: understood before anything is opened, and never repeated, for they hold passwords."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from domain.errors import UserError

DRIVERS = {"sqlite": "sqlite"} | dict.fromkeys(("postgresql", "postgres", "postgresql+psycopg"), "postgresql+psycopg")
"""What a database URL may begin with, and how SQLAlchemy calls it."""

LOOPBACK, LAST_PORT = "127.0.0.1", 65535


class WrongDatabase(UserError):
    """MUSTER_DATABASE_URL is not understood. Write sqlite:///muster.db or postgresql://user:password@host/name. In the
    password escape @ / # as %40 %2F %23.
    """


class NoDatabaseName(UserError):
    """MUSTER_DATABASE_URL names no database that lasts. Write sqlite:///muster.db, or the name after the server."""


class NoSqliteOptions(UserError):
    """MUSTER_DATABASE_URL has options after a question mark, and SQLite takes none here. Write sqlite:///muster.db."""


class WrongPort(UserError):
    """MUSTER_PORT is no port. Write 3000, or 0.0.0.0:3000 to let other machines in."""


class WrongAddress(UserError):
    """{name} is no web address. Write {example}, or take it out."""


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def database_url(text: str) -> str:
    """As SQLAlchemy writes it. Raises UserError."""
    try:
        parsed = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise WrongDatabase from error
    driver = DRIVERS.get(parsed.drivername)
    if driver is None or _is_mixed_up(parsed):
        raise WrongDatabase
    if parsed.database in (None, "", ":memory:"):
        raise NoDatabaseName
    if driver == "sqlite" and parsed.query:
        raise NoSqliteOptions
    return parsed.set(drivername=driver).render_as_string(hide_password=False)


def _is_mixed_up(url: URL) -> bool:
    """Whether a file has a server, or a piece of the password was taken for something else."""
    if url.drivername == "sqlite":
        return bool(url.host or url.username)
    return bool(set("@/#") & set(url.host or "")) or "@" in (url.database or "")


def listening_address(text: str) -> Address:
    """Of a port alone, only this machine is let in. Raises UserError."""
    found = re.fullmatch(r"(?:(?P<host>[\w.-]+|\[[\w:.]+\]):)?(?P<port>[0-9]{1,5})", text)
    if not found or not 0 < int(found["port"]) <= LAST_PORT:
        raise WrongPort
    return Address((found["host"] or LOOPBACK).strip("[]"), int(found["port"]))


def web_address(text: str, *, name: str, example: str) -> str:
    """Raises UserError if nobody can be asked there."""
    try:
        parts = urlsplit(text)
        is_fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and " " not in text
        is_fine = is_fine and not (parts.query or parts.fragment)
    except ValueError:
        is_fine = False
    if not is_fine:
        raise WrongAddress(name=name, example=example)
    return text
