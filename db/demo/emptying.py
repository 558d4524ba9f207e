"""Empties a server's store of an example shop, so that it can be made anew there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from db.engine import as_environment
from db.models import Base

if TYPE_CHECKING:
    from db.engine import Engine

PATIENCE = "5s"
"""How long a table may be held by another program."""


def empty_server(engine: Engine) -> None:
    """Drop this program's tables from a PostgreSQL database, and nothing else in it. Environment: store_locked, server_away, server_rights."""
    with as_environment(engine), engine.begin() as connection:
        quote = engine.dialect.identifier_preparer.quote
        ours = {*Base.metadata.tables, "alembic_version"}
        standing = [quote(name) for name in inspect(connection).get_table_names() if name in ours]
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
        if standing:
            connection.execute(text(f"DROP TABLE {', '.join(standing)} CASCADE"))
