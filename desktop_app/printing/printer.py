"""Paints a PDF on a printer, page by page at the printer's resolution: one way for all systems."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from db.rules.errors import Environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FINEST_DPI = 600
"""Finer than this nobody sees on office paper; a page takes 140 MB on its way at this, and four times that at the next step."""


class PaperPrinter(Protocol):
    """Where pages go: the system's printer, or in tests one that fails at a page."""

    def print_pages(self, pdf: bytes, title: str, progress: Callable[[int, int], None]) -> int:
        """Print all pages and return how many; tells `progress` (done, of) after each, which may raise to stop.

        Environment printer_not_reached (printer); printer_failed (printer, page, pages) with the first page that was not printed.
        """


def printer_names() -> list[str]:
    """Printers that the system knows, its default first. May take a while where they are asked over a network."""
    names = list(QPrinterInfo.availablePrinterNames())
    default = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: (name != default, name.casefold()))


class SystemPrinter:
    """A printer by its name (empty: the system's default), or with `file` a PDF of the painted pages."""

    def __init__(self, name: str = "", copies: int = 1, file: Path | None = None) -> None:
        self._name = name
        self._copies = copies
        self._file = file

    def print_pages(self, pdf: bytes, title: str, progress: Callable[[int, int], None]) -> int:
        """See `PaperPrinter`. Meant for a pool thread: nothing here touches a window."""
        buffer = QBuffer()
        buffer.setData(pdf)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument(None)  # type: ignore[call-overload]
        try:
            document.load(buffer)
            if document.status() != QPdfDocument.Status.Ready:
                raise ValueError(f"the paper is no PDF: {document.error()}")
            return self._paint(document, self._printer(title), progress)
        finally:
            document.close()
            buffer.close()

    def _printer(self, title: str) -> QPrinter:
        if self._file is None and not self._name and not QPrinterInfo.defaultPrinterName():
            raise Environment("printer_not_reached", printer="")
        if self._name and QPrinterInfo.printerInfo(self._name).isNull():
            raise Environment("printer_not_reached", printer=self._name)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._name:
            printer.setPrinterName(self._name)
        if self._file is not None:
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(self._file))
        printer.setResolution(min(printer.resolution(), FINEST_DPI))
        printer.setDocName(title)
        printer.setCopyCount(self._copies)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        printer.setFullPage(True)
        return printer

    def _paint(self, document: QPdfDocument, printer: QPrinter, progress: Callable[[int, int], None]) -> int:
        pages = document.pageCount()
        painter = QPainter()
        if not painter.begin(printer):
            raise Environment("printer_not_reached", printer=printer.printerName())
        done = 0
        try:
            with ExitStack() as unless_whole:
                unless_whole.callback(printer.abort)
                for page in range(pages):
                    if page and not printer.newPage():
                        raise Environment("printer_failed", printer=printer.printerName(), page=page + 1, pages=pages)
                    _paint_page(document, page, painter, printer.resolution())
                    done = page + 1
                    progress(done, pages)
                unless_whole.pop_all()
        finally:
            painter.end()
        if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            raise Environment("printer_failed", printer=printer.printerName(), page=done, pages=pages)
        return pages


def _paint_page(document: QPdfDocument, page: int, painter: QPainter, dots_per_inch: int) -> None:
    points = document.pagePointSize(page)
    size = QSize(round(points.width() / 72 * dots_per_inch), round(points.height() / 72 * dots_per_inch))
    picture = page_picture(document, page, size)
    painter.drawImage(QRectF(0, 0, size.width(), size.height()), picture, QRectF(picture.rect()))


def page_picture(document: QPdfDocument, page: int, size: QSize) -> QImage:
    """The page `size` pixels large in greys on white.

    Whole, not in bands: Qt draws a part of a page a little smaller than it is, which shows as a seam.
    """
    drawn = document.render(page, size)
    picture = QImage(drawn.size(), QImage.Format.Format_Grayscale8)
    picture.fill(0xFF)
    with QPainter(picture) as painter:
        painter.drawImage(0, 0, drawn)
    return picture
