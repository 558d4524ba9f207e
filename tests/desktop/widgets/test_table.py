"""Tables page through a query, keep their place, and are worked by keys; searches answer while one types."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import switch_language
from desktop_app.theme import theme
from desktop_app.widgets import memory
from desktop_app.widgets.cells import Number, Plate, Several, State, Ticked, Words, line_kind, order_state, payer, payer_marks
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.filter_bar import FilterBar
from desktop_app.widgets.highlight import found_in
from desktop_app.widgets.paged_model import PAGE, Column, PagedModel
from desktop_app.widgets.paged_table import PagedTable
from desktop_app.widgets.result_list import Result
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.text_edits import LineEdit
from tests.desktop.typing_help import begin_composing, compose, press, show, type_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytestqt.qtbot import QtBot

    from desktop_app.tasks.runner import Runner

Key = Qt.Key


@dataclass(frozen=True)
class Row:
    id: int
    plate: str
    fen: int
    state: str = "ready"


class Orders:
    """A shop's orders, read a page at a time as a query would."""

    def __init__(self, count: int) -> None:
        self.rows = [Row(number, f"粤B{number:05d}", number * 100) for number in range(count)]
        self.asked: list[tuple[object, int]] = []
        self.gate: threading.Event | None = None

    def page(self, after: Row | None, limit: int) -> Sequence[Row]:
        self.asked.append((after.id if after else None, limit))
        if self.gate is not None:
            self.gate.wait(5)
        start = 0 if after is None else next(place for place, row in enumerate(self.rows) if row.id == after.id) + 1
        return self.rows[start : start + limit]


COLUMNS = (
    Column("plate", "Open", lambda row: Plate(row.plate, "blue"), 110, "plate"),
    Column("amount", "Today", lambda row: Number(formats().amount(row.fen)), 100, "fen", right=True),
    Column("state", "Close", lambda row: order_state(row.state), 0),
)


@pytest.fixture(autouse=True)
def remembered() -> Iterator[dict[str, list[int]]]:
    kept: dict[str, list[int]] = {}
    memory.keep_in(lambda name: kept.get(name, []), kept.__setitem__)
    yield kept
    memory.keep_in(memory._load, memory._kept.__setitem__)
    theme.set_density(False)


def table_of(qtbot: QtBot, runner: Runner, orders: Orders, ticking: bool = False) -> PagedTable:
    window = QWidget()
    model = PagedModel(runner, COLUMNS, lambda row: row.id, window)
    table = PagedTable("orders", model, ticking, window)
    column = QVBoxLayout(window)
    column.addWidget(table)
    window.resize(600, 500)
    model.show_query(orders.page)
    show(qtbot, window, table)
    qtbot.waitUntil(lambda: model.complete or len(model.rows) >= PAGE)
    return table


def test_it_fetches_a_page_and_more_only_when_it_is_wanted(qtbot: QtBot, runner: Runner) -> None:
    orders = Orders(250)
    table = table_of(qtbot, runner, orders)
    assert len(table.paged.rows) == PAGE and orders.asked == [(None, PAGE)]
    press(qtbot, Key.Key_End)
    qtbot.waitUntil(lambda: len(table.paged.rows) == 2 * PAGE)
    press(qtbot, Key.Key_End)
    qtbot.waitUntil(lambda: len(table.paged.rows) == 250)
    assert table.paged.complete
    assert orders.asked == [(None, PAGE), (99, PAGE), (199, PAGE)]


def test_a_reload_keeps_the_row_and_the_scroll(qtbot: QtBot, runner: Runner) -> None:
    orders = Orders(300)
    table = table_of(qtbot, runner, orders)
    press(qtbot, Key.Key_End)
    qtbot.waitUntil(lambda: len(table.paged.rows) == 200)
    table.select_key(150)
    scroll = table.verticalScrollBar().value()
    assert scroll > 0
    orders.rows.insert(0, Row(1000, "粤B9Z999", 5))
    with qtbot.waitSignal(table.paged.loaded):
        table.paged.reload()
    assert orders.asked[-1] == (None, 200)
    assert table.selected.id == 150
    assert table.verticalScrollBar().value() == scroll
    assert table.paged.rows[0].id == 1000


