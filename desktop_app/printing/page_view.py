"""Pages of a PDF under one another, as large as one likes, moved through by keys, wheel or scroll bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop_app.i18n.live import say
from desktop_app.printing.printer import page_picture
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import focus_ring
from desktop_app.widgets.scrolling import make_quiet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from desktop_app.tasks.runner import Runner

_MARGIN = 16
_STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
"""Enlargements of the width of the window that + and − go through."""
_KEPT_PICTURES = 12
_PAPER = QColor(255, 255, 255)


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points. ValueError when it is no PDF."""
    document, buffer = _opened(pdf)
    try:
        sizes = [document.pagePointSize(page) for page in range(document.pageCount())]
        return [(size.width(), size.height()) for size in sizes]
    finally:
        document.close()
        buffer.close()


def _picture(pdf: bytes, page: int, size: QSize) -> QImage:
    document, buffer = _opened(pdf)
    try:
        return page_picture(document, page, size)
    finally:
        document.close()
        buffer.close()


def _opened(pdf: bytes) -> tuple[QPdfDocument, QBuffer]:
    buffer = QBuffer()
    buffer.setData(pdf)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)  # type: ignore[call-overload]
    document.load(buffer)
    if document.status() != QPdfDocument.Status.Ready:
        raise ValueError(f"the paper is no PDF: {document.error()}")
    return document, buffer


class PageView(QAbstractScrollArea):
    """Shows a PDF; PgUp and PgDn turn, with Ctrl by whole pages, + and − change the size, 0 fits the width, arrows move.

    Pictures are made on a pool thread; until one comes its page is white.
    """

    page_changed = Signal(int, int)
    """The page in view, counted from 1, and how many there are."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._pdf = b""
        self._sizes: list[tuple[float, float]] = []
        self._enlarged = _STEPS.index(1.0)
        self._pictures: dict[tuple[int, int], QImage] = {}
        self._wanted: set[tuple[int, int]] = set()
        self._generation = 0
        self._shown_page = 0
        make_quiet(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 200)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        say(self.setAccessibleName, "Preview of the paper")
        follow(self._take_theme)

    def show_pdf(self, pdf: bytes, sizes: list[tuple[float, float]]) -> None:
        """Show another PDF from its first page; `sizes` as of `page_sizes`."""
        self._generation += 1
        self._pdf, self._sizes = pdf, sizes
        self._pictures.clear()
        self._wanted.clear()
        self._shown_page = 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._on_scrolled(0)
        self.viewport().update()

    @property
    def page(self) -> int:
        """The page in view, counted from 1; 0 while there is none."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max((number for number, rect in enumerate(self._rects(), 1) if rect.top() <= middle), default=min(1, len(self._sizes)))

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def go_to(self, page: int) -> None:
        """Bring the top of a page, counted from 1, into view."""
        if self._sizes:
            rect = self._rects()[max(1, min(page, self.pages)) - 1]
            self.verticalScrollBar().setValue(rect.top() - _MARGIN)

    def enlarge(self, step: int) -> None:
        """One step larger (1) or smaller (-1); the same page stays in view."""
        self._set_enlarged(max(0, min(len(_STEPS) - 1, self._enlarged + step)))

    def fit_width(self) -> None:
        """As wide as the window."""
        self._set_enlarged(_STEPS.index(1.0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(Qt.Key(event.key()), event.modifiers()):
            super().keyPressEvent(event)

    def take_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Do what a key means here, if anything."""
        if modifiers & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
            return False
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            down = key == Qt.Key.Key_PageDown
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self.go_to(self.page + (1 if down else -1))
            else:
                self._turn(down)
        elif key == Qt.Key.Key_Home:
            self.go_to(1)
        elif key == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.enlarge(1)
        elif key == Qt.Key.Key_Minus:
            self.enlarge(-1)
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            return False
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        page = self.page
        self._lay_out()
        self.go_to(page)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("sunken"))
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for number, rect in enumerate(self._rects()):
            place = rect.translated(-offset)
            if not place.intersects(self.viewport().rect()):
                continue
            painter.fillRect(place, _PAPER)
            picture = self._picture_for(number, place.size())
            if picture is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(place, picture)
            painter.setPen(theme.colour("line2"))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            focus_ring(painter, self.viewport().rect().toRectF(), 0)

    def _picture_for(self, page: int, size: QSize) -> QImage | None:
        """The page's picture at this size, else any other of it while the right one is being made."""
        sharp = size * self.devicePixelRatioF()
        key = (page, sharp.width())
        if key in self._pictures:
            return self._pictures[key]
        if key not in self._wanted:
            self._wanted.add(key)
            pdf, generation = self._pdf, self._generation
            self._runner.submit(self, lambda: (generation, key, _picture(pdf, page, sharp)), self._on_picture)
        return next((picture for (number, _), picture in self._pictures.items() if number == page), None)

    def _on_picture(self, made: tuple[int, tuple[int, int], QImage]) -> None:
        generation, key, picture = made
        if generation != self._generation:
            return
        self._wanted.discard(key)
        for other in [other for other in self._pictures if other[0] == key[0]]:
            del self._pictures[other]
        while len(self._pictures) >= _KEPT_PICTURES:
            del self._pictures[next(iter(self._pictures))]
        self._pictures[key] = picture
        self.viewport().update()

    def _rects(self) -> list[QRect]:
        """Each page's place on the whole sheet that is scrolled over."""
        if not self._sizes:
            return []
        widest = max(width for width, _ in self._sizes)
        room = max(self.viewport().width() - 2 * _MARGIN, 120)
        scale = room / widest * _STEPS[self._enlarged]
        whole = max(self.viewport().width(), round(widest * scale) + 2 * _MARGIN)
        rects, top = [], _MARGIN
        for width, height in self._sizes:
            size = QSize(round(width * scale), round(height * scale))
            rects.append(QRect(QPoint((whole - size.width()) // 2, top), size))
            top += size.height() + _MARGIN
        return rects

    def _lay_out(self) -> None:
        rects = self._rects()
        height = rects[-1].bottom() + 1 + _MARGIN if rects else 0
        width = max((rect.width() for rect in rects), default=0) + 2 * _MARGIN
        for bar, whole, seen in (
            (self.verticalScrollBar(), height, self.viewport().height()),
            (self.horizontalScrollBar(), width, self.viewport().width()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(40)
        self.viewport().update()

    def _set_enlarged(self, step: int) -> None:
        if step == self._enlarged:
            return
        page = self.page
        self._enlarged = step
        self._lay_out()
        self.go_to(page)
        bar = self.horizontalScrollBar()
        bar.setValue(bar.maximum() // 2)
        self.viewport().update()

    def _turn(self, down: bool) -> None:
        """Most of a window on or back, but never past the top of a page."""
        bar = self.verticalScrollBar()
        step = round(self.viewport().height() * 0.9)
        tops = [rect.top() - _MARGIN for rect in self._rects()]
        if down:
            bar.setValue(min([bar.value() + step, *(top for top in tops if top > bar.value())]))
        else:
            bar.setValue(max([bar.value() - step, *(top for top in tops if top < bar.value())]))

    def _on_scrolled(self, _value: int) -> None:
        page = self.page
        if page != self._shown_page:
            self._shown_page = page
            say(self.setAccessibleDescription, "Page {page} of {pages}", page=page, pages=self.pages)
            self.page_changed.emit(page, self.pages)
        self.viewport().update()

    def _take_theme(self) -> None:
        self.viewport().update()
