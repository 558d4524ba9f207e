"""A panel at the right: beside the content where there is room, over it as a drawer where there isn't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import open_painter

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

DOCKS_FROM = 1440
GAP = 12


class PanelHost(QWidget):
    """Holds content and panel. In a window of 1440 px or more the panel stands beside the content, else it lies over its right edge.

    Esc in the panel closes it and gives the focus back. `width` below 1920 px, `wide` from there on.
    """

    panel_closed = Signal()
    panel_opened = Signal()

    def __init__(self, content: QWidget, panel: QWidget, width: int = 300, wide: int = 360, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content, self._panel, self._usual, self._wide = content, panel, width, wide
        self._open = False
        self._back: QWidget | None = None
        content.setParent(self)
        self._drawer = _Drawer(self)
        panel.setParent(self._drawer)
        self._drawer.hide()

    @property
    def is_open(self) -> bool:
        """Whether the panel shows."""
        return self._open

    @property
    def docked(self) -> bool:
        """Whether the panel takes room beside the content when it shows."""
        return self.window().width() >= DOCKS_FROM

    def open_panel(self, focus: bool = True) -> None:
        """Show the panel, with the focus in it unless told otherwise."""
        self._back = QApplication.focusWidget()
        self._open = True
        self._arrange()
        self._drawer.show()
        self._drawer.raise_()
        if focus:
            self._first_inside().setFocus(Qt.FocusReason.TabFocusReason)
        self.panel_opened.emit()

    def close_panel(self) -> None:
        """Take the panel away; the focus goes back to where it was."""
        if not self._open:
            return
        had_focus = self._drawer.isAncestorOf(QApplication.focusWidget() or self)
        self._open = False
        self._drawer.hide()
        self._arrange()
        if had_focus and self._back is not None and self.isAncestorOf(self._back):
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.panel_closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._open and self._drawer.isAncestorOf(QApplication.focusWidget() or self):
            self.close_panel()
            return
        super().keyPressEvent(event)

    def _first_inside(self) -> QWidget:
        """The panel itself if it takes the focus, else the first thing in it that does."""
        if self._panel.focusProxy() is not None or self._panel.focusPolicy() != Qt.FocusPolicy.NoFocus:
            return self._panel
        widget = self._panel.nextInFocusChain()
        while widget is not None and widget is not self._panel:
            takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisibleTo(self._panel) and widget.isEnabled()
            if takes and self._panel.isAncestorOf(widget):
                return widget
            widget = widget.nextInFocusChain()
        return self._panel

    def _arrange(self) -> None:
        width = min(self._wide if self.window().width() >= 1920 else self._usual, max(0, self.width() - 48))
        beside = self._open and self.docked
        room = self.width() - (width + GAP if beside else 0)
        self._content.setGeometry(0, 0, room, self.height())
        self._drawer.set_floating(not beside)
        self._drawer.setGeometry(self.width() - width, 0, width, self.height())
        self._panel.setGeometry(self._drawer.rect() if beside else self._drawer.rect().adjusted(1, 0, 0, 0))


class _Drawer(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._floating = False
        follow(self.update)

    def set_floating(self, floating: bool) -> None:
        self._floating = floating
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._floating:
            theme = current()
            painter = open_painter(self)
            painter.fillRect(self.rect(), theme.colour("bg"))
            painter.fillRect(QRectF(0, 0, 1, self.height()), theme.colour("line2"))
