"""A scan is understood wherever the focus is, and fast typing is not taken for one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from desktop_app.shell.scanner import GAP_MS, Scanner

CODE = "K7Q2/W261124-007"
TYPING_MS = GAP_MS + 15


class Desk(QWidget):
    """Fields of each kind, and a list where letters are acts."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.block, self.rich = QLineEdit(), QPlainTextEdit(), QTextEdit()
        self.list, self.button, self.combo = QListWidget(), QPushButton("x"), QComboBox()
        self.combo.setEditable(True)
        self.list.addItems(["a", "b", "w"])
        self.list.setCurrentRow(0)
        layout = QVBoxLayout(self)
        self.unhandled = ""
        for widget in (self.line, self.block, self.rich, self.list, self.button, self.combo):
            layout.addWidget(widget)
        self.returns = 0
        self.line.returnPressed.connect(self._on_return)

    def _on_return(self) -> None:
        self.returns += 1


@pytest.fixture
def desk(qtbot):
    desk = Desk()
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    return desk


@pytest.fixture
def scanner(qapp):
    scanner = Scanner()
    scanner.watch(qapp)
    yield scanner
    qapp.removeEventFilter(scanner)


def scan(code: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    for character in code:
        QTest.keyClick(QApplication.focusWidget(), character)
    QTest.keyClick(QApplication.focusWidget(), end)


def scans_of(scanner: Scanner) -> list[str]:
    heard: list[str] = []
    scanner.scanned.connect(heard.append)
    return heard


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_what_was_in_the_field_before_the_scan_stays(desk, scanner, end):
    heard = scans_of(scanner)
    desk.line.setFocus()
    desk.line.setText("half a name")
    desk.line.setCursorPosition(4)
    scan(CODE, end)
    assert heard == [CODE]
    assert (desk.line.text(), desk.line.cursorPosition(), desk.returns) == ("half a name", 4, 0)
    assert desk.line.hasFocus()


def test_a_selection_that_the_first_key_replaced_comes_back(desk, scanner):
    heard = scans_of(scanner)
    desk.line.setFocus()
    desk.line.setText("61284")
    desk.line.selectAll()
    scan(CODE)
    assert heard == [CODE]
    assert (desk.line.text(), desk.line.selectedText()) == ("61284", "61284")


@pytest.mark.parametrize("name", ["block", "rich"])
@pytest.mark.parametrize("selected", [False, True])
def test_long_texts_keep_their_words_and_lines(desk, scanner, name, selected):
    heard = scans_of(scanner)
    field = getattr(desk, name)
    field.setPlainText("早上冷車\n有異響")
    field.setFocus()
    cursor = field.textCursor()
    cursor.setPosition(2)
    if selected:
        cursor.setPosition(4, cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    scan(CODE)
    assert heard == [CODE]
    assert field.toPlainText() == "早上冷車\n有異響"
    assert field.textCursor().selectedText() == ("冷車" if selected else "")
    assert field.textCursor().position() == (4 if selected else 2)


def test_an_editable_list_of_choices_is_a_field_too(desk, scanner):
    heard = scans_of(scanner)
    desk.combo.setFocus()
    desk.combo.setEditText("abc")
    scan(CODE)
    assert (heard, desk.combo.currentText()) == ([CODE], "abc")


def test_in_a_list_no_letter_of_the_scan_acts(desk, scanner):
    heard = scans_of(scanner)
    desk.list.setFocus()
    scan("WB1234567")
    assert (heard, desk.list.currentRow()) == (["WB1234567"], 0)


def test_a_letter_in_a_list_still_acts_when_nothing_follows(desk, scanner, qtbot):
    desk.list.setFocus()
    QTest.keyClick(desk.list, "w")
    qtbot.waitUntil(lambda: desk.list.currentRow() == 2, timeout=1000)


def test_space_on_a_button_still_presses_it(desk, scanner, qtbot):
    desk.button.setFocus()
    with qtbot.waitSignal(desk.button.clicked, timeout=1000):
        QTest.keyClick(desk.button, Qt.Key.Key_Space)


def test_fast_typing_is_typing(desk, scanner):
    heard = scans_of(scanner)
    desk.line.setFocus()
    for index, character in enumerate("13802684417"):
        # Two keys rolled together, as quick hands do, then a pause that is short for a person and long for a scanner.
        QTest.keyClick(desk.line, character, delay=0 if index % 2 else TYPING_MS)
    QTest.qWait(TYPING_MS)
    QTest.keyClick(desk.line, Qt.Key.Key_Return)
    assert (heard, desk.line.text(), desk.returns) == ([], "13802684417", 1)


def test_five_fast_keys_are_typing_in_their_order(desk, scanner):
    heard = scans_of(scanner)
    desk.line.setFocus()
    scan("12345")
    assert (heard, desk.line.text(), desk.returns) == ([], "12345", 1)


def test_many_fast_keys_without_an_end_key_are_typing(desk, scanner, qtbot):
    heard = scans_of(scanner)
    desk.line.setFocus()
    QTest.keyClicks(desk.line, "ABCDEFGH")
    qtbot.waitUntil(lambda: desk.line.text() == "ABCDEFGH", timeout=1000)
    assert heard == []


def test_a_pause_before_the_end_key_is_a_person(desk, scanner):
    heard = scans_of(scanner)
    desk.line.setFocus()
    QTest.keyClicks(desk.line, "ABCDEFGH")
    QTest.qWait(TYPING_MS)
    QTest.keyClick(desk.line, Qt.Key.Key_Return)
    assert (heard, desk.line.text(), desk.returns) == ([], "ABCDEFGH", 1)


def test_editing_keys_between_fast_keys_keep_their_place(desk, scanner):
    desk.line.setFocus()
    QTest.keyClicks(desk.line, "abc")
    QTest.keyClick(desk.line, Qt.Key.Key_Backspace)
    QTest.keyClicks(desk.line, "d")
    QTest.keyClick(desk.line, Qt.Key.Key_Home)
    assert desk.line.text() == "abd"


def test_a_prefix_marks_a_scan_of_any_length_without_an_end_key(desk, scanner, qtbot):
    scanner.prefix = "~~"
    desk.line.setFocus()
    desk.line.setText("kept")
    with qtbot.waitSignal(scanner.scanned, timeout=1000) as heard:
        QTest.keyClicks(desk.line, "~~A1")
    assert heard.args == ["A1"]
    assert desk.line.text() == "kept"


def test_with_a_prefix_set_speed_alone_is_no_scan(desk, scanner):
    heard = scans_of(scanner)
    scanner.prefix = "~~"
    desk.line.setFocus()
    scan(CODE)
    assert (heard, desk.line.text()) == ([], CODE)


def test_switched_off_it_touches_nothing(desk, scanner):
    heard = scans_of(scanner)
    scanner.enabled = False
    desk.line.setFocus()
    scan(CODE)
    assert (heard, desk.line.text()) == ([], CODE)
