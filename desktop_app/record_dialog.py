"""The form of a record: what looks like a slip is asked about, and a change by somebody else is shown before it is overwritten."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from desktop_app.form_dialog import FormDialog, takes
from desktop_app.i18n import tr
from desktop_app.i18n.live import say, say_plain
from desktop_app.widgets.abstract import AbstractQt
from desktop_app.widgets.choice import Choice, Tick
from desktop_app.widgets.dialog import MIDDLE
from desktop_app.widgets.field import BAD, WARN, Field
from desktop_app.widgets.icon_line import IconLine
from desktop_app.widgets.labels import Label
from desktop_app.widgets.scrolling import ScrollArea
from desktop_app.widgets.text_edits import LineEdit, NumberEdit
from desktop_app.widgets.time_edits import DateEdit, MomentEdit
from desktop_app.widgets.words_edit import WordsEdit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.rules.errors import Environment, Refusal
    from desktop_app.room import RoomContext


_AROUND = 176
"""Height of a form's title, foot, margins and a line of words, which always show."""
_LEAST = 120


class RecordDialog(FormDialog, metaclass=AbstractQt):
    """Subclasses place fields by name, give `command()`, and name in `fields_of` where a refusal belongs. `saved` carries the command's result."""

    saved = Signal(object)

    def __init__(self, context: RoomContext, parent: QWidget, title: str, icon: str = "", width: int = MIDDLE, save: str = "Save") -> None:
        super().__init__(parent, title, save, self._perform, width, icon=icon)
        self.context = context
        self.edits: dict[str, QWidget] = {}
        self._base: dict[str, Any] = {}
        self._kept_as_typed: dict[str, object] = {}
        inside = QWidget(self)
        self.grid = QGridLayout(inside)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(0)
        for column in range(12):
            self.grid.setColumnStretch(column, 1)
        self._area = _FormArea(inside, parent.window(), self)
        self.add_widget(self._area)
        self._status = IconLine(parent=self)
        self.footer_left.addWidget(self._status)

    def place(self, name: str, label: str, edit: QWidget, row: int, column: int, span: int, required: bool = False, hint: str = "") -> Field:
        """Put a field into the grid of twelve columns."""
        field = Field(label, edit, required, hint, parent=self)
        self.fields[name], self.edits[name] = field, edit
        self.grid.addWidget(field, row, column, 1, span)
        return field

    def add_tick(self, name: str, phrase: str, row: int, column: int, span: int) -> Tick:
        """Put a tick box into the grid."""
        tick = Tick(phrase, parent=self)
        self.edits[name] = tick
        self.grid.addWidget(tick, row, column, 1, span, Qt.AlignmentFlag.AlignVCenter)
        return tick

    def say_first(self, phrase: str, tone: str = "text", /, **values: object) -> None:
        """A paragraph above the fields."""
        label = Label("", "body", tone, wrap=True, parent=self)
        say(label.setText, phrase, **values)
        self.body.insertWidget(0, label)

    def add_heading(self, phrase: str, row: int) -> None:
        """A bold line over the fields below it."""
        label = Label("", "body", bold=True, parent=self)
        say(label.setText, phrase)
        self.grid.addWidget(label, row, 0, 1, 12)

    def grow(self) -> None:
        """Take the room that the fields need by now."""
        self._area.updateGeometry()
        self.adjustSize()

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show these values as what stands in the records; what differs from them later is a change."""
        for name, value in values.items():
            set_value(self.edits[name], value)
        self._base = {name: value_of(self.edits[name]) for name in values}

    def values(self) -> dict[str, Any]:
        """What the fields hold now."""
        return {name: value_of(edit) for name, edit in self.edits.items()}

    @property
    def changed(self) -> dict[str, Any]:
        """The fields that a person changed, with what they hold now."""
        now = self.values()
        return {name: now[name] for name in self._base if now[name] != self._base[name]}

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """What has to be put right before saving: field to phrase and its values. For subclasses."""
        return {}

    def doubts(self) -> dict[str, str]:
        """What is most likely a slip, field to what it holds: said at the field; a second F8 keeps it as typed. For subclasses."""
        return {}

    @abstractmethod
    def command(self) -> Any:
        """The command that saves what stands in the fields."""

    def acceptable(self) -> bool:
        """Whether it can be saved: else each field says what is wrong with it; a slip is asked about once."""
        unreadable = [name for name, edit in self.edits.items() if not takes(edit)]
        found = self.problems()
        for name, (phrase, values) in found.items():
            self.fields[name].set_hint(BAD, phrase, **values)
        faulty = [name for name in self.edits if name in found or name in unreadable]
        if faulty:
            self._say_faulty(len(faulty))
            self._go_to(faulty[0])
            return False
        doubtful = {name: typed for name, typed in self.doubts().items() if self._kept_as_typed.get(name) != typed}
        if doubtful:
            self._kept_as_typed.update(doubtful)
            self.ask_once_more(next(iter(doubtful)), "{count} to look at; F8 once more keeps it as typed", count=len(doubtful))
            return False
        say_plain(self._status.set_words, "")
        return True

    def mark(self, key: str, words: str) -> None:
        super().mark(key, words)
        self._say_faulty(1)

    def refused(self, error: Refusal | Environment) -> None:
        if error.code == "changed_meanwhile":
            self.yes.set_busy(False)
            self.reload()
        else:
            super().refused(error)

    def reload(self) -> None:
        """Read what somebody else has written meanwhile, and give it to `take_newer`. For subclasses whose records have versions."""

    def take_newer(self, values: Mapping[str, Any]) -> None:
        """Show what somebody else wrote: at once where nothing was typed, beside what was typed elsewhere; the next F8 keeps what stands here."""
        mine = self.changed
        told = []
        for name, value in values.items():
            edit = self.edits[name]
            before = self._base.get(name)
            if name not in mine:
                set_value(edit, value)
            self._base[name] = value_in(edit, value)
            if self._base[name] != before and name in self.fields:
                told.append(name)
                if name in mine and value_of(edit) != self._base[name]:
                    self.fields[name].set_hint(WARN, "meanwhile changed to: {words}", words=words_in(edit, value) or tr("nothing"))
                else:
                    self.fields[name].set_hint(WARN, "meanwhile changed")
        self._status.set_icon("triangle-alert", "warn", "text")
        say(self._status.set_words, "Changed by somebody else meanwhile; F8 saves what stands here")
        if told:
            self._go_to(told[0])

    def ask_once_more(self, name: str, phrase: str, **values: object) -> None:
        """Go to a field that can be kept as it is, and say beside the buttons what a second F8 does."""
        self._status.set_icon("triangle-alert", "warn", "text")
        say(self._status.set_words, phrase, **values)
        self._go_to(name)

    def _go_to(self, name: str) -> None:
        self.fields[name].setFocus(Qt.FocusReason.TabFocusReason)

    def _say_faulty(self, count: int) -> None:
        self._status.set_icon("circle-alert", "bad", "text")
        say(self._status.set_words, "{count} to put right", count=count)

    def _perform(self) -> None:
        self.context.perform(self.command(), self._on_saved, self.refused, owner=self)

    def _on_saved(self, result: Any) -> None:
        self.saved.emit(result)
        self.done_for_good()


class _FormArea(ScrollArea):
    """The fields: as high as they are, and scrolled where the window is too low for them; what has the focus is in sight."""

    def __init__(self, inside: QWidget, window: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._inside, self._window = inside, window
        self.setWidget(inside)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def sizeHint(self) -> QSize:
        wanted = self._inside.sizeHint()
        return QSize(wanted.width(), min(wanted.height(), max(_LEAST, self._window.height() - _AROUND)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width(), self.sizeHint().height())

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._inside.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, 28)


def set_value(edit: QWidget, value: Any) -> None:
    """Show a value as an edit's untouched content."""
    if isinstance(edit, Tick):
        edit.setChecked(bool(value))
    elif isinstance(edit, Choice):
        edit.choose(value)
    elif isinstance(edit, (NumberEdit, DateEdit, MomentEdit)):
        edit.set_value(value)
    elif isinstance(edit, (WordsEdit, LineEdit)):
        edit.set_text(value)
    else:
        edit.set_value(value)  # type: ignore[attr-defined]


def value_of(edit: QWidget) -> Any:
    """What an edit holds."""
    if isinstance(edit, Tick):
        return edit.isChecked()
    if isinstance(edit, Choice):
        return edit.chosen
    if isinstance(edit, (NumberEdit, DateEdit, MomentEdit)):
        return edit.value
    if isinstance(edit, WordsEdit):
        return edit.text.strip()
    if isinstance(edit, LineEdit):
        return edit.text().strip()
    return edit.value  # type: ignore[attr-defined]


def value_in(edit: QWidget, value: Any) -> Any:
    """A value as this edit would hold it."""
    return value.strip() if isinstance(value, str) and isinstance(edit, (WordsEdit, LineEdit)) else value


def words_in(edit: QWidget, value: Any) -> str:
    """A value as this edit writes it."""
    if isinstance(edit, Choice):
        return next((edit.itemText(index) for index in range(edit.count()) if edit.itemData(index) == value), "")
    if value is None:
        return ""
    if isinstance(edit, NumberEdit) and isinstance(value, int):
        return edit.written(value)
    return str(value)
