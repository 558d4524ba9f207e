"""What the program does on the pool's threads around its start; each is loaded with what it needs only when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from db.engine import Engine
    from desktop_app.opening import Opened


class IsPast:
    """Asks the calendar, whose tables of holidays take a while to load, whether an example shop's day is past."""

    def __init__(self, day: dt.date | None) -> None:
        self._day = day

    def __call__(self) -> bool:
        from desktop_app.demo_shop import is_past

        return is_past(self._day)


class Import:
    """Loads a module ahead of its first use."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self) -> None:
        import importlib

        importlib.import_module(self._name)


class ReadShop:
    """Reads the shop and its people anew."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self) -> Opened:
        from desktop_app.opening import read_shop

        return read_shop(self._engine)
