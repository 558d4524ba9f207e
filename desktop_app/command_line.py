"""The one entry point: understands the words of the console and starts the window or one of the commands without one."""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import importlib
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from desktop_app import __version__
from desktop_app.headless import ASKED_WRONGLY, COMMANDS, DONE, Command
from desktop_app.i18n import LANGUAGES, Phrases, set_current_language
from desktop_app.place import Request, desktop_language

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = "service-front"
_SERVER_SCHEMES = ("postgresql+psycopg://", "postgresql://", "sqlite:///")


@dataclass(frozen=True)
class Call:
    """One command as it was asked for: the request common to all, its own options, and the phrases to answer in."""

    request: Request
    options: argparse.Namespace
    phrases: Phrases

    def complain(self, sentence: str) -> None:
        """One sentence to stderr, in the chosen language."""
        print(f"{PROGRAM}: {sentence}", file=sys.stderr)


class Parser(argparse.ArgumentParser):
    """argparse with every word of its own translated, and without abbreviations, which would change meaning when an option is added."""

    def __init__(self, phrases: Phrases, **rest: Any) -> None:
        self.phrases = phrases
        super().__init__(add_help=False, allow_abbrev=False, **rest)
        self._positionals.title = phrases("what to do")
        self._optionals.title = phrases("options")
        self.add_argument("-h", "--help", action="help", help=phrases("show this help and leave"))

    def error(self, message: str) -> NoReturn:
        """One sentence, where help is found, exit code 2."""
        self.exit(ASKED_WRONGLY, f"{PROGRAM}: {message}\n{self.phrases('Help: {command}', command=f'{self.prog} --help')}\n")


def run(words: Sequence[str]) -> int:
    """Do what the words ask; the exit code: 0 done, 1 something is wrong with the shop's data, 2 asked wrongly or not readable."""
    _prepare_streams()
    phrases = Phrases(_language_asked(words) or desktop_language())
    set_current_language(phrases.language)
    _teach_argparse(phrases)
    try:
        options = _parser(phrases, words).parse_args(list(words))
        request = _request(options, phrases)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ASKED_WRONGLY
    command = next((known for known in COMMANDS if known.name == options.command), None)
    lacking = _libraries_lacking(command)
    if lacking:
        print(f"{PROGRAM}: {phrases('Qt lacks libraries of this system. Install these packages: {packages}', packages=' '.join(lacking))}", file=sys.stderr)
        return ASKED_WRONGLY
    if command is None:
        return _open_window(request, phrases)
    return _run_command(command, Call(request, options, phrases))


def _run_command(command: Command, call: Call) -> int:
    from db.rules.errors import Environment, Refusal
    from desktop_app import faults

    module = importlib.import_module(f"desktop_app.headless.{command.module}")
    try:
        code: int = module.run(call)
        sys.stdout.flush()
        return code
    except (Refusal, Environment) as error:
        call.complain(faults.sentence(faults.at_once(error), call.phrases))
        return ASKED_WRONGLY
    except BrokenPipeError:
        # The reader (`| head`) has had enough; what it wanted was delivered.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # The outermost frame of a command: whatever a command's own code did not foresee is written down and said, not printed as a traceback.
        report = faults.write_down(error, call.request)
        words = "This is a fault of the program, not of yours. Nothing was changed by it. Report {report} is in {path}"
        call.complain(call.phrases(words, report=report.number, path=str(report.path)))
        return ASKED_WRONGLY


def _open_window(request: Request, phrases: Phrases) -> int:
    from desktop_app.qt_libraries import display_is_missing

    if display_is_missing():
        words = phrases("There is no display here to open a window on. The commands need none, see {command}", command=f"{PROGRAM} --help")
        print(f"{PROGRAM}: {words}", file=sys.stderr)
        return ASKED_WRONGLY
    # Thousands of objects are made until the window stands and none of them is garbage: looking for some costs a sixth of the start.
    # `Program` goes on looking once the window stands.
    gc.disable()
    from desktop_app import bootstrap

    return bootstrap.run(request)


def _libraries_lacking(command: Command | None) -> list[str]:
    from desktop_app.qt_libraries import missing_packages, needs_display

    return missing_packages(screen=command is None or command.draws, display=command is None and needs_display())