def test_the_row_that_moved_up_takes_the_place_of_the_one_that_went(qtbot: QtBot, runner: Runner) -> None:
    orders = Orders(5)
    table = table_of(qtbot, runner, orders)
    table.select_key(2)
    orders.rows.pop(2)
    with qtbot.waitSignal(table.paged.loaded):
        table.paged.reload()
    assert table.selected.id == 3
    orders.rows.clear()
    with qtbot.waitSignal(table.paged.loaded):
        table.paged.reload()
    assert table.selected is None


def test_another_question_begins_at_the_top_unless_its_answer_holds_the_row(qtbot: QtBot, runner: Runner) -> None:
    table = table_of(qtbot, runner, Orders(100))
    table.select_key(80)
    with qtbot.waitSignal(table.paged.loaded):
        table.paged.show_query(Orders(60).page)
    assert table.selected.id == 0 and table.verticalScrollBar().value() == 0
    table.select_key(50)
    with qtbot.waitSignal(table.paged.loaded):
        table.paged.show_query(Orders(70).page)
    assert table.selected.id == 50 and table.rowAt(table.rowViewportPosition(50)) == 50


def test_old_rows_stay_while_new_ones_are_on_their_way_and_the_last_question_wins(qtbot: QtBot, runner: Runner) -> None:
    orders, other, last = Orders(5), Orders(7), Orders(3)
    table = table_of(qtbot, runner, orders)
    other.gate = threading.Event()
    table.paged.show_query(other.page)
    table.paged.show_query(last.page)
    assert len(table.paged.rows) == 5
    qtbot.waitUntil(lambda: len(table.paged.rows) == 3)
    other.gate.set()
    qtbot.waitUntil(lambda: runner.busy == 0)
    assert len(table.paged.rows) == 3


def test_a_fetch_that_fails_leaves_the_rows_and_says_so(qtbot: QtBot, runner: Runner) -> None:
    table = table_of(qtbot, runner, Orders(5))

    def fail(_after: object, _limit: int) -> Sequence[Row]:
        raise ValueError("no server")

    with qtbot.waitSignals([table.paged.failed, runner.failed]):
        table.paged.show_query(fail)
    assert len(table.paged.rows) == 5


def test_keys_open_copy_and_edit(qtbot: QtBot, runner: Runner) -> None:
    table = table_of(qtbot, runner, Orders(5))
    opened, edited = [], []
    table.opened.connect(lambda row: opened.append(row.id))
    table.edit_asked.connect(lambda row, key: edited.append((row.id, key)))
    press(qtbot, Key.Key_Down, Key.Key_Down, Key.Key_Return, Key.Key_Up, Key.Key_Enter, Key.Key_Right, Key.Key_F4)
    assert opened == [2, 1] and edited == [(1, "amount")]
    press(qtbot, Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "粤B·00001\t1.00\t待結算"


def test_letters_are_left_to_the_room(qtbot: QtBot, runner: Runner) -> None:
    table = table_of(qtbot, runner, Orders(5))
    typed: list[str] = []

    class Room(QWidget):
        def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
            typed.append(event.text())

    room = Room()
    QVBoxLayout(room).addWidget(table)
    show(qtbot, room, table)
    qtbot.keyClicks(table, "dp")
    assert typed == ["d", "p"] and table.currentIndex().row() == 0


def test_space_ticks_and_the_ticks_outlive_a_reload(qtbot: QtBot, runner: Runner) -> None:
    orders = Orders(5)
    table = table_of(qtbot, runner, orders, ticking=True)
    press(qtbot, Key.Key_Space, Key.Key_Down, Key.Key_Down, Key.Key_Space, Key.Key_Down, Key.Key_Space, Key.Key_Space)
    assert table.ticked == {0, 2}
    orders.rows.pop(0)
    with qtbot.waitSignal(table.paged.loaded):
        table.paged.reload()
    assert table.ticked == {2}
    press(qtbot, Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("粤B·00002")


def test_density_is_the_same_in_all_tables(qtbot: QtBot, runner: Runner) -> None:
    table, other = table_of(qtbot, runner, Orders(2)), table_of(qtbot, runner, Orders(2))
    assert (table.rowHeight(0), other.rowHeight(0)) == (36, 36)
    press(qtbot, Key.Key_D, modifier=Qt.KeyboardModifier.ControlModifier)
    assert (table.rowHeight(0), other.rowHeight(0)) == (28, 28)


def test_widths_that_a_person_dragged_are_remembered(qtbot: QtBot, runner: Runner, remembered: dict[str, list[int]]) -> None:
    table = table_of(qtbot, runner, Orders(2))
    header, edge = table.horizontalHeader(), table.columnWidth(0)
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge - 1, 10))
    qtbot.mouseMove(header.viewport(), QPoint(edge + 49, 10))
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge + 49, 10))
    assert table.columnWidth(0) == 160
    assert remembered["orders"][:2] == [160, 100]
    again = table_of(qtbot, runner, Orders(2))
    assert again.columnWidth(0) == 160 and again.columnWidth(1) == 100
    remembered["orders"] = [1, 2]
    assert table_of(qtbot, runner, Orders(2)).columnWidth(0) == 110


