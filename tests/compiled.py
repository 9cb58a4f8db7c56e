"""Statements compiled once for all SQLite databases of the tests, not anew for each Muster that one starts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url

from storage import engine


@contextmanager
def once_for_all(known: Engine) -> Iterator[None]:
    """`known` has been connected. SQLAlchemy keeps what it compiled by dialect; each engine has its own."""
    kept: dict[Any, Any] = {}

    def like_the_known(url: str, **options: Any) -> Engine:
        if make_url(url).get_backend_name() != known.name:
            return create_engine(url, **options)
        made = create_engine(url, execution_options={"compiled_cache": kept}, **options)
        made.dialect = known.dialect
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", like_the_known)
        yield
