"""The room Customers and vehicles: the list with the chosen file, and the page on which doubles become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop_app.i18n import tr
from desktop_app.room import records_touch
from desktop_app.rooms.customers.acts import Acts
from desktop_app.rooms.customers.list_page import ListPage
from desktop_app.rooms.customers.merge_page import MergePage
from desktop_app.rooms.customers.words import phone_words, totals_words
from desktop_app.widgets.action_bar import ActionBar
from desktop_app.widgets.buttons import PRIMARY, Button

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QKeyEvent

    from desktop_app.room import RoomContext

SHOWN_SUBJECTS = frozenset({
    "customer", "customer_phone", "vehicle", "vehicle_plate", "ownership", "odometer_reading", "policy", "contact", "promise", "voucher", "merge",
    "work_order", "settlement", "payment", "recommendation", "inspection_result", "shop", "double_dismissed",
})  # fmt: skip
"""Tables whose changes this room shows."""


class View(QWidget):
    """The room's widget; see `desktop_app.room.Room` for what the frame calls."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self._context = context
        self._loaded = False
        self._opened_record = False
        self.list = ListPage(context, self)
        self.merge: MergePage | None = None
        self.acts = Acts(context, self, self.list)
        self.list.chosen_changed.connect(self._on_chosen)
        self.list.letter.connect(self._on_letter)
        self.bar = ActionBar(self)
        self.bar.say_status("save", "text2", "Every change is saved at once")
        self._edit = self.bar.add(Button("Change", icon="pencil", keys="F4"))
        self._more = self.bar.add(Button("More acts", icon="ellipsis", keys="F10"))
        self._book = self.bar.add(Button("Book", icon="calendar-plus", keys="B"))
        self._check_in = self.bar.add(Button("Check in", icon="log-in", keys="F2"))
        self._call = self.bar.add(Button("Call", PRIMARY, "phone", "F8", "big"))
        for button, slot in (
            (self._edit, self._on_edit), (self._more, self.more_acts), (self._book, self._on_book), (self._check_in, self._on_check_in),
            (self._call, self.main_act),
        ):  # fmt: skip
            button.clicked.connect(slot)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self.bar)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)
        self._on_chosen()

    @property
    def merging(self) -> bool:
        """Whether the page of doubles is in front."""
        return self.merge is not None and self._stack.currentWidget() is self.merge

    def shown(self) -> None:
        """The room comes to the front."""
        if not self._loaded:
            self._loaded = True
            self.list.reload()
            if not self._opened_record:
                self.list.focus_search()
        elif not self.isAncestorOf(self.focusWidget() or self.window()):
            self.list.focus_list()

    def reload(self, subjects: Collection[str] | None) -> None:
        """Records changed."""
        if self._loaded and records_touch(subjects, SHOWN_SUBJECTS):
            self.list.reload()
            if self.merging and self.merge is not None and subjects is None:
                self.merge.reload()

    def open_record(self, subject: str, record_id: int) -> None:
        """Show a vehicle's or a customer's file."""
        if subject not in ("vehicle", "customer"):
            return
        self._opened_record = not self._loaded
        self.show_list()
        self.list.open_record(subject, record_id)
        self.list.focus_list()

    def main_act(self) -> None:
        """F8: call; on the page of doubles merge."""
        if self.merging and self.merge is not None:
            self.merge.merge()
        else:
            self.acts.do("call")

    def act(self, key: str) -> None:
        """One of the room's verbs."""
        match key:
            case "customers.table":
                self.list.vehicle.set_table()
            case "customers.history":
                self.acts.do("history")
            case "customers.doubles":
                self.show_doubles()
            case "customers.edit":
                self.acts.do("edit")
            case "customers.call":
                self.acts.do("call")
            case "customers.book":
                self.acts.do("book")

    def offers(self, key: str) -> bool:
        """What acts on a file needs one in front."""
        if key == "customers.differ":
            return self.merging
        if key == "main_act":
            return self.merging or self.list.shown is not None
        if key == "customers.table":
            return not self.merging and self.list.sheet is not None
        if key.startswith("customers.") and key != "customers.doubles":
            return not self.merging and self.list.shown is not None
        return key != "more" or not self.merging

    def new_record(self) -> None:
        """Ctrl+N: a new customer."""
        self.show_list()
        self.acts.do("new_customer")

    def check_in_here(self) -> bool:
        """F2: check in the car or the customer whose file shows."""
        if self.merging or self.list.shown is None:
            return False
        self.acts.do("check_in")
        return True

    def filter_focus(self) -> None:
        """Ctrl+F and /."""
        self.show_list()
        self.list.focus_search()

    def more_acts(self) -> None:
        """F10."""
        if self.merging:
            return
        menu = self.acts.menu()
        menu.popup(self._more.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))
        menu.setActiveAction(menu.actions()[0])

    def next_section(self, step: int) -> None:
        """F6 and Shift+F6."""
        if self.merging and self.merge is not None:
            self.merge.step_section(step)
        else:
            self.list.step_section(step)

    def back_out(self) -> bool:
        """Esc: out of the doubles, back from a customer to the car, out of the file, filters away."""
        if self.merging:
            self.show_list()
            self.list.focus_list()
            return True
        if self.list.in_file:
            if not self.list.go_back():
                self.list.focus_list()
            return True
        if self.list.filters.active:
            self.list.filters.clear()
            return True
        return self.list.go_back()

    def set_density(self, dense: bool) -> None:
        """Higher or lower rows."""
        self.list.table.set_dense(dense)

    def take_scan(self, kind: str, code: str) -> bool:
        """A VIN is looked for."""
        if kind != "vin":
            return False
        self.show_list()
        self.list.search.setText(code)
        self.list.focus_list()
        return True

    def context_words(self) -> str:
        """Beside the room's title."""
        if self.merging and self.merge is not None:
            return self.merge.words()
        vehicles, people = self.list.counts()
        return totals_words(vehicles, people) if vehicles.number or people.number else ""

    def show_list(self) -> None:
        """Back to the list."""
        if self.merging:
            self._stack.setCurrentIndex(0)
            self._context.navigator.title_changed()

    def show_doubles(self, subject: str = "customer", only: int | None = None) -> None:
        """The page of doubles: of all records of a kind, or of one."""
        if self.merge is None:
            self.merge = MergePage(self._context, self)
            self.merge.left.connect(self.back_out)
            self.merge.changed.connect(self._context.navigator.title_changed)
            self._stack.addWidget(self.merge)
        self._stack.setCurrentWidget(self.merge)
        self.merge.show_doubles(subject, only)
        self.merge.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.navigator.title_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if bare and event.key() == Qt.Key.Key_F4 and not self.merging:
            self.acts.do("edit")
        elif bare and event.key() in (Qt.Key.Key_C, Qt.Key.Key_B) and not self.merging:
            self._on_letter(event.text().upper())
        else:
            super().keyPressEvent(event)

    def _on_letter(self, letter: str) -> None:
        if letter == "C":
            self.acts.do("call")
        elif letter == "B":
            self.acts.do("book")

    def _on_edit(self) -> None:
        self.acts.do("edit")

    def _on_book(self) -> None:
        self.acts.do("book")

    def _on_check_in(self) -> None:
        self.acts.do("check_in")

    def _on_chosen(self) -> None:
        number = self.acts.number_to_call()
        some = self.list.shown is not None
        for button in (self._edit, self._book, self._check_in):
            button.setEnabled(some)
        self._call.setEnabled(number is not None)
        if number is not None:
            self._call.set_phrase("Call {number}", number=_Number(self._context, number))
        else:
            self._call.set_phrase("Call")
        self._context.navigator.title_changed()


class _Number:
    """A number in words, asked for each time that they are said."""

    def __init__(self, context: RoomContext, number: Any) -> None:
        self._context, self._number = context, number

    def __call__(self) -> str:
        return phone_words(self._number, self._context.region()) or tr("no phone")
