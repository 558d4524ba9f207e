"""Looks for garbage on the windows' own thread only: what is found may be a widget, and a widget that goes on another thread takes the program with it."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1000


class Collector(QObject):
    """Does the interpreter's own looking for garbage, which happens on whatever thread makes objects, in turns of this object's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_on: bool | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Look from now on. Where nobody has looked so far, what is there already was made by the start and stays for good."""
        if self._was_on is not None:
            return
        self._was_on = gc.isenabled()
        if not self._was_on:
            gc.freeze()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to the interpreter again, if it was so before."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
        self._was_on = None

    def _look(self) -> None:
        for generation, (made, enough) in reversed(list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))):
            if made > enough:
                # The younger ones go with it.
                gc.collect(generation)
                return
