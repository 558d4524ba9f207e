"""The commands that need no window, one module each; `COMMANDS` is the list of them.

A module has `describe(parser, phrases)`, which adds its arguments, and `run(call)`, which does the work and returns the exit code.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """One word of the command line: its module below this package, what it does, and whether it draws."""

    name: str
    module: str
    summary: str
    draws: bool = False


COMMANDS = (
    Command("smoke", "smoke", "open every room once without a display and say how long each took", draws=True),
    Command("check", "check", "verify the history's chain and the shop's books, name each row that fails"),
    Command("print", "print_paper", "write a paper of a work order as a PDF"),
    Command("list", "list_records", "list work orders, customers, vehicles or claims"),
    Command("recognise", "recognise", "say what plates, VINs or phone numbers are"),
)

DONE = 0
SHOP_HAS_FAULTS = 1
ASKED_WRONGLY = 2
