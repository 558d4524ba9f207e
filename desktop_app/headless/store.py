"""The store as a command of the command line opens it: a shop with defaults is made in an empty one, and that is said."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop_app.clock import machine_clock
from desktop_app.opening import Opened, begin_shop, command_line_act, open_store, read_shop
from desktop_app.place import Place, place_of
from desktop_app.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.queries.shop import ShopRow
    from desktop_app.command_line import Call


def place_of_call(call: Call) -> Place:
    """Where the call's shop lives, by what was asked or by this machine's preferences."""
    remembered = Preferences(place_of(call.request).preferences_file)
    return place_of(call.request, remembered.database)


class _Progress:
    """How far an example shop is, on one line of the console."""

    def __init__(self, call: Call) -> None:
        self._words = call.phrases("Making the example shop")

    def __call__(self, done: int, total: int) -> None:
        print(f"\r{self._words} {done * 100 // total} %", end="\n" if done == total else "", file=sys.stderr, flush=True)


@contextmanager
def opened(call: Call) -> Iterator[tuple[Opened, ShopRow]]:
    """The store and its shop, closed again afterwards. Environment: what keeps it from being opened."""
    place = place_of_call(call)
    # Whoever may only read the file may list and check all the same; a command that writes is refused at its first act.
    store = open_store(place, call.request, _Progress(call) if call.request.demo and sys.stderr.isatty() else None, only_read=True)
    try:
        if store.shop is None:
            from db.commands.shop import MakeShop

            shop = MakeShop(name=call.phrases("My workshop"), language=call.phrases.language, works_alone=True)
            begin_shop(store.engine, shop, command_line_act(machine_clock))
            store = read_shop(store.engine)
            call.complain(call.phrases("There was no shop in {place}: one was made with defaults, without sign-in", place=place.title))
        assert store.shop is not None
        if store.other_demo is not None:
            call.complain(store.other_demo.words(call.phrases))
        if call.request.today is not None:
            from desktop_app.demo_clock import pretended

            call.complain(pretended(store.shop, call.phrases))
        yield store, store.shop
    finally:
        store.engine.dispose()
