"""The whole program: its start, its people, its commands' road to the disk, scans, faults, and a second window."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit

from db.commands.act import Act
from db.commands.perform import perform
from db.commands.shop import ChangeSetting, ChangeShop
from db.engine import file_url, open_engine, reading
from db.models import History
from db.queries.shop import shop_row, staff_rows
from db.rules.errors import Environment, Refusal
from db.rules.rights import Right
from desktop_app import faults
from desktop_app.i18n import LANGUAGES, Phrases
from desktop_app.shell import performing
from desktop_app.shell.closing import ClosePanel
from tests.desktop.shell.conftest import FEW_MS, noting_rooms
from tests.desktop.typing_help import scan_keys
from tests.small_shop import PIN

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True)
class Rename:
    """Give a customer another name; asks for a right of one's choice."""

    name: str
    right: Right | None = Right.CUSTOMERS
    fails: Exception | None = None
    verb: ClassVar[str] = "rename"

    def apply(self, session, act):
        from db.models import Customer

        if self.fails is not None:
            raise self.fails
        session.get_one(Customer, 1).name = self.name
        return {"name": self.name}


def type_pin(screen, pin):
    screen.pad.dots.setFocus()
    QTest.keyClicks(screen.pad.dots, pin)
    QTest.keyClick(screen.pad.dots, Qt.Key.Key_Return)


def name_of_first_customer(desk):
    from db.models import Customer

    with reading(desk.engine) as session:
        return session.get_one(Customer, 1).name


# Starting


def test_a_new_shop_is_made_by_keyboard_and_begins_signed_in(start_program, tmp_path, qtbot):
    program = start_program(tmp_path / "新 店", rooms=noting_rooms())
    qtbot.waitUntil(lambda: program._first_start is not None, timeout=FEW_MS)
    first = program._first_start
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    assert {field.state for field in (first._name_field, first._manager_field, first._pin_field)} == {"bad"}, "all that is missing at once"
    assert first.name.hasFocus()
    first.name.setText("順通汽車")
    first.manager.setText("方敏")
    QTest.keyClicks(first.pin, "2468")
    QTest.keyClicks(first.pin_again, "2469")
    QTest.keyClick(first.pin_again, Qt.Key.Key_F8)
    assert first._again_field.state == "bad"
    first.pin_again.clear()
    QTest.keyClicks(first.pin_again, "2468")
    QTest.keyClick(first.pin_again, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: program.desks[0].session.signed_in, timeout=3 * FEW_MS)
    desk = program.desks[0]
    assert (desk.session.shop.name, desk.session.person.name, desk.session.shop.sign_in) == ("順通汽車", "方敏", True)
    assert desk.window.room_key == "check_in"
    desk.lock("")
    qtbot.waitUntil(lambda: desk._lock_screen._people is not None, timeout=FEW_MS)
    type_pin(desk._lock_screen, "2468")
    qtbot.waitUntil(lambda: not desk.window.covered, timeout=FEW_MS)


def test_who_works_alone_is_never_asked(start_program, tmp_path, qtbot):
    program = start_program(tmp_path / "d", rooms=noting_rooms(), language="en")
    qtbot.waitUntil(lambda: program._first_start is not None, timeout=FEW_MS)
    first = program._first_start
    first._ways.button(0).click()
    first.name.setText("Lam's")
    first.region.choose("HK")
    first._on_region("HK")
    first.main_act()
    qtbot.waitUntil(lambda: program.desks[0].session.signed_in, timeout=3 * FEW_MS)
    desk = program.desks[0]
    assert (desk.session.shop.region, desk.session.shop.zone, desk.session.shop.language) == ("HK", "Asia/Hong_Kong", "en")
    desk.do("lock")
    assert not desk.window.covered
    with reading(desk.engine) as session:
        assert session.query(History).filter_by(subject="catalogue_entry").count() == 1


def test_a_store_that_cannot_be_opened_is_said_and_tried_again(start_program, tmp_path, qtbot):
    from db.engine import file_url, open_engine
    from db.migrations.run import make_ready

    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "shop.db").write_bytes(b"no database " * 500)
    program = start_program(folder, rooms=noting_rooms())
    qtbot.waitUntil(lambda: program.desks[0].window.covered, timeout=FEW_MS)
    panel = program.desks[0].window.panels[-1]
    assert "損壞" in panel._sentence.text()
    assert (folder / "shop.db").read_bytes().startswith(b"no database")
    for name in folder.glob("shop.db*"):
        name.unlink()
    engine = open_engine(file_url(folder / "shop.db"))
    make_ready(engine)
    engine.dispose()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: program._first_start is not None, timeout=FEW_MS)
    assert program.code == 0


