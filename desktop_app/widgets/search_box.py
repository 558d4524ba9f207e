"""A search field whose findings come while one types, below it, and are taken by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from desktop_app.i18n import tr
from desktop_app.widgets.result_list import Result, ResultPopup
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from desktop_app.tasks.runner import Runner

class SearchBox(LineEdit):
    """Give `find`: it runs on a pool thread with what was typed and returns the findings. ↑↓ choose, Enter takes, Esc closes.

    It is asked at once at every key, or, while an answer is under way, when that has come: one question at a time, always the newest.
    An answer to an older question never shows. After a choice the field is empty again (unless `keep`), and keeps the focus.
    """

    chosen = Signal(object)
    """The value of the finding that a person took."""
    nothing_chosen = Signal(str)
    """What stands in the field when Enter is pressed and nothing was found."""

    def __init__(
        self, runner: Runner, find: Callable[[str], Sequence[Result]], icon: str = "search", keys: str = "", least: int = 1, keep: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(icon=icon, keys=keys, parent=parent)
        self._runner, self._find, self._least, self._keep = runner, find, least, keep
        self._popup: ResultPopup | None = None
        self._ticket = 0
        self._asking = False
        self._answered = ""
        self._enter_waits = False
        self._quiet = False
        self.set_enter_moves_on(False)
        self.textChanged.connect(self._on_text)

    @property
    def popup_open(self) -> bool:
        """Whether findings are showing."""
        return self._popup is not None and self._popup.isVisible()

    @property
    def results(self) -> Sequence[Result]:
        """The findings that are showing."""
        return self._popup.list.results if self._popup is not None and self.popup_open else ()

    def close_popup(self) -> None:
        """Take the findings away."""
        self._runner.forget(self._ticket)
        self._asking = False
        self._enter_waits = False
        if self._popup is not None:
            self._popup.hide()

    def look_for(self, words: str) -> None:
        """As if these words were typed in the place of what stands there, and Enter pressed."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.type_over(words)
        self._enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if self._popup is not None and self.popup_open:
                self._popup.list.step(1 if key == Qt.Key.Key_Down else -1)
            elif key == Qt.Key.Key_Down:
                self._ask()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not self.composing:
                self._enter()
        elif key == Qt.Key.Key_Escape and self.popup_open:
            self.close_popup()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_popup()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.close_popup()

    def _on_text(self, words: str) -> None:
        if self._quiet:
            return
        if len(words.strip()) < self._least:
            self.close_popup()
        else:
            self._ask()

    def _ask(self) -> None:
        asked = self.text().strip()
        if len(asked) < self._least or self._asking:
            return
        self._asking = True
        self._ticket = self._runner.submit(self, lambda: (asked, list(self._find(asked))), self._show, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._asking = False
        self._runner.failed.emit(error)

    def _show(self, answer: tuple[str, list[Result]]) -> None:
        asked, results = answer
        self._asking = False
        if asked != self.text().strip():
            self._ask()
            return
        self._answered = asked
        if not self.hasFocus():
            return
        if self._popup is None:
            self._popup = ResultPopup(self)
            self._popup.list.chosen.connect(self._take)
        self._popup.note = "" if results else tr("Nothing found for “{words}”", words=asked)
        self._popup.list.show_results(results, asked)
        self._popup.place()
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    def _enter(self) -> None:
        asked = self.text().strip()
        if len(asked) < self._least:
            return
        if asked != self._answered or not self.popup_open:
            # Enter was faster than the answer: it holds for the answer to what stands there now.
            self._enter_waits = True
            self._ask()
        elif self._popup is None or not self._popup.list.choose_current():
            self.nothing_chosen.emit(asked)

    def _take(self, value: object, _apart: bool) -> None:
        self.close_popup()
        self._answered = ""
        if not self._keep:
            self._quiet = True
            # Not clear(): what was taken is no step that Ctrl+Z should bring back.
            self.setText("")
            self._quiet = False
        self.chosen.emit(value)
