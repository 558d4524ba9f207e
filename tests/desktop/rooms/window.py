"""A whole window over the small shop for tests of rooms: the real program, its clock standing at the examples' afternoon."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from desktop_app.bootstrap import Program
from desktop_app.clock import standing_at
from desktop_app.place import Request, place_of
from desktop_app.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.small_shop import SmallShop


@contextmanager
def program_on(shop: SmallShop, folder: Path, qtbot: QtBot, who: int, language: str = "zh_TW", size: tuple[int, int] = (1440, 900)) -> Iterator[Program]:
    """The program's window on the shop's store with a person signed in; closed at the end."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    place = place_of(Request(data_dir=folder / "pc"))
    request = Request(data_dir=place.folder, database=shop.engine.url.render_as_string(hide_password=False), language=language)
    program = Program(application, request, place_of(request), Preferences(place.preferences_file), standing_at(shop.now))
    faults: list[object] = []
    program.reported.connect(faults.append)
    program.start()
    try:
        qtbot.waitUntil(lambda: program.desks[0].engine is not None)
        program.scanner.enabled = False
        desk = program.desks[0]
        desk.window.resize(*size)
        desk.window.activateWindow()
        qtbot.waitUntil(desk.window.isActiveWindow)
        person = next(row for row in staff_of(program) if row.staff_id == who)
        # It asks who is there as soon as it has read who may be.
        qtbot.waitUntil(lambda: bool(desk.window.panels) or desk.session.signed_in)
        for panel in list(desk.window.panels):
            panel.close_panel()
        desk._lock_screen = None
        desk.session.sign_in(person)
        desk.begin()
        yield program
    finally:
        for desk in list(program.desks):
            desk.window.ask_before_close = None
            desk.window.close()
        program.stop()
    application.processEvents()
    assert not faults, faults


def room(program: Program, key: str) -> Any:
    """Bring a room to the front; its widget."""
    return program.desks[0].window.show_room(key)


def staff_of(program: Program) -> list[Any]:
    """Who works here."""
    from db.engine import reading
    from db.queries.shop import staff_rows

    assert program.engine is not None
    with reading(program.engine) as session:
        return staff_rows(session)
