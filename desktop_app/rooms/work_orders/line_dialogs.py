"""What an act on lines asks for: a new line, other values, the payer, which of four it is, how it is split, the customer's yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from db.commands.order_arranging import SplitBy
from db.commands.set_aside import Withdrawal
from db.engine import reading
from db.queries.catalogue import find_items
from db.rules.order_life import Payer
from db.rules.record_words import AuthorisedHow
from desktop_app.form_dialog import FormDialog, Wrong, refuse_wrong
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.state_words import LINE_KINDS, PAYERS, state_word
from desktop_app.record_words import WORDS
from desktop_app.widgets.cells import Number
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.choice_list import ChoiceList
from desktop_app.widgets.dialog import MIDDLE, Dialog
from desktop_app.widgets.labels import Label
from desktop_app.widgets.pill import line_kind_sem
from desktop_app.widgets.result_list import Result
from desktop_app.widgets.scrolling import ScrollArea
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.text_edits import LineEdit, MoneyEdit, NumberEdit
from desktop_app.widgets.time_edits import DateEdit, MomentEdit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from db.queries.catalogue import CatalogueItem, ListEntry
    from db.queries.order_file import LineRow, OrderFile
    from desktop_app.room import RoomContext
    from desktop_app.units import Units


class ItemDialog(Dialog):
    """Finds a package, operation or part by code, name or pinyin, or takes a sublet or fee in one's own words.

    What is chosen goes out at once and the field is empty again, so that several follow each other.
    """

    item_chosen = Signal(object)
    """A CatalogueItem."""
    own_words = Signal(str, str, object)
    """sublet or fee, the words, the price in fen."""
    scanned = Signal(str)
    """The code of an item, by a scanner."""

    def __init__(self, context: RoomContext, parent: QWidget, power_train: str) -> None:
        super().__init__(parent, "Add lines", "plus", width=MIDDLE)
        self._context, self._power_train = context, power_train
        self.search = SearchBox(context.runner, self._find, keys="Enter", parent=self)
        self.search.set_placeholder("Code, name or pinyin")
        self.search.chosen.connect(self.item_chosen)
        self.body.addWidget(self.search)
        self._added = Label("", "small", "ok", wrap=True, parent=self)
        self.body.addWidget(self._added)
        self.add_text("Not in the catalogue: a sublet or a fee in your own words", "text2")
        self.kind = Choice(parent=self)
        for kind in ("sublet", "fee"):
            self.kind.add_phrase(kind, LINE_KINDS[kind], "line_kind")
        self.kind.choose("sublet")
        self.words = LineEdit(parent=self)
        self.words.set_placeholder("What is done")
        self.price = MoneyEdit(0, parent=self)
        for edit, name in ((self.kind, "Kind"), (self.words, "What is done"), (self.price, "Price")):
            edit.setAccessibleName(tr(name))
            self.body.addWidget(edit)
        self.add_button("Close", self.accept, keys="Esc")
        self.add_button("Add in own words", self._on_own, keys="F8")
        self.search.setFocus(Qt.FocusReason.TabFocusReason)

    def take_scan(self, kind: str, code: str) -> bool:
        """An item's code is its line, as on the order itself."""
        if kind != "other":
            return False
        self.scanned.emit(code)
        return True

    def say_added(self, words: str) -> None:
        """Say what has come onto the order."""
        self._added.setText(tr("Added: {words}", words=words))

    def _find(self, typed: str) -> Sequence[Result]:
        with reading(self._context.engine) as session:
            items = find_items(session, typed, self._power_train)
        return [_result(item) for item in items]

    def _on_own(self) -> None:
        self.words.commit()
        self.price.commit()
        if not self.words.text().strip():
            self.words.set_state("bad")
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.price.value is None:
            self.price.set_state("bad")
            self.price.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.own_words.emit(str(self.kind.chosen), self.words.text().strip(), self.price.value)
        self.words.set_text("")
        self.price.set_value(None)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)


