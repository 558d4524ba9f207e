"""The promised time: proposed from the workshop's load with its four figures, chosen by a chip or typed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.rules.errors import Refusal
from db.rules.promised_time import HeldBy, Proposal, check_promise
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say_plain
from desktop_app.widgets.card import Card
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.field import BAD, NEUTRAL, OK, WARN, Field
from desktop_app.widgets.labels import ElidedLabel
from desktop_app.widgets.time_edits import MomentEdit

if TYPE_CHECKING:
    from db.rules.working_calendar import WorkingCalendar
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.form import CheckInForm

_TIGHT = dt.timedelta(minutes=30)


class PromiseCard(Card):
    """Section 5. While nobody has chosen a time the proposal stands and follows the items."""

    edited = Signal()

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__("Promised time", number=5, parent=parent)
        self._context = context
        self._form: CheckInForm | None = None
        self._proposal: Proposal | None = None
        self._calendar: WorkingCalendar | None = None
        self._ticket = 0
        self.set_hint("from the workshop's load", "T")
        self.when = MomentEdit(context.clock, big=True, parent=self)
        self.when.setMinimumWidth(208)
        self.when.value_changed.connect(self._on_value)
        self._field = Field("Promised for", self.when, required=True)
        self._work = ElidedLabel("", "small", "text2", parent=self)
        self._rest = ElidedLabel("", "small", "text2", parent=self)
        self.chips = ChipRow(exclusive=True, parent=self)
        for key in ("tight", "proposed", "tomorrow"):
            self.chips.add(key, Chip(parent=self.chips))
        self.waits = Chip("waits here", icon="users", parent=self)
        self.waits.toggled.connect(self._on_waits)
        self.chips.add_widget(self.waits)
        self.chips.chosen_changed.connect(self._on_chip)
        figures = QVBoxLayout()
        figures.setSpacing(0)
        figures.addWidget(self._work)
        figures.addWidget(self._rest)
        figures.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._field, 1)
        row.addLayout(figures, 1)
        self.body.addLayout(row)
        # A warning ends in a time: it has the card's whole width, for cut off it would not say when.
        self.body.addWidget(self._field.give_hint_line())
        self.body.addWidget(self.chips)
        self.body.setSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        follow_language(self._on_language)

    def set_short(self, short: bool) -> None:
        """Without the chips and the figures, where room is scarce."""
        self.chips.setVisible(not short)
        self._work.setVisible(not short)
        self._rest.setVisible(not short)
        self.show_header(not short)
        self._field.set_label_line(short)

    def load(self, form: CheckInForm) -> None:
        """Show a form."""
        self._form = form
        if form.promised_at and not form.promise_chosen and dt.datetime.fromisoformat(form.promised_at) <= self._context.clock():
            # Proposed before the form was put aside; until the new proposal is there none stands.
            form.promised_at = ""
        self.waits.setChecked(form.customer_waits)
        self._show_moment()
        self.propose()

    def propose(self) -> None:
        """Work the proposal out anew for the lines that stand now."""
        form = self._form
        if form is None:
            return
        lines, now, engine = list(form.lines), self._context.clock(), self._context.engine

        def work() -> tuple[Proposal, WorkingCalendar]:
            from db.engine import reading
            from db.queries.promise import promise_for
            from db.queries.shop import working_calendar

            with reading(engine) as session:
                return promise_for(session, lines, now), working_calendar(session)

        self._context.runner.forget(self._ticket)
        self._ticket = self._context.runner.submit(self, work, self._on_proposal)

    @property
    def proposal(self) -> Proposal | None:
        """The last proposal, None until the first one came."""
        return self._proposal

    def moment(self) -> dt.datetime | None:
        """The time that stands in the form (aware), None when it is missing or cannot be read."""
        if self._form is None or not self._form.promised_at or self.when.fault is not None:
            return None
        return dt.datetime.fromisoformat(self._form.promised_at)

    def _on_proposal(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        self._proposal, self._calendar = answer
        if self._form is None:
            return
        proposed = self._proposal.promised_at.astimezone(dt.UTC).isoformat()
        if not self._form.promise_chosen and self._form.promised_at != proposed:
            self._form.promised_at = proposed
            self.edited.emit()
        self._show_moment()

    def _show_moment(self) -> None:
        form, now, say_ = self._form, self._context.clock(), formats()
        if form is None:
            return
        moment = dt.datetime.fromisoformat(form.promised_at) if form.promised_at else None
        self.when.set_value(moment)
        self.set_done(moment is not None)
        proposal = self._proposal
        if proposal is None:
            return
        say_plain(
            self._work.setText, tr("work {work} · start in {start}", work=say_.duration(proposal.work_minutes), start=say_.duration(proposal.start_minutes))
        )
        say_plain(
            self._rest.setText,
            tr("check and wash {wash} · buffer {buffer}", wash=say_.duration(proposal.check_and_wash_minutes), buffer=say_.duration(proposal.buffer_minutes)),
        )
        for key, moment_, tail, tone in (
            ("tight", proposal.promised_at - _TIGHT, tr("tight"), "bad"),
            ("proposed", proposal.promised_at, tr("proposed"), "info"),
            ("tomorrow", self._tomorrow(), "", ""),
        ):
            chip = self.chips.chip(key)
            chip.setVisible(moment_ is not None and moment_ > now)
            if moment_ is not None:
                chip.setText(say_.time(moment_) if say_.local(moment_).date() == say_.local(now).date() else say_.near(moment_, now))
                chip.set_tail(tail, tone)
        self.chips.choose(*[key for key in ("tight", "proposed", "tomorrow") if moment is not None and self._moment_of(key) == moment])
        self._judge(moment)

    def _judge(self, moment: dt.datetime | None) -> None:
        proposal, now = self._proposal, self._context.clock()
        if moment is None or proposal is None or self.when.fault is not None:
            return
        if self._calendar is not None:
            try:
                check_promise(moment, now, self._calendar)
            except Refusal as refusal:
                if refusal.code == "promised_in_past":
                    self._field.set_hint(BAD, "This time has passed")
                else:
                    self._field.set_hint(
                        WARN, "The shop is closed then; it opens {time}", "", time=formats().near(cast("dt.datetime", refusal.facts["opens_at"]), now)
                    )
                return
        if moment < proposal.ready_at - dt.timedelta(minutes=proposal.buffer_minutes):
            self._field.set_hint(WARN, "too early, expected finish {time}", "", time=formats().near(proposal.ready_at, now))
        elif proposal.held_by is HeldBy.QUEUE:
            self._field.set_hint(NEUTRAL, "cars before it take {time}", "", time=formats().duration(proposal.start_minutes))
        elif not proposal.public_holidays_known:
            self._field.set_hint(WARN, "the public holidays of that year are not known yet")
        else:
            self._field.set_hint(OK, "can be kept")

    def _tomorrow(self) -> dt.datetime | None:
        if self._proposal is None or self._calendar is None:
            return None
        day = self._calendar.day_of(self._proposal.promised_at) + dt.timedelta(days=1)
        return self._calendar.next_open(self._calendar.moment(day, 10 * 60))

    def _moment_of(self, key: str) -> dt.datetime | None:
        if self._proposal is None:
            return None
        return {"tight": self._proposal.promised_at - _TIGHT, "proposed": self._proposal.promised_at, "tomorrow": self._tomorrow()}[key]

    def _on_chip(self, chosen: object) -> None:
        if isinstance(chosen, frozenset) and chosen:
            key = next(iter(chosen))
            self._take(self._moment_of(str(key)), follow=key == "proposed")

    def _on_waits(self, on: bool) -> None:
        if self._form is not None and self._form.customer_waits != on:
            self._form.customer_waits = on
            self.edited.emit()

    def _on_value(self, value: object) -> None:
        if isinstance(value, dt.datetime):
            self._take(value, follow=False)
        elif self.when.fault is None and self._form is not None:
            self._form.promise_chosen = False
            self.propose()

    def _take(self, moment: dt.datetime | None, *, follow: bool) -> None:
        if self._form is None or moment is None:
            return
        self._form.promise_chosen = not follow
        self._form.promised_at = moment.astimezone(dt.UTC).isoformat()
        self._show_moment()
        self.edited.emit()

    def _on_language(self, _language: str) -> None:
        self._show_moment()
