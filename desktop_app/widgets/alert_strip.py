"""What must be looked at first: strips with a 3 px edge, the most urgent on top, the handled ones shrunk below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.i18n.live import say, say_plain
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.buttons import SECONDARY, Button
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.painting import edge_strip, focus_ring, open_painter

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent


class AlertStrip(QWidget):
    """Icon, bold subject with a plain remainder, second line, one button; Enter on the strip is the button.

    Subject, remainder and second line are data or sentences already translated (`set_words`), or phrases (`set_subject`…).
    """

    acted = Signal()

    def __init__(
        self, sem: str, icon: str, subject: str = "", button: str = "", keys: str = "", role: str = SECONDARY, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sem, self._icon = sem, icon
        self._subject = ElidedLabel("", "table", sem, bold=True, parent=self)
        self._rest = ElidedLabel("", "table", "text", parent=self)
        self._second = ElidedLabel("", "small", "text2", parent=self)
        self._second.hide()
        self.button = Button(button, role, keys=keys, height="small", parent=self)
        self.button.setVisible(bool(button))
        self.button.clicked.connect(self.acted)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._subject)
        first.addWidget(self._rest, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(first)
        words.addWidget(self._second)
        self.right = QHBoxLayout()
        self.right.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(13 + 16 + 8, 8, 10, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addLayout(self.right)
        row.addWidget(self.button)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button else Qt.FocusPolicy.NoFocus)
        if button:
            self.button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        if subject:
            self.set_subject(subject)
        follow(self.update)

    def set_sem(self, sem: str) -> None:
        """Take another family of meaning."""
        self._sem = sem
        self._subject.set_tone(sem)
        self.update()

    def set_subject(self, phrase: str, **values: object) -> None:
        """The bold words, as a phrase."""
        say(self._take_subject, phrase, **values)

    def set_rest(self, phrase: str, **values: object) -> None:
        """The plain words after them, as a phrase."""
        say(self._take_rest, phrase, **values)

    def set_second(self, phrase: str, **values: object) -> None:
        """The second line, as a phrase."""
        say(self._take_second, phrase, **values)

    def set_words(self, subject: str, rest: str = "", second: str = "") -> None:
        """All three as they stand."""
        say_plain(self._take_subject, subject)
        say_plain(self._take_rest, rest)
        say_plain(self._take_second, second)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.button.isHidden():
            self.button.click()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        if self.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        family = theme.sem(self._sem)
        painter = open_painter(self)
        rect = QRectF(self.rect())
        edge_strip(painter, rect, theme.radius("m"), family.tint, family.solid)
        middle = self._subject.geometry().center().y()
        draw_icon(painter, self._icon, family.fg, 13, round(middle - 7), 16)
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("m"))

    def _take_subject(self, words: str) -> None:
        self._subject.setText(words)
        self._name()

    def _take_rest(self, words: str) -> None:
        self._rest.setText(words)
        self._name()

    def _take_second(self, words: str) -> None:
        self._second.setText(words)
        self._second.setVisible(bool(words))
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(" ".join(part for part in (self._subject.text(), self._rest.text(), self._second.text()) if part))


class HandledLine(QWidget):
    """A handled alert: one quiet line with a tick, what it was, and what was done about it; Enter or a click takes that back."""

    taken_back = Signal()

    def __init__(self, subject: str, rest: str, done: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = f"{subject} {rest} {done}"
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 6, 0)
        row.setSpacing(8)
        row.addWidget(Label(subject, "small", "text", bold=True, parent=self))
        row.addWidget(ElidedLabel(rest, "small", "text2", parent=self), 1)
        row.addWidget(Label(done, "small", "ok", parent=self))
        self.setMinimumHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        say(self._take_hint, "Enter takes it back")
        follow(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.taken_back.emit()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.taken_back.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = open_painter(self)
        draw_icon(painter, "check", "ok", 4, round(self.height() / 2 - 8), 16)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), current().radius("m"))

    def _take_hint(self, words: str) -> None:
        self.setToolTip(words)
        self.setAccessibleName(f"{self._told}. {words}")


class AlertList(QWidget):
    """Open strips on top, handled ones below under a count; ↑↓ go from strip to strip, and the next open one takes the focus."""

    all_handled = Signal()
    taken_back = Signal(str)
    """Key of a handled one: what was done about it is not to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open: dict[str, AlertStrip] = {}
        self._handled: dict[str, HandledLine] = {}
        self._head = Label("", "small", "text2", parent=self)
        self._hint = Label("", "small", "text3", parent=self)
        say(self._hint.setText, "Enter takes it back")
        head = QHBoxLayout()
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self._hint)
        self._show_head(False)
        self._strips = QVBoxLayout()
        self._strips.setSpacing(6)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._strips)
        column.addLayout(head)
        column.addLayout(self._lines)

    @property
    def open_keys(self) -> list[str]:
        """Keys of the strips that still wait, most urgent first."""
        return list(self._open)

    @property
    def handled_keys(self) -> list[str]:
        """Keys of those that something was done about."""
        return list(self._handled)

    def handled(self, key: str) -> HandledLine:
        """The line of a handled one."""
        return self._handled[key]

    def strip(self, key: str) -> AlertStrip:
        """The open strip of a key."""
        return self._open[key]

    def add(self, key: str, strip: AlertStrip) -> AlertStrip:
        """Put a strip below those already there."""
        strip.setParent(self)
        self._open[key] = strip
        self._strips.addWidget(strip)
        return strip

    def mark_handled(self, key: str, subject: str, rest: str, done: str) -> None:
        """Shrink a strip to a line; the focus goes to the next open one, and `all_handled` comes after the last."""
        strip = self._open[key]
        keys = list(self._open)
        after = keys[keys.index(key) + 1 :] + keys[: keys.index(key)]
        had_focus = strip.hasFocus() or strip.isAncestorOf(self.focusWidget() or self)
        del self._open[key]
        if had_focus and after:
            self._open[after[0]].setFocus(Qt.FocusReason.TabFocusReason)
        strip.hide()
        self._strips.removeWidget(strip)
        strip.deleteLater()
        line = HandledLine(subject, rest, done, self)
        line.taken_back.connect(lambda: self.taken_back.emit(key))
        self._handled[key] = line
        self._lines.addWidget(line)
        say(self._head.setText, "Handled {number}", number=len(self._handled))
        self._show_head(True)
        if not self._open:
            self.all_handled.emit()

    def clear(self) -> None:
        """Take everything away, for another car."""
        for widget in [*self._open.values(), *self._handled.values()]:
            widget.hide()
            widget.deleteLater()
        self._open.clear()
        self._handled.clear()
        self._show_head(False)

    def _show_head(self, shown: bool) -> None:
        self._head.setVisible(shown)
        self._hint.setVisible(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        strips: list[QWidget] = [*self._open.values(), *self._handled.values()]
        focused = next((index for index, strip in enumerate(strips) if strip.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        strips[(focused + step) % len(strips)].setFocus(Qt.FocusReason.TabFocusReason)
