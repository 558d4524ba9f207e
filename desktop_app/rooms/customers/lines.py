"""The sections of a file: a heading and painted rows that keys walk through, each leading to what it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.i18n.live import hush, say
from desktop_app.rooms.customers.scrolled import Scrolled
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.buttons import IconButton
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.painting import RIGHT, focus_ring, open_painter, text, width_of
from desktop_app.widgets.pill import draw_pill, pill_width
from desktop_app.widgets.plate_chip import draw_plate, plate_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

_GAP = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a row: words in a tone, a pill (with `sem`), a plate (with `plate`), or an icon in the tone with words. `width` 0: as wide as it is."""

    text: str
    tone: str = "text"
    bold: bool = False
    size: str = "table"
    width: int = 0
    sem: str = ""
    icon: str = ""
    plate: str = ""
    """The plate's colour, when the words are a plate."""

    @property
    def room(self) -> int:
        """The width that it takes in px."""
        if self.width:
            return self.width
        if self.sem:
            return pill_width(self.text, self.icon)
        if self.plate:
            return plate_width(self.text, "small")
        if self.icon:
            return 20 + width_of(self.text, self.size, self.bold) + 1
        return width_of(self.text, self.size, self.bold) + 1

    def draw(self, painter: QPainter, rect: QRectF, at_right: bool) -> None:
        """Paint it into its rect."""
        if self.sem:
            draw_pill(painter, rect.x(), rect.center().y() + 0.5, self.text, self.sem, self.icon, room=rect.width())
        elif self.plate:
            draw_plate(painter, rect.x(), rect.center().y() + 0.5, self.text, self.plate, "small")
        elif self.icon:
            draw_icon(painter, self.icon, self.tone, rect.x(), round(rect.center().y() - 7), 14)
            text(painter, rect.adjusted(20, 0, 0, 0), self.text, self.size, current().colour("text"), bold=self.bold)
        elif at_right:
            text(painter, rect, self.text, self.size, current().colour(self.tone), bold=self.bold, align=RIGHT)
        else:
            text(painter, rect, self.text, self.size, current().colour(self.tone), bold=self.bold)


@dataclass(frozen=True, slots=True)
class Line:
    """A row: parts from the left, of which the last gives way, parts at the right, and what is handed back when it is opened."""

    left: tuple[Part, ...]
    right: tuple[Part, ...] = ()
    value: object = None
    second: str = ""
    """A quieter line below; all rows of a list are as high as its highest."""

    @property
    def words(self) -> str:
        """The row read aloud."""
        return " ".join(words for words in (*(part.text for part in (*self.left, *self.right)), self.second) if words)


