"""The preview over the real window: looked through by keys, printed, saved, closed; nothing blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from sqlalchemy import select

from db.commands.check_in import CheckIn
from db.engine import reading
from db.models import PaperPrint
from db.queries.shop import staff_rows, the_shop
from db.rules.errors import Environment
from desktop_app.clock import standing_at
from desktop_app.i18n.live import switch_language
from desktop_app.place import Place
from desktop_app.preferences import Preferences
from desktop_app.printing import preview
from desktop_app.printing.preview import Preview, open_preview
from desktop_app.rooms import all_rooms
from desktop_app.shell.desk import Desk
from desktop_app.shell.key_rules import KeyRules
from desktop_app.tasks.runner import Runner
from desktop_app.theme import theme
from tests.printing.reading import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.small_shop import SmallShop


class ToFile:
    """A printer that paints into a file, and fails where it is told to."""

    fails_at: int | None = None
    names: tuple[str, ...] = ("前台 HP", "車間 Brother")
    printed: list[tuple[str, bytes]] = []

    def __init__(self, name: str = "") -> None:
        self._name = name

    def print_pages(self, pdf: bytes, title: str, progress: Callable[[int, int], None]) -> int:
        if ToFile.fails_at is not None:
            raise Environment("printer_failed", printer=self._name, page=ToFile.fails_at, pages=3)
        ToFile.printed.append((self._name, pdf))
        return 1


@pytest.fixture
def printers(monkeypatch: pytest.MonkeyPatch) -> type[ToFile]:
    import desktop_app.printing.printer as printer

    monkeypatch.setattr(ToFile, "printed", [])
    monkeypatch.setattr(ToFile, "fails_at", None)
    monkeypatch.setattr(ToFile, "names", ToFile.names)
    monkeypatch.setattr(printer, "SystemPrinter", ToFile)
    for module in (printer, preview):
        monkeypatch.setattr(module, "printer_names", lambda: list(ToFile.names))
    return ToFile


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, small_shop: SmallShop, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp)
    switch_language("zh_TW")
    folder = tmp_path / "資料"
    folder.mkdir()
    runner = Runner()
    home = QObject()
    place = Place(folder, folder / "preferences.json", "", False)
    opened = Desk(all_rooms(), Preferences(folder / "preferences.json"), place, KeyRules(), runner, standing_at(small_shop.now), "w1", home)
    with reading(small_shop.engine) as session:
        opened.take_store(small_shop.engine, the_shop(session), staff_rows(session), small_shop.advisor)
    qtbot.addWidget(opened.window)
    opened.window.resize(1280, 720)
    opened.window.show()
    yield opened
    runner.stop()
    home.deleteLater()


def shown(qtbot: QtBot, desk: Desk, number: str, paper: str = "job-card") -> Preview:
    assert desk.context is not None
    opened = open_preview(desk.context, desk.window, number, paper)
    qtbot.waitUntil(lambda: opened.shown is not None and opened.printer.isEnabled(), timeout=20_000)
    opened.activateWindow()
    qtbot.waitUntil(opened.view.hasFocus)
    return opened


def prints(shop: SmallShop) -> list[tuple[str, int]]:
    with reading(shop.engine) as session:
        return [(row.paper, row.copy_number) for row in session.execute(select(PaperPrint).order_by(PaperPrint.id)).scalars()]


def test_a_paper_is_looked_through_without_the_mouse_and_counted_by_nobody(qtbot: QtBot, desk: Desk, small_shop: SmallShop, printers: type[ToFile]) -> None:
    made = small_shop.do(
        CheckIn(
            odometer_km=21_900, promised_at=small_shop.now.replace(hour=9), signed_on_paper=True, vehicle_id=small_shop.second_vehicle,
            customer_id=small_shop.second_customer, lines=tuple(small_shop.lines_of("operation", "G02")) * 20,
        )
    )  # fmt: skip
    opened = shown(qtbot, desk, made["number"], "repair-contract")
    view = opened.view
    assert view.page == 1 and view.pages == 2
    assert opened.page_words.text() == "第 1 / 2 頁"
    seen = view.verticalScrollBar().value()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > seen
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page == 2 and opened.page_words.text() == "第 2 / 2 頁"
    qtbot.keyClick(view, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert view.page == 1
    wide = view.horizontalScrollBar().maximum()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.horizontalScrollBar().maximum() > wide
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.horizontalScrollBar().maximum() == wide
    with qtbot.waitSignal(opened.closed):
        qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert prints(small_shop) == []


def test_the_pages_are_painted(qtbot: QtBot, desk: Desk, small_shop: SmallShop, printers: type[ToFile]) -> None:
    opened = shown(qtbot, desk, small_shop.order_number)

    def has_ink() -> bool:
        image = opened.view.grab().toImage()
        return any(image.pixelColor(x, y).lightness() < 60 for y in range(60, 160, 4) for x in range(100, image.width() - 100, 4))

    qtbot.waitUntil(has_ink, timeout=20_000)


def test_ctrl_p_prints_counts_and_keeps(qtbot: QtBot, desk: Desk, small_shop: SmallShop, printers: type[ToFile]) -> None:
    for copy in (1, 2):
        opened = shown(qtbot, desk, small_shop.order_number)
        with qtbot.waitSignal(opened.closed):
            qtbot.keyClick(opened.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda copy=copy: len(printers.printed) == copy, timeout=20_000)
    assert [name for name, _ in printers.printed] == ["前台 HP", "前台 HP"]
    assert "補印" not in words(printers.printed[0][1]) and "補印第1次" in words(printers.printed[1][1])
    assert prints(small_shop) == [("job-card", 1), ("job-card", 2)]
    kept = sorted(path.name for path in desk.place.papers_folder.rglob("*.pdf"))
    assert kept == [f"{small_shop.order_number}-job-card-1.pdf", f"{small_shop.order_number}-job-card-2.pdf"]


def test_another_printer_is_remembered(qtbot: QtBot, desk: Desk, small_shop: SmallShop, printers: type[ToFile]) -> None:
    opened = shown(qtbot, desk, small_shop.order_number)
    opened.printer.setFocus()
    qtbot.keyClick(opened.printer, Qt.Key.Key_Down)
    qtbot.keyClick(opened.printer, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(printers.printed) == 1, timeout=20_000)
    assert printers.printed[0][0] == "車間 Brother" == desk.preferences.printer


def test_another_paper_and_language_are_a_key_away(qtbot: QtBot, desk: Desk, small_shop: SmallShop, printers: type[ToFile]) -> None:
    opened = shown(qtbot, desk, small_shop.order_number)
    opened.papers.setFocus()
    qtbot.keyClick(opened.papers, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: opened.shown is not None and opened.shown.paper == "repair-contract", timeout=20_000)
    opened.language.setFocus()
    qtbot.keyClick(opened.language, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: opened.shown is not None and opened.shown.language == "en", timeout=20_000)


def test_a_printer_that_fails_leaves_the_pdf_and_says_where(qtbot: QtBot, desk: Desk, small_shop: SmallShop, printers: type[ToFile]) -> None:
    printers.fails_at = 2
    opened = shown(qtbot, desk, small_shop.order_number)
    qtbot.keyClick(opened.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(desk.window.notices.history), timeout=20_000)
    said = desk.window.notices.history[-1].words
    assert "第 2 / 3 頁" in said and str(next(desk.place.papers_folder.rglob("*.pdf"))) in said


def test_without_a_printer_the_paper_is_kept_and_said_where(qtbot: QtBot, desk: Desk, small_shop: SmallShop, printers: type[ToFile]) -> None:
    printers.names = ()
    assert desk.context is not None
    opened = open_preview(desk.context, desk.window, small_shop.order_number)
    qtbot.waitUntil(lambda: opened.print_button.text() == "存為 PDF" and opened.shown is not None, timeout=20_000)
    opened.activateWindow()
    qtbot.waitUntil(opened.view.hasFocus)
    qtbot.keyClick(opened.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(desk.window.notices.history), timeout=20_000)
    assert str(next(desk.place.papers_folder.rglob("*.pdf"))) in desk.window.notices.history[-1].words


def test_ctrl_s_saves_where_one_says(qtbot: QtBot, desk: Desk, small_shop: SmallShop, printers: type[ToFile], tmp_path: Path) -> None:
    opened = shown(qtbot, desk, small_shop.order_number)
    qtbot.keyClick(opened.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = opened.findChild(QFileDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert name is not None and name.text().startswith(small_shop.order_number)
    name.setText(str(tmp_path / "給客戶.pdf"))
    qtbot.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil((tmp_path / "給客戶.pdf").exists, timeout=20_000)
    qtbot.waitUntil(lambda: bool(desk.window.notices.history), timeout=20_000)
    assert "給客戶.pdf" in desk.window.notices.history[-1].words
    assert small_shop.order_number in words((tmp_path / "給客戶.pdf").read_bytes())
    assert prints(small_shop) == [("job-card", 1)]
