"""Items and estimate: found by code, name or pinyin; a package as one row; the running total by payer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.rules.order_life import LineKind, Payer
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say, say_plain
from desktop_app.i18n.state_words import state_word
from desktop_app.rooms.check_in.line_dialogs import FreeLineDialog, LineDialog, ReferenceDialog
from desktop_app.rooms.check_in.lines_model import ShownLine, carries, next_group, shown_lines, with_consent, with_payer, without
from desktop_app.scanned_items import look_up, say_why_not
from desktop_app.theme.theme import current, payer_mark
from desktop_app.units import Units
from desktop_app.widgets.card import Card
from desktop_app.widgets.cells import Cell, Marks, Number, State, Words
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.menu import Menu
from desktop_app.widgets.paged_model import Column, PagedModel
from desktop_app.widgets.paged_table import PagedTable
from desktop_app.widgets.painting import box, open_painter
from desktop_app.widgets.pill import line_kind_sem
from desktop_app.widgets.result_list import Result
from desktop_app.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from db.queries.alerts import Offer
    from db.queries.catalogue import ListEntry
    from db.rules.order_line import LineValues
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.form import CheckInForm
    from desktop_app.scanned_items import ScannedItem


@dataclass(frozen=True)
class _Row:
    place: int
    shown: ShownLine


class _LinesModel(PagedModel):
    """The form's own rows: nothing is fetched."""

    def show_lines(self, lines: Sequence[LineValues]) -> None:
        self._asked = len(lines) + 1
        self._replace([_Row(place, row) for place, row in enumerate(shown_lines(lines))])


def _kind_cell(row: _Row) -> Cell:
    kind = row.shown.kind
    return Marks(((state_word("line_kind_mark", kind), line_kind_sem(kind), state_word("line_kind", kind)),))


def _name_cell(row: _Row) -> Cell:
    shown, language = row.shown, current_language()
    second = shown.detail(language) or shown.code
    if shown.proposed:
        second = f"{tr('proposed', 'line')} · {second}"
    elif shown.from_last_time:
        second = f"{tr('put off last time', 'line')} · {second}"
    return Words(shown.name(language), second, bold=True, second_tone="warn" if shown.proposed or shown.from_last_time else "text3")


def _hours_cell(row: _Row) -> Cell:
    return Number(formats().hours(row.shown.hours) if row.shown.hours else "–")


def _amount_cell(row: _Row) -> Cell:
    return Number(formats().amount(row.shown.amount), tone="text3" if row.shown.proposed else "text")


def _payer_cell(row: _Row) -> Cell:
    payer = row.shown.payer.value
    return State(state_word("payer", payer), payer_mark(payer).sem)


def _columns(units: Units) -> tuple[Column, ...]:
    """Kind, item, hours, quantity with its unit, amount, payer."""

    def quantity(row: _Row) -> Cell:
        return Number(units.quantity(row.shown.quantity, row.shown.unit))

    return (
        Column("kind", "", _kind_cell, 38),
        Column("name", "Item", _name_cell, 0),
        Column("hours", "Hours", _hours_cell, 64, right=True),
        Column("quantity", "Quantity", quantity, 84, right=True),
        Column("amount", "Amount", _amount_cell, 96, right=True),
        Column("payer", "Payer", _payer_cell, 100),
    )


def _row_key(row: _Row) -> object:
    return row.place


