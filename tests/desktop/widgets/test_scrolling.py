from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.theme.theme import current, set_theme
from desktop_app.widgets.menu import Menu
from desktop_app.widgets.progress_bar import ProgressBar
from desktop_app.widgets.scrolling import ScrollArea, ScrollBar

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def area(qtbot):
    area = ScrollArea()
    inside = QWidget()
    inside.setFixedHeight(2000)
    area.setWidget(inside)
    area.resize(300, 400)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    return area


def bar_of(area: ScrollArea) -> ScrollBar:
    bar = area.verticalScrollBar()
    assert isinstance(bar, ScrollBar)
    return bar


def test_the_handle_is_dragged_to_the_end_and_stays_there(area) -> None:
    bar = bar_of(area)
    assert (bar.maximum(), bar.width()) == (1600, 12)
    QTest.mousePress(bar, LEFT, pos=QPoint(6, 20))
    QTest.mouseMove(bar, QPoint(6, 60))
    on_the_way = bar.value()
    assert 150 < on_the_way < 260, "40 of 317 px that the handle can go, of 1600"
    QTest.mouseMove(bar, QPoint(6, 900))
    assert bar.value() == bar.maximum()
    QTest.mouseRelease(bar, LEFT, pos=QPoint(6, 900))
    QTest.mouseMove(bar, QPoint(6, 10))
    assert bar.value() == bar.maximum()


def test_a_press_beside_the_handle_goes_by_a_page(area) -> None:
    bar = bar_of(area)
    QTest.mouseClick(bar, LEFT, pos=QPoint(6, 390))
    assert bar.value() == bar.pageStep()
    QTest.mouseClick(bar, LEFT, pos=QPoint(6, 2))
    assert bar.value() == 0


def test_held_beside_the_handle_it_goes_on_until_it_is_there(area, qtbot) -> None:
    bar = bar_of(area)
    QTest.mousePress(bar, LEFT, pos=QPoint(6, 200))
    qtbot.waitUntil(lambda: bar.value() > bar.pageStep(), timeout=3000)
    qtbot.wait(400)
    QTest.mouseRelease(bar, LEFT, pos=QPoint(6, 200))
    assert bar.value() < bar.maximum()


def test_the_handle_stands_out_under_the_mouse_and_in_both_themes(area) -> None:
    bar = bar_of(area)

    def ink() -> str:
        return bar.grab().toImage().pixelColor(6, 30).name()

    # Wherever the last test left the mouse.
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert ink() == current().colour("line2").name()
    set_theme("dark")
    assert ink() == current().colour("line2").name()
    middle = QPointF(6, 30)
    QApplication.sendEvent(bar, QEnterEvent(middle, middle, QPointF(bar.mapToGlobal(middle.toPoint()))))
    assert ink() == current().colour("text3").name()
    set_theme("light")


def test_what_lies_behind_an_area_shows_through(area, qtbot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.setStyleSheet("background: #123456")
    area.setParent(ground)
    ground.resize(300, 400)
    ground.show()
    area.show()
    assert ground.grab().toImage().pixelColor(40, 200).name() == "#123456"
    area.setParent(None)


def test_no_style_sheet_lies_over_the_whole_program(qapp) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    set_theme("dark")
    set_theme("light")
    assert application.styleSheet() == "", "Qt would work it out for each widget of every room at each change of the theme"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_menu_and_its_menus_take_the_colours_of_now(qtbot, theme: str) -> None:
    set_theme(theme)
    menu = Menu()
    menu.addAction("one")
    inner = menu.addMenu("two")
    inner.addAction("three")
    for each in (menu, inner):
        each.ensurePolished()
        picture = each.grab().toImage()
        assert picture.pixelColor(3, 3).name() == current().colour("raised").name()
    menu.deleteLater()
    set_theme("light")


def test_a_bar_shows_its_share_and_one_of_unknown_length_moves(qtbot) -> None:
    bar = ProgressBar()
    qtbot.addWidget(bar)
    bar.resize(200, 6)
    bar.setRange(0, 4)
    bar.setValue(1)
    bar.show()
    accent = current().colour("accent").name()
    picture = bar.grab().toImage()
    assert picture.pixelColor(25, 3).name() == accent
    assert picture.pixelColor(100, 3).name() != accent
    bar.setRange(0, 0)
    first = bar.grab().toImage()
    qtbot.waitUntil(lambda: bar.grab().toImage() != first)