class LineList(QWidget):
    """↑↓ go from row to row, Enter or double click `opened`, F4 `edit_asked`, Ins `add_asked`, Del `end_asked`; beyond its ends the focus goes on."""

    opened = Signal(object)
    edit_asked = Signal(object)
    end_asked = Signal(object)
    add_asked = Signal()
    moved = Signal(object)
    """The value of the row that the keys or a click went to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        follow(self._take_theme)

    @property
    def lines(self) -> Sequence[Line]:
        """The rows that show."""
        return self._lines

    @property
    def current(self) -> Line | None:
        """The row that the keys are on."""
        return self._lines[self._current] if self._lines else None

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these rows; the keys stay on the row they were on where it is still there."""
        before = self.current.value if self.current is not None else None
        self._lines = list(lines)
        self._current = next((place for place, line in enumerate(self._lines) if before is not None and line.value == before), 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._lines else Qt.FocusPolicy.NoFocus)
        self._name()
        self._take_theme()

    def go_to_value(self, value: object) -> None:
        """Put the keys on the row of a value, without a signal."""
        place = next((place for place, line in enumerate(self._lines) if line.value == value), None)
        if place is not None:
            self._current = place
            self._name()
            self.update()

    @property
    def current_middle(self) -> int:
        """How far down the row is that the keys are on, in px."""
        return self._current * self._row() + self._row() // 2

    def sizeHint(self) -> QSize:
        return QSize(200, self._row() * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._row() * len(self._lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        if bare and step is not None:
            place = self._current + step
            if 0 <= place < len(self._lines):
                self._go_to(place)
            else:
                self.focusNextPrevChild(step > 0)
        elif bare and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current.value)
        elif bare and key == Qt.Key.Key_F4 and self.current is not None:
            self.edit_asked.emit(self.current.value)
        elif bare and key == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif bare and key == Qt.Key.Key_Delete and self.current is not None:
            self.end_asked.emit(self.current.value)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = int(event.position().y()) // self._row()
        if 0 <= place < len(self._lines):
            self._go_to(place)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        if self.current is not None:
            self.opened.emit(self.current.value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() == Qt.FocusReason.BacktabFocusReason and self._lines:
            self._current = len(self._lines) - 1
        elif event.reason() == Qt.FocusReason.TabFocusReason:
            self._current = 0
        super().focusInEvent(event)
        self._name()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        row = self._row()
        for place, line in enumerate(self._lines):
            rect = QRectF(0, place * row, self.width(), row)
            inside = rect.adjusted(4, 0, -4, 0)
            if line.second:
                half = rect.height() / 2
                text(painter, inside.adjusted(0, half - 2, 0, -3), line.second, "small", theme.colour("text2"))
                inside.adjust(0, 3, 0, 2 - half)
            self._draw(painter, inside, line)
            if self.hasFocus() and place == self._current:
                focus_ring(painter, rect, theme.radius("s"))

    def _draw(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        end = rect.right()
        for part in reversed(line.right):
            room = min(part.room, end - rect.x())
            part.draw(painter, QRectF(end - room, rect.y(), room, rect.height()), at_right=True)
            end -= room + _GAP
        x = rect.x()
        for place, part in enumerate(line.left):
            last = place == len(line.left) - 1
            room = min(float(part.room), max(0.0, end - x))
            if last and part.width == 0 and not part.sem and not part.plate:
                room = max(0.0, end - x)
            if room < 12:
                break
            part.draw(painter, QRectF(x, rect.y(), room, rect.height()), at_right=False)
            x += room + _GAP

    def _go_to(self, place: int) -> None:
        self._current = place
        self._name()
        self.update()
        self.moved.emit(self._lines[place].value)

    def _row(self) -> int:
        one = max(24, current().metrics("table").height() + 6)
        return one + current().metrics("small").height() + 4 if any(line.second for line in self._lines) else one

    def _name(self) -> None:
        self.setAccessibleName(self.current.words if self.current is not None else "")

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()


class ScrolledLines(Scrolled):
    """A list of rows that scrolls with the keys."""

    def __init__(self, inside: LineList, parent: QWidget | None = None) -> None:
        super().__init__(inside, parent)
        self._list = inside
        inside.moved.connect(self._on_moved)

    def _on_moved(self, _value: object) -> None:
        self.ensureVisible(0, self._list.current_middle, 0, 28)


class Section(QWidget):
    """A part of a file: icon and title, quiet words at the right, a + where something can be added, its rows below."""

    def __init__(self, icon: str, title: str, adds: str = "", rule: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._rule = icon, rule
        self.title = ElidedLabel("", "table", bold=True, parent=self)
        self._right = Label("", "small", "text2", parent=self)
        self._empty = Label("", "small", "text3", parent=self)
        self._empty.hide()
        self.list = LineList(self)
        self.add_button = IconButton("plus", adds or "Add", height="mini", parent=self)
        self.add_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.add_button.setVisible(bool(adds))
        self.add_button.clicked.connect(self.list.add_asked)
        head = QHBoxLayout()
        head.setContentsMargins(26, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self._right)
        head.addWidget(self.add_button)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 8, 14, 8)
        self.column.setSpacing(2)
        self.column.addLayout(head)
        self.column.addWidget(self.list)
        self.column.addWidget(self._empty)
        self.set_title(title)
        follow(self.update)

    def set_title(self, phrase: str, **values: object) -> None:
        """The subject, as a phrase."""
        say(self._take_title, phrase, **values)

    def set_right(self, words: str, tone: str = "text2") -> None:
        """Words at the heading's right, already translated."""
        self._right.set_tone(tone)
        self._right.setText(words)

    def set_empty(self, phrase: str, **values: object) -> None:
        """What stands there while there are no rows; an empty phrase hides the whole section then."""
        self._empty.setVisible(bool(phrase) and not self.list.lines)
        if phrase:
            say(self._empty.setText, phrase, **values)
        else:
            hush(self._empty.setText)
            self.setVisible(bool(self.list.lines))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = open_painter(self)
        if self._rule:
            painter.setRenderHint(painter.RenderHint.Antialiasing, False)
            painter.setPen(current().colour("line"))
            painter.drawLine(0, 0, self.width(), 0)
        middle = self.title.geometry().center().y()
        draw_icon(painter, self._icon, "text2", 14, middle - 7, 16)

    def _take_title(self, words: str) -> None:
        self.title.setText(words)
        self.list.setAccessibleDescription(words)
