"""Walks the steps in a language, a theme and a size after another; pictures on the way, and what is wrong with the words."""

from __future__ import annotations

import itertools
import re
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Enum, String, select

from db.engine import reading
from db.models import Appointment, Base, Complaint, Recommendation
from desktop_app.i18n import LANGUAGES
from desktop_app.widgets.dialog import Dialog
from tests.tour.all_steps import all_dialogs, all_steps, all_titles, qualified
from tests.tour.demo_store import copy_into
from tests.tour.stage import Stage
from tests.tour.words import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from sqlalchemy.orm import Session

    from tests.tour.steps import Step
    from tests.tour.words import Finding

THEMES = ("light", "dark")
SIZES = ((1280, 720), (1920, 1080))
Look = tuple[str, str, tuple[int, int]]
"""Language, theme, size."""
ALL_LOOKS: list[Look] = list(itertools.product(LANGUAGES, THEMES, SIZES))


@dataclass
class Report:
    """What the walk saw: pictures, what was open, what went wrong."""

    pictures: list[Path] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    words: dict[str, set[Finding]] = field(default_factory=dict)
    """Findings by where they were seen."""
    failures: list[str] = field(default_factory=list)

    def unopened(self) -> list[str]:
        """The dialogs of the program that no step opened."""
        never = sorted(all_dialogs() - self.opened)
        return never + [f"{where} {title!r}" for title, where in all_titles().items() if title not in self.titles]


def stored_words(session: Session) -> set[str]:
    """Every word of the program's own in the records: small Latin letters, joined by underscores, as nobody writes them at a counter."""
    found: set[str] = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Enum):
                found.update(column.type.enums)
            elif isinstance(column.type, String) and table.name not in ("search_key", "catalogue_key") and column.name not in ("name_key", "find_words"):
                found.update(session.execute(select(column).where(column.is_not(None)).distinct()).scalars())
    return {text for text in found if re.fullmatch(r"[a-z][a-z_]+", text)}


class Walk:
    """One program over a fresh copy of the demo."""

    def __init__(self, application: QApplication, template: Path, folder: Path, out: Path | None) -> None:
        self._application, self._template, self._folder, self._out = application, template, folder, out
        self.report = Report()
        self.reader = Reader()
        self._listen_to_titles()

    def walk(self, looks: Sequence[Look], steps: Iterable[Step] | None = None, *, rooms_take_turns: bool = False) -> None:
        """All steps in every look; with `rooms_take_turns` each room in only one of them."""
        by_room: dict[str, list[Step]] = {}
        for step in steps or all_steps():
            by_room.setdefault(step.room, []).append(step)
        if rooms_take_turns:
            self._over_a_copy([(looks[place % len(looks)], room_steps) for place, room_steps in enumerate(by_room.values())])
            return
        for look in looks:
            self._over_a_copy([(look, room_steps) for room_steps in by_room.values()])

    def _over_a_copy(self, turns: Sequence[tuple[Look, list[Step]]]) -> None:
        copy_into(self._template, self._folder)
        stage = Stage(self._application, self._folder, turns[0][0][0], turns[0][0][1])
        with reading(stage.engine) as session:
            for column in (Appointment.reason, Complaint.words, Recommendation.words):
                self.reader.allow(session.execute(select(column).distinct()).scalars())
            self.reader.know_stored(stored_words(session))
        try:
            for look, steps in turns:
                stage.show(*look)
                for step in steps:
                    self._take(stage, step, look)
        finally:
            stage.stop()
        self.report.failures += [f"a fault on the way: {fault.what} {' '.join(fault.where)}" for fault in stage.faults]

    def _take(self, stage: Stage, step: Step, look: Look) -> None:
        language, theme, size = look
        name = f"{step.room}-{step.what}-{language}-{theme}-{size[0]}x{size[1]}"
        try:
            stage.anew()
            stage.open_room("check_in" if step.room == "shell" else step.room)
            step.go(stage)
            if step.opens:
                stage.wait(lambda: stage.is_open(step.opens))
            stage.settle()
            self.reader.begin()
            picture = stage.picture()
            self.report.opened |= {qualified(kind) for kind in stage.open_kinds()}
            found = self.reader.read([stage.window, *stage.layers()], language)
            if found:
                self.report.words.setdefault(name, set()).update(found)
            if self._out is not None:
                file = self._out / f"{name}.png"
                picture.save(str(file))
                self.report.pictures.append(file)
        except Exception:
            self.report.failures.append(f"{name}: {traceback.format_exc(limit=-4)}")

    def _listen_to_titles(self) -> None:
        titles, set_title = self.report.titles, Dialog.set_title

        def listening(dialog: Dialog, phrase: str, **values: Any) -> None:
            titles.add(phrase)
            set_title(dialog, phrase, **values)

        Dialog.set_title = listening  # type: ignore[method-assign]
