"""From errors to sentences: refusals by their code, unexpected errors by one report each, in a log that holds no customer's data."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import logging
import pkgutil
import platform
import sqlite3
import sys
import threading
import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from db.rules.errors import Environment, Refusal
    from desktop_app.i18n import Phrases
    from desktop_app.place import Request

LOG_BYTES = 1_000_000
LOG_FILES = 5
OWN_LOGGER = "service_front"
_ROOT = Path(__file__).resolve().parent.parent


@cache
def sentences() -> dict[str, str]:
    """English phrase of every refusal's code; where two subjects claim one, the first of them says it."""
    import desktop_app.refusal_words as subjects

    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(subjects.__path__):
        for code, words in importlib.import_module(f"{subjects.__name__}.{module.name}").SENTENCES.items():
            found.setdefault(code, words)
    return found


def sentence(error: Refusal | Environment, phrases: Phrases) -> str:
    """What the person reads: what is wrong, with its values; for a code without a sentence the code itself is named."""
    words = sentences().get(error.code)
    if words is None:
        return phrases("That is not possible ({code})", code=error.code)
    facts = {name: fact_words(name, value, phrases) for name, value in error.facts.items()}
    why = sentences().get(f"{error.code}.{error.facts.get('reason')}")
    if why is not None:
        facts["reason"] = phrases(why, **facts)
    return phrases(words, **facts)


_AT_ONCE = {"store_locked": "store_held", "disk_full": "disk_has_no_room", "disk_error": "disk_not_answering", "server_away": "server_not_reached"}


def at_once(error: Refusal | Environment) -> Refusal | Environment:
    """The same trouble for a moment in which nothing that was typed waits, and nothing is tried again by itself: a start, a command."""
    return type(error)(_AT_ONCE.get(error.code, error.code), **error.facts)


def said(error: Refusal | Environment) -> str:
    """The sentence in the screen's language."""
    from desktop_app.i18n.phrases import current_language, phrases

    return sentence(error, phrases(current_language()))


def fact_words(name: str, value: object, phrases: Phrases) -> object:
    """A fact as it stands in a sentence; its name's ending says what it is."""
    from desktop_app.i18n.formats import formats

    form = formats(phrases.language)
    if isinstance(value, bool):
        return phrases("yes") if value else phrases("no")
    if isinstance(value, int) and name.endswith("_fen"):
        return form.money(value)
    if isinstance(value, int) and name.endswith("_km"):
        return form.km(value)
    if isinstance(value, dt.datetime):
        return form.moment(value)
    if isinstance(value, dt.date):
        return form.day(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return phrases(", ", "list").join(str(fact_words(name, part, phrases)) for part in value)
    return value


@dataclass(frozen=True)
class Report:
    """One unexpected error, told without any value that a person typed: types, files, functions and lines only."""

    number: str
    at: dt.datetime
    what: str
    """Name of the error's type, and of what caused it."""
    where: tuple[str, ...]
    path: Path | None
    """The log that it was written to; None when not even that could be written."""
    times: int = 1

    def words(self) -> str:
        """The text of 'copy report'."""
        return "\n".join((
            f"{self.number}  {self.at.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}Z",
            f"service-front {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.release()}",
            self.what,
            *self.where,
        ))


class SparingFormatter(logging.Formatter):
    """Writes what happened and where, never with what values: no arguments of a message, no text of an exception.

    Only our own loggers' templates are written; another library may have put values into its message already.
    """

    def __init__(self) -> None:
        super().__init__()

    def format(self, record: logging.LogRecord) -> str:
        """One record as lines of the log."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        own = record.name == OWN_LOGGER or record.name.startswith(OWN_LOGGER + ".")
        words = str(record.msg) if own else f"{Path(record.pathname).name}:{record.lineno}"
        head = f"{at:%Y-%m-%dT%H:%M:%S}Z {record.levelname} {record.name} {words}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n    ".join((head, type_words(error), *frame_words(error))) if error is not None else head


def type_words(error: BaseException) -> str:
    """The error's type with the types of what caused it, outermost first."""
    names = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        names.append(f"{type(link).__module__}.{type(link).__qualname__}".removeprefix("builtins."))
        link = link.__cause__ or link.__context__
    return " < ".join(names)


def frame_words(error: BaseException) -> tuple[str, ...]:
    """`file:function:line` of each frame, outermost first; files of ours by their place in the program, others by name."""
    return tuple(f"{_file_words(frame.filename)}:{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__))


def _file_words(filename: str) -> str:
    path = Path(filename)
    try:
        return path.resolve().relative_to(_ROOT).as_posix() if path.is_absolute() else path.name
    except (ValueError, OSError):
        return "/".join(path.parts[-2:])


def report_on(error: BaseException, path: Path | None) -> Report:
    """The report of an error; equal tracebacks get equal numbers, on any machine."""
    where = frame_words(error)
    digest = hashlib.sha256("\n".join((type_words(error), *where)).encode()).hexdigest().upper()
    return Report(f"{digest[:4]}-{digest[4:8]}", dt.datetime.now(dt.UTC), type_words(error), where, path)


class LogFile(logging.Handler):
    """The rotating log, opened with its first entry, so that a start without faults writes nothing and waits for nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None
        self._blocked = False

    @property
    def path(self) -> Path | None:
        """The file, None where it could not be written."""
        return None if self._blocked else self._path

    def emit(self, record: logging.LogRecord) -> None:
        """Write one entry; a folder that can't be written keeps nobody from working."""
        if self._file is None and not self._blocked:
            self._file = self._opened()
        if self._file is not None:
            self._file.emit(record)

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._file is not None:
            self._file.close()
        super().close()

    def _opened(self) -> logging.Handler | None:
        from logging.handlers import RotatingFileHandler

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8"):
                pass
        except OSError:
            self._blocked = True
            return None
        file = RotatingFileHandler(self._path, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8", delay=True)
        file.setFormatter(SparingFormatter())
        return file


def open_log(path: Path) -> LogFile:
    """Send the program's log to a rotating file."""
    handler = LogFile(path)
    logging.getLogger().addHandler(handler)
    logging.getLogger(OWN_LOGGER).setLevel(logging.INFO)
    return handler


def write_down(error: BaseException, request: Request) -> Report:
    """Log an unexpected error of a command without a window; the report on it."""
    from desktop_app.place import place_of

    path = place_of(request).log_file
    handler = open_log(path)
    try:
        logging.getLogger(OWN_LOGGER).error("unexpected error", exc_info=error)
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    return report_on(error, handler.path)


class Watch:
    """Takes every unexpected error of the process: each is logged, and each new traceback is shown once.

    `show` is called with the report, on whatever thread the error arose.
    """

    def __init__(self, path: Path, show: Callable[[Report], None]) -> None:
        self._show = show
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._handler = open_log(path)
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable

    def take(self, error: BaseException) -> Report:
        """Log an error and show it if its traceback is new."""
        number = report_on(error, None).number
        with self._lock:
            count = self._counts[number] = self._counts.get(number, 0) + 1
        logging.getLogger(OWN_LOGGER).error("unexpected error " + number, exc_info=error)
        report = report_on(error, self._handler.path)
        if count == 1:
            self._show(report)
        return report

    def close(self) -> None:
        """Put the hooks of before back and close the log."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.take(error.with_traceback(trace))

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_value)

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_value)
