"""The bundled faces: which files are loaded, and whose glyph shapes come first in which language."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from desktop_app.resource import resource
from desktop_app.theme.tokens import tokens

TRADITIONAL = "Noto Sans TC"
SIMPLIFIED = "Noto Sans SC"

_FILES = {TRADITIONAL: "NotoSansTC", SIMPLIFIED: "NotoSansSC"}

_loaded: set[str] = set()


def family_order(language: str) -> list[str]:
    """Families to look a glyph up in, first to last: the simplified shapes lead in zh_CN only."""
    first, second, *rest = tokens()["type"]["family"]
    return [second, first, *rest] if language == "zh_CN" else [first, second, *rest]


def load_family(family: str) -> None:
    """Make a bundled family known to Qt, once; a missing file is the installation's fault and raises FileNotFoundError."""
    if family in _loaded:
        return
    for face in ("400Regular", "700Bold"):
        path = resource(f"fonts/{_FILES[family]}_{face}.ttf")
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)
    _loaded.add(family)


def load_for(language: str) -> None:
    """Load the family that leads in a language, before the first window is drawn."""
    load_family(family_order(language)[0])


def load_rest() -> None:
    """Load the family that fills the first one's gaps; can wait until the first window stands."""
    load_family(TRADITIONAL)
    load_family(SIMPLIFIED)
