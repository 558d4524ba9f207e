"""Run as a process of its own: checks in many new cars, one transaction each, on the store whose address is given."""

from __future__ import annotations

import datetime as dt
import sys

from db.commands.act import Act
from db.commands.check_in import CheckIn
from db.commands.people_and_cars import NewCustomer, NewVehicle
from db.commands.perform import perform
from db.engine import open_engine
from db.rules.errors import Environment

NOW = dt.datetime(2026, 11, 24, 6, 32, tzinfo=dt.UTC)


def main(url: str, first: int, count: int) -> None:
    engine = open_engine(url)
    for number in range(first, first + count):
        command = CheckIn(
            odometer_km=1000 + number,
            promised_at=NOW + dt.timedelta(hours=2),
            new_vehicle=NewVehicle(plate=f"京A{number:05d}"),
            new_customer=NewCustomer(name=f"客戶{number}", phones=(f"138{number:08d}",)),
            signed_on_paper=True,
        )
        act = Act(at=NOW, device=f"pc {first}", everything=True)
        for _attempt in range(20):
            try:
                perform(engine, command, act)
            except Environment as busy:
                if busy.code != "store_locked":
                    raise
                continue
            break
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
