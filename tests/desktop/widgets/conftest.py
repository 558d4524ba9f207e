"""A program with its look on, in traditional Chinese, and a runner that is stopped at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop_app.i18n.live import switch_language
from desktop_app.tasks.runner import Runner
from desktop_app.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    theme.install(qapp)
    theme.fonts.load_rest()
    switch_language("zh_TW")
    yield
    switch_language("zh_TW")
    theme.set_theme("light")


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    started = Runner()
    yield started
    started.stop()
