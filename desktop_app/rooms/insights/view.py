"""Insights: this month's output as cars in × output per car, what changed against the month before, and the rows behind each figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.engine import reading
from db.queries.insights import insight, month_span, span_before
from db.rules.money import round_half_up_div
from db.rules.months import add_months
from db.rules.order_life import LineKind
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say
from desktop_app.room import records_touch
from desktop_app.rooms.insights import openings
from desktop_app.rooms.insights.change_card import ChangeCard
from desktop_app.rooms.insights.figures import FigureCard, Part, row_of, sign
from desktop_app.rooms.insights.rows_panel import RowsPanel
from desktop_app.widgets.buttons import IconButton
from desktop_app.widgets.card import Card, Sheet
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.figure import Figure
from desktop_app.widgets.key_hint import KeyHint
from desktop_app.widgets.labels import Label
from desktop_app.widgets.scrolling import ScrollArea
from desktop_app.widgets.side_panel import PanelHost

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from db.queries.insights import Insight
    from desktop_app.room import RoomContext
    from desktop_app.rooms.insights.figures import Opening

SUBJECTS = frozenset({"settlement", "work_order", "work_order_line", "shop"})


class View(QWidget):
    """The room. ← and → change the month; Enter on a figure opens its rows, Esc or Backspace closes them."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self.context = context
        self.month = context.shop().day_of(context.clock()).replace(day=1)
        self.insight: Insight | None = None
        self._ticket = 0
        self._began = False
        self.output, self.cars, self.per_car = (FigureCard(opening, self) for opening in (openings.OUTPUT, openings.CARS, openings.PER_CAR))
        self.change = ChangeCard(self)
        self.internal, self.comebacks = Figure(size="20", parent=self), Figure(size="20", parent=self)
        self.panel = RowsPanel(context)
        self.before_button = IconButton("chevron-left", "Month before", parent=self)
        self.after_button = IconButton("chevron-right", "Month after", parent=self)
        self.month_words = Label("", "section", bold=True, parent=self)
        self.span_words = Label("", "small", "text2", parent=self)
        self._empty = EmptyState("chart-column", "No car was handed over this month", "Figures begin with the first settlement", "See the month before", "←")
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._figures_page())
        self._pages.addWidget(self._empty)
        self._host = PanelHost(self._content(), self.panel, width=440, wide=540, parent=self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.addWidget(self._host)
        self._connect()
        follow_language(self._on_language)
        self._say_month()

    def shown(self) -> None:
        """The room comes to the front."""
        self._began = True
        self._load()

    def reload(self, subjects: Collection[str] | None = None) -> None:
        """Work the month out again."""
        if self._began and records_touch(subjects, SUBJECTS):
            self._load()

    def context_words(self) -> str:
        """The days that are compared."""
        span = month_span(self.month, self._today())
        before = span_before(span)
        form = formats()
        days = {"first": form.day(span.first), "last": form.day(span.last), "first_before": form.day(before.first), "last_before": form.day(before.last)}
        return tr("{first} to {last}, against {first_before} to {last_before}", **days)

    def back_out(self) -> bool:
        """Esc: close the rows."""
        if not self._host.is_open:
            return False
        self._host.close_panel()
        return True

    def next_section(self, _step: int) -> None:
        """F6: between the figures and the rows."""
        if self._host.is_open and not self.panel.isAncestorOf(QApplication.focusWidget() or self):
            self.panel.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.output.figure.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go(self, months: int) -> None:
        """Show a month so many later; never one that has not begun."""
        month = add_months(self.month, months)
        if month <= self._today():
            self.month = month
            self._host.close_panel()
            self._say_month()
            self._load()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """← and → on a figure change the month instead of the focus, and so do they on the empty page's button."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self.go(step)
                return True
            if event.key() == Qt.Key.Key_Backspace and self.back_out():
                return True
        return super().eventFilter(watched, event)

    def figures(self) -> list[Figure]:
        """All figures that open, in reading order."""
        cards = [figure for card in (self.output, self.cars, self.per_car) for figure in card.figures()]
        return [*cards, *self.change.figures(), self.internal, self.comebacks]

    def _content(self) -> QWidget:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        top = row_of(self.before_button, self.month_words, self.after_button, self.span_words, spacing=10)
        top.addStretch(1)
        for keys, phrase in (("← →", "month"), ("Enter", "rows of a figure")):
            words = Label("", "small", "text2", parent=content)
            say(words.setText, phrase, "keys")
            top.addWidget(KeyHint(keys, content))
            top.addWidget(words)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
        return content

    def _figures_page(self) -> QWidget:
        page = QWidget(self)
        sheet = Sheet(page)
        cards = QHBoxLayout(sheet)
        cards.setContentsMargins(18, 14, 18, 14)
        cards.setSpacing(14)
        for widget in (self.output, sign("=", sheet), self.cars, sign("×", sheet), self.per_car):
            cards.addWidget(widget, 1 if isinstance(widget, FigureCard) else 0, Qt.AlignmentFlag(0) if isinstance(widget, FigureCard) else _TOP)
        apart = Card("Stands apart", icon="split", parent=page)
        self.internal.set_label("settled with ourselves, and pre-delivery inspections")
        self.comebacks.set_label("comebacks")
        self.tax_words = Label("", "small", "text3", wrap=True, parent=apart)
        apart.body.addWidget(self.internal, 0, Qt.AlignmentFlag.AlignLeft)
        apart.body.addWidget(self.comebacks, 0, Qt.AlignmentFlag.AlignLeft)
        apart.body.addWidget(self.tax_words)
        apart.body.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(sheet)
        column.addWidget(self.change)
        column.addWidget(apart)
        column.addStretch(1)
        scroll = ScrollArea(self, sideways=True)
        scroll.setWidget(page)
        return scroll

    def _connect(self) -> None:
        for card in (self.output, self.cars, self.per_car):
            card.opened.connect(self._on_opened)
        self.change.opened.connect(self._on_opened)
        self.internal.clicked.connect(self._on_internal)
        self.comebacks.clicked.connect(self._on_comebacks)
        self.before_button.clicked.connect(self._on_before)
        self.after_button.clicked.connect(self._on_after)
        self._empty.button.clicked.connect(self._on_before)
        self._empty.button.installEventFilter(self)
        self.panel.closing.connect(self._host.close_panel)
        self.setFocusProxy(self.output.figure)

    def _load(self) -> None:
        engine, clock, month = self.context.engine, self.context.clock, self.month

        def work() -> Insight:
            with reading(engine) as session:
                return insight(session, month, clock())

        self.context.runner.forget(self._ticket)
        self._ticket = self.context.runner.submit(self, work, self._show)

    def _show(self, found: Insight) -> None:
        self.insight = found
        now, before = found.now, found.before
        form = formats()
        self.output.show_figure(form.money(now.output), now.output, before.output)
        self.output.show_parts([Part(openings.of_payer(payer), fen, before.payers[payer], True) for payer, fen in now.payers.items()])
        self.cars.show_figure(form.number(now.cars), now.cars, before.cars)
        self.cars.show_parts([Part(openings.of_kind(kind), count, before.kinds[kind], False) for kind, count in now.kinds.items()])
        per_car, per_car_before = now.whole.per_car, before.whole.per_car
        self.per_car.show_figure(form.money(per_car) if per_car is not None else "–", per_car or 0, per_car_before or 0)
        self.per_car.show_parts(
            [Part(openings.of_line(line), _share(now.lines[line], now.cars), _share(before.lines[line], before.cars), True) for line in LineKind]
        )
        self.change.show_change(found)
        self.internal.set_figure(form.money(now.internal))
        self.comebacks.set_figure(form.number(now.comebacks))
        say(self.tax_words.setText, "Amounts are without tax" if found.without_tax else "Amounts are with tax")
        for figure in self.figures():
            figure.removeEventFilter(self)
            figure.installEventFilter(self)
        nothing = not (now.output or now.cars or now.internal or now.comebacks)
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self._pages.setCurrentIndex(1 if nothing else 0)
        if had_focus and not (QApplication.focusWidget() or self).isVisible():
            (self._empty.button if nothing else self.output.figure).setFocus(Qt.FocusReason.OtherFocusReason)
        self.setFocusProxy(self._empty.button if nothing else self.output.figure)
        self.before_button.setEnabled(found.first_month is not None and self.month > found.first_month)
        self.context.navigator.title_changed()

    def _say_month(self) -> None:
        say(self.month_words.setText, "{year}-{month}", "month", year=self.month.year, month=f"{self.month.month:02d}")
        self.after_button.setEnabled(add_months(self.month, 1) <= self._today())
        self.context.navigator.title_changed()

    def _today(self) -> dt.date:
        return self.context.shop().day_of(self.context.clock())

    def _on_opened(self, opening: Opening) -> None:
        if self.insight is not None:
            self.panel.show_rows(opening, self.insight.now.span, self._cars_of(opening))
            self._host.open_panel()

    def _cars_of(self, opening: Opening) -> int:
        assert self.insight is not None
        side = getattr(opening.rows, "side", None)
        return self.insight.now.cars if side is None else self.insight.now.sides[side].cars

    def _on_internal(self) -> None:
        self._on_opened(openings.INTERNAL)

    def _on_comebacks(self) -> None:
        self._on_opened(openings.COMEBACKS)

    def _on_before(self) -> None:
        self.go(-1)

    def _on_after(self) -> None:
        self.go(1)

    def _on_language(self, _language: str) -> None:
        if self.insight is not None:
            self._show(self.insight)
            self.panel.say_again()


_TOP = Qt.AlignmentFlag.AlignTop


def _share(fen: int, cars: int) -> int:
    return round_half_up_div(fen, cars) if cars else 0