def test_a_pretended_day_is_said_to_the_console(start_program, tmp_path, qtbot, capsys):
    program = start_program(tmp_path / "示範", rooms=noting_rooms(), language="en", demo=True, demo_size=2, today=dt.date(2026, 9, 15))
    qtbot.waitUntil(lambda: program._opened is not None, timeout=FEW_MS)
    assert capsys.readouterr() == ("", "service-front: The day is pretended: in this example shop it is 2026-09-15\n")


def test_closing_asks_while_an_example_shop_is_being_made_and_then_leaves_none(start_program, tmp_path, qtbot):
    folder = tmp_path / "示範"
    program = start_program(folder, rooms=noting_rooms(), language="en", demo=True, demo_size=20_000)
    qtbot.waitUntil(lambda: program._making is not None, timeout=FEW_MS)
    window = program.desks[0].window
    assert not window.close()
    asked = window.panels[-1]
    assert isinstance(asked, ClosePanel) and any(label.text() == "Making the example shop" for label in asked.findChildren(QLabel))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert program._making is not None and not asked.isVisible()
    assert not window.close()
    window.panels[-1].leave.setFocus()
    QTest.keyClick(window.panels[-1].leave, Qt.Key.Key_Space)
    assert not program.desks
    program.stop()
    engine = open_engine(file_url(folder / "shop.db"))
    with reading(engine) as session:
        assert shop_row(session) is None
    engine.dispose()


def test_place_and_room_are_remembered(start_program, shop_folder, qtbot):
    folder, _made = shop_folder
    first = start_program(folder, rooms=noting_rooms())
    qtbot.waitUntil(lambda: first.desks[0].window.covered, timeout=FEW_MS)
    first.preferences.last_room = "claims"
    first.desks[0].window.resize(960, 666)
    first.desks[0].window.ask_before_close = None
    first.desks[0].window.close()
    first.stop()
    second = start_program(folder, rooms=noting_rooms())
    assert second.desks[0].window.size().toTuple() == (960, 666)
    assert second.preferences.last_room == "claims"


# People


@pytest.fixture
def locked(program, desk, qtbot):
    desk.do("lock")
    qtbot.waitUntil(lambda: desk._lock_screen._people is not None, timeout=FEW_MS)
    return desk._lock_screen


def test_a_pin_opens_and_escape_does_not(desk, locked, qtbot):
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F8, Qt.Key.Key_F2):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert desk.window.covered
    type_pin(locked, PIN)
    qtbot.waitUntil(lambda: not desk.window.covered, timeout=FEW_MS)
    assert desk._lock_screen is None


def test_wrong_pins_are_counted_and_then_lock(desk, locked, qtbot):
    for left in (2, 1):
        type_pin(locked, "9999")
        qtbot.waitUntil(lambda left=left: str(left) in locked.pad.note.accessibleName(), timeout=FEW_MS)
    type_pin(locked, "9999")
    qtbot.waitUntil(lambda: locked._people.card_of(locked._row.staff_id).locked_until is not None, timeout=FEW_MS)
    type_pin(locked, PIN)
    qtbot.waitUntil(lambda: not locked._trying, timeout=FEW_MS)
    assert desk.window.covered


def test_another_person_finds_nothing_of_the_one_before(desk, locked, shop_folder, qtbot):
    made = shop_folder[1]
    before = desk.window.room_widget()
    locked._people.choose(made.advisor)
    type_pin(locked, PIN)
    qtbot.waitUntil(lambda: desk.session.person.id == made.advisor, timeout=FEW_MS)
    assert desk.window.room_widget() is not before
    assert desk.window.status_bar.person.label.text() == desk.session.person.name
    assert desk.preferences.last_person == made.advisor


def test_arrows_choose_and_digits_go_to_the_pin(locked):
    cards = locked._people.cards
    cards[0].setFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Right)
    assert cards[1].isChecked() and cards[1].hasFocus()
    QTest.keyClick(cards[1], "4")
    assert locked.pad.dots.pin == "4" and locked.pad.dots.hasFocus()


def test_it_locks_after_a_while_without_use(desk, qtbot):
    desk._start_idle()
    desk._idle.setInterval(120)
    desk._idle.start()
    for _ in range(4):
        qtbot.wait(50)
        QTest.keyClick(desk.window.room_widget().field, Qt.Key.Key_A)
    assert not desk.window.covered, "keys keep it open"
    qtbot.waitUntil(lambda: desk.window.covered, timeout=FEW_MS)


