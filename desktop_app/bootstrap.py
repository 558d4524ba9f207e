"""Starts the window program: one for each data folder and desktop user, else the one that runs already is asked for its window."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from desktop_app.i18n.phrases import phrases
from desktop_app.place import Request, desktop_language, place_of
from desktop_app.preferences import Preferences
from desktop_app.program import Program

__all__ = ["Program", "run"]


def run(request: Request) -> int:
    """Open the window program for a request, or hand the request to the one that runs already; the exit code."""
    remembered = Preferences(place_of(request).preferences_file)
    place = place_of(request, remembered.database)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("service-front")
    application.setDesktopFileName("service-front")
    application.setQuitOnLastWindowClosed(True)
    from desktop_app.single_instance import Answer, SingleInstance

    try:
        instance = SingleInstance(place.folder, place.title if place.server else "")
        first = instance.hold()
    except OSError:
        # What is wrong with the folder is said when the store in it is opened.
        instance, first = None, True
    if not first and instance is not None:
        answer = instance.hand_over({"wish": "window"})
        if answer is Answer.TAKEN:
            return 0
        words = phrases(request.language or remembered.language or desktop_language())
        if answer is Answer.ANOTHER_STORE:
            why = words("It is open already on another store. Close that window first")
        else:
            why = words("It is open already, but does not answer. Close it, or wait until it has finished")
        print(f"service-front: {why}", file=sys.stderr)
        return 2
    program = Program(application, request, place, remembered)
    if instance is not None:
        instance.window_wanted.connect(program.show_again)
        program.stands.connect(instance.listen)
    program.start()
    code = application.exec()
    program.stop()
    if instance is not None:
        instance.release()
    return program.code or code
