"""An act that the person may not do: says who may, and lets such a person do it there and then with a PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.rules.errors import Environment, Refusal
from db.rules.pin import LONGEST
from db.rules.rights import Right, Role
from desktop_app import faults
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.live import say
from desktop_app.i18n.phrases import phrases
from desktop_app.right_words import RIGHT_WORDS
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
        self._people: PeopleGrid | None = None
        self._others: list[StaffRow] = []
        """Who may not give leave for this, or has no PIN to give it with."""
        self._given = False
        roles = [tr(ROLE_WORDS[Role(str(role))], "role") for role in _list(error.facts.get("roles"))]
        who = Label("", "body", wrap=True, parent=self)
        say(who.setText, "Who may do this: {roles}", roles=tr(", ", "list").join(roles))
        if "right" in error.facts:
            what = Label("", "body", bold=True, wrap=True, parent=self)
            say(what.setText, RIGHT_WORDS[Right(str(error.facts["right"]))], "right")
            self.body.addWidget(what)
        self.body.addWidget(who)
        self._who = who
        self.stay = Button("Leave it", keys="Esc", parent=self.sheet)
        self.stay.clicked.connect(self.close_panel)
        self.do = Button("Do it with this person's leave", PRIMARY, keys="Enter", parent=self.sheet)
        self.pad = PinPad(LONGEST, self.do, self, low=True)
        self.pad.entered.connect(self._try)
        self.body.addWidget(self.pad)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.stay)
        self.buttons.addWidget(self.do)
        runner.submit(self, lambda: _staff(engine), self._take_staff)

    def open(self) -> None:
        super().open()
        self.pad.dots.setFocus()

    def take_scan(self, code: str) -> bool:
        """The badge of one who may give leave chooses him, and his PIN is still asked; another's is said to be of no use."""
        cards = self._people.cards if self._people is not None else []
        row = next((row for row in (*(card.row for card in cards), *self._others) if row.badge and row.badge == code), None)
        if row is None:
            return False
        if self._people is not None and self._people.card_of(row.staff_id) is not None:
            self._people.choose(row.staff_id)
        else:
            self.pad.set_message(BAD, "{name} can't give leave for this", name=row.name)
        self.pad.dots.setFocus()
        return True

    def close_panel(self) -> None:
        if not self._given and self._job.on_refused is not None:
            self._job.on_refused(self._error)
        super().close_panel()

    def _take_staff(self, rows: list[StaffRow]) -> None:
        roles = set(_list(self._error.facts.get("roles")))
        may = [row for row in rows if row.has_pin and roles.intersection(row.roles)]
        self._others = [row for row in rows if row not in may]
        people = self._people = PeopleGrid(may, self)
        people.chosen.connect(self._on_chosen)
        people.typed.connect(self.pad.take_key)
        self.body.insertWidget(self.body.indexOf(self._who) + 1, people)
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

        def work() -> dict[str, Any]:
            answer: dict[str, Any] = perform(engine, TryPin(row.staff_id, pin), act).result
            return answer

        self._runner.submit(self, work, lambda answer: self._on_tried(row, answer), self._on_not_tried, writes=True)

    def _on_tried(self, row: StaffRow, answer: dict[str, Any]) -> None:
        """`row`: whose PIN it was; somebody else may have been chosen since."""
        self.do.set_busy(False)
        if answer["ok"]:
            self._given = True
            self.close_panel()
            self._performing.again(self._job, self._job.act.approved_by(row.staff_id))
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


def _staff(engine: Any) -> list[StaffRow]:
    from db.engine import reading
    from db.queries.shop import staff_rows

    with reading(engine) as session:
        return staff_rows(session)
