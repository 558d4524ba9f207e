"""What this program is, on what it runs, and whose fonts and icons it carries."""

from __future__ import annotations

import platform
import sqlite3
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from desktop_app import __version__
from desktop_app.i18n.live import say
from desktop_app.resource import resource
from desktop_app.shell.overlay import Panel
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.reading_box import ReadingBox
from desktop_app.widgets.segments import Segments

if TYPE_CHECKING:
    from db.engine import Engine
    from desktop_app.place import Place

_LICENCES = {"fonts": "fonts/OFL.txt", "icons": "icons/LICENSE-lucide.txt"}


class About(Panel):
    """Versions to read out to whoever helps, and the licences of what is bundled."""

    gives_way = True

    def __init__(self, place: Place, engine: Engine | None, window: QWidget) -> None:
        super().__init__("About Service Front", 640, window, "info")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        store = f"SQLite {sqlite3.sqlite_version}" if engine is None or engine.dialect.name == "sqlite" else "PostgreSQL"
        self._rows = (
            ("Version", __version__),
            ("Runs on", f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}"),
            ("Store", f"{store}, {place.title}"),
            ("Log", str(place.log_file)),
        )
        for number, (name, words) in enumerate(self._rows):
            label = Label("", "table", "text2", parent=self)
            say(label.setText, name)
            grid.addWidget(label, number, 0)
            grid.addWidget(ElidedLabel(words, "table", parent=self), number, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self._which = Segments(parent=self)
        self._which.add("fonts", "Fonts: Noto Sans, SIL Open Font License")
        self._which.add("icons", "Icons: Lucide, ISC licence")
        self._which.chosen_changed.connect(self._show)
        self.licence = ReadingBox("", self)
        self.licence.setMinimumHeight(200)
        say(self.licence.setAccessibleName, "Licence")
        self.body.addWidget(self._which)
        self.body.addWidget(self.licence)
        self._show("fonts")
        copy = Button("Copy versions", icon="clipboard-list", parent=self.sheet)
        copy.clicked.connect(self._copy)
        self.close_button = Button("Close", PRIMARY, keys="Esc", parent=self.sheet)
        self.close_button.clicked.connect(self.close_panel)
        self.buttons.addWidget(copy)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.close_button)

    def open(self) -> None:
        super().open()
        self.close_button.setFocus()

    def _show(self, which: str) -> None:
        self.licence.setPlainText(resource(_LICENCES[which]).read_text(encoding="utf-8"))

    def _copy(self) -> None:
        QApplication.clipboard().setText("\n".join(f"{name}: {words}" for name, words in self._rows))
