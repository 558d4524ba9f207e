"""This machine's settings, each declared once with its type and default, kept as JSON in the user's folder."""

from __future__ import annotations

import json
import os
import platform
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Value = TypeVar("Value")

FILE_NAME = "preferences.json"
LANGUAGE_CHOICES = ("", "zh_TW", "zh_CN", "en")
THEME_CHOICES = ("light", "dark")
TEXT_SCALES = (90, 100, 115, 130)
DENSITIES = ("normal", "dense")


@dataclass(frozen=True)
class Setting(Generic[Value]):
    """One declared setting; what the file says is taken only if `accepts` holds, else the default stands."""

    default: Value
    accepts: Callable[[Any], bool]
    name: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)

    @overload
    def __get__(self, holder: None, owner: type) -> Setting[Value]: ...

    @overload
    def __get__(self, holder: Preferences, owner: type) -> Value: ...

    def __get__(self, holder: Preferences | None, owner: type) -> Setting[Value] | Value:
        if holder is None:
            return self
        return holder.read(self)

    def __set__(self, holder: Preferences, value: Value) -> None:
        holder.write(self, value)


def _one_of(*choices: object) -> Callable[[Any], bool]:
    return lambda value: value in choices and not isinstance(value, bool)


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 4000


def _whole(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _widths(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(key, str) and isinstance(row, list) and all(isinstance(width, int) and 0 < width < 10_000 for width in row) for key, row in value.items()
    )


class Preferences:
    """The settings of one machine and desktop user. Threads may read and save; `changed` is called after each change.

    Keys that this version does not know stay in the file, so that an older program does not wipe a newer one's settings.
    """

    language = Setting("", _one_of(*LANGUAGE_CHOICES))
    """One of `desktop_app.i18n.LANGUAGES`; empty until chosen: then the desktop's own."""
    theme = Setting("light", _one_of(*THEME_CHOICES))
    text_scale = Setting(100, _one_of(*TEXT_SCALES))
    """Per cent of the designed text size."""
    density = Setting("normal", _one_of(*DENSITIES))
    """Height of table rows."""
    database = Setting("", _text)
    """Address of the shop's PostgreSQL server; empty for the file in the data folder."""
    printer = Setting("", _text)
    """Name of the printer used last; empty for the system's own choice."""
    workplace = Setting("", _text)
    """What this PC is called in the history; empty for its network name."""
    window_geometry = Setting("", _text)
    """Place and size of the window as the toolkit wrote them, in base 64."""
    last_room = Setting("", _text)
    last_person = Setting(0, _whole(0, 2**53))
    """Who signed in last on this PC; 0 for nobody yet."""
    column_widths = Setting[dict[str, list[int]]]({}, _widths)
    """Widths in pixels by `person:table`."""
    last_check = Setting("", _text)
    """When the records were last checked on this PC, as an ISO moment, a blank, and how many rows failed; empty for never."""
    scanner = Setting(True, _flag)
    """Whether fast bursts of keys are understood as scans."""
    scanner_prefix = Setting("", _text)
    """Characters that the scanner is set to send first; empty when it is told by its speed alone."""
    lock_minutes = Setting(5, _whole(0, 24 * 60))
    """Minutes without a key or click until the window asks who is there; 0 for never."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.changed: Callable[[], None] | None = None
        self.unreadable = False
        self._lock = threading.Lock()
        self._values: dict[str, Any] = {}
        self._load()

    def read(self, setting: Setting[Value]) -> Value:
        """The stored value if it is one that the setting accepts, else its default."""
        with self._lock:
            value = self._values.get(setting.name, setting.default)
        return value if setting.accepts(value) else setting.default

    def write(self, setting: Setting[Value], value: Value) -> None:
        """Change a value in memory; `save` brings it to the disk. A value that the setting does not accept is a fault of the caller."""
        if not setting.accepts(value):
            raise ValueError(setting.name)
        with self._lock:
            same = self._values.get(setting.name, setting.default) == value
            self._values[setting.name] = value
        if not same and self.changed is not None:
            self.changed()

    def widths_of(self, table: str) -> list[int]:
        """Remembered column widths in pixels of `person:table`; empty when never changed."""
        return list(self.column_widths.get(table, []))

    def remember_widths(self, table: str, widths: list[int]) -> None:
        """Keep the column widths of `person:table`, in pixels."""
        self.column_widths = {**self.column_widths, table: list(widths)}

    def workplace_name(self) -> str:
        """What this PC is called in the history."""
        return self.workplace or platform.node() or "PC"

    def save(self) -> None:
        """Write the file whole or not at all. Raises OSError when the folder can't be written."""
        with self._lock:
            words = json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            half = self.path.with_name(self.path.name + ".new")
            with half.open("w", encoding="utf-8", newline="\n") as file:
                file.write(words + "\n")
                file.flush()
                os.fsync(file.fileno())
            half.replace(self.path)

    def _load(self) -> None:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8-sig"))
            if not isinstance(found, dict):
                raise ValueError("not an object")
        except FileNotFoundError:
            return
        except (OSError, ValueError):
            # The old words stay beside the new file: a person may have written them by hand.
            self.unreadable = True
            self._set_aside()
            return
        self._values = found

    def _set_aside(self) -> None:
        try:
            self.path.replace(self.path.with_name(self.path.name + ".unreadable"))
        except OSError:
            self.unreadable = True
