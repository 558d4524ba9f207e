"""What to know of this car first: each alert with its rows and one act; handled ones shrink, and the count falls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say
from desktop_app.rooms.check_in.words import ICONS, alert_words, button_phrase, done_words
from desktop_app.widgets.alert_strip import AlertList, AlertStrip
from desktop_app.widgets.buttons import PRIMARY, SECONDARY
from desktop_app.widgets.card import Card
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.menu import Menu
from desktop_app.widgets.scrolling import ScrollArea

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QKeyEvent

    from db.queries.alerts import Alert
    from db.queries.check_in import CarSheet
    from db.queries.vehicle_file import VisitRow
    from desktop_app.rooms.check_in.form import CheckInForm


def alert_key(alert: Alert) -> str:
    """A key that the same alert has after a restart."""
    return f"{alert.kind}:{','.join(f'{subject}{key}' for subject, key in alert.rows)}:{alert.facts.get('code', '')}"


class AlertsCard(Card):
    """`acted` carries the alert and the act: its button (empty), postponed, declined, rows (show where it comes from), or back (what was done)."""

    acted = Signal(object, str)
    all_handled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Look at these first", icon="triangle-alert", padded=False, parent=parent)
        self._alerts: list[Alert] = []
        self._visits: list[VisitRow] = []
        self._form: CheckInForm | None = None
        self._now: dt.datetime | None = None
        self._insurers: dict[str, str] = {}
        self.list = AlertList(self)
        self.list.all_handled.connect(self.all_handled)
        self.list.taken_back.connect(self._on_taken_back)
        self._none = Label("", "small", "text3", parent=self)
        say(self._none.setText, "Nothing stands open on this car")
        self._last = Label("", "small", "text2", bold=True, parent=self)
        say(self._last.setText, "Last visits")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self._none)
        column.addWidget(self.list)
        column.addWidget(self._last)
        column.addLayout(self._grid)
        column.addStretch(1)
        scroll = ScrollArea(self)
        scroll.setWidget(inside)
        # As wide as the card and no wider: words give way, buttons stay whole.
        inside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._scroll = scroll
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        self.body.addWidget(scroll)
        self.set_hint("↑↓ · Enter · F10")
        follow_language(self._on_language)

    def load(self, form: CheckInForm, sheet: CarSheet | None, now: dt.datetime, insurers: dict[str, str]) -> None:
        """Show the alerts of a car; those that the form has handled stand below."""
        self._form, self._now, self._insurers = form, now, insurers
        self._alerts = list(sheet.alerts) if sheet else []
        self._visits = list(sheet.last_visits) if sheet else []
        self._lay()

    @property
    def open_alerts(self) -> list[Alert]:
        """Those that still wait, worst first."""
        handled = self._form.handled if self._form is not None else {}
        return [alert for alert in self._alerts if alert_key(alert) not in handled]

    @property
    def handled_count(self) -> int:
        """How many were handled."""
        return len(self._alerts) - len(self.open_alerts)

    def mark(self, alert: Alert, done: str) -> None:
        """Note what was done about an alert: added, opened, postponed, declined, noted, comeback, used."""
        if self._form is None or self._now is None:
            return
        key = alert_key(alert)
        self._form.handled[key] = done
        if key in self.list.open_keys:
            subject, rest, _second = alert_words(alert, self._now, self._insurers)
            self.list.mark_handled(key, subject, rest, done_words(done))
        self._title()

    @property
    def handled_alerts(self) -> list[Alert]:
        """Those that something was done about."""
        handled = self._form.handled if self._form is not None else {}
        return [alert for alert in self._alerts if alert_key(alert) in handled]

    def open_again(self, alert: Alert) -> None:
        """Nothing is done about an alert any more: it waits in its place among the open ones."""
        if self._form is not None:
            del self._form.handled[alert_key(alert)]
            self._lay()

    def focus_on(self, alert: Alert) -> None:
        """Put the focus on an open alert."""
        self.list.strip(alert_key(alert)).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> bool:
        """Put the focus on the worst open alert, else on the first that was handled; False when there is none."""
        strips = [*map(self.list.strip, self.list.open_keys), *map(self.list.handled, self.list.handled_keys)]
        if strips:
            strips[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(strips)

    def open_menu(self) -> None:
        """All that can be done about the alert that has the focus, else about the worst open one."""
        focused = QApplication.focusWidget()
        keys = self.list.open_keys
        strip = focused if isinstance(focused, AlertStrip) and self.isAncestorOf(focused) else self.list.strip(keys[0]) if keys else None
        if strip is not None:
            strip.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._menu_of(strip)

    def _lay(self) -> None:
        self.list.clear()
        if self._form is None or self._now is None:
            return
        handled = self._form.handled
        first = True
        for alert in self._alerts:
            key = alert_key(alert)
            strip = AlertStrip(alert.family, ICONS[alert.kind], button=button_phrase(alert), role=PRIMARY if first and key not in handled else SECONDARY)
            strip.set_words(*alert_words(alert, self._now, self._insurers))
            strip.setProperty("alert", alert)
            strip.acted.connect(self._on_acted)
            strip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            strip.customContextMenuRequested.connect(self._on_menu)
            self.list.add(key, strip)
            first = first and key in handled
        for alert in self._alerts:
            key = alert_key(alert)
            if key in handled:
                subject, rest, _second = alert_words(alert, self._now, self._insurers)
                self.list.blockSignals(True)
                self.list.mark_handled(key, subject, rest, done_words(handled[key]))
                self.list.blockSignals(False)
        self._title()
        self._lay_visits()

    def _title(self) -> None:
        count = len(self.open_alerts)
        self._none.setVisible(not self._alerts)
        if count:
            self.set_title("Look at these {count} first", count=count)
        else:
            self.set_title("Nothing left to look at")

    def _lay_visits(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._last.setVisible(bool(self._visits))
        place = ("zh_TW", "zh_CN", "en").index(current_language())
        say_ = formats()
        for row, visit in enumerate(self._visits):
            names = "、".join(name[place] for name in visit.package_names[:2])
            for column, words in enumerate((say_.day(visit.checked_in_at), names, say_.money_short(visit.amount))):
                label: QWidget = ElidedLabel(words, "small", "text", parent=self) if column == 1 else Label(words, "small", "text2", parent=self)
                self._grid.addWidget(label, row, column)

    def _on_language(self, _language: str) -> None:
        self._lay()

    def _on_acted(self) -> None:
        strip = self.sender()
        if isinstance(strip, AlertStrip):
            self.acted.emit(strip.property("alert"), "")

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.list.isAncestorOf(now):
            # Strips that were just laid have no place before that.
            QTimer.singleShot(0, self, self._show_focused)

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.list.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 0, 8)

    def _on_taken_back(self, key: str) -> None:
        self.acted.emit(next(alert for alert in self._alerts if alert_key(alert) == key), "back")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Menu:
            self.open_menu()
            return
        super().keyPressEvent(event)

    def _on_menu(self, _point: object) -> None:
        strip = self.sender()
        if isinstance(strip, AlertStrip):
            self._menu_of(strip)

    def _menu_of(self, strip: AlertStrip) -> None:
        alert = strip.property("alert")
        menu = Menu(self)
        acts: list[tuple[str, str]] = []
        if button_phrase(alert) != "Noted":
            acts.append((tr(button_phrase(alert)), ""))
        if alert.kind in ("postponed", "declined", "found"):
            acts += [(tr("Put off again"), "postponed"), (tr("Decline again"), "declined")]
        acts += [(tr("Show where this comes from"), "rows"), (tr("Noted"), "noted")]
        for words, act in acts:
            menu.addAction(words).setData((alert, act))
        menu.triggered.connect(self._on_menu_act)
        menu.popup(strip.mapToGlobal(strip.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _on_menu_act(self, action: Any) -> None:
        alert, act = action.data()
        self.acted.emit(alert, act)
