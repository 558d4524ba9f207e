"""A form field: label above, the edit, and a hint line that is always there so that nothing jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.i18n.live import hush, say, say_plain
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from collections.abc import Callable

NEUTRAL, OK, WARN, BAD = "neutral", "ok", "warn", "bad"
ICONS = {NEUTRAL: "", OK: "check", WARN: "triangle-alert", BAD: "circle-alert"}
TONES = {NEUTRAL: "text3", OK: "ok", WARN: "warn", BAD: "bad"}


class Field(QWidget):
    """Wraps one edit. What the edit itself finds wrong (its `fault_changed`) is shown by itself; other findings by `set_hint`.

    The hint is read aloud with the edit (its accessible description), and the edit's border takes the state.
    """

    def __init__(self, label: str, edit: QWidget, required: bool = False, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = edit
        self.label = ElidedLabel("", "small", "text2", parent=self)
        self.label.setBuddy(edit)
        self._required = Label("", "small", "text3", parent=self)
        self._hint_icon = _HintIcon(self)
        self._hint: Label = ElidedLabel("", "small", "text3", parent=self)
        self._hint_lines = 1
        self._offer: Button | None = None
        self._standing = hint
        self._state = NEUTRAL
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.label)
        top.addWidget(self._required)
        top.addStretch(1)
        self.top_right = top
        self._bottom = QHBoxLayout()
        self._bottom.setSpacing(5)
        self._bottom.addWidget(self._hint_icon)
        self._bottom.addWidget(self._hint, 1)
        line = QWidget(self)
        line.setLayout(self._bottom)
        self._bottom.setContentsMargins(0, 0, 0, 0)
        self._line = line
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addSpacing(2)
        column.addWidget(edit)
        column.addWidget(line)
        column.addStretch(1)
        self.setFocusProxy(edit)
        say(self._take_label, label)
        self.set_required(required)
        if hasattr(edit, "fault_changed"):
            edit.fault_changed.connect(self._show_fault)
        self.clear_hint()
        follow(self._take_theme)

    @property
    def state(self) -> str:
        """neutral, ok, warn or bad."""
        return self._state

    def set_label(self, phrase: str, **values: object) -> None:
        """Name the field differently."""
        say(self._take_label, phrase, **values)

    def set_required(self, required: bool) -> None:
        """Write 'required' beside the label."""
        self._is_required = required
        self._required.setVisible(required)
        if required:
            say(self._required.setText, "required")

    def set_hint(self, state: str, phrase: str, context: str = "", /, **values: object) -> None:
        """Say something under the field: neutral, ok, warn or bad."""
        self._take_state(state)
        say(self._take_hint, phrase, context, **values)

    def set_plain_hint(self, state: str, words: str) -> None:
        """As `set_hint`, for a sentence that is already translated."""
        self._take_state(state)
        say_plain(self._take_hint, words)

    def set_label_line(self, shown: bool) -> None:
        """Without its label, where a card's title says the same; it is read aloud all the same."""
        self.label.setVisible(shown)
        self._required.setVisible(shown and self._is_required)

    def set_hint_line(self, shown: bool) -> None:
        """Without its reserved line, where what it would say stands elsewhere."""
        self._line.setVisible(shown)

    def give_hint_line(self) -> QWidget:
        """Its line, to be laid where it has more room than under the field."""
        layout = self.layout()
        assert layout is not None
        layout.removeWidget(self._line)
        return self._line

    def let_hint_wrap(self, lines: int) -> None:
        """Reserve so many lines for the hint, where it may be a sentence that has to be read whole."""
        self._hint_lines = lines
        self._bottom.removeWidget(self._hint)
        self._hint.deleteLater()
        self._hint = Label(self._hint.text(), "small", TONES[self._state], wrap=True, parent=self._line)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._bottom.setAlignment(self._hint_icon, Qt.AlignmentFlag.AlignTop)
        self._bottom.insertWidget(1, self._hint, 1)
        self._take_theme()

    def clear_hint(self) -> None:
        """Back to the standing hint, or to an empty line."""
        if self._standing:
            self.set_hint(NEUTRAL, self._standing)
        else:
            self._take_state(NEUTRAL)
            hush(self._take_hint)
            self._take_hint("")

    def set_offer(self, phrase: str, slot: Callable[[], object], keys: str = "", /, **values: Any) -> None:
        """Put a small button after the hint that repairs what it speaks of, pressed by `keys` too; goes away with `drop_offer`."""
        self.drop_offer()
        self._offer = Button("", "secondary", keys=keys, height="mini", parent=self._line)
        self._offer.set_phrase(phrase, **values)
        self._offer.clicked.connect(slot)
        if keys:
            QShortcut(QKeySequence(keys.replace(" ", "+")), self._offer, self._offer.click)
        self._bottom.addWidget(self._offer)

    def drop_offer(self) -> None:
        """Take the small button away."""
        if self._offer is not None:
            self._offer.hide()
            self._offer.deleteLater()
            self._offer = None

    def _show_fault(self, fault: object) -> None:
        if fault is None:
            self.clear_hint()
        else:
            self.set_hint(BAD, fault.phrase, **fault.values)  # type: ignore[attr-defined]

    def _take_state(self, state: str) -> None:
        self._state = state
        self._hint.set_tone(TONES[state])
        self._hint_icon.set_state(state)
        if hasattr(self.edit, "set_state"):
            self.edit.set_state(state)

    def _take_label(self, words: str) -> None:
        self.label.setText(words)
        self.edit.setAccessibleName(words)

    def _take_hint(self, words: str) -> None:
        self._hint.setText(words)
        self.edit.setAccessibleDescription(words)

    def _take_theme(self) -> None:
        # 18 px of words, and room for the small button that may stand beside them.
        self._line.setMinimumHeight(max(22, self._hint_lines * current().metrics("small").height() + 4))


class _HintIcon(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = NEUTRAL
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()
        follow(self.update)

    def set_state(self, state: str) -> None:
        self._state = state
        self.setVisible(bool(ICONS[state]))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(14, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(QPainter(self), ICONS[self._state], TONES[self._state], 0, 0, 14)
