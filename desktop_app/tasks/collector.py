"""Looks for garbage on the windows' own thread only: what is found may be a widget, and a widget that goes on another thread takes the program with it."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1000

_held_back: list[bool] = []
"""For each who holds the interpreter back: whether it looked by itself at that moment."""


def hold_back() -> None:
    """Keep the interpreter from looking by itself, on whatever thread makes objects, until each `hold_back` has had its `let_go`."""
    _held_back.append(gc.isenabled())
    gc.disable()


def let_go() -> None:
    """No more need of it: the last one leaves the interpreter as the first one found it. Raises `IndexError` where nobody holds it back."""
    # Those after the first found it held back already: what counts is what the first one found, whoever of them goes first.
    looked = _held_back[0]
    _held_back.pop()
    if looked and not _held_back:
        gc.enable()


class Collector(QObject):
    """Does the interpreter's own looking for garbage in turns of this object's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Look from now on. Where nobody has looked so far, what is there already was made by the start and stays for good."""
        if self._timer.isActive():
            return
        hold_back()
        if not _held_back[0]:
            gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to the interpreter again, if it was so before."""
        if self._timer.isActive():
            self._timer.stop()
            let_go()

    def _look(self) -> None:
        for generation, (made, enough) in reversed(list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))):
            if made > enough:
                # The younger ones go with it.
                gc.collect(generation)
                return
