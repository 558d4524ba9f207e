"""Tells, before Qt is loaded, which of a Linux desktop's libraries it would miss, by the packages that bring them."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from pathlib import Path

CORE = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libzstd.so.1": "libzstd1",
    "libz.so.1": "zlib1g",
    "libstdc++.so.6": "libstdc++6",
}
"""What QtCore needs: library file to Debian package."""

SCREEN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
}
"""What drawing needs even without a display."""

DISPLAY = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb.so.1": "libxcb1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What a window on an X display needs beside."""

_GUI_FILES = ("libQt6Widgets.so.6", "libQt6Network.so.6", "libQt6Svg.so.6", "libQt6Pdf.so.6", "libQt6PrintSupport.so.6")
_STOPS_AT = re.compile(r"^(\S+\.so[\w.]*): ")


def missing_packages(*, screen: bool, display: bool = False) -> list[str]:
    """Debian packages that Qt lacks here, in a fixed order; empty on a machine that has them, and on other systems than Linux.

    `screen` asks for drawing too (a window, also an offscreen one), `display` for a window that is seen. Once anything is missing the
    whole list of a window is given, so that one installation is enough.
    """
    if not sys.platform.startswith("linux") or not _unloadable(screen, display):
        return []
    wanted = CORE | SCREEN | DISPLAY
    lacking = {package: None for name, package in wanted.items() if _problem(name)}
    lacking.update({name: None for name in _unloadable(True, True) if name not in wanted and not name.startswith("libQt6")})
    return list(lacking)


def needs_display() -> bool:
    """Whether a window started now would go to an X or Wayland display, rather than to a platform named by the environment."""
    return sys.platform.startswith("linux") and os.environ.get("QT_QPA_PLATFORM", "xcb").partition(":")[0] in ("xcb", "wayland", "")


def display_is_missing() -> bool:
    """Whether a window can't be shown because this session has no display at all."""
    return needs_display() and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _unloadable(screen: bool, display: bool) -> list[str]:
    """Names of the libraries at which loading Qt's own files stops."""
    folder = _qt_folder()
    files = ["libQt6Core.so.6"]
    if screen:
        files += _GUI_FILES
    if display:
        files.append("libQt6XcbQpa.so.6")
    present = [folder / name for name in files if (folder / name).exists()] if folder else files
    problems = (_problem(str(name)) for name in present)
    return list(dict.fromkeys(problem for problem in problems if problem))


def _problem(name: str) -> str:
    """Name of the library that keeps `name` from loading; empty if it loads."""
    try:
        ctypes.CDLL(name)
    except OSError as error:
        found = _STOPS_AT.match(str(error))
        return Path(found.group(1) if found else name).name
    return ""


def _qt_folder() -> Path | None:
    spec = importlib.util.find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        return None
    home = Path(next(iter(spec.submodule_search_locations)))
    return next((folder for folder in (home / "Qt" / "lib", home) if (folder / "libQt6Core.so.6").exists()), None)
