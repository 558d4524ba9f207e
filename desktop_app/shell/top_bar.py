"""The bar above the room: where we are, the search field that opens the palette, whether it is saved, who is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say, say_plain
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.key_hint import draw_hint, hint_width
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.painting import CENTRE, LEFT, box, focus_ring, open_painter, text, width_of

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

FULL_FROM = 1360
"""Window width in px from which scanner and customer's screen have words beside their icons."""
_SEARCH_WIDTH = 420
_RING_AFTER_MS = 150
SAVED, SAVING, NOT_SAVED = "saved", "saving", "not_saved"


class SearchButton(QAbstractButton):
    """Looks like a field and is the palette: a click, Enter or a typed character opens it."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_SEARCH_WIDTH)
        self.setMinimumWidth(220)
        self.clicked.connect(self._on_clicked)
        say(self._take_words, "Plate, phone, name, last 6 of VIN, or scan")
        follow(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_SEARCH_WIDTH, max(36, current().metrics("body").height() + 12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit("")
        elif typed and typed.isprintable() and not typed.isspace() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.wanted.emit(typed)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        box(painter, rect, theme.radius("m"), theme.colour("surface"), theme.colour("line2"))
        middle = rect.height() / 2
        draw_icon(painter, "search", "text2", 12, round(middle - 8), 16)
        keys = "Ctrl K"
        hint = hint_width(keys)
        text(painter, QRectF(38, 0, rect.width() - 38 - hint - 18, rect.height()), self.text(), "body", theme.colour("text3"), align=LEFT)
        draw_hint(painter, rect.width() - hint - 10, middle, keys)
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("m"))

    def _on_clicked(self) -> None:
        self.wanted.emit("")

    def _take_words(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(words)
        self.update()


class SaveState(QWidget):
    """Whether what was entered has reached the disk; never says so before it has."""

    told = Signal()
    """It says something else now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.state = SAVED
        self._at: dt.datetime | None = None
        self._waiting = 0
        self._words = ""
        self._step = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_RING_AFTER_MS)
        self._patience.timeout.connect(self._show_saving)
        self._turn = QTimer(self)
        self._turn.setInterval(80)
        self._turn.timeout.connect(self._on_turn)
        follow(self._take_theme)
        follow_language(self._take_language)
        self._tell()

    def set_saving(self) -> None:
        """A change is on its way to the disk; shown once that takes longer than 150 ms."""
        if self.state == SAVED:
            self._patience.start()

    def set_saved(self, at: dt.datetime | None = None) -> None:
        """The change of this moment (aware) has reached the disk; None: nothing has been changed yet."""
        self._patience.stop()
        self._turn.stop()
        self.state, self._at = SAVED, at or self._at
        self._tell()

    def set_not_saved(self, waiting: int) -> None:
        """So many changes could not be written yet and are tried again."""
        self._patience.stop()
        self._turn.stop()
        self.state, self._waiting = NOT_SAVED, waiting
        self._tell()

    @property
    def saved_at(self) -> dt.datetime | None:
        """When the last change reached the disk."""
        return self._at

    def words(self) -> str:
        """What it says."""
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(width_of(self._words, "small", self.state == NOT_SAVED) + 22, current().metrics("small").height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        middle = rect.height() / 2
        if self.state == SAVED:
            box(painter, QRectF(3, middle - 4, 8, 8), 4, theme.sem("ok").solid)
        elif self.state == SAVING:
            self._paint_ring(painter, middle)
        else:
            draw_icon(painter, "wifi-off", "bad", 0, round(middle - 7), 14)
        ink = theme.sem("bad").fg if self.state == NOT_SAVED else theme.colour("text2")
        text(painter, rect.adjusted(20, 0, 0, 0), self._words, "small", ink, bold=self.state == NOT_SAVED, align=LEFT, elide=False)

    def _paint_ring(self, painter: QPainter, middle: float) -> None:
        painter.save()
        painter.translate(QPointF(7, middle))
        painter.rotate(self._step * 30)
        draw_icon(painter, "loader-circle", "text3", -7, -7, 14)
        painter.restore()

    def _show_saving(self) -> None:
        self.state = SAVING
        self._turn.start()
        self._tell()

    def _on_turn(self) -> None:
        self._step = (self._step + 1) % 12
        self.update()

    def _tell(self) -> None:
        if self.state == SAVING:
            self._words = tr("Saving…")
        elif self.state == NOT_SAVED:
            self._words = tr("Not saved, trying again: {count}", count=self._waiting)
        elif self._at is None:
            self._words = tr("All saved")
        else:
            self._words = tr("Saved {time}", time=formats().clock(self._at))
        self.setAccessibleName(self._words)
        self.updateGeometry()
        self.update()
        self.told.emit()

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()

    def _take_language(self, _language: str) -> None:
        self._tell()


class IconWords(QAbstractButton):
    """A flat button of icon, words and key; words and key give way on a narrow window."""

    def __init__(self, icon: str, phrase: str, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._keys = icon, keys
        self._short = False
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.timeout.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        say(self._take_words, phrase)
        follow(self._take_theme)

    def set_short(self, short: bool) -> None:
        """Show the icon and its key only."""
        self._short = short
        self._take_theme()

    def set_phrase(self, phrase: str) -> None:
        """Say other words."""
        say(self._take_words, phrase)

    def flash(self) -> None:
        """Light up for 60 ms."""
        self._flash.start(60)
        self.update()

    def sizeHint(self) -> QSize:
        width = 16 + 12
        if not self._short:
            width += 6 + width_of(self.text(), "small")
        if self._keys:
            width += 8 + hint_width(self._keys)
        return QSize(width, max(28, current().metrics("small").height() + 8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        lit = self._flash.isActive()
        if lit or self.underMouse() or self.isDown():
            box(painter, rect, theme.radius("m"), theme.colour("select" if lit else "hover"))
        middle = rect.height() / 2
        draw_icon(painter, self._icon, "accent" if lit else "text2", 6, round(middle - 8), 16)
        x = 28.0
        if not self._short:
            words = width_of(self.text(), "small")
            text(painter, QRectF(x, 0, words + 1, rect.height()), self.text(), "small", theme.colour("text2"), align=LEFT, elide=False)
            x += words + 8
        if self._keys:
            draw_hint(painter, x, middle, self._keys)
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("m"))

    def _take_words(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._take_theme()

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()


class PersonButton(QAbstractButton):
    """Who is signed in at this window; opens the menu of person, look and language."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        follow(self._take_theme)

    def set_name(self, name: str) -> None:
        """Whose window this is."""
        self.setText(name)
        self.setAccessibleName(name)
        self._take_theme()

    def sizeHint(self) -> QSize:
        return QSize(28 + 8 + min(140, width_of(self.text(), "small")) + 12, max(32, current().metrics("small").height() + 12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            box(painter, rect, theme.radius("m"), theme.colour("hover"))
        paint_initial(painter, QRectF(4, rect.height() / 2 - 14, 28, 28), self.text(), "info", "body")
        text(painter, QRectF(40, 0, rect.width() - 46, rect.height()), self.text(), "small", theme.colour("text"), align=LEFT)
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("m"))

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()


def paint_initial(painter: QPainter, rect: QRectF, name: str, family: str, size: str) -> None:
    """A person's first character on a tinted disc."""
    colours = current().sem(family)
    box(painter, rect, rect.width() / 2, colours.tint)
    text(painter, rect, name[:1].upper(), size, colours.fg, bold=True, align=CENTRE, elide=False)


class TopBar(QWidget):
    """52 px above the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label("", "title", "text", bold=True, parent=self)
        self.context = ElidedLabel("", "small", "text2", parent=self)
        self.search = SearchButton(self)
        self.save_state = SaveState(self)
        self.scanner = IconWords("scan-barcode", "Scanner ready", "", self)
        self.person = PersonButton(self)
        left = QHBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.title)
        left.addWidget(self.context, 1)
        right = QHBoxLayout()
        right.setSpacing(10)
        right.addStretch(1)
        for widget in (self.save_state, self.scanner, self.person):
            right.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(16)
        row.addLayout(left, 10)
        row.addWidget(self.search, 12)
        row.addLayout(right, 10)
        follow(self._take_theme)

    def set_title(self, phrase: str, context: str) -> None:
        """Name the room in front, and in small what it shows now."""
        say(self.title.setText, phrase)
        say_plain(self.context.setText, context)

    def set_window_width(self, width: int) -> None:
        """Let words give way to icons on a narrow window."""
        self.scanner.set_short(width < FULL_FROM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _take_theme(self) -> None:
        self.setFixedHeight(current().row("topbar"))
        self.update()
