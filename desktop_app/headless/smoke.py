"""`smoke`: opens every room on the store without a display, a line a room with its milliseconds."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.headless import DONE, SHOP_HAS_FAULTS

if TYPE_CHECKING:
    import argparse

    from desktop_app.command_line import Call
    from desktop_app.faults import Report
    from desktop_app.i18n import Phrases

PATIENCE_SECONDS = 30.0


def describe(parser: argparse.ArgumentParser, phrases: Phrases) -> None:
    """It has no arguments of its own."""


def run(call: Call) -> int:
    """Exit 1 if a room fails; its fault is in the log, and its type on the line."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop_app.headless.store import opened, place_of_call

    with opened(call) as (_store, shop):
        print(f"{shop.name} ({shop.code})")
    from PySide6.QtWidgets import QApplication

    from desktop_app.bootstrap import Program
    from desktop_app.preferences import Preferences

    place = place_of_call(call)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    # What is to be said of the options has been said.
    request = replace(call.request, today=None, demo_seed=None, demo_size=None)
    program = Program(application, request, place, Preferences(place.preferences_file), visits=True)
    faults: list[Report] = []
    program.reported.connect(faults.append)
    program.start()
    code = DONE
    try:
        desk = program.desks[0]
        if not _wait(application, lambda: desk.context is not None and desk.session.signed_in):
            call.complain(call.phrases("The store could not be opened; see the log {path}", path=str(place.log_file)))
            return SHOP_HAS_FAULTS
        for key, room in desk.window.rooms.items():
            faults.clear()
            start = time.perf_counter()
            words = ""
            try:
                desk.window.show_room(key)
                if not _wait(application, lambda: program.runner.busy == 0):
                    words = call.phrases("did not come to rest")
            except Exception as error:
                # A room that can't be built is what is looked for here: it is reported as a fault of the running program would be.
                program.watch.take(error)
            application.processEvents()
            took = (time.perf_counter() - start) * 1000
            words = words or "; ".join(f"{report.number} {report.what}" for report in faults)
            code = SHOP_HAS_FAULTS if words else code
            print(f"{room.key:16} {took:8.0f} ms  {words or call.phrases('fine')}")
    finally:
        program.stop()
    return code


def _wait(application: object, done: object) -> bool:
    """Let the program run until `done()`; whether that came in time."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not done():  # type: ignore[operator]
        application.processEvents()  # type: ignore[attr-defined]
        # The pool's threads need the interpreter too.
        time.sleep(0.001)
        if time.monotonic() > end:
            return False
    return True