def _prepare_streams() -> None:
    """UTF-8 on any console, and somewhere to write where there is no console at all."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # A window program on Windows has no streams; what is said there goes nowhere, and must not fail.
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _language_asked(words: Sequence[str]) -> str:
    """The language named by `--language`, read before the rest so that complaints about the rest are in it."""
    for index, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == "--language":
            found = value if equals else next(iter(words[index + 1 : index + 2]), "")
            return found if found in LANGUAGES else ""
    return ""


def _teach_argparse(phrases: Phrases) -> None:
    """Let argparse's own sentences come from the word tables; it looks them up through its module's `_`."""
    words: Any = argparse
    words._ = lambda text: phrases(text, "argparse")
    words.ngettext = lambda one, many, count: phrases(one if count == 1 else many, "argparse")


def _parser(phrases: Phrases, words: Sequence[str]) -> Parser:
    parser = Parser(phrases, prog=PROGRAM, description=phrases("The service front of a workshop. Without a command it opens the window."))
    _add_common(parser, phrases, hidden=False)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}", help=phrases("show the version and leave"))
    commands = parser.add_subparsers(dest="command", metavar=phrases("COMMAND"), title=phrases("commands"))
    for command in COMMANDS:
        summary = phrases(command.summary)
        sub = commands.add_parser(command.name, phrases=phrases, help=summary, description=summary, prog=f"{PROGRAM} {command.name}")
        _add_common(sub, phrases, hidden=True)
        if command.name in words:
            # Only the one that is asked for: the others' modules would make each start of the window wait.
            importlib.import_module(f"desktop_app.headless.{command.module}").describe(sub, phrases)
    return parser


def _add_common(parser: argparse.ArgumentParser, phrases: Phrases, *, hidden: bool) -> None:
    """The options of every command; they may stand before the command or, unlisted, after it."""

    def add(name: str, help_text: str, **rest: Any) -> None:
        parser.add_argument(name, help=argparse.SUPPRESS if hidden else phrases(help_text), default=argparse.SUPPRESS, **rest)

    add("--data-dir", "folder of this shop's file and settings", metavar=phrases("FOLDER"))
    add("--database", "address of the shop's PostgreSQL server, such as postgresql+psycopg://user@host/shop", metavar="URL")
    add("--demo", "a lived-in example shop in a folder of its own", action="store_true")
    add("--demo-size", "vehicles in the example shop, for measuring", metavar="N")
    add("--demo-seed", "number from which the example shop is drawn (1)", metavar="S")
    add("--today", "day of the example shop (today)", metavar=phrases("DATE"))
    add("--language", "zh_TW, zh_CN or en", metavar=phrases("LANGUAGE"))
    add("--theme", "light or dark", metavar=phrases("THEME"))


def _request(options: argparse.Namespace, phrases: Phrases) -> Request:
    given = vars(options)

    def refuse(sentence: str) -> NoReturn:
        print(f"{PROGRAM}: {sentence}", file=sys.stderr)
        raise SystemExit(ASKED_WRONGLY)

    def whole(name: str, low: int) -> int | None:
        text = given.get(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdecimal() and int(text) >= low):
            refuse(phrases("{option} wants a whole number from {low}, not {text}", option="--" + name.replace("_", "-"), low=low, text=text))
        return int(text)

    language, theme = given.get("language", ""), given.get("theme", "")
    if "language" in given and language not in LANGUAGES:
        refuse(phrases("{option} wants one of {choices}, not {text}", option="--language", choices=", ".join(LANGUAGES), text=language))
    if "theme" in given and theme not in ("light", "dark"):
        refuse(phrases("{option} wants one of {choices}, not {text}", option="--theme", choices="light, dark", text=theme))
    if "data_dir" in given and "database" in given:
        refuse(phrases("Give either --data-dir or --database, not both"))
    if "data_dir" in given and not given["data_dir"].strip():
        refuse(phrases("--data-dir wants a folder"))
    database = given.get("database", "")
    if "database" in given and not database.startswith(_SERVER_SCHEMES):
        refuse(phrases("--database wants an address such as {example}, not {text}", example="postgresql+psycopg://user@host/shop", text=database))
    demo = given.get("demo", False)
    for name in ("demo_size", "demo_seed", "today"):
        if name in given and not demo:
            refuse(phrases("{option} goes with --demo only", option="--" + name.replace("_", "-")))
    return Request(
        data_dir=Path(given["data_dir"]) if "data_dir" in given else None,
        database=database,
        demo=demo,
        demo_size=whole("demo_size", 1),
        demo_seed=whole("demo_seed", 0),
        today=_date(given.get("today"), phrases, refuse),
        language=language,
        theme=theme,
    )


def _date(text: str | None, phrases: Phrases, refuse: Any) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        refuse(phrases("--today wants a day such as 2026-11-24, not {text}", text=text))
        raise
