"""Service output (產值): cars in × output per car, and which of the two a change came from."""

from __future__ import annotations

from dataclasses import dataclass

from db.rules.money import round_half_up_div


@dataclass(frozen=True, slots=True)
class Output:
    """A month's cars in, and what was settled for them in fen."""

    cars: int
    fen: int

    @property
    def per_car(self) -> int | None:
        """Output per car (單車產值) in fen; None without a car."""
        return round_half_up_div(self.fen, self.cars) if self.cars else None


@dataclass(frozen=True, slots=True)
class OutputChange:
    """A change in fen: the part that came from the number of cars, and the part that came from output per car."""

    from_cars: int
    from_per_car: int

    @property
    def total(self) -> int:
        """The whole change."""
        return self.from_cars + self.from_per_car


def change(before: Output, now: Output) -> OutputChange:
    """What changed from one month to the other; the two parts add up to the change exactly.

    More or fewer cars count at the earlier output per car, the rest is output per car. Where a month had no car, all of it came from cars.
    """
    whole = now.fen - before.fen
    if not before.cars or not now.cars:
        return OutputChange(whole, 0)
    from_cars = round_half_up_div((now.cars - before.cars) * before.fen, before.cars)
    return OutputChange(from_cars, whole - from_cars)
