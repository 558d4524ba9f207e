"""All steps of the tour, and what the program has that a step should open."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import desktop_app.printing
import desktop_app.rooms
import desktop_app.shell
import desktop_app.widgets
import tests.tour.rooms
from desktop_app.shell.overlay import Panel
from desktop_app.widgets.dialog import Dialog

if TYPE_CHECKING:
    from tests.tour.steps import Step

ROOT = Path(desktop_app.rooms.__file__).resolve().parents[1]


def all_steps() -> list[Step]:
    """Room by room, in the order of the rail; the shell's last."""
    modules = [importlib.import_module(f"tests.tour.rooms.{module.name}") for module in pkgutil.iter_modules(tests.tour.rooms.__path__)]
    order = [*desktop_app.rooms.ROOM_MODULES, "shell"]
    return sorted((step for module in modules for step in module.STEPS), key=lambda step: order.index(step.room))


def all_dialogs() -> set[str]:
    """Every class of dialog and panel that the program has, without those that only others are made from."""
    for package in (desktop_app.rooms, desktop_app.shell, desktop_app.printing, desktop_app.widgets):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    return {qualified(kind) for base in (Dialog, Panel) for kind in _below(base) if not kind.__subclasses__()}


def qualified(kind: type) -> str:
    """A class by its module too: two rooms may each have a dialog of one name."""
    return f"{kind.__module__}.{kind.__qualname__}"


def all_titles() -> dict[str, str]:
    """The title of each dialog that is made without a class of its own, or by `ask`, and where it stands in the code."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in ("Dialog", "ask") or len(node.args) < 2:
                continue
            title = node.args[1]
            if isinstance(title, ast.Constant) and isinstance(title.value, str):
                found[title.value] = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
    return found


def _below(kind: type) -> set[type]:
    return {found for child in kind.__subclasses__() for found in (child, *_below(child)) if found.__module__.startswith("desktop_app.")}
