"""The walk-around drawing: every panel is reached by keys, hit by touch and named; marks lie where they were set in every drawing."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.paper_content import DamageMarkOnPaper
from desktop_app.car_shapes import APART, BODIES, ROUND, VIEWS, ZONE_WORDS, drawing, spread
from desktop_app.i18n import LANGUAGES, Phrases
from desktop_app.i18n.live import switch_language
from desktop_app.printing import car_drawing as on_paper
from desktop_app.printing.papers import check_in_sheet, job_card
from desktop_app.theme import theme
from desktop_app.widgets.car_drawing import CarDrawing, CarMark
from desktop_app.widgets.signature_pad import SignaturePad
from desktop_app.widgets.text_edits import LineEdit
from tests.desktop.typing_help import press, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Key = Qt.Key
LAYOUTS = ("around", "sheet", *VIEWS)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_drawing_is_read_whole(body: str, layout: str) -> None:
    read = drawing(body, layout)
    zones = [(shape.view, shape.zone) for shape in read.shapes if shape.zone]
    assert len(zones) == len(set(zones)) > 10
    assert {zone for _view, zone in zones} <= set(ZONE_WORDS)
    for shape in read.shapes:
        assert shape.segments[0][0] == "M"
        xs = [number for _command, numbers in shape.segments for number in numbers[0::2]]
        ys = [number for _command, numbers in shape.segments for number in numbers[1::2]]
        assert min(xs) >= -1 and max(xs) <= read.width + 1
        assert min(ys) >= -1 and max(ys) <= read.height + 1


def test_the_unfolded_drawings_lie_where_they_are_said_to() -> None:
    for body in BODIES:
        for layout in ("around", "sheet"):
            whole = drawing(body, layout)
            for view in whole.views:
                alone = drawing(body, view)
                own = {shape.zone: shape for shape in alone.shapes if shape.zone}
                for shape in whole.shapes:
                    if shape.zone and shape.view == view:
                        x, y = own[shape.zone].segments[0][1]
                        there = whole.views[view].point(x / alone.width, y / alone.height)
                        assert there == pytest.approx(shape.segments[0][1], abs=0.11)


@given(st.sampled_from(BODIES), st.sampled_from(("around", "sheet")), st.floats(0, 1), st.floats(0, 1))
def test_a_place_on_a_view_comes_back_as_itself(body: str, layout: str, u: float, v: float) -> None:
    for placing in drawing(body, layout).views.values():
        assert placing.place(*placing.point(u, v)) == pytest.approx((u, v), abs=1e-9)


def test_every_zone_has_a_name_in_every_language() -> None:
    for language in LANGUAGES[:2]:
        say = Phrases(language)
        names = [say(word, "zone") for word in ZONE_WORDS.values()]
        assert not set(names) & set(ZONE_WORDS.values()) and len(set(names)) == len(names)


class Sheet(QWidget):
    def __init__(self, **options: str) -> None:
        super().__init__()
        self.before, self.car, self.after = LineEdit(), CarDrawing(**options), LineEdit()
        column = QVBoxLayout(self)
        for widget in (self.before, self.car, self.after):
            column.addWidget(widget)
        self.resize(500, 700)


def test_tab_goes_round_the_car_and_out(qtbot: QtBot) -> None:
    sheet = Sheet()
    show(qtbot, sheet, sheet.before)
    gone: list[tuple[str, str]] = []
    press(qtbot, Key.Key_Tab)
    for _ in range(40):
        if not sheet.car.hasFocus():
            break
        zone, view = sheet.car.current
        gone.append((view, zone))
        press(qtbot, Key.Key_Tab)
    assert tuple(gone) == ROUND
    assert sheet.after.hasFocus()
    press(qtbot, Key.Key_Backtab, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert sheet.car.current == ("wheel_rr", "right")


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("layout", ["around", "sheet"])
def test_arrows_reach_every_panel(qtbot: QtBot, body: str, layout: str) -> None:
    sheet = Sheet(body=body, layout=layout)
    show(qtbot, sheet, sheet.car)
    zones = [(zone.shape.zone, zone.shape.view) for zone in sheet.car._zones]
    reached, ahead = {sheet.car.current}, [sheet.car.current]
    while ahead:
        place = ahead.pop()
        for key in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down):
            sheet.car.go_to(*place)
            press(qtbot, key)
            if sheet.car.current not in reached:
                reached.add(sheet.car.current)
                ahead.append(sheet.car.current)
    assert reached == set(zones)


def test_right_is_right_and_up_is_up(qtbot: QtBot) -> None:
    sheet = Sheet()
    show(qtbot, sheet, sheet.car)
    sheet.car.go_to("roof", "top")
    press(qtbot, Key.Key_Up)
    assert sheet.car.current == ("windshield", "top")
    press(qtbot, Key.Key_Up)
    assert sheet.car.current == ("hood", "top")
    sheet.car.go_to("roof", "top")
    press(qtbot, Key.Key_Down)
    assert sheet.car.current == ("rear_window", "top")


def test_marks_kinds_and_sizes_by_keys(qtbot: QtBot) -> None:
    sheet = Sheet()
    show(qtbot, sheet, sheet.car)
    car = sheet.car
    car.set_kinds({"G": "scratch", "A": "dent"})
    seen: list[object] = []
    car.marked.connect(lambda zone, view, x, y: seen.append((zone, view, 0 <= x <= 1 and 0 <= y <= 1)))
    car.kind_chosen.connect(seen.append)
    car.size_typed.connect(seen.append)
    car.removal_asked.connect(lambda zone, view: seen.append(("gone", zone, view)))
    car.go_to("door_fr", "right")
    press(qtbot, Key.Key_A, Key.Key_Space, Key.Key_1, Key.Key_2, Key.Key_Return, Key.Key_Delete, Key.Key_Return)
    assert seen == ["dent", ("door_fr", "right", True), 12, ("gone", "door_fr", "right")]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("layout", ["around", "sheet"])
def test_a_touch_in_the_middle_of_a_panel_hits_it(qtbot: QtBot, body: str, layout: str) -> None:
    sheet = Sheet(body=body, layout=layout)
    show(qtbot, sheet)
    car = sheet.car
    hit: list[tuple[str, str]] = []
    car.marked.connect(lambda zone, view, _x, _y: hit.append((zone, view)))
    scale, left, top = car._placing()
    for zone in car._zones:
        if (zone.shape.view, zone.shape.zone) in ROUND:
            point = QPointF(left + zone.centre.x() * scale, top + zone.centre.y() * scale).toPoint()
            qtbot.mouseClick(car, Qt.MouseButton.LeftButton, pos=point)
            assert hit[-1] == (zone.shape.zone, zone.shape.view)
    count = len(hit)
    qtbot.mouseClick(car, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert len(hit) == count


def closest(places: list[tuple[float, float]]) -> float:
    return min(math.dist(one, other) for one, other in itertools.combinations(places, 2))


@pytest.mark.parametrize("size", [(500, 700), (300, 130)])
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("layout", ["around", "sheet"])
def test_marks_set_by_keys_on_one_panel_are_told_apart_on_screen_and_paper(qtbot: QtBot, body: str, layout: str, size: tuple[int, int]) -> None:
    sheet = Sheet(body=body, layout=layout)
    sheet.car.setFixedSize(*size)
    show(qtbot, sheet, sheet.car)
    car = sheet.car
    set_: list[CarMark] = []

    def mark(zone: str, view: str, x: float, y: float) -> None:
        set_.append(CarMark(len(set_) + 1, zone, view, x, y))
        car.set_marks(set_)

    car.marked.connect(mark)
    for zone in car._zones:
        set_.clear()
        car.set_marks([])
        car.go_to(zone.shape.zone, zone.shape.view)
        press(qtbot, *[Key.Key_Space] * 4)
        assert {(one.zone, one.view) for one in set_} == {(zone.shape.zone, zone.shape.view)}
        points = [car._drawing.views[one.view].point(one.x, one.y) for one in set_]
        assert points[0] == pytest.approx((zone.centre.x(), zone.centre.y()))
        assert all(zone.path.contains(QPointF(*point)) for point in points), "each lies on its panel"
        assert len(set(points)) == 4
        if (zone.shape.view, zone.shape.zone) in (("top", "hood"), ("top", "roof"), ("left", "door_fl"), ("right", "door_rr")):
            assert closest(points) >= APART - 0.1, "there is room for four"
        discs = [(centre.x(), centre.y()) for _mark, centre in car.discs()]
        assert closest(discs) >= 18
        assert all(0 <= x <= car.width() and 0 <= y <= car.height() for x, y in discs)
        rows = [DamageMarkOnPaper(one.zone, one.view, one.x, one.y, "scratch", None, "") for one in set_]
        for width, with_ends in ((job_card._CAR_WIDTH, False), (check_in_sheet._CAR_WIDTH, True)):
            assert closest(on_paper._places_of_numbers(body, with_ends, rows, width)) >= 2 * on_paper._MARK_RADIUS


def test_numbers_stay_at_their_place_while_nothing_covers_them() -> None:
    assert spread([(10, 10), (50, 10)], 20, 100, 100) == [(10, 10), (50, 10)]
    first, second, third = spread([(10, 10), (10, 10), (10, 10)], 20, 100, 100)
    assert first == (10, 10) and closest([first, second, third]) == pytest.approx(20, abs=5)


def test_a_size_counts_with_each_digit_at_the_panel_of_the_last_mark(qtbot: QtBot) -> None:
    sheet = Sheet()
    show(qtbot, sheet, sheet.car)
    car = sheet.car
    sizes: list[int] = []
    car.size_typed.connect(sizes.append)
    car.go_to("hood", "top")
    car.set_marks([CarMark(1, "hood", "top", 0.5, 0.2)])
    press(qtbot, Key.Key_1, Key.Key_2)
    sheet.after.setFocus()
    assert sizes[-1] == 12, "it was left without Enter"
    car.setFocus()
    press(qtbot, Key.Key_5, Key.Key_Backspace)
    assert sizes[-1] == 0
    sizes.clear()
    press(qtbot, Key.Key_Down, Key.Key_7)
    assert sizes == [], "another panel's digits wait for Enter"
    press(qtbot, Key.Key_Return)
    assert sizes == [7]
    car.go_to("hood", "top")
    car.set_marks([CarMark(1, "hood", "top", 0.5, 0.2, known=True)])
    press(qtbot, Key.Key_3)
    assert sizes == [7], "what stood there before is not sized by chance"


def test_a_panel_tells_its_name_and_its_marks(qtbot: QtBot) -> None:
    sheet = Sheet()
    show(qtbot, sheet, sheet.car)
    sheet.car.set_marks([CarMark(1, "door_fr", "right", 0.5, 0.5, "bad", "刮痕 12 cm")])
    sheet.car.go_to("door_fr", "right")
    assert sheet.car.accessibleName() == "右前門, 1 刮痕 12 cm"
    switch_language("en")
    assert sheet.car.accessibleName() == "Right front door, 1 刮痕 12 cm"


def test_marks_show_in_both_themes(qtbot: QtBot) -> None:
    sheet = Sheet()
    show(qtbot, sheet)
    plain = sheet.car.grab().toImage()
    sheet.car.set_marks([CarMark(1, "hood", "top", 0.5, 0.2)])
    light = sheet.car.grab().toImage()
    theme.set_theme("dark")
    dark = sheet.car.grab().toImage()
    assert plain != light != dark


def test_a_signature_is_strokes_not_a_slip(qtbot: QtBot) -> None:
    pad = SignaturePad()
    pad.resize(300, 100)
    show(qtbot, pad, pad)
    signed: list[bool] = []
    pad.signed.connect(lambda: signed.append(True))
    qtbot.mouseClick(pad, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert not pad.is_signed and pad.png() == b"" and signed == []
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    for x in range(60, 160, 10):
        qtbot.mouseMove(pad, QPoint(x, 40 + x % 30))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(160, 50))
    assert pad.is_signed and signed == [True]
    light = pad.png()
    theme.set_theme("dark")
    assert pad.png() == light
    picture = QImage.fromData(light)
    assert (picture.width(), picture.height()) == (900, 300)
    assert picture.hasAlphaChannel() and picture.pixelColor(5, 5).alpha() == 0
    inked = [(x, y) for x in range(0, 900, 3) for y in range(0, 300, 3) if picture.pixelColor(x, y).alpha() > 200]
    assert inked and min(x for x, _y in inked) >= 140 and max(x for x, _y in inked) <= 490
    press(qtbot, Key.Key_Delete)
    assert not pad.is_signed
