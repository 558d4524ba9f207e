"""Shows every widget in both themes and all three languages, and saves the pictures: `python -m tests.desktop.gallery OUT_FOLDER [PAGE...]`.

With `TEXT_SCALE=1.3` in the environment at that text size; with Qt's own `QT_SCALE_FACTOR=2` as on a dense screen.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import switch_language
from desktop_app.i18n.state_words import ORDER_STATES
from desktop_app.tasks.runner import Runner
from desktop_app.theme import theme
from desktop_app.widgets.action_bar import ActionBar
from desktop_app.widgets.alert_strip import AlertList, AlertStrip
from desktop_app.widgets.avatar import Avatar
from desktop_app.widgets.buttons import DANGER, PRIMARY, QUIET, Button, IconButton
from desktop_app.widgets.car_drawing import CarDrawing, CarMark
from desktop_app.widgets.card import Card
from desktop_app.widgets.cells import Number, Plate, State, Words, order_state, payer_marks
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.choice import Choice, ChoiceCard, Tick
from desktop_app.widgets.choice_list import ChoiceList
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.field import BAD, OK, WARN, Field
from desktop_app.widgets.figure import Figure
from desktop_app.widgets.filter_bar import FilterBar
from desktop_app.widgets.fuel_gauge import FuelGauge
from desktop_app.widgets.key_hint import KeyHint
from desktop_app.widgets.limit_gauge import LimitGauge, Limits
from desktop_app.widgets.paged_model import Column, PagedModel
from desktop_app.widgets.paged_table import PagedTable
from desktop_app.widgets.pill import MarkSquare, Pill
from desktop_app.widgets.pin_pad import PinPad
from desktop_app.widgets.plate_chip import PlateChip
from desktop_app.widgets.result_list import Result, ResultList
from desktop_app.widgets.segments import Segments
from desktop_app.widgets.signature_pad import SignaturePad
from desktop_app.widgets.stepper import Step, Stepper
from desktop_app.widgets.text_edits import LineEdit, MoneyEdit, NumberEdit
from desktop_app.widgets.time_edits import DateEdit, MomentEdit, TimeOfDayEdit
from desktop_app.widgets.timeline import Entry, Timeline
from desktop_app.widgets.words_edit import WordsEdit

if TYPE_CHECKING:
    from collections.abc import Callable


NOW = dt.datetime(2026, 11, 24, 6, 32, tzinfo=dt.UTC)
RUNNER = Runner()


def wait_for(happened: Callable[[], bool]) -> None:
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: happened() and loop.quit())
    timer.start(5)
    loop.exec()


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
    card.body.addLayout(row(Button("Open", PRIMARY, "check", "F8", "big"), Button("Print", icon="printer", keys="F9", height="big")))
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
    card.body.addStretch(1)
    return card


def marks() -> QWidget:
    card = Card("Back", number=2)
    card.set_done(True)
    states = list(ORDER_STATES)
    for group in (states[:6], states[6:11], states[11:]):
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
    plates = [
        ("粤B8K326", "blue"), ("粤BD28816", "green"), ("京A12345", "yellow"), ("京A12345D", "yellow_green"), ("京A0006警", "white"), ("224578使", "black"),
    ]  # fmt: skip
    card.body.addLayout(row(*[PlateChip(plate, colour, "small") for plate, colour in plates]))
    card.body.addLayout(row(*[PlateChip(plate, colour, "medium") for plate, colour in plates[:4]]))
    card.body.addLayout(row(*[PlateChip(plate, colour, "large") for plate, colour in plates[:3]]))
    stepper = Stepper()
    stepper.set_steps([
        Step("接車 13:02", "done"), Step("派工 13:04", "done"), Step("施工中", "now", "wrench"), Step("質檢", "ahead"), Step("洗車", "ahead"),
        Step("結算", "ahead"), Step("交車", "ahead"),
    ])  # fmt: skip
    card.body.addWidget(stepper)
    card.body.addLayout(row(*[Avatar(name, side) for name, side in (("林依君", 28), ("何家欣", 28), ("羅師傅", 50), ("Lam", 50))]))
    card.body.addStretch(1)
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


def table() -> QWidget:
    card = Card("Open", icon="clipboard-list", padded=False)
    columns = [
        Column("number", "Open", lambda row: Words(row[0], bold=True), 120, "number"),
        Column("plate", "Print", lambda row: Plate(row[1], row[2]), 110),
        Column("who", "Today", lambda row: Words(row[3], row[4], bold=True), 0, "name"),
        Column("due", "Tomorrow", lambda row: Words(row[5], row[6], second_tone="warn", second_bold=True), 130),
        Column("payer", "Back", lambda row: payer_marks(row[7]), 90),
        Column("amount", "Next", lambda row: Number(formats().amount(row[8]), bold=True), 100, right=True),
        Column("state", "Close", lambda row: order_state(row[9]), 120),
    ]
    rows = [
        ("W261124-015", "粤B8K326", "blue", "陳志強", "凱美瑞 2.5G", "18:10", "3h38", ("customer", "recall"), 270800, "checked_in"),
        ("W261124-014", "粤BD28816", "green", "黃麗雯", "秦 PLUS EV", "17:30", "2h58", ("customer",), 112000, "checked_in"),
        ("W261124-011", "粤A66J9R", "blue", "李文傑", "CR-V 1.5T", "15:10", "38 分", ("customer", "warranty", "goodwill"), 244600, "in_progress"),
        ("W261118-004", "粤B52M8N", "blue", "何國棟", "漢蘭達 HEV", "明天 15:00", "", ("insurer",), 2095000, "in_progress"),
        ("W261124-008", "粤B7G118", "blue", "鄧穎詩", "雅閣", "14:20", "超 12 分", ("customer",), 138600, "waiting_customer"),
    ]
    model = PagedModel(RUNNER, columns, itemgetter(0), card)
    shown = PagedTable("gallery", model, ticking=True, parent=card)
    shown.set_sort("number", True)
    model.show_query(lambda after, limit: [] if after else rows, "陳 文")
    card.body.addWidget(shown)
    wait_for(lambda: bool(model.rows))
    shown._toggle(2)
    shown.setCurrentIndex(model.index(2, 0))
    shown.setFocus()
    return card


def search() -> QWidget:
    card = Card("Next", number=4)
    results = ResultList()
    results.show_results([
        Result(1, "陳志強", "凱美瑞 2.5G · 138 0268 4417", "客戶與車 · 3", plate="粤B8K326", right=State("待派工", "info"), right_width=60, keys="Enter"),
        Result(2, "陳梓晴", "海豚 · 136 3301 0925", "客戶與車 · 3", plate="粤BD70952", plate_colour="green", right=State("9 天", "warn", "calendar-clock")),
        Result(3, "W261124-015", "陳志強 · 60,000 km 保養", "單據 · 2", icon="clipboard-list", right=Number("¥2,296.00", bold=True)),
        Result(4, "四輪定位（含路試）", "SLDW", "動作", mark=("套", "ok"), middle="1.2 h", right=Number("¥280.00", bold=True)),
        Result(5, "為陳志強接車", "", "動作", icon="log-in", keys="F2"),
    ], "陳")  # fmt: skip
    card.body.addWidget(results)
    timeline = Timeline()
    timeline.set_entries([
        Entry("加項請客戶決定", "剎車盤光盤 ¥240.00，加 30 分", "14:10 林依君 · 微信已送達", "info"),
        Entry("客戶同意 前剎車片", "電話 135⋯6610 本人，¥680.00", "14:10 林依君 · 錄音 0:42", "ok"),
        Entry("發現 剎車片右前 2.6 mm", "限 3.0 mm · 照片 2", "13:51 阿強", "bad"),
    ])  # fmt: skip
    card.body.addWidget(timeline, 1)
    return card


def entry() -> QWidget:
    card = Card("Print", number=5)
    words = WordsEdit(2)
    words.set_text("「早上冷車起步有咯吱聲，輕踩剎車時右前輪那邊比較明顯，跑十幾分鐘就沒有了。」")
    card.body.addWidget(Field("Open", words))
    promised = MomentEdit(clock=lambda: NOW, big=True)
    promised.set_value(NOW + dt.timedelta(hours=4))
    day = DateEdit(clock=lambda: NOW)
    day.set_value(dt.date(2026, 11, 26))
    line = QHBoxLayout()
    for field in (Field("Today", promised), Field("Next", day), Field("Back", TimeOfDayEdit())):
        line.addWidget(field)
    card.body.addLayout(line)
    filters = FilterBar()
    filters.add_search("words", "Open").setText("8K")
    chips = ChipRow()
    for key in ("Today", "Tomorrow", "Back"):
        chips.add(key, Chip(key)).set_count(3)
    filters.add_chips("state", chips)
    choice = Choice(small=True)
    choice.add_phrase("all", "Open")
    filters.add_choice("who", choice)
    filters._on_changed()
    card.body.addWidget(filters)
    both = QHBoxLayout()
    pad = SignaturePad()
    pad._strokes = [[(0.3 + step / 60, 0.5 + 0.3 * ((step % 5) / 5 - 0.5), 0.5) for step in range(24)]]
    both.addWidget(pad, 1)
    pin = PinPad()
    for digit in "123":
        pin.dots.press(digit)
    pin.set_message(BAD, "Not below {value}", value=6)
    both.addWidget(pin)
    card.body.addLayout(both)
    return card


def cars() -> QWidget:
    card = Card("Open", number=6)
    line = QHBoxLayout()
    for body, layout, zone, view in (("sedan", "around", "door_fr", "right"), ("suv", "sheet", "hood", "top")):
        car = CarDrawing(body, layout)
        car.setMinimumSize(340, 420)
        placing = [CarMark(1, "door_fr", "right", 0.4, 0.5), CarMark(2, "front_bumper", "top", 0.3, 0.03, "warn"), CarMark(3, "hood", "top", 0.5, 0.15, "info")]
        car.set_marks(placing)
        car.go_to(zone, view)
        line.addWidget(car)
    card.body.addLayout(line)
    return card


def figures() -> QWidget:
    card = Card("Today", number=7)
    seen = []
    for count, label, tone in (("16", "Today", "text"), ("1", "Tomorrow", "bad"), ("4", "Back", "warn"), ("¥45,324.00", "Next", "text")):
        figure = Figure(label, tone=tone)
        figure.set_figure(count)
        seen.append(figure)
    card.body.addLayout(row(*seen))
    total = Figure("Open", size="kpi", above=True)
    total.set_figure("¥182,440")
    total.set_change("+3.2 %", 1, "ok")
    card.body.addLayout(row(total))
    card.body.addWidget(LimitGauge(Limits(3000, 5000, True, 0, 10000, "mm"), 2600))
    card.body.addWidget(LimitGauge(Limits(100, 50, False, 0, 200, "mm"), 80))
    card.body.addWidget(LimitGauge(Limits(1600, 3000, True, 0, 8000, "mm"), 6200))
    subjects = ChoiceList()
    subjects.add_phrase("a", "Open", icon="building-2")
    subjects.add_phrase("b", "Close", icon="users", right="9")
    subjects.add_words("c", "陳晓琳 · 陳曉琳", right="91 %", second="手機相同、姓名簡繁相同")
    subjects.choose("b")
    card.body.addWidget(subjects)
    card.body.addStretch(1)
    return card


PAGES = {
    "figures": figures, "cars": cars, "table": table, "search": search, "entry": entry, "buttons": buttons, "marks": marks, "fields": fields,
    "alerts": alerts,
}  # fmt: skip


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
        theme.set_theme(look, float(os.environ.get("TEXT_SCALE", "1")))
        for language in ("zh_TW", "zh_CN", "en"):
            switch_language(language)
            for page in wanted:
                shown = window(page)
                shown.show()
                shown.activateWindow()
                application.processEvents()
                shown.grab().save(str(out / f"{page}_{look}_{language}.png"))
                shown.close()
                shown.deleteLater()
    RUNNER.stop()


if __name__ == "__main__":
    main()
