"""Run as a process of its own, to be killed: checks cars in one after another by keys, and prints what the screen acknowledges.

One JSON object a line: `ready` with the drafts that the desk offers, `kept` with a draft that has reached the disk, `saving` with a form
whose F8 is about to be pressed, `opened` with the number that the notice names.
"""

from __future__ import annotations

import json
import os
import random
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.bootstrap import Program
from desktop_app.clock import standing_at
from desktop_app.place import Request, place_of
from desktop_app.preferences import Preferences
from tests.conftest import NOW
from tests.desktop.typing_help import compose

KEY_SECONDS = 0.02
_FREE = """
SELECT plate FROM vehicle_plate WHERE vehicle_id NOT IN (SELECT vehicle_id FROM work_order WHERE state NOT IN ('delivered', 'cancelled'))
AND vehicle_id NOT IN (SELECT json_extract(body, '$.vehicle_id') FROM draft WHERE json_extract(body, '$.vehicle_id') IS NOT NULL) ORDER BY plate
"""


class Advisor:
    """Types as a person does; whatever comes to the screen meanwhile is printed."""

    def __init__(self, application: QApplication, folder: Path, seed: int) -> None:
        self._application, self._folder = application, folder
        self._random = random.Random(seed)
        self._seed = seed
        self._saving = ""
        self._heard = 0
        request = Request(data_dir=folder, language="zh_TW", theme="light")
        place = place_of(request)
        self.program = Program(application, request, place, Preferences(place.preferences_file), clock=standing_at(NOW))
        self.program.start()
        self.program.scanner.enabled = False
        self.until(lambda: self.program.desks and self.program.desks[0].session.signed_in)
        self.desk = self.program.desks[0]
        self.desk.window.resize(1440, 900)
        self.desk.window.activateWindow()
        self.until(lambda: QApplication.activeWindow() is self.desk.window and QApplication.focusWidget() is not None)
        self.press(Qt.Key.Key_F2)
        self.until(lambda: hasattr(self.desk.window.room_widget("check_in"), "desk"))
        self.view = self.desk.window.room_widget("check_in")
        self.view._keeper.kept.connect(self._on_kept)
        self.until(lambda: not self.program.runner.busy)

    def _on_kept(self, draft: Any) -> None:
        tell(kept={"key": draft.key, "body": draft.body})

    def _look(self) -> None:
        notices = self.desk.window.notices.history if hasattr(self, "desk") else []
        for notice in notices[self._heard :]:
            number = re.search(r"W\d{6}-\d+", notice.words)
            if notice.kind == "done" and number is not None:
                tell(opened={"number": number[0], "key": self._saving})
        self._heard = len(notices)

    def until(self, true: Any, seconds: float = 60.0) -> None:
        for _step in range(int(seconds / 0.002)):
            self._application.processEvents()
            self._look()
            if true():
                return
            QTest.qSleep(2)
        raise AssertionError("waited in vain")

    def rest(self, seconds: float) -> None:
        for _step in range(max(1, int(seconds / 0.005))):
            self._application.processEvents()
            self._look()
            QTest.qSleep(5)

    @property
    def focused(self) -> Any:
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focused, key, modifier)
        self.rest(KEY_SECONDS)

    def write(self, words: str) -> None:
        for character in words:
            if character.isascii():
                QTest.keyClicks(self.focused, character)
            else:
                compose(self.focused, character)
            self.rest(KEY_SECONDS)

    def linger(self) -> None:
        """Now and then a person stops to think."""
        if self._random.random() < 0.5:
            self.rest(self._random.uniform(0.0, 0.6))

    # The script

    def take_known(self, plate: str) -> None:
        self.view.desk.finder.setFocus()
        self.write(plate[-5:])
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.view.in_form)

    def take_new(self, number: int) -> None:
        self.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: QApplication.activeModalWidget() is not None and QApplication.activeWindow() is QApplication.activeModalWidget())
        dialog: Any = QApplication.activeModalWidget()
        self.write(f"川A{number:05d}")
        dialog._phone.setFocus()
        self.write(f"139{number:08d}")
        dialog._name.setFocus()
        self.write(f"王{number}")
        self.press(Qt.Key.Key_F8)
        self.until(lambda: self.view.in_form and QApplication.activeWindow() is self.desk.window)

    def go_on(self, key: str) -> None:
        """Continue the first form that the desk offers."""
        strip = self.view.desk._strips[0]
        assert strip.property("body")["key"] == key
        strip.setFocus()
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.view.in_form)

    def fill_and_save(self) -> None:
        view = self.view
        self.until(lambda: view.promise.proposal is not None)
        view.condition.mileage.setFocus()
        view.condition.mileage.selectAll()
        self.write(str(22000 + self._random.randrange(900)))
        self.press(Qt.Key.Key_Return)
        self.write("5")
        self.linger()
        view.words.words.inner.setFocus()
        self.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        self.write("早上冷車起步有咯吱聲，" + str(self._random.randrange(10**6)))
        self.linger()
        self.press(Qt.Key.Key_Return)
        self.write("空調不涼")
        self.linger()
        if not view._form.lines:
            view.lines.finder.setFocus()
            self.write("xby")
            self.press(Qt.Key.Key_Return)
            self.until(lambda: view._form.lines)
        self.linger()
        if not view._form.signed_on_paper:
            self.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
        assert view._lacks() == [], view._lacks()
        self._saving = view._form.key
        tell(saving={"key": self._saving, "body": view._form.to_draft()})
        self.press(Qt.Key.Key_F8)
        self.until(lambda: not view.in_form)

    def work(self) -> None:
        drafts = [{"key": key, "body": body} for _id, key, _person, _title, body, _at in self.view.desk._drafts]
        tell(ready={"offered": drafts, "strips": len(self.view.desk._strips)})
        with closing(sqlite3.connect(self._folder / "shop.db")) as store:
            known = [plate for (plate,) in store.execute(_FREE)]
        number = self._seed * 100
        if drafts:
            self.go_on(drafts[0]["key"])
            self.fill_and_save()
        while True:
            number += 1
            if known and self._random.random() < 0.6:
                self.take_known(known.pop(0))
            else:
                self.take_new(number)
            self.fill_and_save()


def tell(**what: Any) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)


def main(folder: str, seed: str) -> None:
    application = QApplication(["service-front"])
    Advisor(application, Path(folder), int(seed)).work()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
