"""An error that is nobody's input: one sentence, what is saved and what is not, and the report to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say, say_plain
from desktop_app.shell.overlay import Panel
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.icon_line import IconLine
from desktop_app.widgets.labels import Label
from desktop_app.widgets.pill import Pill
from desktop_app.widgets.reading_box import ReadingBox

if TYPE_CHECKING:
    import datetime as dt

    from desktop_app.faults import Report


class FaultPanel(Panel):
    """Shown once for each kind of error; Esc goes back to what was being done."""

    copied = Signal()

    def __init__(self, report: Report, saved_at: dt.datetime | None, kept: str, waiting: int, window: QWidget) -> None:
        super().__init__("This step did not work; your work is still here", 640, window, "circle-alert", "bad")
        self._report = report
        say_plain(self.aside.setText, formats().clock(report.at))
        why = Label("", "body", wrap=True, parent=self)
        say(why.setText, "The program made a fault. It was not your entry.")
        self.body.addWidget(why)
        self.body.addWidget(self._states(saved_at, kept, waiting))
        head = QHBoxLayout()
        name = Label("", "small", "text", bold=True, parent=self)
        say(name.setText, "Report")
        without = Label("", "small", "text2", parent=self)
        say(without.setText, "without names, phones, plates, VINs")
        self._copied = Pill("Copied", "ok", "check", parent=self)
        self._copied.hide()
        head.addWidget(name)
        head.addWidget(without)
        head.addStretch(1)
        head.addWidget(self._copied)
        self.body.addLayout(head)
        words = ReadingBox(report.words(), self)
        words.setMinimumHeight(110)
        words.setMaximumHeight(150)
        say(words.setAccessibleName, "Report")
        self.body.addWidget(words)
        if report.path is not None:
            where = Label("", "small", "text2", wrap=True, parent=self)
            say(where.setText, "Log: {path}", path=str(report.path))
            self.body.addWidget(where)
            log = Button("Open log", parent=self.sheet)
            log.clicked.connect(self._open_log)
            self.buttons.addWidget(log)
        copy = Button("Copy report", icon="clipboard-list", keys="Ctrl C", parent=self.sheet)
        copy.clicked.connect(self.copy)
        self.back = Button("Back to my work", PRIMARY, keys="Esc", parent=self.sheet)
        self.back.clicked.connect(self.close_panel)
        self.buttons.addWidget(copy)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.back)

    def open(self) -> None:
        super().open()
        self.back.setFocus()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QApplication.clipboard().setText(self._report.words())
        self._copied.show()
        self.copied.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report.path)))

    def _states(self, saved_at: dt.datetime | None, kept: str, waiting: int) -> QWidget:
        sheet = Sheet(parent=self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        saved = IconLine("", "check", "ok", "body", parent=sheet)
        if saved_at is not None:
            say(saved.set_words, "Saved: everything up to {time}", time=lambda: formats().clock(saved_at))
        else:
            say(saved.set_words, "Saved: everything that was saved before; nothing was overwritten")
        column.addWidget(saved)
        if kept:
            line = IconLine("", "save", "ok", "body", parent=sheet)
            say_plain(line.set_words, kept)
            column.addWidget(line)
        if waiting:
            line = IconLine("", "x", "bad", "body", parent=sheet)
            say(line.set_words, "Not saved yet: {count} changes, tried again by themselves", count=waiting)
            column.addWidget(line)
        undone = IconLine("", "x", "bad", "body", parent=sheet)
        say(undone.set_words, "Not done: the last step; do it once more")
        column.addWidget(undone)
        return sheet
