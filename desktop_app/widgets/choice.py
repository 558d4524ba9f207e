"""Choosing one of many from a list, ticking a box, and choosing one of two or three explained cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QComboBox, QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.live import follow_language, say
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import box, focus_ring, open_painter, set_ground, text, tick, width_of
from desktop_app.widgets.scrolling import make_quiet

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent

_BORDER = {"neutral": "line2", "ok": "line2", "warn": "warn_solid", "bad": "bad_solid"}


class Choice(QComboBox):
    """A combo over (key, words): F4, ↓ or Space opens the list, typing finds, Enter goes to the next field.

    `add_phrase` for words of ours, `add_words` for data. The wheel changes nothing while the list is closed.
    """

    chosen_changed = Signal(object)
    """The key, after a person chose it."""

    def __init__(self, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = "neutral"
        self._small = small
        self._phrases: dict[int, tuple[str, str]] = {}
        entries = QListView(self)
        make_quiet(entries)
        self.setView(entries)
        self.setItemDelegate(_ListDelegate(self))
        self.setMaxVisibleItems(12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(self._on_activated)
        follow(self._take_theme)
        follow_language(self._on_language)

    def add_phrase(self, key: object, phrase: str, context: str = "") -> None:
        """Add an entry whose words are a phrase."""
        self._phrases[self.count()] = (phrase, context)
        self.addItem(tr(phrase, context), key)

    def add_words(self, key: object, words: str) -> None:
        """Add an entry whose words are data."""
        self.addItem(words, key)

    def clear(self) -> None:
        super().clear()
        self._phrases.clear()

    @property
    def chosen(self) -> object:
        """The chosen key, None when nothing is."""
        return self.currentData()

    def choose(self, key: object) -> None:
        """Choose without a signal; an unknown key chooses nothing."""
        self.setCurrentIndex(next((index for index in range(self.count()) if self.itemData(index) == key), -1))

    def set_state(self, state: str) -> None:
        """Take neutral, ok, warn or bad into the border."""
        self._state = state
        self.update()

    def sizeHint(self) -> QSize:
        widest = max((width_of(self.itemText(index), self._size()) for index in range(self.count())), default=60)
        height = 28 if self._small else current().row("field")
        return QSize(max(80, widest + 10 + 36), max(height, current().metrics(self._size()).height() + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(72, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        widest = max((width_of(self.itemText(index), "body") for index in range(self.count())), default=0)
        set_ground(self.view(), "raised")
        self.view().setMinimumWidth(max(self.width(), widest + 40))
        super().showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        radius = theme.radius("m")
        strong = self._state in ("warn", "bad")
        box(painter, rect, radius, theme.colour("surface" if self.isEnabled() else "sunken"), theme.colour(_BORDER[self._state]), 2 if strong else 1)
        ink = theme.colour("text" if self.isEnabled() and self.currentIndex() >= 0 else "text3")
        words = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        text(painter, rect.adjusted(10, 0, -32, 0), words, self._size(), ink)
        draw_icon(painter, "chevron-down", "text2", rect.width() - 26, round((rect.height() - 16) / 2), 16)
        if self.hasFocus():
            focus_ring(painter, rect, radius)

    def _size(self) -> str:
        return "table" if self._small else "body"

    def _on_activated(self, _index: int) -> None:
        self.chosen_changed.emit(self.currentData())

    def _on_language(self, _language: str) -> None:
        for index, (phrase, context) in self._phrases.items():
            self.setItemText(index, tr(phrase, context))
        self._take_theme()

    def _take_theme(self) -> None:
        self.setFont(current().font(self._size()))
        self.updateGeometry()
        self.update()


class _ListDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), max(32, current().metrics("body").height() + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        theme = current()
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.colour("select" if selected else "raised"))
        text(painter, rect.adjusted(10, 0, -10, 0), str(index.data()), "body", theme.colour("text"))


class Tick(QAbstractButton):
    """A box to tick, with its words beside it."""

    def __init__(self, phrase: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if phrase:
            self.set_phrase(phrase)
        follow(self._take_theme)

    def set_phrase(self, phrase: str, context: str = "", /, **values: object) -> None:
        """Say other words."""
        say(self.setText, phrase, context, **values)

    def setText(self, words: str) -> None:
        super().setText(words)
        self.setAccessibleName(words)
        self._take_theme()

    def sizeHint(self) -> QSize:
        words = width_of(self.text(), "table") + 8 if self.text() else 0
        return QSize(22 + words + 4, max(28, current().metrics("table").height() + 6))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(60, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        draw_tick_box(painter, 2, self.height() / 2, self.isChecked(), self.isEnabled())
        text(painter, QRectF(28, 0, self.width() - 28, self.height()), self.text(), "table", theme.colour("text" if self.isEnabled() else "text3"))
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), theme.radius("s"))

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()


def draw_tick_box(painter: QPainter, x: float, middle: float, on: bool, enabled: bool = True) -> None:
    """Draw an 18 px tick box from x, centred on a height."""
    theme = current()
    rect = QRectF(x, round(middle - 9), 18, 18)
    edge = theme.colour("accent" if on and enabled else "line2")
    box(painter, rect, 4, theme.colour("accent_tint" if on else "surface"), edge)
    if on:
        tick(painter, rect.adjusted(3, 3, -3, -3), theme.colour("accent" if enabled else "text3"))


class ChoiceCard(QAbstractButton):
    """One of two or three ways, explained: radio dot, bold line, quiet line. Put them into a QButtonGroup."""

    def __init__(self, title: str, explanation: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explanation = ""
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        say(self.setText, title)
        if explanation:
            say(self._take_explanation, explanation)
        self.setAccessibleName(self.text())
        follow(self._take_theme)

    def sizeHint(self) -> QSize:
        theme = current()
        width = max(width_of(self.text(), "body", True), width_of(self._explanation, "small"))
        return QSize(width + 42 + 14, theme.metrics("body", True).height() + theme.metrics("small").height() + 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        box(painter, rect, theme.radius("m"), theme.colour("accent_tint" if on else "surface"), theme.colour("accent" if on else "line2"))
        first = theme.metrics("body", True).height()
        draw_radio(painter, 14, 12 + first / 2, on)
        text(painter, QRectF(42, 11, rect.width() - 52, first), self.text(), "body", theme.colour("text"), bold=True)
        second = QRectF(42, 13 + first, rect.width() - 52, theme.metrics("small").height())
        text(painter, second, self._explanation, "small", theme.colour("text2"))
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("m"))

    def _take_explanation(self, words: str) -> None:
        self._explanation = words
        self.setAccessibleDescription(words)
        self._take_theme()

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()


def draw_radio(painter: QPainter, x: float, middle: float, on: bool) -> None:
    """Draw an 18 px radio dot from x, centred on a height."""
    theme = current()
    rect = QRectF(x, round(middle - 9), 18, 18)
    box(painter, rect, 9, theme.colour("surface"), theme.colour("accent" if on else "line2"), 5 if on else 1)
