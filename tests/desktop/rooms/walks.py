"""One person at the real window, on either store; every window that a test opens is closed at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from desktop_app.i18n.live import switch_language
from tests.desktop.whole_program import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.small_shop import SmallShop


@pytest.fixture
def walk_as(small_shop: SmallShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Walk]]:
    started: list[Walk] = []

    def begin(who: int, **more: Any) -> Walk:
        walk = Walk(small_shop, tmp_path / "machine 機器", who, **more)
        started.append(walk)
        return walk

    yield begin
    for walk in started:
        walk.stop()
    switch_language("zh_TW")