def test_keys_in_a_dialog_are_use_of_its_window(desk, qtbot):
    dialog = QDialog(desk.window)
    inside = QLineEdit(dialog)
    dialog.open()
    desk._start_idle()
    desk._idle.setInterval(300)
    desk._idle.start()
    for _ in range(4):
        qtbot.wait(100)
        QTest.keyClick(inside, Qt.Key.Key_A)
    assert not desk.window.covered, "keys keep it open"
    qtbot.waitUntil(lambda: desk.window.covered, timeout=FEW_MS)
    dialog.reject()


def test_the_time_until_it_locks_follows_the_shops_rule(desk, qtbot):
    def rule(minutes):
        desk.context.perform(ChangeSetting("lock_after_minutes", minutes), lambda _result: None)

    assert desk._idle.isActive()
    rule(7)
    qtbot.waitUntil(lambda: desk._idle.interval() == 7 * 60_000 and desk._idle.isActive(), timeout=FEW_MS)
    rule(0)
    qtbot.waitUntil(lambda: not desk._idle.isActive(), timeout=FEW_MS)
    rule(3)
    qtbot.waitUntil(lambda: desk._idle.interval() == 3 * 60_000 and desk._idle.isActive(), timeout=FEW_MS)


# Commands


def test_a_command_is_written_and_said_to_be_saved(program, desk, qtbot):
    heard = []
    program.runner.records_changed.connect(heard.append)
    done = []
    desk.context.perform(Rename("陳大文"), done.append)
    qtbot.waitUntil(lambda: done == [{"name": "陳大文"}], timeout=FEW_MS)
    assert heard == [frozenset({"customer"})]
    assert desk.window.top_bar.save_state.saved_at == desk.clock()
    assert "14:32" in desk.window.top_bar.save_state.words() == desk.window.status_bar.saved.label.text()
    assert name_of_first_customer(desk) == "陳大文"


def test_commands_are_written_in_the_order_given(desk, qtbot):
    done = []
    for number in range(10):
        desk.context.perform(Rename(str(number)), done.append)
    qtbot.waitUntil(lambda: len(done) == 10, timeout=FEW_MS)
    assert [row["name"] for row in done] == [str(number) for number in range(10)]


def test_a_refusal_goes_to_the_form_or_is_said(desk, qtbot):
    refused = []
    desk.context.perform(Rename("x", fails=Refusal("name_missing")), None, refused.append)
    qtbot.waitUntil(lambda: len(refused) == 1, timeout=FEW_MS)
    assert refused[0].code == "name_missing" and not desk.window.notices.history
    desk.context.perform(Rename("x", fails=Refusal("name_missing")))
    qtbot.waitUntil(lambda: len(desk.window.notices.history) == 1, timeout=FEW_MS)
    assert desk.window.notices.history[0].words == "要填名字"