class LinesCard(Card):
    """Section 3. `edited` after each change of the form's lines."""

    edited = Signal()
    replaced = Signal(object)
    """The lines as they stood before a change."""

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__("Items and estimate", number=3, padded=False, parent=parent)
        self._context = context
        self._form: CheckInForm | None = None
        self._power_train: str | None = None
        self.set_hint("Ins add · Del remove · P payer · Space agreed")
        self._units = Units()
        columns = _columns(self._units)
        self._payer_column = len(columns) - 1
        self._model = _LinesModel(context.runner, columns, _row_key, self)
        self.table = PagedTable("check_in.lines", self._model, parent=self)
        self.table.opened.connect(self._on_opened)
        self.table.setMinimumHeight(96)
        self.table.installEventFilter(self)
        self.finder = SearchBox(context.runner, self._find, icon="plus", keys="F7", parent=self)
        self.finder.set_placeholder("Add a package, an operation or a part: code, name or pinyin")
        self.finder.chosen.connect(self._on_found)
        self.finder.nothing_chosen.connect(self._on_nothing)
        self._hours = Label("", "table", "text2", parent=self)
        self._others = ElidedLabel("", "table", "text2", parent=self)
        self.not_agreed = Label("", "small", "violet", parent=self)
        self._label = Label("", "table", "text2", parent=self)
        say(self._label.setText, "The customer's estimate")
        self.total = Label("", "kpi", bold=True, parent=self)
        finder = QHBoxLayout()
        finder.setContentsMargins(8, 6, 8, 6)
        finder.addWidget(self.finder)
        foot = _Foot(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(16)
        row.addWidget(self._hours)
        row.addWidget(self._others)
        row.addStretch(1)
        # One below the other: side by side they would leave the sum no room in a narrow window.
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self._label, self.not_agreed):
            words.addWidget(label, 0, Qt.AlignmentFlag.AlignRight)
        row.addLayout(words)
        row.addWidget(self.total)
        self.body.setSpacing(0)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(finder)
        self.body.addWidget(foot)
        follow_language(self._on_language)

    def set_short(self, short: bool) -> None:
        """Lower, where room is scarce."""
        self.table.setMinimumHeight(64 if short else 96)

    def load(self, form: CheckInForm, power_train: str | None) -> None:
        """Show a form."""
        self._form, self._power_train = form, power_train
        self._show()
        if form.heard != form.said():
            # It was put aside, or became an order, before the words were left.
            self.diagnose()

    def set_units(self, entries: Sequence[ListEntry]) -> None:
        """The units as the catalogue writes them."""
        self._units.take(entries)
        self._show()

    def add_offer(self, offer: Offer, proposed: bool = False) -> None:
        """Put what an alert or a chip offers onto the form."""
        self._add(offer.subject, offer.code, offer.payer, offer.recommendation_id, offer.campaign_id, proposed)

    def take_away(self, offer: Offer) -> None:
        """Take what an alert had put on off the form: of several rows of one item the last."""
        if self._form is None:
            return
        rows = [row for row in shown_lines(self._form.lines) if any(carries(self._form.lines[place], offer) for place in row.places)]
        if offer.recommendation_id is None and offer.campaign_id is None:
            rows = [row for row in rows if row.code == offer.code][-1:]
        if rows:
            self._take(without(self._form.lines, [place for row in rows for place in row.places]))

    def add_scanned(self, code: str) -> None:
        """A code was scanned: the lines of the item that bears it, wherever the focus is."""
        if self._form is None:
            return
        form, group, engine, power_train = self._form, next_group(self._form.lines), self._context.engine, self._power_train

        def found(scanned: ScannedItem) -> None:
            if self._form is not form:
                return
            if scanned.lines and scanned.item is not None:
                self._append(list(scanned.lines))
                self._context.navigator.toast(tr("Added: {words}", words=scanned.item.name(current_language())))
            else:
                say_why_not(self._context.navigator, code, scanned)

        self._context.runner.submit(self, lambda: look_up(engine, code, power_train, group), found)

    def diagnose(self) -> None:
        """Propose for each complaint the diagnosis that its words ask for, and take back what words that are gone had proposed."""
        if self._form is None:
            return
        form, engine, tags = self._form, self._context.engine, frozenset(self._form.tags)
        words = form.said()

        def fetch() -> tuple[list[LineValues], set[str]]:
            from db.engine import reading
            from db.queries import catalogue

            with reading(engine) as session:
                wanted = [(place, code) for place, code in enumerate(catalogue.diagnoses_of(session, words)) if code]
                by_chips = {str(chip.details.get("operation", "")) for chip in catalogue.entries(session, "complaint_chip") if chip.code in tags}
                lines = [replace(line, proposed=True, complaint=place) for place, code in wanted for line in catalogue.lines_of(session, "operation", code)]
                return lines, by_chips

        def take(found: tuple[list[LineValues], set[str]]) -> None:
            wanted, by_chips = found
            if self._form is not form or form.said() != words:
                return
            places: dict[str, list[int]] = {}
            for line in wanted:
                if line.complaint is not None:
                    places.setdefault(line.code, []).append(line.complaint)
            before, heard = form.lines, form.heard
            asked = [line.complaint is not None and not line.package_code for line in before]
            form.follow_words()
            lines: list[LineValues] = []
            for line, answers in zip(form.lines, asked, strict=True):
                if answers and line.code in places and line.complaint not in places[line.code] and (line.proposed or line.complaint is None):
                    lines.append(replace(line, complaint=places[line.code][0]))
                elif not (answers and line.proposed and line.code not in places and line.code not in by_chips):
                    lines.append(line)
            standing = {line.code for line in lines if not line.package_code}
            new = {line.code: line for line in reversed(wanted) if line.code not in standing}
            lines += [line for line in wanted if new.get(line.code) is line]
            if lines != before:
                self._take(lines)
            elif heard != words:
                self.edited.emit()

        self._context.runner.submit(self, fetch, take)

    def propose(self, operation_code: str, wanted: bool) -> None:
        """Add a diagnosis as a proposed line, or take it away while it is only proposed."""
        if self._form is None:
            return
        self._form.follow_words()
        standing = [place for place, line in enumerate(self._form.lines) if line.code == operation_code and not line.package_code]
        if wanted and not standing:
            self._add("operation", operation_code, Payer.CUSTOMER, None, None, True, complaint=0)
        elif not wanted and standing and self._form.lines[standing[0]].proposed:
            self._take(without(self._form.lines, standing))

    def show_reference(self) -> None:
        """F7: the whole catalogue in a dialog."""
        dialog = ReferenceDialog(self._context, self._power_train, self.window())
        dialog.chosen.connect(self._on_found)
        dialog.open()

    def has(self, code: str) -> bool:
        """Whether an item stands on the form already."""
        return self._form is not None and any(code in (line.code, line.package_code) for line in self._form.lines)

    def _find(self, typed: str) -> list[Result]:
        from db.engine import reading
        from db.queries import catalogue

        with reading(self._context.engine) as session:
            items = catalogue.find_items(session, typed, self._power_train)
        language, say_ = current_language(), formats()
        return [
            Result(
                (item.subject, item.code), item.name(language), item.code, middle=say_.hours(item.hours) if item.hours else "",
                mark=(state_word("line_kind_mark", item.kind.value if item.kind else "package"), line_kind_sem(item.kind.value if item.kind else "package")),
                right=Number(say_.money(item.price), bold=True),
            )
            for item in items
        ]  # fmt: skip

    def _on_found(self, value: Any) -> None:
        subject, code = value
        self._add(subject, code, Payer.CUSTOMER, None, None, False)
        self.finder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_nothing(self, words: str) -> None:
        dialog = FreeLineDialog(self._context, words, self.window())
        dialog.line_made.connect(self._append)
        dialog.open()

    def _add(
        self, subject: str, code: str, payer: Payer, recommendation_id: int | None, campaign_id: int | None, proposed: bool, complaint: int | None = None
    ) -> None:
        if self._form is None:
            return
        form, group, engine = self._form, next_group(self._form.lines), self._context.engine

        def fetch() -> list[LineValues]:
            from db.engine import reading
            from db.queries import catalogue

            with reading(engine) as session:
                lines = catalogue.lines_of(session, subject, code, payer, group)
            return [
                replace(line, recommendation_id=recommendation_id, campaign_id=campaign_id, proposed=proposed, complaint=complaint) for line in lines
            ]  # fmt: skip

        self._context.runner.submit(self, fetch, lambda lines: self._append(lines) if self._form is form else None)

    def _append(self, lines: object) -> None:
        if self._form is not None and isinstance(lines, list):
            group = next_group(self._form.lines)
            self._take([*self._form.lines, *[replace(line, package_group=group) if line.package_group is not None else line for line in lines]])
            self.table.scrollToBottom()

    def _take(self, lines: list[LineValues]) -> None:
        assert self._form is not None
        before, self._form.lines = self._form.lines, lines
        self._show()
        self.replaced.emit(before)
        self.edited.emit()

    def _show(self) -> None:
        if self._form is None:
            return
        self._model.show_lines(self._form.lines)
        say_, totals = formats(), self._form.totals()
        hours = sum(line.quantity for line in self._form.lines if line.kind is LineKind.LABOUR and not line.proposed)
        say_plain(self._hours.setText, tr("{hours} labour", hours=say_.hours(hours)))
        own = totals.pop(Payer.CUSTOMER, None)
        others = [f"{state_word('payer', payer.value)} {say_.money(total.amount)}" for payer, total in totals.items() if total.amount]
        say_plain(self._others.setText, " · ".join(others))
        asked = own.proposed if own is not None else 0
        say_plain(self.not_agreed.setText, tr("Not agreed yet {amount}", amount=say_.money(asked)) if asked else "")
        self.not_agreed.setVisible(bool(asked))
        say_plain(self.total.setText, say_.money(own.amount if own is not None else 0))
        self.set_done(bool(self._form.lines))

    def _on_language(self, _language: str) -> None:
        self._show()

    def _on_opened(self, row: object) -> None:
        if isinstance(row, _Row) and self._form is not None:
            dialog = LineDialog(self._form.lines, row.shown, self._units, self.window())
            dialog.lines_changed.connect(self._on_lines_changed)
            dialog.open()

    def _on_lines_changed(self, lines: object) -> None:
        if isinstance(lines, list):
            self._take(lines)

    def eventFilter(self, watched, event) -> bool:  # type: ignore[no-untyped-def]
        if watched is self.table and event.type() == event.Type.KeyPress and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        row = self.table.selected
        if event.key() == Qt.Key.Key_Insert:
            self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        if not isinstance(row, _Row) or self._form is None or event.modifiers():
            return False
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take(without(self._form.lines, row.shown.places))
            self._select(min(row.place, self._model.rowCount() - 1))
        elif event.key() == Qt.Key.Key_P:
            self._ask_payer(row)
        elif event.key() == Qt.Key.Key_Space:
            self._take(with_consent(self._form.lines, row.shown.places, not row.shown.proposed))
            self._select(row.place)
        else:
            return False
        return True

    def _select(self, place: int) -> None:
        if place >= 0:
            self.table.setCurrentIndex(self._model.index(place, 0))

    def _ask_payer(self, row: _Row) -> None:
        menu = Menu(self)
        for payer in Payer:
            action = menu.addAction(f"&{list(Payer).index(payer) + 1}  {state_word('payer', payer.value)}")
            action.setData((row.place, payer))
        menu.triggered.connect(self._on_payer)
        index = self._model.index(row.place, self._payer_column)
        rect = self.table.visualRect(index)
        menu.popup(self.table.viewport().mapToGlobal(rect.bottomLeft()) if rect.isValid() else QCursor.pos())

    def _on_payer(self, action) -> None:  # type: ignore[no-untyped-def]
        place, payer = action.data()
        if self._form is not None and place < self._model.rowCount():
            row = self._model.rows[place]
            self._take(with_payer(self._form.lines, row.shown.places, Payer(payer)))
            self._select(place)


class _Foot(QWidget):
    """The grey foot of the card."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        radius = theme.radius("card")
        # Taller than the widget at the top, so that only the card's lower corners are round.
        box(painter, QRectF(self.rect()).adjusted(0, -2 * radius, 0, 0), radius, theme.colour("bg"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, 0, self.width(), 0)
