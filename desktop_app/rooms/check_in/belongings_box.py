"""What was left in the car and how many keys were handed over: chosen things in the field, the list in a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop_app.i18n import current_language, tr
from desktop_app.i18n.live import follow_language
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.buttons import PRIMARY
from desktop_app.widgets.choice import Tick
from desktop_app.widgets.dialog import MIDDLE, Dialog
from desktop_app.widgets.field import Field
from desktop_app.widgets.painting import box, focus_ring, open_painter
from desktop_app.widgets.pill import draw_pill, pill_width
from desktop_app.widgets.text_edits import LineEdit, NumberEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from db.queries.catalogue import ListEntry


class BelongingsBox(QWidget):
    """Space, F4 or a click opens the list; a digit sets the keys; Enter goes on."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[ListEntry] = []
        self.codes: list[str] = []
        self.words = ""
        self.keys_count = 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self._take_theme)
        follow_language(self._on_language)

    def set_entries(self, entries: list[ListEntry]) -> None:
        """The list that the dialog offers."""
        self._entries = entries
        self._tell()

    def show_things(self, codes: list[str], words: str, keys_count: int) -> None:
        """Show what a form holds."""
        self.codes, self.words, self.keys_count = codes, words, keys_count
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(200, 44)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 44)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_F4, Qt.Key.Key_Down):
            self.open_list()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.focusNextPrevChild(True)
        elif event.text().isdecimal():
            self.keys_count = int(event.text())
            self._tell()
            self.changed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.open_list()

    def open_list(self) -> None:
        """All belongings as ticks, with a field for what the list lacks."""
        dialog = Dialog(self.window(), "Left in the car, and keys", width=MIDDLE)
        ticks: dict[str, Tick] = {}
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        for place, entry in enumerate(self._entries):
            tick = Tick(parent=dialog)
            tick.setText(entry.name(current_language()))
            tick.setChecked(entry.code in self.codes)
            ticks[entry.code] = tick
            grid.addWidget(tick, place // 3, place % 3)
        other = LineEdit(parent=dialog)
        other.set_text(self.words)
        keys = NumberEdit(minimum=0, maximum=9, parent=dialog)
        keys.set_value(self.keys_count)
        last = QGridLayout()
        last.setHorizontalSpacing(12)
        last.setColumnStretch(0, 3)
        last.setColumnStretch(1, 1)
        last.addWidget(Field("Something else left in the car", other), 0, 0)
        last.addWidget(Field("Keys handed over", keys), 0, 1)
        dialog.body.addLayout(grid)
        dialog.body.addLayout(last)

        def take() -> None:
            keys.commit()
            if keys.fault is not None:
                return
            self.show_things([code for code, tick in ticks.items() if tick.isChecked()], other.text().strip(), keys.value or 0)
            self.changed.emit()
            dialog.accept()

        dialog.add_button("Cancel", dialog.reject, keys="Esc")
        dialog.add_button("Take over", take, PRIMARY, keys="F8")
        dialog.open()
        if ticks:
            next(iter(ticks.values())).setFocus()

    def _shown(self) -> list[str]:
        language = current_language()
        things = [tr("keys {count}", count=self.keys_count)]
        things += [entry.name(language) for entry in self._entries if entry.code in self.codes]
        return [*things, self.words] if self.words else things

    def _tell(self) -> None:
        self.setAccessibleName("、".join(self._shown()))
        self.update()

    def _on_language(self, _language: str) -> None:
        self._tell()

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        box(painter, rect, theme.radius("m"), theme.colour("surface"), theme.colour("line2"))
        x, end = 8.0, self.width() - 30.0
        things = self._shown()
        for place, words in enumerate(things):
            left = len(things) - place
            if x + pill_width(words) > end - (34 if left > 1 else 0) and place:
                x += draw_pill(painter, x, rect.center().y(), f"+{left}", "grey") + 6
                break
            x += draw_pill(painter, x, rect.center().y(), words, "info") + 6
        draw_icon(painter, "plus", "text2", self.width() - 24, round(rect.center().y() - 8), 16)
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("m"))
