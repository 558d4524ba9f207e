"""The look: every token answers, everything that is read is legible, and no colour is written outside the tokens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

import desktop_app
from desktop_app.i18n import LANGUAGES, Phrases
from desktop_app.i18n.state_words import _ALL
from desktop_app.theme import theme
from desktop_app.theme.icons import icon, icon_pixmap
from desktop_app.theme.tokens import tokens
from tests.desktop.widgets.conftest import look as look

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

FAMILIES = ("ok", "warn", "bad", "info", "violet", "teal", "rose", "rust", "grey")


def contrast(one: QColor, other: QColor) -> float:
    """By the formula of WCAG 2.2."""

    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", theme.THEMES)
def test_what_is_read_stands_out(name: str) -> None:
    theme.set_theme(name)
    look_now = theme.current()
    for tone in ("text", "text2", "text3"):
        for ground in ("surface", "bg", "raised"):
            assert contrast(look_now.colour(tone), look_now.colour(ground)) >= 4.5, (tone, ground)
    for tone in ("text", "text2"):
        assert contrast(look_now.colour(tone), look_now.colour("select")) >= 4.5, tone
    assert contrast(look_now.colour("on_accent"), look_now.colour("accent")) >= 4.5
    assert contrast(look_now.colour("line2"), look_now.colour("surface")) >= 3
    assert contrast(look_now.colour("rail_text"), look_now.colour("rail_bg")) >= 4.5
    for family in map(look_now.sem, FAMILIES):
        assert contrast(family.fg, family.tint) >= 4.5, family.name
        assert contrast(family.on_solid, family.solid) >= (3 if name == "dark" else 4.5), family.name


@pytest.mark.parametrize("plate", tokens()["plate"])
def test_plates_can_be_read(plate: str) -> None:
    look_now = theme.current()
    assert contrast(look_now.colour(f"plate_{plate}_text"), look_now.colour(f"plate_{plate}_fill")) >= 4.5


def test_every_state_has_an_icon_a_family_and_a_word_in_every_language() -> None:
    for kind in ("order_state", "claim_state", "urgency"):
        for state in tokens()[kind]:
            mark = theme.state_mark(kind, state)
            assert not icon_pixmap(mark.icon, mark.sem, 13).isNull()
            assert mark.sem in FAMILIES
            assert state in _ALL[kind]
    for payer in tokens()["payer"]:
        assert theme.payer_mark(payer).sem in FAMILIES
    for language in LANGUAGES[:2]:
        say = Phrases(language)
        for kind, words in _ALL.items():
            for word in words.values():
                assert say(word, kind) != word, (language, kind, word)


def test_a_change_is_one_signal_and_reaches_the_whole_program() -> None:
    class Follower(QObject):
        told = 0

        def tell(self) -> None:
            self.told += 1

    follower = Follower()
    theme.follow(follower.tell)
    theme.set_theme("dark", 1.3)
    assert follower.told == 2
    assert theme.current().colour("surface").name().upper() == tokens()["dark"]["base"]["surface"]
    assert QApplication.palette().window().color() == theme.current().colour("bg")
    assert QApplication.font().pixelSize() == round(14 * 1.3) == theme.current().px("body")


def test_an_unknown_name_is_no_colour_and_no_theme() -> None:
    with pytest.raises(KeyError):
        theme.current().colour("pink")
    with pytest.raises(ValueError, match="sepia"):
        theme.set_theme("sepia")
    theme.set_theme("light")


def test_icons_take_the_colour_and_the_density() -> None:
    picture = icon_pixmap("check", "bad", 16, 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (32, 2.0)
    image = picture.toImage()
    inked = {image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255}
    assert inked == {theme.current().colour("bad").name()}
    assert icon_pixmap("check", "bad", 16, 2.0) is picture
    assert not icon("check").pixmap(16, 16).isNull()


def test_digits_are_equally_wide_in_every_face() -> None:
    for language_first in ("zh_TW", "zh_CN"):
        theme.set_font_language(language_first)
        for bold in (False, True):
            metrics = theme.current().metrics("kpi", bold)
            assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_no_colour_is_written_outside_the_tokens() -> None:
    root = Path(desktop_app.__file__).parent
    written = [
        f"{path.relative_to(root)}: {line.strip()}"
        for folder in ("widgets", "theme", "rooms", "shell")
        for path in (root / folder).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"[\"']#[0-9A-Fa-f]{6}", line)
    ]
    assert written == []
