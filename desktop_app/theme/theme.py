"""The look that is in force: colours, fonts and measures by name, and the one signal that says they changed."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from desktop_app.resource import resource
from desktop_app.theme import fonts
from desktop_app.theme.tokens import base_colours, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

THEMES = ("light", "dark")
TEXT_SCALES = (0.9, 1.0, 1.15, 1.3)


@dataclass(frozen=True, slots=True)
class Family:
    """A family of meaning: `fg` for text and icon, `tint` for fill, `solid` for bars and edges, `on_solid` for text on a solid."""

    name: str
    fg: QColor
    tint: QColor
    solid: QColor
    on_solid: QColor


@dataclass(frozen=True, slots=True)
class Mark:
    """How a state is shown: its icon's name and its family; the word is translated where it's shown."""

    icon: str
    sem: str


class Theme(QObject):
    """Ask it by token name; connect to `changed` with a bound method to be told when every answer may be another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = "light"
        self.text_scale = 1.0
        self.language = "zh_TW"
        self.dense = False
        """Whether table rows are 28 px high instead of 36."""
        self._take_colours()

    def colour(self, name: str) -> QColor:
        """A colour of `tokens.json` by name: `text`, `line2`, `rail_bg`, `bad_tint`, `plate_blue_fill`… KeyError if unknown."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = _colour(self._hex[name])
        return found

    def sem(self, family: str) -> Family:
        """A family of meaning: ok, warn, bad, info, violet, teal, rose, rust or grey."""
        found = self._families.get(family)
        if found is None:
            light_text = self.name == "light" and family != "warn"
            # Ink, never white, stands on the bright amber.
            ink = QColor(tokens()["light"]["base"]["text"]) if family == "warn" else self.colour("on_accent")
            on_solid = QColor(tokens()["light"]["base"]["on_accent"]) if light_text else ink
            found = Family(family, self.colour(family), self.colour(f"{family}_tint"), self.colour(f"{family}_solid"), on_solid)
            self._families[family] = found
        return found

    def px(self, size: str) -> int:
        """A text size by token name (micro, small, table, body, section, title, plate, kpi, tech…) in device-independent px, scaled."""
        return max(1, round(int(tokens()["type"][size]) * self.text_scale))

    def font(self, size: str = "body", bold: bool = False) -> QFont:
        """A font of the bundled families at a token size; `size` may also be a number of px as text ("20")."""
        key = (size, bold)
        found = self._fonts.get(key)
        if found is None:
            found = QFont()
            found.setFamilies(fonts.family_order(self.language))
            found.setPixelSize(max(1, round(int(size) * self.text_scale)) if size.isdigit() else self.px(size))
            found.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
            self._fonts[key] = found
        return found

    def metrics(self, size: str = "body", bold: bool = False) -> QFontMetrics:
        """The metrics of `font(size, bold)`."""
        key = (size, bold)
        found = self._metrics.get(key)
        if found is None:
            found = self._metrics[key] = QFontMetrics(self.font(size, bold))
        return found

    def radius(self, name: str) -> float:
        """A corner radius: s (square, chip), m (field, button), card, l (panel, table)."""
        return float(tokens()["radius"][name])

    def row(self, name: str) -> int:
        """A height by name (dense, table, list, field, field_large, topbar, actionbar, rail…), scaled with the text."""
        return round(int(tokens()["row"][name]) * max(1.0, self.text_scale))

    def _take_colours(self) -> None:
        self._hex = base_colours(self.name)
        self._colours: dict[str, QColor] = {}
        self._families: dict[str, Family] = {}
        self._take_fonts()

    def _take_fonts(self) -> None:
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self._metrics: dict[tuple[str, bool], QFontMetrics] = {}


def payer_mark(payer: str) -> Mark:
    """How a payer is coloured: customer, warranty, insurer, internal, goodwill or recall."""
    return Mark("", tokens()["payer"][payer]["sem"])


def state_mark(kind: str, state: str) -> Mark:
    """Icon and family of a state; `kind` is order_state, claim_state or urgency."""
    _word, icon, sem = tokens()[kind][state]
    return Mark(icon, sem)


_theme: Theme | None = None


def current() -> Theme:
    """The one theme of the program; the same object for as long as it runs."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def set_theme(name: str, text_scale: float = 1.0) -> None:
    """Show the program in `light` or `dark` (`system`: whichever the desktop uses) at a text scale, at once."""
    theme = current()
    theme.name = _name_on_desktop() if name == "system" else name
    if theme.name not in THEMES:
        raise ValueError(name)
    theme.text_scale = text_scale
    theme._take_colours()
    _show(theme)


