"""What a person does about an alert: its button, put off or declined again, a look at where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.rooms.check_in.alerts_card import alert_key
from desktop_app.rooms.check_in.lines_model import carries

if TYPE_CHECKING:
    import datetime as dt

    from db.queries.alerts import Alert
    from db.rules.order_line import LineValues
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.form import CheckInForm
    from desktop_app.rooms.check_in.form_page import FormPage

_OPENED_BY_BUTTON = ("open_order", "owes", "claim", "due_more")


class AlertActs(QObject):
    """Writes into the form that stands on the page."""

    done = Signal()
    """The form has changed."""
    person_wanted = Signal()
    leaving = Signal()
    """Another room is about to open: what stands in the form has to be kept first."""

    def __init__(self, context: RoomContext, page: FormPage) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._form: CheckInForm | None = None
        page.lines.replaced.connect(self._on_lines_replaced)

    def load(self, form: CheckInForm) -> None:
        """The form that the acts are written into."""
        self._form = form

    def act(self, alert: Alert, act: str) -> None:
        """`act` is empty for the alert's button, else rows, postponed, declined, noted, or back for what was done."""
        if act == "back":
            self._take_back(alert)
        elif act == "rows" or (not act and not alert.offers and alert.kind in _OPENED_BY_BUTTON):
            # A look at where it comes from answers only what asks for no more than that; an offer stays to be made.
            if alert.kind in _OPENED_BY_BUTTON:
                self._mark(alert, "opened")
            self._open_rows(alert)
        elif act == "postponed":
            self._ask_until(alert)
        elif act == "declined":
            self._ask_reason(alert)
        else:
            self._mark(alert, self._take(alert) if not act else "noted")

    def _take(self, alert: Alert) -> str:
        """Do what the alert's button says; what was done."""
        assert self._form is not None
        if alert.offers:
            wanted = [offer for offer in alert.offers if offer.recommendation_id is not None or not self._page.lines.has(offer.code)]
            for offer in wanted:
                self._page.lines.add_offer(offer)
            self._form.added[alert_key(alert)] = [offer.code for offer in wanted]
            return "added"
        if alert.kind == "recent_visit":
            self._form.comeback_of_id = alert.rows[0][1]
            return "comeback"
        if alert.kind == "voucher":
            self._form.voucher_ids.append(alert.rows[0][1])
            return "used"
        if alert.kind == "nobody_to_reach":
            self.person_wanted.emit()
        return "noted"

    def _take_back(self, alert: Alert) -> None:
        """As if nothing had been done about the alert; what it put on goes, what stood there before it stays."""
        form, key, record = self._form, alert_key(alert), alert.rows[0][1]
        assert form is not None
        match form.handled[key]:
            case "postponed":
                form.postponed = [row for row in form.postponed if row[0] != record]
            case "declined":
                form.declined = [row for row in form.declined if row[0] != record]
            case "used":
                form.voucher_ids = [voucher_id for voucher_id in form.voucher_ids if voucher_id != record]
            case "comeback":
                form.comeback_of_id = form.comeback_line_id = None
        codes = form.added.pop(key, [])
        self._page.alerts.open_again(alert)
        for offer in alert.offers:
            if offer.code in codes:
                self._page.lines.take_away(offer)
        self._page.alerts.focus_on(alert)
        self.done.emit()

    def _on_lines_replaced(self, before: list[LineValues]) -> None:
        """An alert whose items have all been taken off the form asks again."""
        form = self._form
        assert form is not None
        for alert in self._page.alerts.handled_alerts:
            stood, stands = (any(carries(line, offer) for line in lines for offer in alert.offers) for lines in (before, form.lines))
            if form.handled[alert_key(alert)] == "added" and stood and not stands:
                form.added.pop(alert_key(alert), None)
                self._page.alerts.open_again(alert)
                self.done.emit()

    def _mark(self, alert: Alert, done: str) -> None:
        self._page.alerts.mark(alert, done)
        self.done.emit()

    def _ask_until(self, alert: Alert) -> None:
        from desktop_app.rooms.check_in.reason_dialogs import PostponeDialog

        dialog = PostponeDialog(self._context, self._page.window())
        dialog.answered.connect(lambda until, kilometres: self._postpone(alert, until, kilometres))
        dialog.open()

    def _ask_reason(self, alert: Alert) -> None:
        from desktop_app.rooms.check_in.reason_dialogs import DeclineDialog

        dialog = DeclineDialog(self._context, self._page.window())
        dialog.reason_chosen.connect(lambda reason: self._decline(alert, reason))
        dialog.open()

    def _postpone(self, alert: Alert, until: dt.date | None, kilometres: int | None) -> None:
        assert self._form is not None
        self._form.postponed.append([alert.rows[0][1], until.isoformat() if until else None, kilometres])
        self._mark(alert, "postponed")

    def _decline(self, alert: Alert, reason: str) -> None:
        assert self._form is not None
        self._form.declined.append([alert.rows[0][1], reason])
        self._mark(alert, "declined")

    def _open_rows(self, alert: Alert) -> None:
        assert self._form is not None
        subject, key = alert.rows[0]
        self.leaving.emit()
        navigator = self._context.navigator
        match subject:
            case "order":
                navigator.open_order(key)
            case "claim":
                navigator.open_claim(key)
            case "customer":
                navigator.open_customer(key)
            case "settlement":
                navigator.open_customer(alert.facts["customer_id"])
            case "vehicle":
                navigator.open_vehicle(key)
            case _:
                # What was recommended, recalled, insured, promised or given stands in the file of the car.
                assert self._form.vehicle_id is not None
                navigator.open_vehicle(self._form.vehicle_id)
