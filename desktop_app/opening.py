"""Opens the store of a place: made, upgraded or refused, and its shop read; the same for windows and for the command line."""

from __future__ import annotations

import getpass
import platform
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.engine import file_url, open_engine
from db.migrations.run import make_ready
from db.queries.at_start import shop_and_staff

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.commands.act import Act
    from db.commands.shop import MakeShop
    from db.engine import Engine
    from db.queries.shop_rows import ShopRow, StaffRow
    from desktop_app.clock import Clock
    from desktop_app.demo_shop import OtherDemo
    from desktop_app.place import Place, Request


@dataclass(frozen=True)
class Opened:
    """A store that is ready. `shop` is None while nobody has made one in it."""

    engine: Engine
    shop: ShopRow | None
    staff: list[StaffRow]
    clock: Clock | None = None
    """The clock that this shop lives by, where it is not the machine's."""
    other_demo: OtherDemo | None = None
    """The example shop that was there already, where another was asked for."""


def open_store(place: Place, request: Request, progress: Callable[[int, int], object] | None = None, *, only_read: bool = False) -> Opened:
    """Open the place's store, making the tables of an empty one, and the example shop where one is asked for.

    `progress(done, total)` hears how far an example shop is; `only_read` takes a file that can't be written too.
    Environment: those of `make_ready`. Refusal: real_shop_here.
    """
    engine, other = open_engine(address_of(place)), None
    with ExitStack() as unless_ready:
        unless_ready.callback(engine.dispose)
        make_ready(engine, only_read=only_read)
        if request.demo:
            from desktop_app.demo_shop import make_if_empty

            other = make_if_empty(engine, request, progress)
        opened = replace(read_shop(engine), other_demo=other)
        unless_ready.pop_all()
    return opened


def address_of(place: Place) -> str:
    """The database address of a place."""
    if place.server:
        return place.server.replace("postgresql://", "postgresql+psycopg://", 1)
    return file_url(place.store_file)


def read_shop(engine: Engine) -> Opened:
    """The shop and its people as they are now."""
    shop, staff = shop_and_staff(engine)
    if shop is None or not shop.is_demo:
        return Opened(engine, shop, staff)
    from desktop_app.demo_clock import clock_of

    return Opened(engine, shop, staff, clock_of(shop))


def begin_shop(engine: Engine, shop: MakeShop, act: Act) -> int:
    """Make a shop with the starter catalogue in an empty store; the id of its first person. Refusals: those of `MakeShop`."""
    from db.catalogue_files import read_catalogue
    from db.commands.begin_shop import BeginShop
    from db.commands.perform import perform
    from desktop_app.resource import resource

    result: int = perform(engine, BeginShop(shop, read_catalogue(resource("catalogue"))), act).result
    return result


def command_line_act(clock: Clock) -> Act:
    """Who acts from the command line: the operating system's user, with an administrator's rights, and history says so."""
    from db.commands.act import Act

    return Act(at=clock(), device=platform.node() or "PC", actor=f"command line ({getpass.getuser()})", everything=True)