def set_density(dense: bool) -> None:
    """Rows of 28 px in all tables, or of 36."""
    theme = current()
    if dense != theme.dense:
        theme.dense = dense
        theme.changed.emit()


def set_font_language(language: str) -> None:
    """Put the glyph shapes of a language first; called by the switch of language."""
    theme = current()
    if theme.language == language:
        return
    same_order = fonts.family_order(theme.language) == fonts.family_order(language)
    theme.language = language
    if same_order:
        return
    fonts.load_for(language)
    theme._take_fonts()
    _show(theme, colours=False)


def install(application: QApplication, name: str = "light", text_scale: float = 1.0, language: str = "zh_TW") -> None:
    """Give a fresh application its style, first font and colours; the second font family follows once the event loop turns."""
    application.setStyle("Fusion")
    theme = current()
    theme.language = language
    theme._take_fonts()
    fonts.load_for(language)
    set_theme(name, text_scale)
    QTimer.singleShot(0, application, fonts.load_rest)


def follow(slot: Callable[[], None]) -> None:
    """Run a bound method of a QObject now and at every change of the theme, while its object lives."""
    current().changed.connect(slot)
    slot()


def _name_on_desktop() -> str:
    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def _show(theme: Theme, *, colours: bool = True) -> None:
    application = QApplication.instance()
    if isinstance(application, QApplication):
        QApplication.setFont(theme.font())
        if colours:
            QApplication.setPalette(_palette(theme))
            QToolTip.setPalette(_palette_of_tips(theme))
    theme.changed.emit()


def style_sheet(name: str) -> str:
    """What `resources/theme/NAME.qss` says in the colours of now, for one widget of Qt's own that does not paint itself.

    Never for the application: Qt would work it out for each widget of every room at each change of the theme.
    """
    names = {name: _css(current().colour(name)) for name in base_colours(current().name)}
    return Template(resource(f"theme/{name}.qss").read_text(encoding="utf-8")).substitute(names)


def _css(colour: QColor) -> str:
    return f"rgba({colour.red()}, {colour.green()}, {colour.blue()}, {colour.alpha()})"


def _colour(text: str) -> QColor:
    """From #RRGGBB or #RRGGBBAA (QColor itself would read the latter as #AARRGGBB)."""
    colour = QColor(text[:7])
    if len(text) == 9:
        colour.setAlpha(int(text[7:], 16))
    return colour


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: "bg", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "sunken", role.Text: "text",
        role.Button: "surface", role.ButtonText: "text", role.BrightText: "on_accent", role.Highlight: "accent",
        role.HighlightedText: "on_accent", role.Link: "accent", role.LinkVisited: "accent", role.PlaceholderText: "text3",
        role.ToolTipBase: "raised", role.ToolTipText: "text", role.Light: "surface", role.Midlight: "line", role.Mid: "line2",
        role.Dark: "line2", role.Shadow: "line2", role.Accent: "accent",
    }.items():
        palette.setColor(name, theme.colour(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, theme.colour("text3"))
    return palette


def _palette_of_tips(theme: Theme) -> QPalette:
    palette = _palette(theme)
    for name, colour in {QPalette.ColorRole.ToolTipBase: "raised", QPalette.ColorRole.Window: "raised", QPalette.ColorRole.Light: "line2"}.items():
        palette.setColor(name, theme.colour(colour))
    return palette