def test_a_store_that_is_held_is_waited_for_and_nothing_is_done_twice(desk, qtbot, shop_folder, monkeypatch):
    monkeypatch.setattr(performing, "RETRY_MS", 100)
    done = []
    with closing(sqlite3.connect(shop_folder[0] / "shop.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        desk.context.perform(Rename("一"), done.append)
        desk.context.perform(Rename("二"), done.append)
        qtbot.waitUntil(lambda: desk.window.banner.isVisible(), timeout=3 * FEW_MS)
        assert desk.window.top_bar.save_state.state == "not_saved" and "2" in desk.window.top_bar.save_state.words()
        assert not desk._may_close(), "closing would lose what waits"
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        other.execute("ROLLBACK")
    QTest.keyClick(desk.window.room_widget().field, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: len(done) == 2, timeout=3 * FEW_MS)
    assert not desk.window.banner.isVisible() and desk.window.top_bar.save_state.state == "saved"
    with reading(desk.engine) as session:
        assert session.query(History).filter_by(verb="rename").count() == 2


def test_an_act_that_is_not_allowed_is_done_with_anothers_pin(program, desk, locked, shop_folder, qtbot):
    made = shop_folder[1]
    locked._people.choose(made.technician)
    type_pin(locked, PIN)
    qtbot.waitUntil(lambda: desk.session.person.id == made.technician, timeout=FEW_MS)
    done, refused = [], []
    desk.context.perform(Rename("陳小文"), done.append, refused.append)
    qtbot.waitUntil(lambda: desk.window.covered, timeout=FEW_MS)
    panel = desk.window.panels[-1]
    qtbot.waitUntil(lambda: panel._row is not None, timeout=FEW_MS)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert [error.code for error in refused] == ["not_allowed"] and not done
    desk.context.perform(Rename("陳小文"), done.append, refused.append)
    qtbot.waitUntil(lambda: desk.window.covered, timeout=FEW_MS)
    panel = desk.window.panels[-1]
    qtbot.waitUntil(lambda: panel._row is not None, timeout=FEW_MS)
    helper = panel._row.staff_id
    QTest.keyClicks(QApplication.focusWidget(), PIN)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(done) == 1, timeout=FEW_MS)
    with reading(desk.engine) as session:
        row = session.query(History).filter_by(verb="rename").one()
        assert (row.staff_id, row.approved_by_id) == (made.technician, helper)


def test_what_another_pc_changes_is_shown_here(program, desk, shop_folder, qtbot):
    made = shop_folder[1]
    desk.context.perform(Rename("own"))
    qtbot.waitUntil(lambda: desk.performing.count == 0, timeout=FEW_MS)
    program._others.look()
    qtbot.waitUntil(lambda: program._others._last and not program._others._asking, timeout=FEW_MS)
    board = desk.window.show_room("board")
    board.calls.clear()
    program._others.look()
    qtbot.waitUntil(lambda: not program._others._asking, timeout=FEW_MS)
    assert board.calls == [], "what this program did itself is no news"
    perform(desk.engine, Rename("theirs"), Act(at=made.now, device="counter 2", everything=True))
    program._others.look()
    qtbot.waitUntil(lambda: ("reload", frozenset({"customer"})) in board.calls, timeout=FEW_MS)


def test_a_store_that_goes_away_is_said_and_everything_read_anew_when_it_is_back(program, desk):
    board = desk.window.show_room("board")
    program._others._on_trouble(Environment("server_away", server="shop"))
    program._others._on_trouble(Environment("server_away", server="shop"))
    assert desk.window.banner.isVisible()
    from db.queries.changes import Changes

    program._others._on_seen(Changes(5, frozenset()))
    assert not desk.window.banner.isVisible()
    assert ("reload", None) in board.calls


def test_what_stands_above_the_rooms_follows_the_language(program, desk, monkeypatch):
    banner = desk.window.banner
    error = Environment("store_locked", file="shop.db")
    shop = desk.session.shop
    monkeypatch.setattr(desk.session, "shop", replace(shop, demo_day=dt.date(2026, 11, 20)))
    said = []
    for show in (lambda: desk.show_away(error), lambda: desk.performing.waiting.emit(2, error), desk.offer_anew):
        desk.set_language("en")
        show()
        for language in LANGUAGES:
            desk.set_language(language)
            assert banner.accessibleName() == banner.words.text()
            said.append(banner.words.text())
    expected = [faults.sentence(error, Phrases(language)) for language in LANGUAGES]
    assert said[:3] == said[3:6] == expected
    assert said[6].startswith("這家示範店") and said[7].startswith("这家示范店") and "2026-11-20" in said[8]


# Scans


def scan(code):
    scan_keys(QApplication.focusWidget, code)


def test_a_scanned_paper_opens_its_order_and_the_field_keeps_its_words(program, desk, shop_folder, qtbot):
    made = shop_folder[1]
    program.scanner.enabled = True
    field = desk.window.show_room("board").field
    field.setFocus()
    field.setText("half")
    scan(f"{desk.session.shop.code}/{made.order_number}")
    qtbot.waitUntil(lambda: desk.window.room_key == "work_orders", timeout=FEW_MS)
    assert ("open", "order", made.order) in desk.window.room_widget().calls
    assert field.text() == "half"


def test_the_room_in_front_may_take_a_scan_itself(program, desk, shop_folder):
    program.scanner.enabled = True
    board = desk.window.show_room("board")
    board.takes_scans = True
    board.list.setFocus()
    scan("04465-06100")
    assert board.calls[-1] == ("scan", "other", "04465-06100") and desk.window.room_key == "board"


def test_another_shops_paper_and_an_unknown_code_are_said(program, desk, qtbot):
    program.scanner.enabled = True
    desk.window.show_room("board").field.setFocus()
    scan("ZZZZ/W261124-001")
    assert "ZZZZ" in desk.window.notices.history[-1].words
    scan("6901234567892")
    qtbot.waitUntil(lambda: "6901234567892" in desk.window.notices.history[-1].words, timeout=FEW_MS)
    desk.window.notices.toast.act()
    assert desk.window.panels[-1].field.text() == "6901234567892"
    desk.window.panels[-1].close_panel()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    said = desk.window.panels[-1].list
    assert QApplication.focusWidget() is said and "6901234567892" in said.chosen.words, "newest first"
    QTest.keyClick(said, Qt.Key.Key_Down)
    assert "ZZZZ" in said.chosen.words
    QTest.keyClick(said, Qt.Key.Key_Up)
    QTest.keyClick(said, Qt.Key.Key_Return)
    assert desk.window.panels[-1].field.text() == "6901234567892", "Enter does what the notice offered"


def test_a_scan_while_locked_opens_nothing(program, desk, locked, shop_folder):
    made = shop_folder[1]
    program.scanner.enabled = True
    before = desk.window.room_key
    scan(f"{desk.session.shop.code}/{made.order_number}")
    assert desk.window.covered and desk.window.room_key == before
    assert locked.pad.dots.pin == ""


# Windows


def test_a_further_window_has_a_person_of_its_own(program, desk, shop_folder, qtbot):
    made = shop_folder[1]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_N, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: len(program.desks) == 2 and program.desks[1]._lock_screen is not None, timeout=FEW_MS)
    other = program.desks[1]
    qtbot.waitUntil(lambda: other._lock_screen._people is not None, timeout=FEW_MS)
    other._lock_screen._people.choose(made.advisor)
    type_pin(other._lock_screen, PIN)
    qtbot.waitUntil(lambda: other.session.signed_in, timeout=FEW_MS)
    assert other.session.person.id == made.advisor != desk.session.person.id
    assert other.context.window_key != desk.context.window_key
    with qtbot.waitSignal(other.closed, timeout=FEW_MS):
        other.window.close()
    assert program.desks == [desk] and desk.window.isVisible()


