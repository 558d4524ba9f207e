"""Where this start of the program keeps its files, and which store it opens."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.i18n import LANGUAGES

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

FOLDER_NAME = "ServiceFront"
DEMO_FOLDER_NAME = "ServiceFront demo"
STORE_FILE_NAME = "shop.db"


@dataclass(frozen=True)
class Request:
    """What the person at the console asked of this start, checked in form only."""

    data_dir: Path | None = None
    database: str = ""
    demo: bool = False
    demo_size: int | None = None
    demo_seed: int | None = None
    """None: whichever there is, else the first."""
    today: dt.date | None = None
    language: str = ""
    theme: str = ""


@dataclass(frozen=True)
class Place:
    """The folder of this machine's files and the address of the store; `server` is empty where the store is the folder's own file."""

    folder: Path
    preferences_file: Path
    server: str
    demo: bool

    @property
    def store_file(self) -> Path:
        """The shop's own file, used when there is no server."""
        return self.folder / STORE_FILE_NAME

    @property
    def log_file(self) -> Path:
        """The log that unexpected errors go to."""
        return self.folder / "logs" / "service.log"

    @property
    def papers_folder(self) -> Path:
        """Where papers are kept when no printer takes them."""
        return self.folder / "papers"

    @property
    def title(self) -> str:
        """The store in the words of the status bar: the file's folder, or the server without user and password."""
        if self.server:
            return self.server.partition("://")[2].rpartition("@")[2].partition("?")[0]
        return str(self.store_file)

    def store_words(self) -> str:
        """The store in few words: the server's name, or the folder's."""
        return self.title if self.server else self.folder.name


def place_of(request: Request, remembered_database: str = "") -> Place:
    """The place that a request means; `remembered_database` is this machine's preference, which a folder or address given now overrides."""
    import platformdirs

    if request.data_dir is not None:
        folder = request.data_dir.expanduser().absolute()
        preferences_file = folder / "preferences.json"
    elif request.demo:
        folder = platformdirs.user_data_path(DEMO_FOLDER_NAME, appauthor=False)
        preferences_file = folder / "preferences.json"
    else:
        folder = platformdirs.user_data_path(FOLDER_NAME, appauthor=False)
        preferences_file = platformdirs.user_config_path(FOLDER_NAME, appauthor=False) / "preferences.json"
    server = request.database
    if not server and request.data_dir is None and not request.demo:
        server = remembered_database
    return Place(folder, preferences_file, server, request.demo)


def desktop_language() -> str:
    """The language of the person's desktop as one of `LANGUAGES`; English where it is neither script of Chinese."""
    name = _locale_name().replace("-", "_").lower()
    if not name.startswith("zh"):
        return LANGUAGES[2]
    traditional = any(mark in name for mark in ("tw", "hk", "mo", "hant"))
    return LANGUAGES[0] if traditional else LANGUAGES[1]


def _locale_name() -> str:
    if sys.platform == "win32":
        import ctypes

        buffer = ctypes.create_unicode_buffer(85)
        if ctypes.windll.kernel32.GetUserDefaultLocaleName(buffer, len(buffer)):
            return buffer.value
    return next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
