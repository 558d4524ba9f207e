"""Possible doubles: the pairs at the left, their fields side by side, and what a merge would make of them at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.commands.merging import DismissDouble, MergeCustomers, MergeVehicles, ProposeDouble, Unmerge
from db.engine import reading
from db.queries.doubles import Double, Side, customer_side, dealt_with, possible_doubles, vehicle_side
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say
from desktop_app.rooms.customers.choice_grid import ChoiceGrid
from desktop_app.rooms.customers.lines import Line, LineList, Part, ScrolledLines
from desktop_app.rooms.customers.merge_words import BOTH, GONE, KEPT, REASONS, field_pairs, proposed, which_is_kept
from desktop_app.rooms.customers.scrolled import Scrolled
from desktop_app.rooms.customers.words import joined, model_words, names_list, plate_words
from desktop_app.widgets.action_bar import ActionBar
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.card import Card
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.labels import Label
from desktop_app.widgets.segments import Segments

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from db.queries.search import FoundVehicle
    from desktop_app.room import RoomContext


_ROOM_FOR_ALL = 1080
"""From this width on what the merge would make stands beside the fields."""


class MergePage(QWidget):
    """F8 merges, N says that they are two, PgDn goes on. `changed`: other pairs show."""

    left = Signal()
    """A person goes back to the list."""
    changed = Signal()

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._only: int | None = None
        self._pairs: list[Double] = []
        self._at = 0
        self._sides: tuple[Side, Side] | None = None
        """(kept, gone) of the pair that shows."""
        self._ticket = 0
        self._side_ticket = 0
        self.kind = Segments(tabs=True, parent=self)
        self.kind.add("customer", "Customers")
        self.kind.add("vehicle", "Vehicles")
        self.kind.chosen_changed.connect(self._on_kind)
        self._list_card = Card("Possible doubles", padded=False, parent=self)
        self._list_card.set_hint("likeliest first")
        self.list = LineList(self)
        self.list.opened.connect(self._on_pair)
        self.list.moved.connect(self._on_pair)
        self._dealt = Label("", "small", "text2", parent=self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(60)
        self._settle.timeout.connect(self._load_sides)
        self.grid = ChoiceGrid(self)
        self.grid.chosen_changed.connect(self._on_choice)
        self._empty = EmptyState(
            "user-check", "No doubles are left", "Records that may be one are found by phone, name, VIN and plate", "Back to the list", "Esc", parent=self
        )
        self._empty.button.clicked.connect(self.left)
        self._after = Card("After the merge", icon="user-check", parent=self)
        self._after_name = Label("", "section", bold=True, wrap=True, parent=self)
        self._after_second = Label("", "small", "text2", wrap=True, parent=self)
        self._after_lines = LineList(self)
        self._why = Card("What speaks for it", icon="info", parent=self)
        self._why_lines = LineList(self)
        self._apart = Card("It can be taken apart", icon="undo-2", parent=self)
        apart = Label("", "small", "text2", wrap=True, parent=self)
        say(apart.setText, "The merge is kept in the history. Taken apart, both stand as they do now; what came since stays with B.")
        self._apart.body.addWidget(apart)
        for card, parts in ((self._after, (self._after_name, self._after_second, self._after_lines)), (self._why, (self._why_lines,))):
            for part in parts:
                card.body.addWidget(part)
        self.bar = ActionBar(self)
        self._next = self.bar.add(Button("Next pair", keys="PgDn"))
        self._differ = self.bar.add(Button("Not the same", keys="N"))
        self._merge = self.bar.add(Button("Make them one", PRIMARY, "check", "F8", "big"))
        self._next.clicked.connect(self.next_pair)
        self._differ.clicked.connect(self.dismiss)
        self._merge.clicked.connect(self.merge)
        self._lay()
        follow_language(self._on_language)

    def _lay(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 8, 4)
        top.addWidget(self.kind)
        top.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 6)
        foot.addWidget(self._dealt, 1)
        self._list_card.body.addLayout(top)
        self._list_card.body.addWidget(ScrolledLines(self.list, self), 1)
        self._list_card.body.addLayout(foot)
        self._list_card.setFixedWidth(280)
        self._middle = Card("Choose what stays, field by field", icon="split", padded=False, parent=self)
        self._middle.body.addWidget(Scrolled(self.grid, self), 1)
        self._middle.body.addWidget(self._empty, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        for card in (self._after, self._apart, self._why):
            right.addWidget(card)
        right.addStretch(1)
        self._right = QWidget(self)
        self._right.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        self._right.setFixedWidth(292)
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._list_card)
        row.addWidget(self._middle, 1)
        row.addWidget(self._right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _ROOM_FOR_ALL
        self._list_card.setFixedWidth(220 if narrow else 280)
        self._right.setVisible(bool(self._pairs) and not narrow)
        self._middle.set_hint("" if narrow else "←→ side · ↑↓ field · Space both")

    @property
    def pair(self) -> Double | None:
        """The pair that shows."""
        return self._pairs[self._at] if self._at < len(self._pairs) else None

    def show_doubles(self, subject: str = "customer", only: int | None = None) -> None:
        """Look for doubles of all records, or of one."""
        self.kind.choose(subject)
        self._only = only
        self._at = 0
        self.reload()

    def reload(self) -> None:
        """Look again; the pair that shows stays where it still is one."""
        engine, subject, only = self._context.engine, self.kind.chosen, self._only

        def work() -> tuple[list[Double], tuple[int, int]]:
            with reading(engine) as session:
                return possible_doubles(session, subject, only), dealt_with(session, subject)

        self.bar.say_status("loader-circle", "text3", "looking for doubles …")
        self._context.runner.forget(self._ticket)
        self._ticket = self._context.runner.submit(self, work, self._on_pairs)

    def next_pair(self, step: int = 1) -> None:
        """PgDn and PgUp."""
        if self._pairs:
            self._at = (self._at + (step or 1)) % len(self._pairs)
            self._load_sides()

    def merge(self) -> None:
        """F8: make the pair one, as it is chosen."""
        if self._sides is None or self.pair is None or self._merge.busy:
            return
        kept, gone = self._sides
        from_gone = tuple(name for name, side in self.grid.choices.items() if side == GONE)
        both = tuple(name for name, side in self.grid.choices.items() if side == BOTH)
        kind = MergeCustomers if self.pair.subject == "customer" else MergeVehicles
        self._merge.set_busy(True)
        command = kind(kept.key, gone.key, kept.version, gone.version, from_gone, both)
        self._context.perform(command, partial(self._on_merged, self._after_name.text()), self._on_refused, owner=self)

    def dismiss(self) -> None:
        """N: these are two."""
        pair = self.pair
        if pair is not None:
            self._context.perform(DismissDouble(pair.subject, pair.first_id, pair.second_id), self._on_dismissed, owner=self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bare = event.key(), not event.modifiers()
        if bare and key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.next_pair(1 if key == Qt.Key.Key_PageDown else -1)
        elif bare and key == Qt.Key.Key_N:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def step_section(self, step: int) -> None:
        """F6: pairs and fields."""
        (self.grid if self.list.hasFocus() or step == 0 else self.list).setFocus(Qt.FocusReason.TabFocusReason)

    def words(self) -> str:
        """What stands beside the room's title."""
        return tr("{count} possible doubles, found by themselves", count=len(self._pairs))

    def _on_kind(self, _kind: str) -> None:
        self._only, self._at = None, 0
        self.reload()

    def _on_pairs(self, found: tuple[list[Double], tuple[int, int]]) -> None:
        before = self.pair
        self._pairs, (merged, apart) = found
        keys = [(pair.first_id, pair.second_id) for pair in self._pairs]
        if before is not None and (before.first_id, before.second_id) in keys:
            self._at = keys.index((before.first_id, before.second_id))
        self._at = min(self._at, max(0, len(self._pairs) - 1))
        say(self._dealt.setText, "merged {merged} · said to be different {apart}", merged=merged, apart=apart)
        self._list_card.set_title("Possible doubles {count}", count=len(self._pairs))
        self.list.set_lines([_pair_line(place, pair) for place, pair in enumerate(self._pairs)])
        some = bool(self._pairs)
        for part in (self._next, self._differ, self._merge):
            part.setVisible(some)
        self._right.setVisible(some and self.width() >= _ROOM_FOR_ALL)
        self._empty.setVisible(not some)
        self.grid.setVisible(some)
        if some:
            self._load_sides()
        else:
            self._sides = None
            self.bar.say_status("check", "ok", "nothing to merge")
            self._empty.button.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _on_pair(self, value: object) -> None:
        if isinstance(value, int):
            self._at = value
            self._settle.start()

    def _load_sides(self) -> None:
        pair, engine = self.pair, self._context.engine
        if pair is None:
            return
        self.list.go_to_value(self._at)

        def work() -> tuple[Double, Side, Side]:
            side = customer_side if pair.subject == "customer" else vehicle_side
            with reading(engine) as session:
                return pair, side(session, pair.first_id), side(session, pair.second_id)

        self._context.runner.forget(self._side_ticket)
        self._side_ticket = self._context.runner.submit(self, work, self._on_sides)

    def _on_sides(self, found: tuple[Double, Side, Side]) -> None:
        pair, first, second = found
        self._sides = which_is_kept(first, second)
        self._show_sides(pair, None)
        self.grid.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_sides(self, pair: Double, choices: dict[str, str] | None) -> None:
        assert self._sides is not None
        kept, gone = self._sides
        pairs = field_pairs(pair.subject, gone, kept)
        self.grid.show_pairs(pairs, choices or proposed(pairs, gone, kept), {GONE: _head(gone, False), KEPT: _head(kept, True)})
        self._why_lines.set_lines([
            Line((Part(tr(REASONS[reason.code]), "ok" if reason.speaks_for else "bad", icon="check" if reason.speaks_for else "x"),))
            for reason in pair.reasons
        ])  # fmt: skip
        self._why_lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._on_choice()

    def _on_choice(self) -> None:
        if self._sides is None:
            return
        kept, gone = self._sides
        pick = {KEPT: kept, GONE: gone, BOTH: kept}
        name = pick[self.grid.choices.get("name", self.grid.choices.get("plate", KEPT))]
        self._after_name.setText(_called(name))
        phones = self.grid.choices.get("phones")
        numbers: dict[str, None] = {}
        for side in (kept, gone):
            if phones in (BOTH, KEPT if side is kept else GONE):
                numbers.update(dict.fromkeys(side.values["phones"]))
        self._after_second.setVisible(bool(numbers))
        self._after_second.setText(tr("{count} phone numbers", count=len(numbers)) if numbers else "")
        lines = [_car_line(car, "B" if side is kept else "A") for side in (kept, gone) for car in side.vehicles]
        for phrase, number in (
            ("work orders", kept.orders + gone.orders), ("open recommendations", kept.recommendations + gone.recommendations),
            ("talks", kept.contacts + gone.contacts), ("policies", kept.policies + gone.policies),
        ):  # fmt: skip
            if number:
                lines.append(Line((Part(tr(phrase, "counted"), "text2"),), (Part(str(number), bold=True),)))
        if kept.owed + gone.owed:
            lines.append(Line((Part(tr("owed", "counted"), "text2"),), (Part(formats().money(kept.owed + gone.owed), "bad", bold=True),)))
        self._after_lines.set_lines(lines)
        self._after_lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if self.grid.differing:
            self.bar.say_status("circle-alert", "warn", "{count} fields differ; look at what is proposed", count=self.grid.differing)
        else:
            self.bar.say_status("check", "ok", "nothing contradicts")

    def _on_merged(self, name: str, result: dict[str, Any]) -> None:
        """`name`: what the one that is left is called."""
        self._merge.set_busy(False)
        back = Unmerge(result["merge_id"])
        self._context.navigator.toast(tr("{name}: two records are one now", name=name), undo=lambda: self._context.perform(back, self._on_apart))
        self.reload()

    def _on_apart(self, _result: object) -> None:
        self._context.navigator.toast(tr("Taken apart again"))
        self.reload()

    def _on_refused(self, error: Any) -> None:
        from desktop_app import faults

        self._merge.set_busy(False)
        self._context.navigator.toast(faults.said(error), kind="bad")
        self.reload()

    def _on_dismissed(self, result: dict[str, Any]) -> None:
        back = ProposeDouble(result["dismissed_id"])
        words = tr("They stay two, and are no longer proposed")
        self._context.navigator.toast(words, undo=lambda: self._context.perform(back, self._on_proposed_again))
        self.reload()

    def _on_proposed_again(self, _result: object) -> None:
        self._context.navigator.toast(tr("They are proposed again"))
        self.reload()

    def _on_language(self, _language: str) -> None:
        pair = self.pair
        self.list.set_lines([_pair_line(place, pair) for place, pair in enumerate(self._pairs)])
        if pair is not None and self._sides is not None:
            self._show_sides(pair, dict(self.grid.choices))


def _pair_line(place: int, pair: Double) -> Line:
    first, second = (name or tr("no name") for name in (pair.first_name, pair.second_name))
    if pair.subject == "vehicle":
        first, second = (plate_words(name, "") if len(name) < 17 else name[-8:] for name in (first, second))
    why = names_list([tr(REASONS[reason.code]) for reason in pair.reasons if reason.speaks_for])
    return Line((Part(f"{first} ⇄ {second}", bold=True),), (Part(f"{pair.per_cent} %", "text2", bold=True),), place, why)


def _car_line(car: FoundVehicle, letter: str) -> Line:
    plate = Part(car.plate, plate=car.plate_colour) if car.plate else Part(plate_words("", car.vin))
    return Line((plate, Part(model_words(car.maker, car.model, car.model_year))), (Part(letter, "text3"),))


def _called(side: Side) -> str:
    if "plate" in side.values:
        return plate_words(side.values["plate"][0], side.values["vin"])
    return side.name or tr("no name")


def _head(side: Side, kept: bool) -> tuple[str, str]:
    visits = tr("{count} visits", count=side.orders)
    return _called(side), joined(formats().day(side.created_at), visits, tr("keeps its number") if kept else "")
