"""`python -m benchmarks [--quick] [--json FILE]`: prints each figure beside its floor, and writes them as JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.figure import Figure


def figures(home: Path, *, quick: bool, wanted: str = "", tell: Callable[[str], object] = print) -> Iterator[Figure]:
    """Every figure in turn. `quick` takes fewer samples; `wanted` leaves out the parts whose name does not hold it."""
    from benchmarks.look_up import look_ups
    from benchmarks.paper import job_card
    from benchmarks.saving import saving
    from benchmarks.start import start
    from benchmarks.window import window

    parts: dict[str, Callable[[], list[Figure]]] = {
        "start": lambda: [start(home, 3 if quick else 9)],
        "look-up": lambda: look_ups(home, 100 if quick else 400),
        "saving": lambda: [saving(home, 12 if quick else 40)],
        "paper": lambda: [job_card(home, 8 if quick else 25)],
        "window": lambda: window(home, 1 if quick else 5, 24 if quick else 160),
    }
    for name, part in parts.items():
        if wanted in name:
            tell(f"-- {name}")
            yield from part()


def main() -> int:
    """Always 0: a figure that misses its goal is said, not hidden, and decides nothing here."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a shop of 20,000 vehicles and fewer samples, under 50 s")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as an array of objects")
    parser.add_argument("--only", default="", metavar="PART", help="start, look-up, saving, paper or window")
    parser.add_argument("--vehicles", type=int, help="another size of the shop")
    parser.add_argument("--folder", type=Path, help="where the measured shops are kept")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from benchmarks.big_shop import BIG_SIZE, QUICK_SIZE, big_shop

    home = big_shop(options.vehicles or (QUICK_SIZE if options.quick else BIG_SIZE), options.folder)
    found = []
    for figure in figures(home, quick=options.quick, wanted=options.only):
        print(figure.as_line(), flush=True)
        found.append(figure)
    if options.json is not None:
        options.json.write_text(json.dumps([figure.as_json() for figure in found], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{sum(figure.met for figure in found)} of {len(found)} figures meet their goals")
    return 0


if __name__ == "__main__":
    sys.exit(main())
