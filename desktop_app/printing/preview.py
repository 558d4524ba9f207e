"""The preview of an order's papers in the program: looked through by keys, printed on a chosen printer, or saved as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from db.rules.errors import Environment, Refusal
from desktop_app.faults import said
from desktop_app.i18n import tr
from desktop_app.i18n.live import say
from desktop_app.printing.issuing import issue
from desktop_app.printing.keeping import paper_name, save_as
from desktop_app.printing.making import MadePaper, look_at, make_counted
from desktop_app.printing.page_view import PageView, page_sizes
from desktop_app.printing.papers import PAPERS
from desktop_app.printing.printer import printer_names
from desktop_app.widgets.buttons import PRIMARY, IconButton
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.dialog import Dialog
from desktop_app.widgets.icon_line import IconLine
from desktop_app.widgets.labels import Label
from desktop_app.widgets.segments import Segments

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from desktop_app.printing.issuing import Issued
    from desktop_app.room import RoomContext

_WIDEST = 1180


class Preview(Dialog):
    """The papers of one order. Open it with `open_preview`; it outlives no print: that goes on in the background when it has closed."""

    def __init__(self, context: RoomContext, parent: QWidget, number: str, paper: str = "job-card") -> None:
        super().__init__(parent, "Papers of {number}", "printer", width=_WIDEST)
        self.set_title("Papers of {number}", number=number)
        self._context = context
        self._owner = parent
        self._number = number
        self._shown: MadePaper | None = None
        self._asked = 0
        self._build(paper)
        self._look()
        context.runner.submit(self, printer_names, self._on_printers)

    def _build(self, paper: str) -> None:
        self.papers = Segments(parent=self)
        for key, kind in PAPERS.items():
            self.papers.add(key, kind.title, "paper")
        self.papers.choose(paper)
        self.papers.chosen_changed.connect(self._on_paper_chosen)
        self.language = Choice(small=True, parent=self)
        self.language.add_phrase("", "In the customer's language")
        for code, name in (("zh_TW", "繁體中文"), ("zh_CN", "简体中文"), ("en", "English")):
            self.language.add_words(code, name)
        self.language.choose("")
        self.language.chosen_changed.connect(self._on_language_chosen)
        say(self.language.setAccessibleName, "The paper's language")
        self.page_words = Label("", "small", "text2", parent=self)
        smaller, larger = IconButton("minus", "Smaller", parent=self), IconButton("plus", "Larger", parent=self)
        smaller.clicked.connect(partial(self._enlarge, -1))
        larger.clicked.connect(partial(self._enlarge, 1))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.papers)
        row.addWidget(self.language)
        row.addStretch(1)
        row.addWidget(self.page_words)
        row.addWidget(smaller)
        row.addWidget(larger)
        self.view = PageView(self._context.runner, self)
        self.view.page_changed.connect(self._on_page_changed)
        self.trouble = IconLine(icon="triangle-alert", tone="bad", words_tone="bad", parent=self)
        self.trouble.hide()
        self.body.addLayout(row)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.view, 1)
        self.printer = Choice(parent=self)
        say(self.printer.setAccessibleName, "Printer")
        self.printer.add_phrase("", "Looking for printers…")
        self.printer.setEnabled(False)
        self.printer.chosen_changed.connect(self._on_printer_chosen)
        self.footer_left.addWidget(self.printer)
        self.add_button("Close", self.reject, keys="Esc")
        self.save_button = self.add_button("Save as a file…", self._on_save, icon="download", keys="Ctrl S")
        self.print_button = self.add_button("Print", self._on_print, PRIMARY, "printer", "Ctrl P")

    def showEvent(self, event: QShowEvent) -> None:
        self.setMinimumHeight(max(320, self._owner.window().height() - 32))
        super().showEvent(event)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.view.take_key(Qt.Key(event.key()), event.modifiers()):
            return
        super().keyPressEvent(event)

    @property
    def shown(self) -> MadePaper | None:
        """The paper in view, None until it is made."""
        return self._shown

    @property
    def _chosen_language(self) -> str | None:
        return str(self.language.chosen or "") or None

    def _look(self) -> None:
        context, number, paper = self._context, self._number, self.papers.chosen
        act, by, language = context.act(), context.person().name, self._chosen_language
        self._asked += 1
        asked = self._asked
        self._let_print(False)

        def work() -> tuple[int, MadePaper, list[tuple[float, float]]]:
            made = look_at(context.engine, paper, number, act, by, language)
            return asked, made, page_sizes(made.pdf)

        context.runner.submit(self, work, self._on_looked, self._on_trouble)

    def _on_looked(self, looked: tuple[int, MadePaper, list[tuple[float, float]]]) -> None:
        asked, made, sizes = looked
        if asked != self._asked:
            return
        self._shown = made
        self.trouble.hide()
        self.view.show_pdf(made.pdf, sizes)
        self._let_print(True)

    def _on_trouble(self, error: Exception) -> None:
        if not isinstance(error, (Refusal, Environment)):
            self._context.runner.failed.emit(error)
            self.reject()
            return
        self.trouble.set_words(said(error))
        self.trouble.show()

    def _on_printers(self, names: list[str]) -> None:
        self.printer.clear()
        for name in names:
            self.printer.add_words(name, name)
        self.printer.setEnabled(bool(names))
        if not names:
            self.printer.add_phrase("", "No printer: kept as PDF")
        wanted = self._context.preferences.printer
        self.printer.choose(wanted if wanted in names else (names[0] if names else ""))
        self.print_button.set_phrase("Print" if names else "Keep as PDF")
        self.printer.updateGeometry()

    def _let_print(self, possible: bool) -> None:
        self.print_button.setEnabled(possible)
        self.save_button.setEnabled(possible)

    def _enlarge(self, step: int) -> None:
        self.view.enlarge(step)

    def _on_paper_chosen(self, _paper: str) -> None:
        self._look()

    def _on_language_chosen(self, _language: object) -> None:
        self._look()

    def _on_printer_chosen(self, name: object) -> None:
        if name:
            self._context.preferences.printer = str(name)

    def _on_page_changed(self, page: int, pages: int) -> None:
        say(self.page_words.setText, "Page {page} of {pages}", page=page, pages=pages)

    def _on_print(self) -> None:
        if self.printer.chosen:
            self._context.preferences.printer = str(self.printer.chosen)
        issue(self._context, self._owner, self.papers.chosen, self._number, partial(_say_issued, self._context), self._chosen_language)
        self.accept()

    def _on_save(self) -> None:
        assert self._shown is not None
        dialog = QFileDialog(self, tr("Save as a file…"), paper_name(self._number, self._shown.paper, self._shown.copy_number))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    def _on_file_chosen(self, name: str) -> None:
        save_paper(self._context, self._owner, self.papers.chosen, self._number, Path(name), self._chosen_language)
        self.accept()


def open_preview(context: RoomContext, parent: QWidget, number: str, paper: str = "job-card") -> Preview:
    """Show the papers of an order over the window of `parent`, which also owns what is printed from there."""
    preview = Preview(context, parent, number, paper)
    preview.open()
    return preview


def save_paper(context: RoomContext, owner: QObject, paper: str, number: str, path: Path, language: str | None = None) -> None:
    """Count the paper as a print and write it where a person chose; says so, or why not."""
    from db.commands.papers import RecordPrint

    context.perform(RecordPrint(number, paper, path.name), partial(_write, context, owner, paper, number, path, language), owner=owner)


def _write(context: RoomContext, owner: QObject, paper: str, number: str, path: Path, language: str | None, counted: dict[str, int]) -> None:
    from db.queries.papers import Printing

    printing = Printing(paper, context.clock(), context.person().name, int(counted["copy_number"]), language)
    engine = context.engine

    def work() -> Path:
        save_as(make_counted(engine, printing, number, None).pdf, path)
        return path

    context.runner.submit(owner, work, partial(_say_saved, context), partial(_say_trouble, context))


def _say_issued(context: RoomContext, issued: Issued) -> None:
    title = tr(PAPERS[issued.made.paper].title, "paper")
    file = str(issued.made.path)
    if issued.printer:
        context.navigator.toast(tr("{paper} of {number} is printed on {printer}", paper=title, number=issued.made.number, printer=issued.printer))
        return
    words = tr("{paper} of {number} is kept as {file}", paper=title, number=issued.made.number, file=file)
    if issued.trouble is not None:
        words = f"{said(issued.trouble)} {words}"
    context.navigator.toast(words, kind="info" if issued.trouble is None else "warn")


def _say_saved(context: RoomContext, path: Path) -> None:
    context.navigator.toast(tr("Saved as {file}", file=str(path)))


def _say_trouble(context: RoomContext, error: Exception) -> None:
    if isinstance(error, (Refusal, Environment)):
        context.navigator.toast(said(error), kind="bad")
    else:
        context.runner.failed.emit(error)
