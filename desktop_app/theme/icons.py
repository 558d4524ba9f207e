"""The bundled line icons, tinted by token colour and kept per size and screen density."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_app.resource import resource
from desktop_app.theme.theme import current

THIN = 1.75
USUAL = 2.0

_pixmaps: dict[tuple[str, int, float, float, float], QPixmap] = {}


@cache
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def icon_pixmap(name: str, colour: QColor | str, size: float, ratio: float = 0.0, stroke: float = USUAL) -> QPixmap:
    """The icon in a colour (a QColor or a token's name), `size` px square, sharp at a device pixel ratio (0: the first screen's)."""
    tint = current().colour(colour) if isinstance(colour, str) else colour
    ratio = ratio or _screen_ratio()
    key = (name, tint.rgba(), float(size), ratio, stroke)
    found = _pixmaps.get(key)
    if found is None:
        text = _source(name).replace("currentColor", tint.name())
        if stroke != USUAL:
            text = re.sub(r'stroke-width="2"', f'stroke-width="{stroke}"', text)
        side = round(size * ratio)
        found = QPixmap(side, side)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.setOpacity(tint.alphaF())
        QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        found.setDevicePixelRatio(ratio)
        _pixmaps[key] = found
    return found


def draw_icon(painter: QPainter, name: str, colour: QColor | str, x: float, y: float, size: float, stroke: float = USUAL) -> None:
    """Draw the icon with its top left corner at x, y."""
    device = painter.device()
    painter.drawPixmap(QRectF(x, y, size, size).topLeft(), icon_pixmap(name, colour, size, device.devicePixelRatio(), stroke))


class _TintedEngine(QIconEngine):
    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        colour = "text3" if mode == QIcon.Mode.Disabled else self._colour
        side = min(rect.width(), rect.height())
        draw_icon(painter, self._name, colour, rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        colour = "text3" if mode == QIcon.Mode.Disabled else self._colour
        return icon_pixmap(self._name, colour, min(size.width(), size.height()), 1.0)

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._colour)


def icon(name: str, colour: str = "text2") -> QIcon:
    """A QIcon for actions and menus that takes the theme's colour whenever it's painted."""
    return QIcon(_TintedEngine(name, colour))


def _screen_ratio() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio() if screen is not None else 1.0
