"""The whole program over the small furnished shop, with plain rooms that note what the frame asks of them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QVBoxLayout, QWidget

from desktop_app.bootstrap import Program
from desktop_app.clock import standing_at
from desktop_app.place import Request, place_of
from desktop_app.preferences import Preferences
from desktop_app.room import Room, Verb
from desktop_app.rooms import all_rooms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from desktop_app.room import RoomContext
    from desktop_app.shell.desk import Desk
    from tests.small_shop import SmallShop

FEW_MS = 10_000


class NotingRoom(QWidget):
    """A field and a list; every call of the frame is noted."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self.context = context
        self.calls: list[tuple[Any, ...]] = []
        self.takes_scans = False
        self.field, self.list = QLineEdit(self), QListWidget(self)
        self.list.addItems(["a", "b"])
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.list)

    def _note(self, *call: Any) -> None:
        self.calls.append(call)

    def shown(self) -> None:
        self._note("shown")

    def reload(self, subjects: Any) -> None:
        self._note("reload", subjects)

    def main_act(self) -> None:
        self._note("main_act")

    def act(self, key: str) -> None:
        self._note("act", key)

    def print_paper(self) -> None:
        self._note("print")

    def preview_paper(self) -> None:
        self._note("preview")

    def new_record(self) -> None:
        self._note("new")

    def filter_focus(self) -> None:
        self._note("filter")

    def more_acts(self) -> None:
        self._note("more")

    def next_section(self, step: int) -> None:
        self._note("section", step)

    def undo(self) -> None:
        self._note("undo")

    def redo(self) -> None:
        self._note("redo")

    def back_out(self) -> bool:
        self._note("back")
        return True

    def set_density(self, dense: bool) -> None:
        self._note("density", dense)

    def open_record(self, subject: str, record_id: int) -> None:
        self._note("open", subject, record_id)

    def new_check_in(self, **start: Any) -> None:
        self._note("check_in", start)

    def take_scan(self, kind: str, code: str) -> bool:
        self._note("scan", kind, code)
        return self.takes_scans

    def context_words(self) -> str:
        return "今天 3 台"


def noting_rooms() -> tuple[Room, ...]:
    """The real rooms' frames around `NotingRoom`s; the board has a verb of its own."""
    own = (Verb("board.dispatch", "Print", "Ctrl+E", room="board"),)
    return tuple(replace(room, build=NotingRoom, verbs=own if room.key == "board" else ()) for room in all_rooms())


@pytest.fixture
def start_program(qtbot: Any, tmp_path: Path, qapp: QApplication) -> Iterator[Callable[..., Program]]:
    """`start_program(folder)`: the program on a data folder, its first window active, scans switched off."""
    started: list[Program] = []

    def start(folder: Path, *, rooms: tuple[Room, ...] | None = None, visits: bool = False, clock: Any = None, **asked: Any) -> Program:
        request = Request(data_dir=folder, language=asked.pop("language", "zh_TW"), **asked)
        place = place_of(request)
        program = Program(qapp, request, place, Preferences(place.preferences_file), clock, visits=visits)
        started.append(program)
        if rooms is not None:
            program.rooms = rooms
        program.start()
        program.scanner.enabled = False
        window = program.desks[0].window
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=FEW_MS)
        return program

    yield start
    for program in started:
        for desk in list(program.desks):
            desk.window.ask_before_close = None
            desk.window.close()
        program.stop()
        qapp.removeEventFilter(program.scanner)
        qapp.removeEventFilter(program.rules)
        program.deleteLater()


@pytest.fixture
def shop_folder(furnished_sqlite: tuple[Path, SmallShop], tmp_path: Path) -> tuple[Path, SmallShop]:
    """A data folder that holds the small furnished shop."""
    path, made = furnished_sqlite
    folder = tmp_path / "順通 汽車"
    folder.mkdir()
    shutil.copy(path, folder / "shop.db")
    return folder, made


@pytest.fixture
def program(start_program: Callable[..., Program], shop_folder: tuple[Path, SmallShop], qtbot: Any) -> Program:
    """The program on the small shop with noting rooms, signed in as its first person, at the afternoon of all examples."""
    folder, made = shop_folder
    program = start_program(folder, rooms=noting_rooms(), visits=True, clock=standing_at(made.now))
    qtbot.waitUntil(lambda: program.desks[0].session.signed_in, timeout=FEW_MS)
    return program


@pytest.fixture
def desk(program: Program) -> Desk:
    """The program's first window with its person."""
    return program.desks[0]