def test_a_second_start_brings_the_window_to_the_front(program, desk):
    desk.window.showMinimized()
    program.show_again({"wish": "window"})
    assert not desk.window.isMinimized()


# Faults


def test_an_unexpected_error_is_shown_once_with_a_report_to_copy(program, desk, qtbot):
    def break_down():
        raise ValueError("陳志強 13802684417")

    for _ in range(2):
        desk.context.runner.submit(desk, break_down, print)
    qtbot.waitUntil(lambda: desk.window.covered, timeout=FEW_MS)
    panel = desk.window.panels[-1]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_C, CONTROL)
    report = QApplication.clipboard().text()
    assert "ValueError" in report and "break_down" in report and "陳志強" not in report
    assert "陳志強" not in program.place.log_file.read_text(encoding="utf-8")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.wait(100)
    assert not desk.window.covered
    assert panel is not None


def test_a_change_of_the_shop_is_known_to_the_window(program, desk, qtbot):
    version = desk.session.shop.version
    desk.context.perform(ChangeShop(version, {"name": "新名字"}))
    qtbot.waitUntil(lambda: desk.session.shop.name == "新名字", timeout=FEW_MS)
    assert "新名字" in desk.window.status_bar.shop.label.text()
    with reading(desk.engine) as session:
        assert shop_row(session).name == "新名字" and staff_rows(session)


def test_nothing_that_can_wait_is_loaded_until_the_window_stands(shop_folder):
    """What the first room shows is on the screen before tables are mapped or papers, pinyin, phones and holidays are known."""
    script = (
        "import sys\nfrom PySide6.QtWidgets import QApplication\nfrom desktop_app.program import Program\nfrom desktop_app.place import Request, place_of\n"
        "from desktop_app.preferences import Preferences\nfrom pathlib import Path\n"
        f"request = Request(data_dir=Path({str(shop_folder[0])!r}), language='zh_TW')\nplace = place_of(request)\n"
        "application = QApplication([])\nprogram = Program(application, request, place, Preferences(place.preferences_file), visits=True)\n"
        "late = {'db.models', 'sqlalchemy.orm', 'alembic', 'reportlab', 'pypinyin', 'phonenumbers', 'chinese_calendar', 'argon2', 'PIL', 'opencc'}\n"
        "def stands(key):\n    print(key, sorted(late & set(sys.modules)), flush=True)\n    application.exit()\n"
        "program.start()\nprogram.desks[0].window.room_shown.connect(stands)\napplication.exec()\nprogram.stop()\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert ended.stdout.strip() == "check_in []"
