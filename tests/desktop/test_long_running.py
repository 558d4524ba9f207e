"""The process outlives any number of calls into Qt."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

import desktop_app


def test_calls_without_result_do_not_use_up_none() -> None:
    assert desktop_app.__version__
    before = sys.getrefcount(None)
    thing = QObject()
    for _ in range(2_000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > 1_000_000 or sys.version_info >= (3, 12), before