def test_the_title_asks_for_an_order_and_turns_it(qtbot: QtBot, runner: Runner) -> None:
    table = table_of(qtbot, runner, Orders(2))
    asked: list[tuple[str, bool]] = []
    table.sort_asked.connect(lambda sort, descending: asked.append((sort, descending)))
    header = table.horizontalHeader()
    for section in (1, 1, 0, 2):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(header.sectionViewportPosition(section) + 20, 10))
    assert asked == [("fen", False), ("fen", True), ("plate", False)]


def test_titles_and_states_follow_the_language(qtbot: QtBot, runner: Runner) -> None:
    table = table_of(qtbot, runner, Orders(1))
    model = table.paged
    assert model.headerData(0, Qt.Orientation.Horizontal) == "打開"
    assert model.data(model.index(0, 2)) == "待結算"
    switch_language("en")
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Open"
    assert model.data(model.index(0, 2)) == "To settle"
    assert model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "Today 0.00"


def test_an_empty_answer_shows_why(qtbot: QtBot, runner: Runner) -> None:
    table = table_of(qtbot, runner, Orders(1))
    empty = EmptyState("car", "Today", "Tomorrow")
    table.set_empty(empty)
    assert not empty.isVisible()
    with qtbot.waitSignal(table.paged.loaded):
        table.paged.show_query(Orders(0).page)
    assert empty.isVisible() and table.paged.empty


def test_a_row_can_change_before_the_records_confirm_it(qtbot: QtBot, runner: Runner) -> None:
    table = table_of(qtbot, runner, Orders(3))
    table.paged.replace_row(replace(table.paged.rows[1], state="settled"))
    assert table.paged.data(table.paged.index(1, 2)) == "待交車"
    table.paged.replace_row(Row(99, "x", 0))
    assert len(table.paged.rows) == 3


def test_cells_say_in_words_what_they_show() -> None:
    assert payer("insurer").plain == "保險"
    assert payer_marks(("customer", "recall")).plain == "客戶, 召回"
    assert line_kind("labour").plain == "工時"
    assert Several(((Words("a", "b"), 10), (Ticked(False), 10), (State("c", "ok"), 10))).plain == "a b c"


@given(st.text(max_size=30), st.text(max_size=8))
def test_marks_lie_in_the_words_and_apart(words: str, searched: str) -> None:
    marks = found_in(words, searched)
    assert all(start >= 0 and length > 0 and start + length <= len(words) for start, length in marks)
    assert all(one[0] + one[1] <= other[0] for one, other in itertools.pairwise(marks))


def test_marks_without_regard_to_case_and_width() -> None:
    assert found_in("粤B·8K326 陳強", "８k 強") == ((3, 2), (10, 1))
    assert found_in("陳志強", "") == ()


class Finder:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gates: dict[str, threading.Event] = {}

    def find(self, words: str) -> list[Result]:
        self.asked.append(words)
        if words in self.gates:
            self.gates[words].wait(5)
        return [Result(f"{words}{number}", f"{words} {number}") for number in range(3)] if words != "zzz" else []


