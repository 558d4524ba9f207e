"""Classes of Qt objects that lack something until a subclass says it."""

from __future__ import annotations

from abc import ABCMeta
from typing import Any

from PySide6.QtCore import QObject


class AbstractQt(ABCMeta, type(QObject)):  # type: ignore[misc]
    """Metaclass of a Qt class with methods marked by `abc.abstractmethod`: as with `abc.ABC`, one that lacks any can't be made.

    Qt's classes are made without asking what is abstract, and have a metaclass of their own that `abc.ABC` doesn't go with.
    """

    def __call__(cls, *args: Any, **named: Any) -> Any:
        if cls.__abstractmethods__:
            raise TypeError(f"{cls.__name__} says nothing of {', '.join(sorted(cls.__abstractmethods__))}")
        return super().__call__(*args, **named)
