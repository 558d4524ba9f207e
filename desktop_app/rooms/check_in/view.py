"""The check-in room (接車) as keys and the frame around the rooms use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.rooms.check_in.desk_and_form import DeskAndForm
from desktop_app.rooms.check_in.order_opening import CHECK_IN_SHEET, JOB_CARD

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QKeyEvent

    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.form_page import FormPage

ROOM_KEY = "check_in"
_NEED_A_FORM = frozenset({"main_act", "print", "next_section", "previous_section", "back"})
CLOSE_MS = 500
"""How long a closing window waits for its form to reach the disk."""
_CONCERNED = frozenset({"work_order", "appointment", "vehicle", "customer", "promise", "recommendation"})


class View(DeskAndForm):
    """Desk and form. The form is a draft from the first key on; F8 makes it an order."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self.opening.taken_back.connect(self._on_taken_back)

    def _connect(self, page: FormPage) -> None:
        super()._connect(page)
        page.strip.open_wanted.connect(self.show_alerts)
        page.park.clicked.connect(self.back_out)
        page.paper.clicked.connect(self.print_paper)
        page.save.clicked.connect(self.main_act)

    def shown(self) -> None:
        """The room came to the front."""
        if not self.in_form:
            self.desk.reload()
            self.desk.finder.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self, subjects: Collection[str] | None) -> None:
        """Records changed, here or at another PC."""
        if subjects is None or _CONCERNED & set(subjects):
            self.desk.reload()

    def context_words(self) -> str:
        """Beside the room's title."""
        now = formats().local(self._context.clock())
        who = tr("returning car") if self._sheet is not None else tr("new car")
        day = f"{formats().day(now)} {formats().weekday(now)} {now:%H:%M}"
        return f"{who} · {day}" if self.in_form else day

    def kept_words(self) -> str:
        """What is safe of the form, for the report of a fault."""
        return tr("The check-in form is kept as a draft.") if self.in_form else ""

    def new_record(self) -> None:
        """Ctrl+N: a car that is not known yet."""
        self._take_new("")

    def new_check_in(self, **start: Any) -> None:
        """Begin a check-in with what another room knows already, or (`book`) make an appointment of it."""
        if start.get("book"):
            self.desk.new_appointment(start.get("vehicle_id"), start.get("customer_id"), str(start.get("text") or ""))
            return
        if self.in_form:
            self._put_aside()
        if start.get("draft_key"):
            self.choice.take_kept(str(start["draft_key"]), int(start["vehicle_id"]))
        elif start.get("vehicle_id") is not None:
            self.choice.take_vehicle(int(start["vehicle_id"]))
        else:
            self._show_desk()
            if start.get("text"):
                self.desk.finder.setText(str(start["text"]))

    def open_record(self, subject: str, record_id: int) -> None:
        """Show an appointment on the desk."""
        if subject != "appointment":
            return
        if self.in_form:
            self._put_aside()
        self.desk.show_appointment(record_id)

    def offers(self, key: str) -> bool:
        """The empty desk takes a new car, an appointment, and its newest act back; all else needs a form."""
        if key == "undo":
            return self.last_act.can_undo and not self.in_form
        if key == "more":
            return self.in_form and bool(self.alerts.open_alerts)
        if key in _NEED_A_FORM or (key.startswith("check_in.") and key != "check_in.appointment"):
            return self.in_form
        return True

    def more_acts(self) -> None:
        """F10: what can be done about the alert that has the focus, else about the worst."""
        if self.in_form:
            if not self.page.is_wide and not self.page.host.is_open:
                self.page.host.open_panel()
            self.alerts.open_menu()

    def take_scan(self, kind: str, code: str) -> bool:
        """A VIN is a car, while no form is open; on an open form the code of a part, an operation or a package is its line."""
        if kind == "vin":
            if self.in_form:
                return False
            self.desk.finder.setText(code)
            self.desk.finder.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if kind == "other" and self.in_form:
            self.lines.add_scanned(code)
            return True
        return False

    def filter_focus(self) -> None:
        """Ctrl+F: the search of the desk, or the items' finder."""
        (self.lines.finder if self.in_form else self.desk.finder).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_section(self, step: int) -> None:
        """F6 and Shift+F6."""
        if not self.in_form:
            return
        self.page.step(step)

    def catalogue_here(self) -> bool:
        """F7: the catalogue to take items from, while a car is being checked in."""
        if self.in_form:
            self.lines.show_reference()
        return self.in_form

    def act(self, key: str) -> None:
        """One of the room's verbs."""
        if not self.in_form:
            if key == "check_in.appointment":
                self.desk.new_appointment()
            return
        match key:
            case "check_in.promise":
                self.promise.when.setFocus(Qt.FocusReason.ShortcutFocusReason)
            case "check_in.alerts":
                self.show_alerts()
            case "check_in.person":
                self.ask_person()
            case "check_in.on_paper":
                self.signature.on_paper.toggle()
            case "check_in.enlarge":
                self.walk.enlarge()
            case "check_in.appointment":
                self.desk.new_appointment()
            case _ if key.startswith("check_in.section"):
                self.page.stops()[int(key[-1]) - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def back_out(self) -> bool:
        """Esc: close the drawer, else put the form aside as a draft; nothing is lost."""
        if self._page is not None and self._page.host.is_open:
            self._page.host.close_panel()
            return True
        if self.in_form:
            self._put_aside()
            return True
        return False

    def main_act(self) -> None:
        """F8: open the order and print its job card, or say all that is missing at once."""
        self._open_order((JOB_CARD,))

    def print_paper(self) -> None:
        """F9: the same, with the check-in sheet beside the job card."""
        self._open_order((JOB_CARD, CHECK_IN_SHEET))

    def undo(self) -> None:
        """Ctrl+Z on the desk takes the newest act made there back: a check-in, or what was done to an appointment."""
        if not self.in_form:
            self.last_act.undo()

    def show_alerts(self) -> None:
        """Alt+A: in a narrow window the drawer with car and alerts, else the focus onto the first."""
        if not self.page.is_wide:
            self.page.host.open_panel()
        self.alerts.focus_first()

    def before_close(self) -> str:
        """What stands in the form goes to the disk; words for what can't be written just now, so that closing would lose it."""
        words = [] if self._keeper.finish(CLOSE_MS) else [tr("A check-in form can't be kept just now: closing loses what was typed last")]
        if photos := self.lost_with_room():
            words.append(photos)
        return "\n".join(words)

    def lost_with_room(self) -> str:
        """Photos that are being read; what was typed is kept and written by whoever outlives the room."""
        if self._page is None or not self.walk.being_read:
            return ""
        return tr("{count} photos are being read: closing loses them", count=self.walk.being_read)

    def _on_taken_back(self, draft_key: str, vehicle_id: int) -> None:
        self._context.navigator.show_room(ROOM_KEY)
        self.new_check_in(draft_key=draft_key, vehicle_id=vehicle_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.main_act()
            return
        if event.key() == Qt.Key.Key_T and not event.modifiers() and self.in_form:
            # Reaches the room only from what takes no text: a list, a drawing, a chip.
            self.act("check_in.promise")
            return
        super().keyPressEvent(event)