def search_in(qtbot: QtBot, runner: Runner, finder: Finder, **options: object) -> SearchBox:
    window = QWidget()
    box = SearchBox(runner, finder.find, parent=window, **options)  # type: ignore[arg-type]
    column = QVBoxLayout(window)
    column.addWidget(box)
    column.addWidget(LineEdit())
    column.addStretch(1)
    window.resize(500, 500)
    show(qtbot, window, box)
    return box


def test_findings_come_while_typing_and_are_taken_by_keys(qtbot: QtBot, runner: Runner) -> None:
    box = search_in(qtbot, runner, Finder())
    chosen: list[object] = []
    box.chosen.connect(chosen.append)
    type_words(qtbot, "sl")
    qtbot.waitUntil(lambda: box.popup_open)
    assert box.hasFocus() and len(box.results) == 3
    press(qtbot, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Return)
    assert chosen == ["sl1"] and box.text() == "" and not box.popup_open and box.hasFocus()


def test_enter_faster_than_the_answer_takes_the_answer_to_what_stands_there(qtbot: QtBot, runner: Runner) -> None:
    box = search_in(qtbot, runner, Finder())
    type_words(qtbot, "sl")
    with qtbot.waitSignal(box.chosen) as chosen:
        press(qtbot, Key.Key_Return)
    assert chosen.args == ["sl0"]


def test_a_late_answer_to_an_old_question_never_shows(qtbot: QtBot, runner: Runner) -> None:
    finder = Finder()
    finder.gates["s"] = threading.Event()
    box = search_in(qtbot, runner, finder)
    type_words(qtbot, "s")
    qtbot.waitUntil(lambda: finder.asked == ["s"])
    type_words(qtbot, "l")
    qtbot.waitUntil(lambda: box.popup_open)
    finder.gates["s"].set()
    qtbot.waitUntil(lambda: runner.busy == 0)
    assert [result.value for result in box.results] == ["sl0", "sl1", "sl2"]


def test_nothing_is_asked_in_the_middle_of_a_composition(qtbot: QtBot, runner: Runner) -> None:
    finder = Finder()
    box = search_in(qtbot, runner, finder)
    begin_composing(box, "chen")
    qtbot.wait(100)
    assert finder.asked == []
    compose(box, "陳")
    qtbot.waitUntil(lambda: finder.asked == ["陳"])


def test_escape_closes_first_and_empties_then(qtbot: QtBot, runner: Runner) -> None:
    box = search_in(qtbot, runner, Finder())
    nothing: list[str] = []
    box.nothing_chosen.connect(nothing.append)
    type_words(qtbot, "zzz")
    qtbot.waitUntil(lambda: box.popup_open)
    press(qtbot, Key.Key_Return)
    assert nothing == ["zzz"]
    press(qtbot, Key.Key_Escape)
    assert not box.popup_open and box.text() == "zzz"
    press(qtbot, Key.Key_Escape)
    assert box.text() == ""
    type_words(qtbot, "a")
    qtbot.waitUntil(lambda: box.popup_open)
    press(qtbot, Key.Key_Tab)
    assert not box.popup_open


def test_filters_show_that_they_hide_something_and_go_all_at_once(qtbot: QtBot) -> None:
    bar = FilterBar()
    words = bar.add_search("words", "Open")
    chips = ChipRow()
    chips.add("late", Chip("Today"))
    bar.add_chips("states", chips)
    choice = Choice()
    choice.add_phrase("all", "Open")
    choice.add_phrase("me", "Close")
    bar.add_choice("who", choice)
    changes: list[dict[str, object]] = []
    bar.filter_changed.connect(lambda: changes.append(bar.values))
    show(qtbot, bar, words)
    assert not bar.active and not bar._clear.isVisible()
    type_words(qtbot, "8")
    assert bar.active and bar._clear.isVisible()
    press(qtbot, Key.Key_Tab, Key.Key_Space, Key.Key_Tab, Key.Key_Down)
    assert changes[-1] == {"states": frozenset({"late"}), "who": "me", "words": "8"}
    press(qtbot, Key.Key_Tab, Key.Key_Return)
    assert changes[-1] == {"states": frozenset(), "who": "all", "words": ""}
    assert len(changes) == 4 and not bar.active and not bar._clear.isVisible()
