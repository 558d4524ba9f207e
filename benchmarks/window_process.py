"""One program over the measured shop: types, opens, fills, scrolls and switches, and prints what that took as JSON."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QLineEdit, QWidget

from benchmarks.big_shop import NOW
from benchmarks.figure import percentile
from db.engine import reading
from desktop_app.bootstrap import Program
from desktop_app.clock import standing_at
from desktop_app.place import Request, place_of
from desktop_app.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.shell.desk import Desk

PATIENCE_SECONDS = 60.0
HUMAN_SECONDS = 0.09
"""Between two keys of a quick typist."""


class Heartbeat(QObject):
    """Beats at every turn of the event loop; the longest time between two beats is the longest block."""

    def __init__(self) -> None:
        super().__init__()
        self.act = ""
        self.longest: dict[str, float] = {}
        self._last = time.perf_counter()
        timer = QTimer(self)
        timer.timeout.connect(self.beat)
        timer.start(0)

    def beat(self) -> None:
        now = time.perf_counter()
        self.longest[self.act] = max(self.longest.get(self.act, 0.0), (now - self._last) * 1000)
        self._last = now

    def begin(self, act: str) -> None:
        """From now on it is this act that blocks."""
        self.beat()
        self.act = act
        self._last = time.perf_counter()


class Answers(QObject):
    """Of a list of findings: what its answer is to, and when that was painted."""

    def __init__(self, findings: Any) -> None:
        super().__init__(findings)
        self.words = ""
        self.painted_at = 0.0
        self._show = findings.show_results
        findings.show_results = self._note
        for widget in (findings, findings.viewport()) if hasattr(findings, "viewport") else (findings,):
            widget.installEventFilter(self)

    def _note(self, results: Any, words: str) -> None:
        self.words, self.painted_at = words, 0.0
        self._show(results, words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.painted_at:
            self.painted_at = time.perf_counter()
        return super().eventFilter(watched, event)


class Visit:
    """Everything that is done at the one window."""

    def __init__(self, home: Path, keystrokes: int) -> None:
        self._application = QApplication([])
        request = Request(data_dir=home, language="zh_TW", theme="light")
        place = place_of(request)
        preferences = Preferences(Path(tempfile.mkdtemp()) / "preferences.json")
        self._program = Program(self._application, request, place, preferences, clock=standing_at(NOW), visits=True)
        self._keystrokes = keystrokes
        self._program.start()
        self._program.scanner.enabled = False
        self._wait(lambda: self._desk.context is not None and self._desk.session.signed_in and self._desk.window.room_widget() is not None)
        self._desk.window.resize(1280, 720)
        self._desk.window.activateWindow()
        self._rest()
        # What is loaded at leisure is not part of any act.
        self._pause(1.5)
        self.heart = Heartbeat()

    @property
    def _desk(self) -> Desk:
        return self._program.desks[0]

    def measure(self) -> dict[str, Any]:
        """All figures of this window."""
        found: dict[str, Any] = {}
        samples = self._keystroke_samples()
        found["keystroke"], found["keystroke_where"] = percentile(list(samples.values()), 0.99), max(samples, key=lambda each: samples[each])
        blocks = self._blocks()
        found["block_where"], found["block"] = max(blocks.items(), key=lambda each: each[1])
        for name, switch in (("language", self._switch_languages), ("theme", self._switch_themes)):
            spent = switch()
            found[f"{name}_where"], found[name] = max(spent.items(), key=lambda each: each[1])
        found["memory"] = memory_mb()
        found["blocks"] = {act: round(spent, 1) for act, spent in sorted(blocks.items(), key=lambda each: -each[1])}
        self._program.stop()
        return found

    def _keystroke_samples(self) -> dict[str, float]:
        """Key by key into the check-in desk's search: from the key to the paint of the answer to just that text."""
        room: Any = self._desk.window.show_room("check_in")
        self._rest()
        finder = room.desk.finder
        finder.setFocus()
        # The first answer makes the list that is listened to.
        press(finder, "1")
        self._rest()
        answers = Answers(finder._popup.list)
        samples: dict[str, float] = {}
        for text in self._texts():
            finder.clear()
            self._pause(HUMAN_SECONDS)
            for place, character in enumerate(text):
                typed = text[: place + 1]
                begun = time.perf_counter()
                press(finder, character)
                self._wait(lambda typed=typed, begun=begun: answers.words == typed and answers.painted_at > begun)
                samples[typed] = (answers.painted_at - begun) * 1000
                self._pause(HUMAN_SECONDS)
        finder.clear()
        self._rest()
        return samples

    def _texts(self) -> list[str]:
        """Plates, names, phones and order numbers of the shop, as many as make the wanted number of keys."""
        from sqlalchemy import select

        from db.models import Customer, CustomerPhone, VehiclePlate, WorkOrder

        with reading(self._program.engine) as session:  # type: ignore[arg-type]
            plates = session.execute(select(VehiclePlate.plate).where(VehiclePlate.id.in_(range(40, 40_000, 997)))).scalars().all()
            names = session.execute(select(Customer.name).where(Customer.id.in_(range(40, 40_000, 997)))).scalars().all()
            phones = session.execute(select(CustomerPhone.e164).where(CustomerPhone.id.in_(range(40, 40_000, 997)))).scalars().all()
            numbers = session.execute(select(WorkOrder.number).where(WorkOrder.id.in_(range(40, 40_000, 997)))).scalars().all()
        texts: list[str] = []
        for plate, name, phone, number in zip(plates, names, phones, numbers, strict=False):
            texts += [plate[2:], name, phone[3:], number]
            if sum(len(text) for text in texts) > self._keystrokes:
                break
        return texts

    def _blocks(self) -> dict[str, float]:
        """Every room opened, filled, scrolled and typed in; what lies in them too."""
        self._desk.window.forget_rooms()
        self._rest()
        self.heart.longest.clear()
        for key in self._desk.window.rooms:
            self.heart.begin(f"{key}: opened")
            room: Any = self._desk.window.show_room(key)
            self._rest()
            self._scroll(key, room)
            self.heart.begin(f"{key}: typed in")
            if hasattr(room, "filter_focus"):
                room.filter_focus()
                self._type("陳")
                self._type("8K3")
                field = QApplication.focusWidget()
                if isinstance(field, QLineEdit):
                    field.clear()
                self._rest()
        self._one_record_each()
        self.heart.begin("")
        self.heart.longest.pop("", None)
        return dict(self.heart.longest)

    def _one_record_each(self) -> None:
        """A check-in form, an order, a vehicle's and a customer's file."""
        for act, go in (
            ("check_in: a form", lambda: self._desk.navigator.new_check_in(vehicle_id=77)),
            ("work_orders: an order", lambda: self._desk.navigator.open_order(77)),
            ("customers: a vehicle", lambda: self._desk.navigator.open_vehicle(77)),
            ("customers: a customer", lambda: self._desk.navigator.open_customer(77)),
            ("the palette", lambda: self._desk.do("find")),
        ):
            self.heart.begin(act)
            go()
            self._rest()
            self._scroll(act, self._desk.window)
        for panel in list(self._desk.window.panels):
            panel.close_panel()
        self._rest()

    def _scroll(self, act: str, room: QWidget) -> None:
        self.heart.begin(f"{act}: scrolled")
        areas = [area for area in room.findChildren(QAbstractScrollArea) if area.isVisible() and area.verticalScrollBar().maximum() > 0]
        for area in areas[:4]:
            for turn in range(12):
                self._wheel(area.viewport(), -240 if turn < 9 else 480)
                self._turns(2)
            if isinstance(area, QAbstractItemView):
                for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Home):
                    QTest.keyClick(area, key)
                    self._turns(3)
            self._rest()

    def _wheel(self, where: QWidget, delta: int) -> None:
        middle = QPointF(where.rect().center())
        event = QWheelEvent(
            middle, QPointF(where.mapToGlobal(middle.toPoint())), QPoint(0, 0), QPoint(0, delta), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(where, event)

    def _type(self, words: str) -> None:
        for character in words:
            press(QApplication.focusWidget() or self._desk.window, character)
            self._pause(HUMAN_SECONDS)
        self._rest()

    def _switch_languages(self) -> dict[str, float]:
        return self._switch({language: lambda language=language: self._desk.set_language(language) for language in ("en", "zh_CN", "zh_TW")})

    def _switch_themes(self) -> dict[str, float]:
        return self._switch({theme: lambda theme=theme: self._desk.set_theme(theme) for theme in ("dark", "light")})

    def _switch(self, ways: dict[str, Callable[[], object]]) -> dict[str, float]:
        self.heart.longest.clear()
        for key in ("check_in", "work_orders"):
            self._desk.window.show_room(key)
            self._rest()
            for name, switch in ways.items():
                self.heart.begin(f"{name} over {key}")
                switch()
                self._rest()
        self.heart.begin("")
        self.heart.longest.pop("", None)
        return dict(self.heart.longest)

    def _turn(self) -> None:
        self._application.processEvents()
        # Qt leaves this to the loop that a program usually has.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _turns(self, count: int) -> None:
        for _turn in range(count):
            self._turn()
            time.sleep(0.001)

    def _wait(self, until: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not until():
            if time.monotonic() > end:
                raise AssertionError("waited in vain")
            self._turn()
            # The pool's threads need the interpreter too.
            time.sleep(0.0005)

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self._wait(lambda: time.monotonic() >= end)

    def _rest(self) -> None:
        """Until nothing has been under way for a moment longer than a search waits."""
        since = time.monotonic()

        def quiet() -> bool:
            nonlocal since
            if self._program.runner.busy:
                since = time.monotonic()
            return time.monotonic() - since > 0.1

        self._wait(quiet)


def press(where: QWidget, character: str) -> None:
    """One key, of any script."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(where, QKeyEvent(kind, Qt.Key.Key_unknown.value, Qt.KeyboardModifier.NoModifier, character))


def memory_mb() -> float:
    """What of this process lies in memory, in MB."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class Counters(ctypes.Structure):
            _fields_ = (
                ("cb", wintypes.DWORD), ("faults", wintypes.DWORD), ("peak", ctypes.c_size_t), ("working_set", ctypes.c_size_t),
                ("rest", ctypes.c_size_t * 6),
            )  # fmt: skip

        counters = Counters()
        counters.cb = ctypes.sizeof(counters)
        ctypes.windll.psapi.GetProcessMemoryInfo(ctypes.windll.kernel32.GetCurrentProcess(), ctypes.byref(counters), counters.cb)
        return counters.working_set / 1_000_000
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1_000_000
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1_000_000 if sys.platform == "darwin" else peak / 1000


def main() -> int:
    """Print the figures as one line of JSON."""
    print(json.dumps(Visit(Path(sys.argv[1]), int(sys.argv[2])).measure(), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