def _result(item: CatalogueItem) -> Result:
    kind = "package" if item.kind is None else item.kind.value
    hours = formats().hours(item.hours) if item.hours else ""
    return Result(
        item, item.name(current_language()), "  ".join(part for part in (item.code, hours) if part),
        mark=(state_word("line_kind_mark", kind), line_kind_sem(kind)), right=Number(formats().amount(item.price), bold=True),
    )  # fmt: skip


class ValuesDialog(FormDialog):
    """Other words, quantity, price, discount, expected time of one line."""

    def __init__(
        self, parent: QWidget, line: LineRow, units: Units, clock: Callable[[], dt.datetime], answer: Callable[[dict[str, Any]], object]
    ) -> None:
        super().__init__(parent, "Change the line", "Change", self._on_answer)
        self._line, self._give = line, answer
        self.words = LineEdit(parent=self)
        self.words.set_text(line.name(current_language()))
        self.quantity = NumberEdit(3, units.word(line.unit), 1, parent=self)
        self.quantity.set_value(line.quantity)
        self.price = MoneyEdit(0, parent=self)
        self.price.set_value(line.unit_price)
        self.discount = NumberEdit(2, "%", 0, 10_000, parent=self)
        self.discount.set_value(line.discount_basis_points)
        self.expected = MomentEdit(clock, parent=self)
        self.expected.set_value(line.expected_at)
        self.add_field("price", "Price", self.price)
        self.add_field("quantity", "Hours" if line.kind.value == "labour" else "Quantity", self.quantity)
        self.add_field("discount", "Discount", self.discount)
        self.add_field("words", "Words", self.words)
        self.add_field("expected", "Expected back or in", self.expected)
        self.fields_of = {
            "discount_not_allowed": "discount", "discount_not_possible": "discount", "price_not_possible": "price", "line_below_zero": "price",
            "quantity_not_possible": "quantity", "words_missing": "words",
        }  # fmt: skip

    def _on_answer(self) -> None:
        line = self._line
        values: dict[str, Any] = {}
        found: dict[str, str] = {}
        for name, key, new, old in (
            ("quantity", "quantity", self.quantity.value, line.quantity), ("unit_price", "price", self.price.value, line.unit_price),
            ("discount_basis_points", "discount", self.discount.value or 0, line.discount_basis_points),
        ):  # fmt: skip
            if new is None:
                found[key] = "A figure is needed"
            elif new != old:
                values[name] = new
        if not self.words.text().strip():
            found["words"] = "Write something first"
        refuse_wrong({key: found[key] for key in self.fields if key in found})
        if self.words.text().strip() != line.name(current_language()):
            values["words"] = self.words.text().strip()
        if self.expected.value != line.expected_at:
            values["expected_at"] = self.expected.value
        if not values:
            self.reject()
        else:
            self._give(values)


class ListDialog(Dialog):
    """One of a few, by ↑↓ and Enter, or by its number: the payer, a complaint, a technician, a move."""

    taken = Signal(object)

    def __init__(self, parent: QWidget, title: str, icon: str = "") -> None:
        super().__init__(parent, title, icon)
        self.list = ChoiceList(self)
        self.list.opened.connect(self._on_opened)
        self.list.chosen_changed.connect(self._keep_in_sight)
        self._scroll = ScrollArea(self)
        self._scroll.setWidget(self.list)
        self.body.addWidget(self._scroll)
        self._keys: list[object] = []
        self.add_button("Cancel", self.reject, keys="Esc")
        self.add_button("Choose", self._on_chosen, "primary", keys="Enter")
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def add(self, key: object, words: str, icon: str = "", right: str = "", tone: str = "text3", second: str = "") -> None:
        """Add a row, in words already translated."""
        number = len(self._keys) + 1
        self._keys.append(key)
        self.list.add_words(key, f"{number}  {words}" if number < 10 else words, icon, right, tone, second)

    def choose(self, key: object) -> None:
        """Begin at a row."""
        self.list.choose(key)

    def showEvent(self, event: QShowEvent) -> None:
        room = max(160, self._parent.window().height() - 220)
        self._scroll.setFixedHeight(min(self.list.sizeHint().height() + 2, room))
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_0
        if 1 <= digit <= min(9, len(self._keys)) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._on_opened(self._keys[digit - 1])
        else:
            super().keyPressEvent(event)

    def _keep_in_sight(self, _key: object) -> None:
        row = self.list.chosen_rect
        self._scroll.ensureVisible(0, row.center().y(), 0, row.height())

    def _on_chosen(self) -> None:
        if self.list.chosen is not None:
            self._on_opened(self.list.chosen)

    def _on_opened(self, key: object) -> None:
        self.accept()
        self.taken.emit(key)


