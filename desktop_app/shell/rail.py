"""The dark rail of rooms at the window's left: one button a room, with a badge for what wants an act today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.live import follow_language, say
from desktop_app.theme.icons import THIN, draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import CENTRE, LEFT, RIGHT, box, focus_ring, open_painter, text, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

    from desktop_app.room import Room

NARROW, USUAL, WIDE = "narrow", "usual", "wide"
_WIDTHS = {NARROW: 64, USUAL: 80, WIDE: 184}
_USUAL_FROM = 1440
_WIDE_FROM = 1600
_MOST = 99


def rail_mode(window_width: int) -> str:
    """narrow, usual or wide, by the window's width in px."""
    return WIDE if window_width >= _WIDE_FROM else USUAL if window_width >= _USUAL_FROM else NARROW


class RoomButton(QAbstractButton):
    """One room on the rail."""

    def __init__(self, room: Room, parent: QWidget) -> None:
        super().__init__(parent)
        self.room = room
        self._mode = USUAL
        self._count = 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        say(self._take_words, room.short or room.title, "rail")
        follow(self._take_theme)

    def set_mode(self, mode: str) -> None:
        """Lay icon and word out for a rail of this width."""
        if mode != self._mode:
            self._mode = mode
            self._take_theme()

    def set_count(self, count: int) -> None:
        """How many things want an act today; 0 shows no badge."""
        if count != self._count:
            self._count = count
            self._tell()
            self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        if self._mode == WIDE:
            return QSize(_WIDTHS[WIDE] - 16, max(44, theme.metrics("body").height() + 20))
        usual = 58 if self._mode == USUAL else 50
        return QSize(_WIDTHS[self._mode] - (12 if self._mode == USUAL else 6), max(usual, 26 + theme.metrics("small").height() + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        if on or self.underMouse():
            painter.setOpacity(1.0 if on else 0.55)
            box(painter, rect, 8, theme.colour("rail_on_bg"))
            painter.setOpacity(1.0)
        ink = theme.colour("rail_on" if on else "rail_text")
        if self._mode == WIDE:
            self._paint_wide(painter, rect, ink, on)
        else:
            self._paint_tall(painter, rect, ink, on)
        if self.hasFocus():
            focus_ring(painter, rect, 8, theme.colour("rail_on"))

    def _paint_tall(self, painter: QPainter, rect: QRectF, ink: QColor, on: bool) -> None:
        line = current().metrics("small").height()
        top = (rect.height() - 20 - 2 - line) / 2
        draw_icon(painter, self.room.icon, ink, round(rect.center().x() - 10), round(top), 20, THIN)
        # On the narrow rail a long word takes the smaller size rather than an ellipsis.
        size = "small" if width_of(self.text(), "small", on) <= rect.width() else "micro"
        text(painter, QRectF(0, top + 22, rect.width(), line), self.text(), size, ink, bold=on, align=CENTRE)
        if self._count:
            words = self._count_words()
            width = max(18, width_of(words, "micro", bold=True) + 8)
            self._paint_badge(painter, QRectF(rect.width() - width - (8 if self._mode == USUAL else 5), 5, width, 16), words)

    def _paint_wide(self, painter: QPainter, rect: QRectF, ink: QColor, on: bool) -> None:
        middle = rect.height() / 2
        draw_icon(painter, self.room.icon, ink, 12, round(middle - 10), 20, THIN)
        keys = self.room.shortcut.replace("+", " ")
        keys_width = width_of(keys, "micro")
        badge = max(18, width_of(self._count_words(), "micro", bold=True) + 8) if self._count else 0
        left = 44.0
        free = rect.width() - left - keys_width - 20 - (badge + 8 if badge else 0)
        words = min(free, width_of(self.text(), "body", on) + 1)
        text(painter, QRectF(left, 0, words, rect.height()), self.text(), "body", ink, bold=on, align=LEFT)
        if badge:
            self._paint_badge(painter, QRectF(left + words + 8, middle - 8, badge, 16), self._count_words())
        place = QRectF(rect.width() - keys_width - 12, 0, keys_width + 1, rect.height())
        text(painter, place, keys, "micro", current().colour("rail_muted"), align=RIGHT, elide=False)

    @staticmethod
    def _paint_badge(painter: QPainter, rect: QRectF, words: str) -> None:
        family = current().sem("bad")
        box(painter, rect, rect.height() / 2, family.solid)
        text(painter, rect, words, "micro", family.on_solid, bold=True, align=CENTRE, elide=False)

    def _count_words(self) -> str:
        return f"{_MOST}+" if self._count > _MOST else str(self._count)

    def _take_words(self, words: str) -> None:
        self.setText(words)
        self._tell()
        self.update()

    def _tell(self) -> None:
        name = self.text()
        self.setAccessibleName(tr("{room}, {count} to do today", room=name, count=self._count) if self._count else name)
        self.setToolTip(f"{tr(self.room.title)}  {self.room.shortcut}")

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()


class Rail(QWidget):
    """All rooms in their order, settings at the foot. Arrow keys go from room to room once one of them has the focus."""

    chosen = Signal(str)

    def __init__(self, rooms: Sequence[Room], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = USUAL
        self._buttons = {room.key: RoomButton(room, self) for room in rooms}
        self._logo = _Logo(self)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        self._column.addWidget(self._logo, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(8)
        *upper, last = self._buttons.values()
        for button in upper:
            self._column.addWidget(button)
        self._column.addStretch(1)
        self._column.addWidget(last)
        for button in self._buttons.values():
            button.clicked.connect(self._on_clicked)
            button.installEventFilter(self)
        say(self.setAccessibleName, "Rooms")
        follow(self._take_theme)
        follow_language(self._take_language)
        self._lay_out()

    def set_window_width(self, width: int) -> None:
        """Choose the rail's width by the window's."""
        mode = rail_mode(width)
        if mode != self._mode:
            self._mode = mode
            self._lay_out()

    def set_current(self, key: str) -> None:
        """Mark the room that is in front."""
        self._buttons[key].setChecked(True)
        self.update()

    def set_count(self, key: str, count: int) -> None:
        """How many things of a room want an act today."""
        self._buttons[key].set_count(count)

    def button(self, key: str) -> RoomButton:
        """The button of a room."""
        return self._buttons[key]

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Arrow keys between the rooms."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, RoomButton):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                buttons = list(self._buttons.values())
                buttons[(buttons.index(watched) + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail_bg"))
        checked = next((button for button in self._buttons.values() if button.isChecked()), None)
        if checked is not None:
            place = checked.geometry()
            height = 30 if self._mode != WIDE else 24
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box(painter, QRectF(0, place.center().y() + 1 - height / 2, 3, height), 2, theme.colour("rail_mark"))

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RoomButton):
            self.update()
            self.chosen.emit(button.room.key)

    def _lay_out(self) -> None:
        side = {NARROW: 3, USUAL: 6, WIDE: 8}[self._mode]
        self._column.setContentsMargins(side, 8, side, 8)
        self._column.setAlignment(self._logo, Qt.AlignmentFlag.AlignLeft if self._mode == WIDE else Qt.AlignmentFlag.AlignHCenter)
        self.setFixedWidth(_WIDTHS[self._mode])
        for button in self._buttons.values():
            button.set_mode(self._mode)

    def _take_theme(self) -> None:
        self.update()

    def _take_language(self, _language: str) -> None:
        self.update()


class _Logo(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(36, 36)
        say(self.setAccessibleName, "Service Front")

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_logo(open_painter(self), QRectF(self.rect()))


def paint_logo(painter: QPainter, rect: QRectF) -> None:
    """The program's mark: the first character of its name on a blue tile."""
    family = current().sem("info")
    box(painter, rect, rect.width() * 8 / 36, family.solid)
    font = current().font("title", bold=True)
    font.setPixelSize(round(rect.height() / 2))
    painter.setFont(font)
    painter.setPen(current().colour("rail_on"))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), "服")
