"""The floor of the store's figures: a plain sqlite3 connection, opened the way the program opens its own."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


def open_bare(file: Path) -> sqlite3.Connection:
    """An open connection with the program's durability: write-ahead log, every commit on the disk, foreign keys checked."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


class Statements:
    """Notes every statement that an engine sends, with its values."""

    def __init__(self, engine: Engine) -> None:
        self.sent: list[tuple[str, Any, bool]] = []
        self._engine = engine
        event.listen(engine, "before_cursor_execute", self._note)

    def stop(self) -> None:
        """Note no more."""
        event.remove(self._engine, "before_cursor_execute", self._note)

    def writing(self) -> list[tuple[str, Any, bool]]:
        """Those that change rows: statement, values, whether the values are many rows."""
        return [one for one in self.sent if one[0].split(None, 1)[0].upper() in ("INSERT", "UPDATE", "DELETE")]

    def _note(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        self.sent.append((statement, parameters, many))
