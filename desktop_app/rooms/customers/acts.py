"""What can be done with the file that shows: each act by its name, from a row, a key, a button or the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from db.commands.customers import ChangeCustomer, EraseCustomer
from db.commands.merging import Unmerge
from db.commands.vehicles import ChangeVehicle, SetFate
from db.engine import reading
from db.queries.customer_file import CustomerFile, PhoneRow, VehicleTie, customer_file
from db.queries.keeping_up import insurers
from db.queries.vehicle_sheet import TieRow, VehicleSheet, vehicle_sheet
from db.rules.record_words import VehicleFate
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.rooms.customers.car_dialogs import FormerPlateDialog, PlateDialog, PolicyDialog, ReadingDialog
from desktop_app.rooms.customers.customer_dialog import CustomerDialog
from desktop_app.rooms.customers.person_dialog import PersonDialog, TieDialog
from desktop_app.rooms.customers.told_dialogs import BasisDialog, HistoryDialog
from desktop_app.rooms.customers.vehicle_dialog import VehicleDialog
from desktop_app.rooms.customers.words import FATES, person_words, phone_words, plate_words
from desktop_app.talk_dialogs import ClosePromiseDialog, PromiseDialog, TalkDialog, open_talk
from desktop_app.widgets.dialog import ask
from desktop_app.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from desktop_app.room import RoomContext
    from desktop_app.rooms.customers.list_page import ListPage
    from desktop_app.rooms.customers.view import View


class Acts(QObject):
    """Does what `asked` signals of the page name. Commands go through the frame; what can be undone says so in its toast."""

    def __init__(self, context: RoomContext, view: View, page: ListPage) -> None:
        super().__init__(view)
        self._context, self._view, self._page = context, view, page
        page.asked.connect(self.do)

    def do(self, name: str, value: object = None) -> None:
        """Do an act: the method of that name, with the row's value where it has one."""
        method: Callable[..., object] = getattr(self, f"_do_{name}")
        if value is None:
            method()
        else:
            method(value)

    def _do_open_order(self, order_id: int) -> None:
        self._context.navigator.open_order(order_id)

    def _do_open_customer(self, customer_id: int) -> None:
        self._page.open_record("customer", customer_id)

    def _do_open_vehicle(self, vehicle_id: int) -> None:
        self._page.open_record("vehicle", vehicle_id)

    def _do_offers(self) -> None:
        self._context.navigator.show_room("recommendations")

    def _do_basis(self) -> None:
        if self._page.sheet is not None:
            BasisDialog(self._page.sheet, self._view).open()

    def _do_history(self) -> None:
        if self._page.shown is not None:
            HistoryDialog(self._context, *self._page.shown, self._name(), self._view).open()

    def _do_edit(self, _value: object = None) -> None:
        shown = self._page.shown
        if shown is not None:
            self.do("edit_vehicle" if shown[0] == "vehicle" else "edit_customer", shown[1])

    def _do_edit_vehicle(self, vehicle_id: int) -> None:
        engine, now = self._context.engine, self._context.clock()

        def work() -> VehicleSheet:
            with reading(engine) as session:
                return vehicle_sheet(session, vehicle_id, now)

        self._context.runner.submit(self, work, self._open_vehicle_form)

    def _open_vehicle_form(self, sheet: VehicleSheet) -> None:
        dialog = VehicleDialog(self._context, sheet, self._view)
        name = plate_words(sheet.car.plate, sheet.car.vin)

        def undo(result: dict[str, Any]) -> Callable[[], None]:
            # Asked only now: what somebody else wrote while the form was open stood there before as well.
            before = dialog.before
            assert before is not None
            return lambda: self._put_back(ChangeVehicle(result["vehicle_id"], result["version"], before))

        dialog.saved.connect(lambda result: self._say(tr("{name} changed", name=name), undo(result)))
        dialog.open()

    def _do_edit_customer(self, customer_id: int) -> None:
        engine, now = self._context.engine, self._context.clock()

        def work() -> CustomerFile:
            with reading(engine) as session:
                return customer_file(session, customer_id, now)

        self._context.runner.submit(self, work, self._open_customer_form)

    def _open_customer_form(self, file: CustomerFile) -> None:
        dialog = CustomerDialog(self._context, file, self._view)

        def undo(result: dict[str, Any]) -> Callable[[], None]:
            # Asked only now: what somebody else wrote while the form was open stood there before as well.
            before = dialog.before
            assert before is not None
            return lambda: self._put_back(ChangeCustomer(result["customer_id"], result["version"], before))

        dialog.saved.connect(lambda result: self._say(tr("{name} changed", name=file.name or tr("no name")), undo(result)))
        dialog.open()

    def _put_back(self, command: ChangeVehicle | ChangeCustomer) -> None:
        self._context.perform(command, lambda _result: self._say(tr("Changed back")))

    def _do_new_customer(self) -> None:
        dialog = CustomerDialog(self._context, None, self._view)
        dialog.saved.connect(self._on_customer_added)
        dialog.open()

    def _on_customer_added(self, result: dict[str, Any]) -> None:
        self._page.open_record("customer", result["customer_id"])
        self._say(tr("Customer added"))

    def _do_add_vehicle(self) -> None:
        file = self._page.file
        dialog = VehicleDialog(self._context, None, self._view, None if file is None else file.customer_id)
        dialog.saved.connect(self._on_vehicle_added)
        dialog.open()

    def _on_vehicle_added(self, result: dict[str, Any]) -> None:
        self._page.open_record("vehicle", result["vehicle_id"])
        self._say(tr("Vehicle added"))

    def _do_plate_row(self, plate_id: int) -> None:
        sheet = self._page.sheet
        row = next((row for row in sheet.plates if row.plate_id == plate_id), None) if sheet is not None else None
        if row is not None and row.until is None:
            self._do_plate()
        elif row is not None:
            dialog = FormerPlateDialog(self._context, row, self._view)
            dialog.saved.connect(lambda _result: self._say(tr("{name} changed", name=plate_words(row.plate, ""))))
            dialog.open()

    def _do_plate(self) -> None:
        if self._page.sheet is not None:
            dialog = PlateDialog(self._context, self._page.sheet, self._view)
            dialog.saved.connect(lambda result: self._say(tr("It bears {plate} now", plate=plate_words(result["plate"], ""))))
            dialog.open()

    def _do_person(self) -> None:
        if self._page.sheet is not None:
            dialog = PersonDialog(self._context, self._page.sheet, self._view)
            dialog.saved.connect(lambda _result: self._say(tr("Owner and users changed")))
            dialog.open()

    def _do_tie(self, tie: TieRow | VehicleTie) -> None:
        name = person_words(tie.name, tie.title) if isinstance(tie, TieRow) else plate_words(tie.vehicle.plate, tie.vehicle.vin)
        dialog = TieDialog(self._context, tie, name, self._view, self._page.today())
        dialog.saved.connect(lambda _result: self._say(tr("{name} changed", name=name)))
        dialog.open()

    def _do_reading(self) -> None:
        if self._page.sheet is not None:
            dialog = ReadingDialog(self._context, self._page.sheet, self._view)
            dialog.saved.connect(lambda _result: self._say(tr("Reading written down")))
            dialog.open()

    def _do_add_policy(self) -> None:
        self._open_policy(None)

    def _do_policy(self, policy_id: int) -> None:
        self._open_policy(policy_id)

    def _open_policy(self, policy_id: int | None) -> None:
        sheet, engine = self._page.sheet, self._context.engine
        if sheet is None:
            return

        def work() -> list[tuple[str, tuple[str, str, str]]]:
            with reading(engine) as session:
                return insurers(session)

        def show(found: list[tuple[str, tuple[str, str, str]]]) -> None:
            row = next((row for row in sheet.policies if row.policy_id == policy_id), None)
            dialog = PolicyDialog(self._context, sheet, row, found, self._view)
            dialog.saved.connect(lambda _result: self._say(tr("Policy saved")))
            dialog.open()

        self._context.runner.submit(self, work, show)

    def _do_contact(self, contact_id: int) -> None:
        open_talk(self._context, self._view, contact_id)

    def _do_talk(self, _value: object = None) -> None:
        customer_id, vehicle_id, name = self._with_whom()
        if customer_id is None and vehicle_id is None:
            return
        dialog = TalkDialog(self._context, customer_id, vehicle_id, name, self._view)
        dialog.saved.connect(lambda _result: self._say(tr("Talk written down")))
        dialog.open()

    def _do_new_promise(self) -> None:
        customer_id, vehicle_id, name = self._with_whom()
        if customer_id is None:
            self._context.navigator.toast(tr("Nobody is known who owns it"), kind="warn")
            return
        dialog = PromiseDialog(self._context, customer_id, vehicle_id, name, self._view)
        dialog.saved.connect(lambda _result: self._say(tr("Promise written down")))
        dialog.open()

    def _do_promise(self, promise_id: int) -> None:
        file, sheet = self._page.file, self._page.sheet
        rows = file.promises if file is not None else sheet.promises if sheet is not None else ()
        row = next((row for row in rows if row.promise_id == promise_id and row.state == "open"), None)
        if row is not None:
            dialog = ClosePromiseDialog(self._context, row, self._view)
            dialog.saved.connect(lambda _result: self._say(tr("Promise closed")))
            dialog.open()

    def _do_voucher(self, _voucher_id: object) -> None:
        self._do_check_in()

    def _do_detail(self, _label: object) -> None:
        self._do_edit()

    def _do_call(self) -> None:
        """C and F8: the number goes to the clipboard, and while it rings the call that is due opens, else a talk to be written down."""
        number = self.number_to_call()
        if number is None:
            self._context.navigator.toast(tr("No phone number is known"), kind="warn")
            return
        self._do_call_number(number)

    def _do_call_number(self, number: PhoneRow) -> None:
        words = phone_words(number, self._context.region())
        QGuiApplication.clipboard().setText(number.e164 or number.typed)
        self._context.navigator.toast(tr("{number} is on the clipboard", number=words), kind="info")
        due = self._due_call()
        if due is not None:
            self._do_contact(due)
        else:
            self._do_talk()

    def _due_call(self) -> int | None:
        """The contact that has been due longest on the file that shows."""
        shown = self._page.sheet or self._page.file
        today = formats().local(self._context.clock()).date()
        waiting = [row for row in (shown.contacts if shown is not None else ()) if row.done_at is None]
        due = [(row.due_on, row.contact_id) for row in waiting if row.due_on is not None and row.due_on <= today]
        return min(due)[1] if due else None

    def number_to_call(self) -> PhoneRow | None:
        """The number that C calls."""
        sheet, file = self._page.sheet, self._page.file
        if sheet is not None and sheet.to_call is not None:
            return sheet.to_call[1]
        return file.phones[0] if file is not None and file.phones else None

    def _do_check_in(self) -> None:
        shown = self._page.shown
        if shown is not None and shown[0] == "vehicle":
            self._context.navigator.new_check_in(vehicle_id=shown[1])
        elif shown is not None:
            self._context.navigator.new_check_in(customer_id=shown[1], text=self._name())

    def _do_book(self) -> None:
        shown = self._page.shown
        if shown is not None:
            self._context.navigator.new_check_in(book=True, **{f"{shown[0]}_id": shown[1]}, text=self._name())

    def _do_fate(self, fate: VehicleFate) -> None:
        sheet = self._page.sheet
        if sheet is None or sheet.car.fate == fate.value:
            return
        before = VehicleFate(sheet.car.fate)

        def done(result: dict[str, Any]) -> None:
            back = SetFate(result["vehicle_id"], result["version"], before)
            self._say(tr(dict(FATES)[fate], "vehicle state"), lambda: self._context.perform(back, owner=self))

        self._context.perform(SetFate(sheet.car.vehicle_id, sheet.car.version, fate), done, owner=self)

    def _do_unmerge(self, merge_id: int) -> None:
        ask(
            self._view, "Take this merge apart?", "Each record gets back what was its own. What came since stays with the one that was kept.", "Take apart",
            lambda: self._context.perform(Unmerge(merge_id), lambda _result: self._say(tr("Taken apart again")), owner=self), danger=False,
        )  # fmt: skip

    def _do_erase(self) -> None:
        file = self._page.file
        if file is None:
            return
        ask(
            self._view, "Erase {name} for good?",
            "Name, phones, address and talks go, from the history too; orders and money stay. This can't be undone.",
            "Erase", lambda: self._context.perform(EraseCustomer(file.customer_id, file.version), lambda _result: self._say(tr("Erased")), owner=self),
            name=file.name or tr("no name"),
        )  # fmt: skip

    def _do_doubles(self) -> None:
        self._view.show_doubles()

    def _do_doubles_of(self) -> None:
        if self._page.shown is not None:
            self._view.show_doubles(*self._page.shown)

    def menu(self) -> QMenu:
        """F10: all acts on the file that shows."""
        menu = Menu(self._view)

        def add(words: str, name: str, value: object = None, keys: str = "", on: bool = True) -> None:
            act = menu.addAction(words + (f"\t{keys}" if keys else ""))
            act.setEnabled(on)
            act.setData((name, value))

        sheet, file = self._page.sheet, self._page.file
        add(tr("Change"), "edit", keys="F4", on=(sheet is not None or file is not None))
        if sheet is not None:
            add(tr("Give it another plate"), "plate")
            add(tr("Change the owner or add a user"), "person")
            add(tr("Write down a reading"), "reading")
            add(tr("Add a policy"), "add_policy")
            fates = menu.addMenu(tr("What became of it"))
            for fate, phrase in FATES:
                act = fates.addAction(tr(phrase, "vehicle state"))
                act.setCheckable(True)
                act.setChecked(sheet.car.fate == fate.value)
                act.setData(("fate", fate))
        if file is not None:
            add(tr("Add a vehicle"), "add_vehicle")
        if sheet is not None or file is not None:
            add(tr("Write down a talk"), "talk")
            add(tr("Promise something"), "new_promise")
            add(tr("History"), "history")
            menu.addSeparator()
            add(tr("Look for doubles of it"), "doubles_of")
        add(tr("All possible doubles"), "doubles")
        if file is not None:
            menu.addSeparator()
            add(tr("Erase for good"), "erase", on=file.erased_at is None)
        menu.triggered.connect(self._on_menu)
        return menu

    def _on_menu(self, act: Any) -> None:
        if act.data() is not None:
            self.do(*act.data())

    def _with_whom(self) -> tuple[int | None, int | None, str]:
        """The customer and vehicle that a talk is about, and the name."""
        sheet, file = self._page.sheet, self._page.file
        if file is not None:
            return file.customer_id, None, file.name
        if sheet is None:
            return None, None, ""
        who = sheet.to_call[0] if sheet.to_call is not None else sheet.owner
        return (None, sheet.car.vehicle_id, "") if who is None else (who.customer_id, sheet.car.vehicle_id, person_words(who.name, who.title))

    def _name(self) -> str:
        sheet, file = self._page.sheet, self._page.file
        if sheet is not None:
            return plate_words(sheet.car.plate, sheet.car.vin)
        return file.name if file is not None else ""

    def _say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        self._context.navigator.toast(words, undo=undo)
