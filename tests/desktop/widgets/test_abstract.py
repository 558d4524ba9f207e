"""A Qt class with something left to say can't be made, one that says it can."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.widgets.abstract import AbstractQt

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Room(QWidget, metaclass=AbstractQt):
    told = Signal(str)

    @abstractmethod
    def name(self) -> str:
        """What it is called."""

    @abstractmethod
    def place(self) -> int:
        """Where it stands."""


class Half(Room):
    def name(self) -> str:
        return "half"


class Whole(Half):
    def place(self) -> int:
        return 3


def test_only_a_class_that_says_everything_can_be_made(qtbot: QtBot) -> None:
    with pytest.raises(TypeError, match="Room says nothing of name, place"):
        Room()
    with pytest.raises(TypeError, match="Half says nothing of place"):
        Half()
    made = Whole()
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.told) as heard:
        made.told.emit(made.name() * made.place())
    assert heard.args == ["halfhalfhalf"] and isinstance(made, Room) and not isinstance(QWidget, Room)
