"""An act that the person may not do: says who may, and lets such a person do it there and then with a PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.rules.errors import Environment, Refusal
from db.rules.pin import LONGEST
from db.rules.rights import Role
from desktop_app import faults
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.live import say
from desktop_app.i18n.phrases import phrases
from desktop_app.shell.overlay import Panel
from desktop_app.shell.people import ROLE_WORDS, PeopleGrid
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.field import BAD
from desktop_app.widgets.labels import Label
from desktop_app.widgets.pin_pad import PinPad

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.engine import Engine
    from db.queries.shop import StaffRow
    from desktop_app.shell.performing import Job, Performing
    from desktop_app.shell.session import Session
    from desktop_app.tasks.runner import Runner


class LeavePanel(Panel):
    """Asks for another person's leave for one command; without it the command is refused as it was."""

    def __init__(self, job: Job, error: Refusal, engine: Engine, runner: Runner, performing: Performing, session: Session, window: QWidget) -> None:
        super().__init__("This needs somebody else's leave", 640, window, "lock", "warn")
        self._job, self._error = job, error
        self._engine, self._runner = engine, runner
        self._performing, self._session = performing, session
        self._row: StaffRow | None = None
        self._given = False
        roles = [tr(ROLE_WORDS[Role(str(role))], "role") for role in _list(error.facts.get("roles"))]
        who = Label("", "body", wrap=True, parent=self)
        say(who.setText, "Who may do this: {roles}", roles=tr(", ", "list").join(roles))
        self.body.addWidget(who)
        self._place_for_people = who
        self.stay = Button("Leave it", keys="Esc", parent=self.sheet)
        self.stay.clicked.connect(self.close_panel)
        self.do = Button("Do it with this person's leave", PRIMARY, keys="Enter", parent=self.sheet)
        self.pad = PinPad(LONGEST, self.do, self)
        self.pad.entered.connect(self._try)
        self.body.addWidget(self.pad)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.stay)
        self.buttons.addWidget(self.do)
        runner.submit(self, lambda: _who_may(engine, _list(error.facts.get("roles"))), self._take_staff)

    def open(self) -> None:
        super().open()
        self.pad.dots.setFocus()

    def close_panel(self) -> None:
        if not self._given and self._job.on_refused is not None:
            self._job.on_refused(self._error)
        super().close_panel()

    def _take_staff(self, rows: list[StaffRow]) -> None:
        people = PeopleGrid(rows, self)
        people.chosen.connect(self._on_chosen)
        people.typed.connect(self.pad.take_key)
        self.body.insertWidget(1, people)
        # Shown at once: a widget that only its layout shows later takes no part in the sheet's height yet.
        people.show()
        people.choose(0)
        self.pad.dots.setFocus()
        self._lay_sheet()

    def _on_chosen(self, row: StaffRow) -> None:
        self._row = row
        self.pad.clear()

    def _try(self, pin: str) -> None:
        row = self._row
        if row is None or self.do.busy:
            return
        from db.commands.perform import perform
        from db.commands.pins import TryPin

        engine, act = self._engine, self._session.act()
        self.do.set_busy(True)
        self._runner.submit(self, lambda: perform(engine, TryPin(row.staff_id, pin), act).result, self._on_tried, self._on_not_tried, writes=True)

    def _on_tried(self, answer: dict[str, Any]) -> None:
        self.do.set_busy(False)
        if answer["ok"] and self._row is not None:
            self._given = True
            self.close_panel()
            self._performing.again(self._job, self._job.act.approved_by(self._row.staff_id))
        else:
            self.pad.clear()
            self.pad.set_message(BAD, "The PIN is wrong, {count} tries left", count=answer["tries_left"])

    def _on_not_tried(self, error: Exception) -> None:
        self.do.set_busy(False)
        if isinstance(error, (Refusal, Environment)):
            self.pad.clear()
            self.pad.set_plain_message(BAD, faults.sentence(error, phrases(current_language())))
        else:
            self._runner.failed.emit(error)


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _who_may(engine: Any, roles: list[object]) -> list[StaffRow]:
    from db.engine import reading
    from db.queries.shop import staff_rows

    with reading(engine) as session:
        return [row for row in staff_rows(session) if row.has_pin and set(roles).intersection(row.roles)]


