"""Buttons: one primary a window, secondary and quiet ones, each with its key beside its words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop_app.i18n.live import say
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.busy_ring import BusyRing
from desktop_app.widgets.key_hint import draw_hint, hint_width
from desktop_app.widgets.painting import CENTRE, LEFT, box, focus_ring, open_painter, text, width_of

PRIMARY, SECONDARY, QUIET, DANGER = "primary", "secondary", "quiet", "danger"

_HEIGHTS = {"mini": 22, "small": 28, "normal": 36, "big": 44}
_SIDES = {"mini": 8, "small": 10, "normal": 14, "big": 18}
_GAP = 8


class Button(QPushButton):
    """A button with optional icon and key badge; as wide as its words in any language.

    Give the English phrase (it is said again at a change of language), or `set_plain` for words that are data.
    `role`: primary, secondary, quiet, danger. `height`: mini 22, small 28, normal 36, big 44.
    The key badge only names the key: the shortcut itself belongs to the window's list of verbs.
    """

    _ring: BusyRing | None = None

    def __init__(
        self, phrase: str = "", role: str = SECONDARY, icon: str = "", keys: str = "", height: str = "normal", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role, self._icon, self._keys, self._height = role, icon, keys, height
        self.setSizePolicy(QSizePolicy.Policy.Fixed if role != QUIET else QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if phrase:
            self.set_phrase(phrase)
        follow(self._take_theme)

    def set_phrase(self, phrase: str, context: str = "", /, **values: object) -> None:
        """Say other words."""
        say(self.setText, phrase, context, **values)

    def setText(self, words: str) -> None:
        super().setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def set_icon(self, icon: str) -> None:
        """Show another icon before the words, or none."""
        self._icon = icon
        self._take_theme()

    def set_keys(self, keys: str) -> None:
        """Name another key, or none."""
        self._keys = keys
        self._take_theme()

    def set_role(self, role: str) -> None:
        """Make it primary, secondary, quiet or danger."""
        self._role = role
        self.update()

    def set_busy(self, busy: bool) -> None:
        """Turn a ring in the icon's place after 150 ms; the width stays and a press does nothing meanwhile."""
        if self._ring is None:
            self._ring = BusyRing(self)
        self._ring.set_running(busy)

    @property
    def busy(self) -> bool:
        """Whether its act is under way."""
        return self._ring is not None and self._ring.running

    def event(self, event: QEvent) -> bool:
        if self.busy:
            if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
                return True
            if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        size, bold = self._font()
        width = width_of(self.text(), size, bold) if self.text() else 0
        for part in (self._icon_px() if self._icon else 0, hint_width(self._keys) if self._keys else 0):
            width += part + (_GAP if width and part else 0)
        height = max(_HEIGHTS[self._height], current().metrics(size).height() + (4 if self._height == "mini" else 8))
        side = _SIDES[self._height] if self.text() else (height - self._icon_px()) // 2
        return QSize(max(width + 2 * side, height), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        radius = theme.radius("m")
        fill, edge, ink = self._colours()
        box(painter, rect, radius, fill, edge)
        size, bold = self._font()
        middle = rect.height() / 2
        icon = self._icon_px() if (self._icon or (self._ring is not None and self._ring.showing)) else 0
        words = width_of(self.text(), size, bold)
        keys = hint_width(self._keys) if self._keys else 0
        full = sum(part for part in (icon, words, keys)) + _GAP * (sum(1 for part in (icon, words, keys) if part) - 1)
        x = max((rect.width() - full) / 2, 4.0)
        if icon:
            place = QRectF(round(x), round(middle - icon / 2), icon, icon)
            if self._ring is not None and self._ring.showing:
                self._ring.draw(painter, place, ink)
            else:
                draw_icon(painter, self._icon, ink, place.x(), place.y(), icon)
            x += icon + _GAP
        if words:
            room = rect.width() - x - (keys + _GAP if keys else 0) - 4
            text(painter, QRectF(x, 0, min(words, room), rect.height()), self.text(), size, ink, bold=bold, align=LEFT if words > room else CENTRE)
            x += words + _GAP
        if keys:
            filled = self._role == PRIMARY and self.isEnabled()
            draw_hint(painter, min(x, rect.width() - keys - 4), middle, self._keys, ink if filled else None)
        if self.hasFocus():
            focus_ring(painter, rect, radius, theme.colour("on_accent") if self._role == PRIMARY else None)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        theme = current()
        down, over = self.isDown() or self.isChecked(), self.underMouse()
        if not self.isEnabled():
            return (None, None, theme.colour("text3")) if self._role == QUIET else (theme.colour("sunken"), theme.colour("line"), theme.colour("text3"))
        if self._role == PRIMARY:
            return theme.colour("accent_press" if down else "accent_hover" if over else "accent"), None, theme.colour("on_accent")
        hover = theme.colour("select" if down else "hover")
        if self._role == QUIET:
            return hover if down or over else None, None, theme.colour("accent")
        if self._role == DANGER:
            family = theme.sem("bad")
            return family.tint if down or over else theme.colour("surface"), family.solid, family.fg
        return hover if down or over else theme.colour("surface"), theme.colour("line2"), theme.colour("text")

    def _font(self) -> tuple[str, bool]:
        size = {"mini": "small", "small": "table", "normal": "body", "big": "section"}[self._height]
        return size, self._role == PRIMARY

    def _icon_px(self) -> int:
        return round(16 * max(1.0, current().text_scale))

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()


class IconButton(Button):
    """A button of an icon alone; `name` is the phrase that says aloud what it does, shown on hover."""

    def __init__(self, icon: str, name: str, role: str = QUIET, height: str = "small", parent: QWidget | None = None) -> None:
        super().__init__("", role, icon, "", height, parent)
        say(self._take_name, name)

    def _take_name(self, words: str) -> None:
        self.setAccessibleName(words)
        self.setToolTip(words)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        fill, edge, ink = super()._colours()
        return fill, edge, current().colour("text2") if self._role == QUIET and self.isEnabled() else ink