def payer_dialog(parent: QWidget, current: object) -> ListDialog:
    """Which payer."""
    dialog = ListDialog(parent, "Who pays for it")
    for payer in Payer:
        dialog.add(payer.value, tr(PAYERS[payer.value], "payer"))
    dialog.choose(current if current is not None else Payer.CUSTOMER.value)
    return dialog


class WithdrawDialog(FormDialog):
    """Which of the four it is when lines are taken off: never shown, put off, refused, a mistake."""

    def __init__(
        self, parent: QWidget, lines: Sequence[LineRow], reasons: Sequence[ListEntry], clock: Callable[[], dt.datetime],
        answer: Callable[[Withdrawal, str, dt.date | None, int | None], object],
    ) -> None:  # fmt: skip
        super().__init__(parent, "Take off the order", "Take off the order", self._on_answer)
        self._give, self._clock = answer, clock
        self.how = Choice(parent=self)
        for how in Withdrawal:
            self.how.add_phrase(how.value, WORDS["withdrawal"][how.value], "withdrawal")
        self.how.choose((Withdrawal.NEVER_SHOWN if all(line.authorised_at is None for line in lines) else Withdrawal.MISTAKE).value)
        self.reason = Choice(parent=self)
        for entry in reasons:
            self.reason.add_words(entry.code, entry.name(current_language()))
        self.reason.choose(None)
        self.until = DateEdit(clock, parent=self)
        self.kilometres = NumberEdit(0, "km", 0, parent=self)
        names = tr(", ", "list").join(line.name(current_language()) for line in lines)
        self.add_widget(Label(names, "body", bold=True, wrap=True, parent=self))
        self.add_field("how", "Which is it?", self.how)
        self.add_field("reason", "The customer's reason", self.reason)
        self.add_field("until", "Until when", self.until)
        self.add_field("kilometres", "or until which mileage", self.kilometres)
        self.fields_of = {"reason_missing": "reason", "date_or_distance_missing": "until"}
        self.how.chosen_changed.connect(self._on_how)
        self.how.currentIndexChanged.connect(self._on_how)
        self._on_how()

    def _on_how(self, _value: object = None) -> None:
        how = Withdrawal(str(self.how.chosen))
        self.field("reason").setVisible(how in (Withdrawal.REFUSED, Withdrawal.PUT_OFF))
        for key in ("until", "kilometres"):
            self.field(key).setVisible(how is Withdrawal.PUT_OFF)
        self.adjustSize()

    def _on_answer(self) -> None:
        how = Withdrawal(str(self.how.chosen))
        reason = str(self.reason.chosen or "")
        if how is Withdrawal.REFUSED and not reason:
            raise Wrong({"reason": "Give the reason"})
        put_off = how is Withdrawal.PUT_OFF
        if put_off and self.until.value is None and self.kilometres.value is None:
            raise Wrong({"until": "Until when? Give a date or a mileage"})
        self._give(how, reason, self.until.value if put_off else None, self.kilometres.value if put_off else None)


