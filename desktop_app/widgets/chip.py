"""Chips: small rounded switches with a key, an icon or a count; one by one or as a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent

from desktop_app.i18n.live import say
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.flow_layout import FlowRow
from desktop_app.widgets.key_hint import draw_hint, hint_width
from desktop_app.widgets.painting import box, focus_ring, open_painter, text, width_of
from desktop_app.widgets.pressable import Pressable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SIDE = 10
_GAP = 6


class Chip(Pressable):
    """A toggle chip, 28 px: key badge or icon, words, and at the right a bold count or a second word in a tone."""

    def __init__(
        self, phrase: str = "", keys: str = "", icon: str = "", icon_tone: str = "text2", checkable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys, self._icon, self._icon_tone = keys, icon, icon_tone
        self._tail, self._tail_tone = "", ""
        self.setCheckable(checkable)
        if phrase:
            self.set_phrase(phrase)
        follow(self._take_theme)

    def set_phrase(self, phrase: str, context: str = "", /, **values: object) -> None:
        """Say other words."""
        say(self.setText, phrase, context, **values)

    def setText(self, words: str) -> None:
        super().setText(words)
        self._name()
        self._take_theme()

    def set_tail(self, words: str, tone: str = "") -> None:
        """Words at the right: bold (a count) without a tone, plain in the tone's colour with one."""
        self._tail, self._tail_tone = words, tone
        self._name()
        self._take_theme()

    def set_count(self, count: int) -> None:
        """A count at the right."""
        self.set_tail(f"{count:,}")

    def sizeHint(self) -> QSize:
        parts = [hint_width(self._keys) if self._keys else 0, 14 if self._icon else 0, width_of(self.text(), "table"), self._tail_width()]
        shown = [part for part in parts if part]
        height = max(28, current().metrics("table").height() + 8)
        return QSize(sum(shown) + _GAP * (len(shown) - 1) + 2 * _SIDE + (2 if self._keys else 0), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        radius = rect.height() / 2
        on = self.isChecked()
        fill = "accent_tint" if on else "hover" if self.underMouse() and self.isEnabled() else "surface"
        box(painter, rect, radius, theme.colour(fill), theme.colour("accent" if on else "line"))
        ink = theme.colour("accent" if on else "text" if self.isEnabled() else "text3")
        x = float(_SIDE)
        if self._keys:
            draw_hint(painter, x, rect.height() / 2, self._keys)
            x += hint_width(self._keys) + _GAP
        if self._icon:
            draw_icon(painter, self._icon, ink if on else self._icon_tone, x, round((rect.height() - 14) / 2), 14)
            x += 14 + _GAP
        words = width_of(self.text(), "table")
        text(painter, QRectF(x, 0, words, rect.height()), self.text(), "table", ink)
        x += words + (_GAP if words else 0)
        if self._tail:
            tone = theme.colour(self._tail_tone) if self._tail_tone and not on else ink
            text(painter, QRectF(x, 0, self._tail_width(), rect.height()), self._tail, "table", tone, bold=not self._tail_tone)
        if self.hasFocus():
            focus_ring(painter, rect, radius)

    def _tail_width(self) -> int:
        return width_of(self._tail, "table", not self._tail_tone) if self._tail else 0

    def _name(self) -> None:
        self.setAccessibleName(" ".join(part for part in (self.text(), self._tail) if part))

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()


class ChipRow(FlowRow):
    """Chips by key in a wrapping row; ←→ go from chip to chip, Space or Enter switches.

    `exclusive`: choosing one lets the others go, and the chosen one can't be let go except by another.
    """

    chosen_changed = Signal(object)
    """The set of chosen keys (frozenset), after a person changed it."""

    def __init__(self, exclusive: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(6, parent)
        self._exclusive = exclusive
        self._chips: dict[str, Chip] = {}

    def add(self, key: str, chip: Chip) -> Chip:
        """Put a chip at the row's end under a key."""
        chip.setParent(self)
        self._chips[key] = chip
        self.flow.addWidget(chip)
        chip.clicked.connect(self._on_clicked)
        chip.installEventFilter(self)
        return chip

    def add_widget(self, widget: QWidget) -> None:
        """Put something that is no chip into the row."""
        self.flow.addWidget(widget)

    def clear(self) -> None:
        """Take all chips away."""
        for chip in self._chips.values():
            self.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()

    def chip(self, key: str) -> Chip:
        """The chip of a key."""
        return self._chips[key]

    @property
    def chosen(self) -> frozenset[str]:
        """Keys of the chips that are on."""
        return frozenset(key for key, chip in self._chips.items() if chip.isChecked())

    def choose(self, *keys: str) -> None:
        """Turn on these and no others, without a signal."""
        for key, chip in self._chips.items():
            chip.setChecked(key in keys)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            chips = [chip for chip in self._chips.values() if chip.isVisible() and chip.isEnabled()]
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            if isinstance(watched, Chip) and watched in chips:
                chips[(chips.index(watched) + step) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _on_clicked(self) -> None:
        clicked = self.sender()
        if self._exclusive:
            for chip in self._chips.values():
                chip.setChecked(chip is clicked)
        self.chosen_changed.emit(self.chosen)
