"""A store in trouble under an open window: said above the rooms in the person's language, never as a fault of the program; typing goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import event

from db.rules.errors import Environment
from desktop_app import faults
from desktop_app.i18n import LANGUAGES, Phrases
from desktop_app.i18n.live import switch_language
from tests.command_line.test_store_troubles import beginning_overwritten, foreign, kept_by_another, newer, page_overwritten
from tests.desktop.shell.conftest import FEW_MS, noting_rooms
from tests.desktop.typing_help import compose

OPENING = {newer: "store_newer", foreign: "store_foreign", beginning_overwritten: "store_damaged", kept_by_another: "store_held"}


@pytest.mark.parametrize("spoil", OPENING, ids=lambda spoil: spoil.__name__)
def test_what_keeps_a_store_from_being_opened_is_said_in_each_language(start_program, shop_folder, qtbot, spoil):
    folder, _made = shop_folder
    file = folder / "shop.db"
    with spoil(file):
        before = file.read_bytes()
        program = start_program(folder, rooms=noting_rooms())
        window = program.desks[0].window
        qtbot.waitUntil(lambda: window.covered, timeout=3 * FEW_MS)
        panel: Any = window.panels[-1]
        for language in LANGUAGES:
            switch_language(language)
            wanted = faults.sentence(Environment(OPENING[spoil], file=str(file)), Phrases(language))
            assert panel._sentence.text() == wanted
        assert program.code == 2 and file.read_bytes() == before
    assert not (folder / "logs").exists(), "nothing was a fault of the program"


def test_a_damaged_page_met_while_working(start_program, shop_folder, qtbot):
    folder, made = shop_folder
    with page_overwritten(folder / "shop.db"):
        program = start_program(folder, visits=True, clock=lambda: made.now)
        desk = program.desks[0]
        qtbot.waitUntil(lambda: desk.session.signed_in, timeout=FEW_MS)
        desk.window.show_room("check_in").new_check_in(vehicle_id=made.second_vehicle)
        qtbot.waitUntil(lambda: desk.window.banner.isVisible(), timeout=2 * FEW_MS)
        qtbot.waitUntil(lambda: not program.runner.busy, timeout=2 * FEW_MS)
    assert str(folder / "shop.db") in desk.window.banner.words.text() and "損壞" in desk.window.banner.words.text()
    assert not desk.window.panels and not (folder / "logs").exists(), "it is no fault of the program"


def test_a_draft_on_a_full_disk_is_said_once_and_kept_when_there_is_room(start_program, shop_folder, qtbot):
    folder, made = shop_folder
    program = start_program(folder, visits=True, clock=lambda: made.now)
    desk = program.desks[0]
    qtbot.waitUntil(lambda: desk.session.signed_in, timeout=FEW_MS)
    view = desk.window.show_room("check_in")
    view.new_check_in(vehicle_id=made.second_vehicle)
    qtbot.waitUntil(lambda: view.in_form and not program.runner.busy, timeout=FEW_MS)
    kept: list[Any] = []
    failed: list[Any] = []
    view._keeper.kept.connect(kept.append)
    view._keeper.failed.connect(failed.append)
    with closing(sqlite3.connect(folder / "shop.db")) as store:
        (pages,) = store.execute("PRAGMA page_count").fetchone()

    def limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}").close()

    event.listen(program.engine, "connect", limit)
    program.engine.dispose()
    before = len(desk.window.notices.history)
    view.words.words.inner.setFocus()
    compose(view.words.words.inner, "滿" * 30_000)
    qtbot.waitUntil(lambda: len(failed) >= 2, timeout=2 * FEW_MS)
    said = [notice for notice in desk.window.notices.history[before:] if notice.kind == "bad"]
    assert len(said) == 1 and str(folder / "shop.db") in said[0].words and "磁碟已滿" in said[0].words
    assert not desk.window.panels and not kept and view.words.words.text == "滿" * 30_000
    event.remove(program.engine, "connect", limit)
    program.engine.dispose()
    qtbot.waitUntil(lambda: len(kept) == 1, timeout=2 * FEW_MS)
    with closing(sqlite3.connect(folder / "shop.db")) as store:
        (words,) = store.execute("SELECT json_extract(body, '$.words') FROM draft").fetchone()
    assert words == "滿" * 30_000
    assert not (folder / "logs").exists()


def test_a_reading_that_the_store_refuses_is_said_and_read_anew_later(program, desk):
    board = desk.window.show_room("board")
    program.runner.failed.emit(Environment("store_locked", file="shop.db"))
    assert desk.window.banner.isVisible() and not desk.window.panels
    from db.queries.changes import Changes

    program._others._on_seen(Changes(5, frozenset()))
    assert not desk.window.banner.isVisible()
    assert ("reload", None) in board.calls
