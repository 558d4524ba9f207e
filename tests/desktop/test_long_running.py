"""The process outlives any number of calls into Qt."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal

import desktop_app


class Bell(QObject):
    rung = Signal()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the constants are immortal by themselves from 3.12 on")
def test_calls_do_not_use_up_the_constants() -> None:
    assert desktop_app.__version__
    bell = Bell()
    for _ in range(2_000):
        bell.setObjectName("x")
        bell.rung.emit()
        bell.blockSignals(False)
    assert all(sys.getrefcount(constant) > 1 << 50 for constant in (None, True, False))
