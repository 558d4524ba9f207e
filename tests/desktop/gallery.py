"""Shows every widget in both themes and all three languages, and saves the pictures: `python -m tests.desktop.gallery OUT_FOLDER`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n.live import switch_language
from desktop_app.theme import theme
from desktop_app.widgets.action_bar import ActionBar
from desktop_app.widgets.alert_strip import AlertList, AlertStrip
from desktop_app.widgets.buttons import DANGER, PRIMARY, QUIET, Button, IconButton
from desktop_app.widgets.card import Card
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.choice import Choice, ChoiceCard, Tick
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.field import BAD, OK, WARN, Field
from desktop_app.widgets.fuel_gauge import FuelGauge
from desktop_app.widgets.key_hint import KeyHint
from desktop_app.widgets.labels import Label
from desktop_app.widgets.pill import MarkSquare, Pill
from desktop_app.widgets.plate_chip import PlateChip
from desktop_app.widgets.segments import Segments
from desktop_app.widgets.text_edits import LineEdit, MoneyEdit, NumberEdit


def row(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line


def buttons() -> QWidget:
    card = Card("Open", number=1)
    card.set_hint("Next", "F6")
    busy = Button("Save", PRIMARY, keys="F8")
    off = Button("Print", icon="printer", keys="F9")
    off.setEnabled(False)
    focused = Button("Print", icon="printer", keys="F9")
    card.body.addLayout(row(Button("Open", PRIMARY, "check", "F8", "big"), Button("Print", icon="printer", keys="F9", height="big"), Button("Cancel", keys="Esc")))
    card.body.addLayout(row(busy, focused, off, Button("Undo", QUIET, "undo-2"), Button("Cancel", DANGER), IconButton("x", "Close")))
    card.body.addLayout(row(Button("Open", PRIMARY, height="small"), Button("Print", height="small", keys="Alt U"), KeyHint("Ctrl K"), KeyHint("/")))
    chips = ChipRow()
    for key, phrase, icon in (("1", "Today", ""), ("2", "Tomorrow", "clock"), ("3", "Back", "")):
        chip = chips.add(key, Chip(phrase, keys="" if icon else key, icon=icon))
        chip.set_count(int(key) * 4) if icon else None
    chips.choose("1")
    card.body.addWidget(chips)
    segments, tabs = Segments(), Segments(tabs=True)
    for one in (segments, tabs):
        one.add("a", "Today", count=9)
        one.add("b", "Tomorrow")
        one.add("c", "Back")
    card.body.addLayout(row(segments, tabs))
    return card


def marks() -> QWidget:
    card = Card("Back", number=2)
    card.set_done(True)
    states = ("checked_in", "dispatched", "in_progress", "waiting_parts", "waiting_customer", "quality_check", "washing", "ready", "settled", "delivered", "cancelled")
    for group in (states[:6], states[6:]):
        pills = []
        for state in group:
            pill = Pill()
            pill.show_order_state(state)
            pills.append(pill)
        card.body.addLayout(row(*pills))
    squares = []
    for payer in ("customer", "warranty", "insurer", "internal", "goodwill", "recall"):
        square = MarkSquare()
        square.show_payer(payer)
        squares.append(square)
    for kind in ("labour", "part", "consumable", "sublet", "fee", "package"):
        square = MarkSquare()
        square.show_line_kind(kind)
        squares.append(square)
    card.body.addLayout(row(*squares))
    plates = [("粤B8K326", "blue"), ("粤BD28816", "green"), ("京A12345", "yellow"), ("京A12345D", "yellow_green"), ("京A0006警", "white"), ("224578使", "black")]
    card.body.addLayout(row(*[PlateChip(plate, colour, "small") for plate, colour in plates]))
    card.body.addLayout(row(*[PlateChip(plate, colour, "medium") for plate, colour in plates[:4]]))
    card.body.addLayout(row(*[PlateChip(plate, colour, "large") for plate, colour in plates[:3]]))
    return card


def fields() -> QWidget:
    card = Card("Print", number=3)
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    name = Field("Open", LineEdit(), required=True)
    name.edit.setText("陳志強")
    mileage = NumberEdit(unit="km", big=True)
    mileage.set_value(61284)
    km = Field("Next", mileage)
    km.set_plain_hint(OK, "合理：上次 53,902 km(3/18)，日均 29.4 km，推算 61,280 km")
    phone = Field("Today", LineEdit(), required=True)
    phone.edit.setText("138 0268 441")
    phone.set_plain_hint(BAD, "手機要 11 位，現在是 10 位")
    money = MoneyEdit()
    money.set_value(128600)
    amount = Field("Back", money)
    amount.set_plain_hint(WARN, "比 3/18 的 53,902 km 少。是 61,284 嗎？")
    amount.set_offer("Undo", card.update, "Alt Y")
    choice = Choice()
    choice.add_phrase("a", "Today")
    choice.add_phrase("b", "Tomorrow")
    search = LineEdit(icon="search", keys="/")
    search.set_placeholder("Open")
    fuel = FuelGauge(big=True)
    fuel.set_value(5)
    for index, field in enumerate((name, km, phone, amount, Field("Close", choice), Field("Next", fuel), Field("Open", search, hint="Tomorrow"))):
        grid.addWidget(field, index // 2, index % 2)
    card.body.addLayout(grid)
    tick = Tick("Today")
    tick.setChecked(True)
    card.body.addLayout(row(tick, Tick("Tomorrow")))
    cards = QHBoxLayout()
    for phrase in ("Today", "Tomorrow"):
        one = ChoiceCard(phrase, "Open")
        one.setChecked(phrase == "Today")
        cards.addWidget(one)
    card.body.addLayout(cards)
    return card


def alerts() -> QWidget:
    card = Card("Close", icon="triangle-alert")
    strips = AlertList()
    for key, sem, icon, words in (
        ("owes", "bad", "banknote", ("欠款 ¥320.00", "掛帳 41 天", "單 W261014-006")),
        ("policy", "violet", "umbrella", ("保險 27 天後到期", "平安", "2026-12-21 · 在本店投保")),
        ("promise", "grey", "handshake", ("答應過的事", "送雨刷片一對", "3/18 林依君承諾")),
        ("recall", "rust", "flag", ("召回 R-2026-014", "燃油泵未換", "")),
    ):
        strips.add(key, AlertStrip(sem, icon, button="Open", role=PRIMARY if key == "owes" else "secondary")).set_words(*words)
    strips.mark_handled("recall", "召回 R-2026-014", "燃油泵未換", "已加入")
    card.body.addWidget(strips)
    card.body.addWidget(EmptyState("check-check", "Today", "Tomorrow", "Open", "Enter"))
    return card


PAGES = {"buttons": buttons, "marks": marks, "fields": fields, "alerts": alerts}


def window(page: str) -> QWidget:
    """A page of the gallery on the window's ground, with an action bar below."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    inner = QVBoxLayout()
    inner.setContentsMargins(16, 16, 16, 16)
    inner.addWidget(PAGES[page]())
    column.addLayout(inner, 1)
    bar = ActionBar()
    bar.say_status("save", "ok", "Save")
    bar.add(Button("Cancel", keys="Esc", height="big"))
    bar.add(Button("Open", PRIMARY, "check", "F8", "big"))
    column.addWidget(bar)
    whole.resize(900, 640)
    return whole


def main() -> None:
    application = QApplication(sys.argv[:1])
    theme.install(application)
    theme.fonts.load_rest()
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:] or list(PAGES)
    for look in theme.THEMES:
        theme.set_theme(look)
        for language in ("zh_TW", "zh_CN", "en"):
            switch_language(language)
            for page in wanted:
                shown = window(page)
                shown.show()
                application.processEvents()
                shown.grab().save(str(out / f"{page}_{look}_{language}.png"))
                shown.close()
                shown.deleteLater()


if __name__ == "__main__":
    main()
