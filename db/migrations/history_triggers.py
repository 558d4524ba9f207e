"""Triggers that make the history append-only on both stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection


def create(connection: Connection) -> None:
    """Refuse update and delete of history rows, and anything but removal (erasure) of the personal values beside them."""
    guarded = (("history", "UPDATE"), ("history", "DELETE"), ("history_personal", "UPDATE"))
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the history is append-only'; END $$"
        )
        for table, act in guarded:
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()"
            )
        return
    for table, act in guarded:
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END"
        )


def close_ways_around(connection: Connection) -> None:
    """Refuse what takes rows away without being a delete to the triggers of `create`: SQLite's REPLACE, PostgreSQL's TRUNCATE."""
    if connection.dialect.name == "postgresql":
        for table in _KEYS:
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()"
            )
        return
    for table, key in _KEYS.items():
        taken = " AND ".join(f"{column} = NEW.{column}" for column in key)
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) "
            "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END"
        )


_KEYS = {"history": ("id",), "history_personal": ("history_id", "field", "side")}