class SplitDialog(FormDialog):
    """How much of a line another pays for."""

    def __init__(self, parent: QWidget, line: LineRow, units: Units, answer: Callable[[SplitBy, int, Payer], object]) -> None:
        super().__init__(parent, "Split the line", "Split", self._on_answer)
        self._give, self._unit = answer, units.word(line.unit)
        self.by = Choice(parent=self)
        for by, phrase in ((SplitBy.PER_CENT, "Per cent"), (SplitBy.AMOUNT, "Amount"), (SplitBy.QUANTITY, "Quantity")):
            self.by.add_phrase(by.value, phrase)
        self.by.choose(SplitBy.PER_CENT.value)
        self.part = NumberEdit(2, "%", 0, parent=self)
        self.payer = Choice(parent=self)
        for payer in Payer:
            self.payer.add_phrase(payer.value, PAYERS[payer.value], "payer")
        self.payer.choose((Payer.GOODWILL if line.payer is Payer.CUSTOMER else Payer.CUSTOMER).value)
        self.add_widget(Label(f"{line.name(current_language())}  {formats().money(line.amount)}", "body", bold=True, wrap=True, parent=self))
        self.add_field("part", "The part that is split off", self.part, True)
        self.add_field("by", "in", self.by)
        self.add_field("payer", "Who pays for the part", self.payer)
        self.fields_of = {"split_quantity_outside": "part", "split_per_cent_outside": "part", "split_amount_outside": "part"}
        self.by.chosen_changed.connect(self._on_by)

    def _on_by(self, by: object) -> None:
        self.part.set_unit({SplitBy.PER_CENT: "%", SplitBy.AMOUNT: "¥"}.get(SplitBy(str(by)), self._unit))

    def _on_answer(self) -> None:
        if not self.part.value:
            raise Wrong({"part": "A figure is needed"})
        by, payer = SplitBy(str(self.by.chosen)), Payer(str(self.payer.chosen))
        # The field has two decimals: basis points and fen as they are, thousandths of a unit by ten.
        self._give(by, self.part.value * 10 if by is SplitBy.QUANTITY else self.part.value, payer)


class AuthoriseDialog(FormDialog):
    """Who said yes, how, and up to what total."""

    def __init__(self, parent: QWidget, file: OrderFile, lines: Sequence[LineRow], answer: Callable[[AuthorisedHow, str, int, str], object]) -> None:
        super().__init__(parent, "The customer agrees", "Authorise", self._on_answer)
        self._give = answer
        self.least = _billed(file, lines)
        self.how = Choice(parent=self)
        for how in AuthorisedHow:
            self.how.add_phrase(how.value, WORDS["authorised_how"][how.value], "authorised_how")
        self.how.choose(AuthorisedHow.PHONE.value)
        self.by = LineEdit(parent=self)
        self.by.set_text(file.sender_name or file.customer_name)
        self.up_to = MoneyEdit(0, parent=self)
        self.up_to.set_value(max(self.least, 0))
        self.note = LineEdit(parent=self)
        language = current_language()
        # A package by its own name, once.
        items = dict.fromkeys(line.package_name(language) or line.name(language) for line in lines)
        names = tr(", ", "list").join(items) or tr("The higher total alone")
        self.add_widget(Label(names, "body", bold=True, wrap=True, parent=self))
        agreed, total = formats().money(file.agreed_total), formats().money(self.least)
        words = tr("So far {agreed} agreed; with this the customer's lines come to {total}", agreed=agreed, total=total)
        self.add_widget(Label(words, "small", "text2", wrap=True, parent=self))
        self.add_field("how", "How", self.how)
        self.add_field("by", "Who agreed", self.by, True)
        self.add_field("up_to", "Up to what total", self.up_to, True)
        self.add_field("note", "Note", self.note)
        self.fields_of = {"authorised_total_too_low": "up_to", "name_missing": "by"}

    def _on_answer(self) -> None:
        how = AuthorisedHow(str(self.how.chosen))
        up_to, found = self.up_to.value, {}
        if not self.by.text().strip():
            found["by"] = "A name is needed"
        if up_to is None:
            found["up_to"] = "A figure is needed"
        refuse_wrong(found)
        self._give(how, self.by.text().strip(), up_to or 0, self.note.text().strip())


def _billed(file: OrderFile, also: Sequence[LineRow]) -> int:
    """What the customer's authorised lines come to with those in question, in fen."""
    chosen = {line.line_id for line in also}
    agreed = next((total.amount for total in file.totals if total.payer is Payer.CUSTOMER), 0)
    return agreed + sum(line.amount for line in file.lines if line.line_id in chosen and line.payer is Payer.CUSTOMER and line.consent.value != "authorised")
