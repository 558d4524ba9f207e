"""The recipe of the bundle names what there is: its data folders, packages and plugins that are to stay out."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "build.spec"


def _named(name: str) -> Any:
    """What the recipe says under a name, as far as it stands there in words; what is worked out is left out."""
    for node in ast.parse(RECIPE.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == name for target in node.targets):
            if isinstance(node.value, ast.Constant):
                return node.value.value
            assert isinstance(node.value, (ast.List, ast.Tuple))
            return [ast.literal_eval(entry) for entry in node.value.elts if not isinstance(entry, ast.Starred)]
    raise AssertionError(f"{name} is not in the recipe")


def test_every_data_folder_of_the_recipe_exists_and_goes_where_the_program_looks() -> None:
    folders = _named("DATA_FOLDERS")
    assert folders
    for source, target in folders:
        assert (ROOT / source).is_dir(), source
        assert any((ROOT / source).rglob("*")), source
        # The program finds both beside its packages, in the bundle as in a clone.
        assert target == source


def test_resources_and_migrations_are_in_the_bundle() -> None:
    assert {source for source, _target in _named("DATA_FOLDERS")} >= {"resources", "db/migrations"}


def test_every_package_with_data_is_installed() -> None:
    for package in _named("PACKAGES_WITH_DATA"):
        assert importlib.util.find_spec(package) is not None, package


def test_every_module_named_in_words_is_installed() -> None:
    for module in _named("NAMED_IN_WORDS"):
        assert importlib.util.find_spec(module) is not None, module


def test_what_the_program_never_shows_stays_out() -> None:
    out = _named("QT_NOT_WANTED")
    assert any("qpdf" in part for part in out)
    assert any("gtk3" in part for part in out)
    assert any("qml" in part for part in out)
    assert not {name for name in _named("NOT_WANTED") if name.startswith(("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtPdf"))}


def test_the_script_of_the_recipe_exists() -> None:
    assert (ROOT / _named("SCRIPT")).is_file()
