"""What plates and VINs say as they are typed: under their field what was recognised, else what is wrong and what would be right."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.rules import plate, vin
from db.rules.problem import Severity
from desktop_app.i18n import current_language
from desktop_app.i18n.phrases import phrases
from desktop_app.recognise_words import sentence
from desktop_app.rooms.customers.words import joined
from desktop_app.widgets.abstract import AbstractQt
from desktop_app.widgets.field import BAD, OK, WARN, Field
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.rules.problem import Problem


class Recogniser(QObject, metaclass=AbstractQt):
    """Watches a field of a plate or a VIN; `slip` is what was typed when it can't be right, else empty."""

    def __init__(self, field: Field, parent: QObject) -> None:
        super().__init__(parent)
        assert isinstance(field.edit, LineEdit)
        self.field, self.edit = field, field.edit
        self.slip = ""
        self._proposal = ""
        self.edit.committed.connect(self.read)

    @abstractmethod
    def read(self) -> None:
        """Say under the field what its content is."""

    def say(self, problems: tuple[Problem, ...], right: str) -> None:
        """Show the first problem with its proposal, or that it is right."""
        self.field.drop_offer()
        self.slip = ""
        typed = self.edit.text().strip()
        if not typed:
            self.field.clear_hint()
            return
        if not problems:
            self.field.set_plain_hint(OK, right)
            return
        problem = problems[0]
        facts = {name: value for name, value in problem.facts.items() if name != "proposal"}
        words = sentence(problem.code, facts, phrases(current_language()))
        self.field.set_plain_hint({Severity.ERROR: BAD, Severity.CONFIRM: WARN}.get(problem.severity, OK), words)
        if problem.severity is not Severity.HINT:
            self.slip = typed
        if problem.proposal is not None:
            self._proposal = problem.proposal
            self.field.set_offer("{text}?", self._take_proposal, "", text=problem.proposal)

    def _take_proposal(self) -> None:
        self.field.drop_offer()
        self.edit.set_text(self._proposal)
        self.read()
        self.edit.committed.emit()


class PlateRecogniser(Recogniser):
    """Reads a plate by the shop's region."""

    def __init__(self, field: Field, region: Callable[[], str], parent: QObject) -> None:
        super().__init__(field, parent)
        self._region = region

    def read(self) -> None:
        recognised = plate.recognise(self.edit.text(), self._region())
        hints = tuple(problem for problem in recognised.problems if not recognised.valid or problem.severity is Severity.HINT)
        self.say(hints, plate.display(recognised.normalised or ""))


class VinRecogniser(Recogniser):
    """Reads a VIN; `maker` and `year` are what it says of the car."""

    def __init__(self, field: Field, year: int, parent: QObject) -> None:
        super().__init__(field, parent)
        self._this_year = year
        self.maker = ""
        self.year: int | None = None

    def read(self) -> None:
        recognised = vin.recognise(self.edit.text(), self._this_year)
        self.maker = getattr(recognised.maker, current_language()) if recognised.maker is not None else ""
        self.year = recognised.year
        right = phrases(current_language())("check digit right")
        self.say(recognised.problems, joined(right, self.maker, str(self.year or "")))
