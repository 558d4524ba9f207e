"""The form of one car: its cards, laid out in two or three columns by the window's width, over the bar that opens the order."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.rooms.check_in.alerts_card import AlertsCard
from desktop_app.rooms.check_in.car_card import CarCard
from desktop_app.rooms.check_in.condition_card import ConditionCard
from desktop_app.rooms.check_in.lines_card import LinesCard
from desktop_app.rooms.check_in.missing_strip import MissingStrip
from desktop_app.rooms.check_in.promise_card import PromiseCard
from desktop_app.rooms.check_in.signature_card import SignatureCard
from desktop_app.rooms.check_in.top_strip import TopStrip
from desktop_app.rooms.check_in.walk_card import WalkCard
from desktop_app.rooms.check_in.words_card import WordsCard
from desktop_app.widgets.action_bar import ActionBar
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.labels import Label
from desktop_app.widgets.scrolling import ScrollArea
from desktop_app.widgets.side_panel import PanelHost

if TYPE_CHECKING:
    import datetime as dt

    from db.queries.check_in import CarSheet
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.form import CheckInForm
    from desktop_app.rooms.check_in.lists import Lists

THREE_COLUMNS_FROM = 1360


class FormPage(QWidget):
    """Holds the cards and knows how they stand; what they mean together is the room's affair.

    It is made card by card (`make_next`), so that no turn of the event loop takes long; `finish` makes what is left.
    """

    def __init__(self, context: RoomContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.is_wide: bool | None = None
        self.is_made = False
        self._context = context
        self._steps = iter((self._make_first, self._make_condition, self._make_words, self._make_lines, self._make_walk, self._make_last, self._put_together))

    def make_next(self) -> bool:
        """Make one more part; whether there is another."""
        step = next(self._steps, None)
        if step is not None:
            step()
        return not self.is_made

    def finish(self) -> None:
        """Make what is still lacking."""
        while self.make_next():
            pass

    def _make_first(self) -> None:
        self.car, self.alerts = CarCard(self), AlertsCard(self)

    def _make_condition(self) -> None:
        self.condition = ConditionCard(self)

    def _make_words(self) -> None:
        self.words = WordsCard(self)

    def _make_lines(self) -> None:
        self.lines = LinesCard(self._context, self)

    def _make_walk(self) -> None:
        self.walk = WalkCard(self._context, self)

    def _make_last(self) -> None:
        self.promise, self.signature = PromiseCard(self._context, self), SignatureCard(self._context, self)

    def _put_together(self) -> None:
        self.strip = TopStrip(self)
        self.missing = MissingStrip(self)
        self.bar = ActionBar(self)
        self.clock = Label("", "table", "text2", parent=self)
        self.bar.left.addWidget(self.clock)
        self.park = self.bar.add(Button("Put aside", keys="Esc"))
        self.paper = self.bar.add(Button("With check-in sheet", icon="printer", keys="F9"))
        self.save = self.bar.add(Button("Open order and print job card", PRIMARY, "check", "F8", "big"))
        self._body = QWidget(self)
        self._columns = QHBoxLayout(self._body)
        self._columns.setContentsMargins(16, 12, 16, 12)
        self._columns.setSpacing(12)
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self._body, 1)
        self._drawer = QWidget(self)
        drawer = QVBoxLayout(self._drawer)
        drawer.setContentsMargins(12, 12, 12, 12)
        self.host = PanelHost(inner, self._drawer, width=340, wide=360, parent=self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.host, 1)
        # Below the drawer, not under it: what is missing and the one primary act stay in sight.
        whole.addWidget(self.missing)
        whole.addWidget(self.bar)
        self._holders: list[_Column] = []
        self.is_made = True

    def load(self, form: CheckInForm, sheet: CarSheet | None, now: dt.datetime, insurers: dict[str, str]) -> None:
        """Show a form with all that is known of its car."""
        car, new = (sheet.car if sheet else None), form.new_car
        power_train = car.power_train if car else new.power_train if new else "petrol"
        self.car.show_car(car, form)
        self.alerts.load(form, sheet, now, insurers)
        self.condition.load(form, sheet, power_train, now)
        self.words.load(form)
        self.lines.load(form, power_train)
        self.walk.load(form, sheet.known_marks if sheet else (), car.body if car else new.body if new else "sedan")
        self.promise.load(form)
        self.signature.load(form)
        self.missing.show_missing([])

    def show_strip(self, form: CheckInForm, sheet: CarSheet | None, now: dt.datetime, insurers: dict[str, str]) -> None:
        """The one line of a narrow window, with the alerts that are still open."""
        self.strip.show_car(sheet.car if sheet else None, form, self.alerts.open_alerts, self.alerts.handled_count, now, insurers)

    def show_lists(self, lists: Lists) -> None:
        """What the catalogue offers."""
        self.condition.set_belongings(lists.belongings)
        self.words.set_entries(lists.complaints)
        self.walk.set_kinds(lists.damages)
        self.lines.set_units(lists.units)

    def lacks(self, form: CheckInForm, sheet: CarSheet | None, device: str) -> list[str]:
        """Codes of all that the order still needs, in the order of the form."""
        new = form.new_car
        reachable = bool(form.contact_phone or (new and (new.phone or new.customer_id)))
        if sheet is not None:
            reachable = reachable or sheet.car.can_be_reached
        lacks = list(form.command(self.condition.odometer_km, device).missing(reachable))
        if self.condition.is_doubted():
            lacks.append("mileage_reason")
        if self.promise.when.fault is not None and "promised_time" not in lacks:
            lacks.append("promised_time")
        return lacks

    def go_to(self, code: str) -> bool:
        """Put the focus where a lack is mended; False for what no field here mends."""
        stops: dict[str, QWidget] = {
            "mileage": self.condition.mileage, "mileage_reason": self.condition.reason, "promised_time": self.promise.when,
            "signature": self.signature.on_paper,
        }  # fmt: skip
        if code in stops:
            stops[code].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return code in stops

    def focus_mileage(self) -> None:
        """Where a form begins: what stands there is replaced by typing."""
        self.condition.mileage.setFocus(Qt.FocusReason.TabFocusReason)
        self.condition.mileage.selectAll()

    def edited_cards(self) -> tuple[Any, ...]:
        """The cards in which something is entered, each with its signal `edited`."""
        return (self.condition, self.words, self.lines, self.walk, self.promise, self.signature)

    def stops(self) -> list[QWidget]:
        """Where F6 and Alt+1 to Alt+6 go, in the order of `edited_cards`."""
        return [self.condition.mileage, self.words.words, self.lines.finder, self.walk.drawing, self.promise.when, self.signature.on_paper]

    def step(self, step: int) -> None:
        """Go to the next section, or the one before."""
        focused = self.focusWidget()
        cards = self.edited_cards()
        here = next((place for place, card in enumerate(cards) if focused is not None and card.isAncestorOf(focused)), -1 if step > 0 else 0)
        stops = self.stops()
        stops[(here + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    def fit(self, width: int) -> None:
        """Lay the cards out for a room of this width in px."""
        wide = width + 80 >= THREE_COLUMNS_FROM
        if wide != self.is_wide:
            self.is_wide = wide
            self._arrange(wide, width)

    def _arrange(self, wide: bool, width: int) -> None:
        focused = self.focusWidget()
        old = self._holders
        while self._columns.count():
            self._columns.takeAt(0)
        left, middle, right = _Column(), _Column(), _Column()
        stacks = [left.stack, middle.stack, right.stack]
        target = stacks[0] if wide else self._drawer.layout()
        assert target is not None
        target.addWidget(self.car)
        target.addWidget(self.alerts)
        if wide:
            stacks[0].setStretch(1, 1)
        stacks[1].addWidget(self.condition)
        stacks[1].addWidget(self.words)
        stacks[1].addWidget(self.lines, 1)
        stacks[2].addWidget(self.walk, 1)
        stacks[2].addWidget(self.promise)
        stacks[2].addWidget(self.signature)
        for card in (self.words, self.lines, self.promise, self.signature):
            card.set_short(not wide)
        self.condition.show_header(wide)
        self.host.close_panel()
        if wide:
            left.setFixedWidth(304 if width < 1700 else 340)
            self._columns.addWidget(left)
        self._columns.addWidget(middle, 1)
        right.setFixedWidth(416 if wide and width < 1700 else 460 if wide else 352)
        self._columns.addWidget(right)
        self.strip.setVisible(not wide)
        for holder in old:
            holder.hide()
            holder.deleteLater()
        self._holders = [left, middle, right] if wide else [middle, right]
        if not wide:
            left.deleteLater()
        self._order_tabs()
        if focused is not None and self.isAncestorOf(focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _order_tabs(self) -> None:
        """The advisor's order: mileage, fuel, things, words, items, and only then what is optional."""
        stops: list[QWidget] = [
            self.condition.mileage, self.condition.reason, self.condition.fuel, self.condition.charge, self.condition.things, self.words.words.inner,
            self.lines.finder, self.lines.table, self.walk.drawing, self.promise.when, self.signature.on_paper,
        ]  # fmt: skip
        for before, after in itertools.pairwise(stops):
            QWidget.setTabOrder(before, after)


class _Column(ScrollArea):
    """A column of cards, that scrolls where the window is too low for them."""

    def __init__(self) -> None:
        super().__init__()
        inside = _Inside(self)
        self.stack = inside.stack
        self.setWidget(inside)


class _Inside(QWidget):
    """As high as its cards need at least; a scroll area would give it the height that they like best, and scroll too early."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.setSpacing(12)

    def heightForWidth(self, width: int) -> int:
        return self.stack.minimumHeightForWidth(width)
