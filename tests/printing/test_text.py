"""Lines of mixed text: nothing is lost, nothing is too wide, and they end where a reader expects them to."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.i18n import LANGUAGES
from desktop_app.printing.fonts import MISSING, typeface
from desktop_app.printing.line_breaks import may_end_a_line, may_start_a_line, pieces
from desktop_app.printing.text import Line, Span, body_style, natural_width, printable, set_lines, shortened

STYLE = body_style("zh_TW")
EM = STYLE.size

_pieces = st.sampled_from([
    "早上冷車起步有咯吱聲", "輕踩剎車時", "，", "。", "」", "）。", "「", "（右前）", "『", "！？", "；：", "、", "《", "》", " ", "  ", "　", "\n",
    "LVGBE40K9M0084731", "粤B·8K326", "京A12345", "61,284 km", "¥1,286.00", "3.1 mm", "04465-06100", "0W-20", "Brake pads", "e\u0301", "…", "——",
    "<b>", "&amp;", "😀", "x" * 30, "%", "12 %", "1 副", "(front right)", "R-2026-014", "“", "”",
])  # fmt: skip
texts = st.one_of(
    st.lists(_pieces, max_size=25).map("".join),
    st.text(max_size=80),
    st.text(st.characters(categories=("Lo", "Nd", "Po", "Ps", "Pe", "Mn"), min_codepoint=0x590, max_codepoint=0x8FF), max_size=30),
)
widths = st.floats(min_value=3 * EM, max_value=40 * EM)


def shown(line: Line) -> str:
    return "".join(run.text for piece in line.pieces for run in piece.runs)


def in_order(text: str) -> str:
    """The text as it is printed: what no font has as 〓, without white space."""
    face = typeface("zh_TW")
    return "".join(face.place(character).text for character in printable(text) if not character.isspace())


def is_left_to_right(text: str) -> bool:
    return not any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in text)


@given(texts, widths)
@settings(max_examples=400, deadline=None)
def test_no_line_is_wider_than_its_room(text: str, width: float) -> None:
    for line in set_lines(text, STYLE, width):
        assert line.width <= width + 0.01


@given(texts.filter(is_left_to_right), widths)
@settings(max_examples=400, deadline=None)
def test_nothing_is_lost_or_doubled(text: str, width: float) -> None:
    printed = "".join("".join(shown(line).split()) for line in set_lines(text, STYLE, width))
    assert printed == in_order(text)


@given(texts)
@settings(max_examples=500, deadline=None)
def test_pieces_begin_and_end_where_a_line_may(text: str) -> None:
    for paragraph in printable(text).split("\n"):
        found = pieces(paragraph)
        assert "".join(paragraph[start:spaced_end] for start, _, spaced_end in found) == paragraph
        for before, after in itertools.pairwise(found):
            if before[1] > before[0]:
                assert may_end_a_line(paragraph[before[1] - 1]) and may_start_a_line(paragraph[after[0]])


@given(texts.filter(is_left_to_right), widths)
@settings(max_examples=500, deadline=None)
def test_a_piece_is_cut_only_when_no_line_holds_it(text: str, width: float) -> None:
    for paragraph in printable(text).split("\n"):
        printed = ["".join(shown(line).split()) for line in set_lines(paragraph, STYLE, width)]
        ends = set(itertools.accumulate(len(line) for line in printed))
        told = 0
        for start, end, _ in pieces(paragraph):
            piece = in_order(paragraph[start:end])
            inside = set(range(told + 1, told + len(piece)))
            assert not inside & ends or natural_width(paragraph[start:end], STYLE) > width
            told += len(piece)


WHOLE = ("LVGBE40K9M0084731", "粤B·8K326", "京A12345", "61,284 km", "¥1,286.00", "3.1 mm", "04465-06100", "R-2026-014", "1 副")


@given(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=9), st.sampled_from([" ", "，", "車輪", "「", "」", "\n"]), st.floats(12 * EM, 40 * EM))
@settings(max_examples=400, deadline=None)
def test_words_amounts_plates_and_numbers_stay_whole(told: list[str], between: str, width: float) -> None:
    lines = [shown(line) for line in set_lines(between.join(told), STYLE, width)]
    for words in set(told):
        assert sum(line.count(words) for line in lines) == told.count(words)


def test_a_plate_is_whole_although_it_begins_with_a_character() -> None:
    for width in range(70, 130):
        lines = [shown(line) for line in set_lines("車牌粤B·8K326的車主", STYLE, width)]
        assert any("粤B·8K326" in line for line in lines)


def test_closing_marks_stay_with_what_they_close() -> None:
    for width in range(60, 200, 3):
        for line in set_lines("他說「（輪子）。」，又說：『好！』；然後走了。" * 3, STYLE, width):
            assert shown(line)[:1] not in set("，。、；：！？」』）")
            assert shown(line)[-1:] not in set("「『（")


def test_a_word_wider_than_the_line_is_cut_and_only_then() -> None:
    lines = [shown(line) for line in set_lines("x" * 200, STYLE, 100)]
    assert "".join(lines) == "x" * 200 and len(lines) > 5


def test_every_character_gets_a_line_where_there_is_no_room() -> None:
    assert [shown(line) for line in set_lines("輪胎", STYLE, 2)] == ["輪", "胎"]


def test_spans_keep_their_look_across_lines() -> None:
    lines = set_lines([Span("客戶原話", bold=True), "　", Span("早上冷車起步有咯吱聲，輕踩剎車時右前輪那邊比較明顯" * 3)], STYLE, 150)
    fonts = [{run.font for piece in line.pieces for run in piece.runs} for line in lines]
    assert fonts[0] == {"NotoSansTC_700Bold", "NotoSansTC_400Regular"}
    assert all(found == {"NotoSansTC_400Regular"} for found in fonts[1:])


def test_a_box_goes_with_its_words() -> None:
    for width in range(30, 150):
        for line in set_lines([part for _ in range(6) for part in (Span("", sign="box"), "\xa0合格", "   ")], STYLE, width):
            assert not line.pieces[-1].sign, "no box is left alone at the end of a line"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_one_face_lacks_comes_from_the_other(language: str) -> None:
    face = typeface(language)
    fonts = {character: face.place(character).font for character in "粤张張你A1"}
    first = "NotoSansSC_400Regular" if language == "zh_CN" else "NotoSansTC_400Regular"
    assert fonts["A"] == fonts["1"] == fonts["你"] == first
    assert fonts["粤"] == "NotoSansSC_400Regular"
    assert face.place("😀").text == MISSING


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("a\tb", "a b"), ("a\r\nb\u2028c", "a\nb\nc"), ("\x00a\x07", "a"), ("\u200ba\u202eb\u2066", "ab"), ("👨‍👩‍👧", "👨"), ("👍🏽", "👍"), ("🇨🇳🇨🇳", "🏳🏳"),
        ("❤️", "❤"), ("e\u0301", "é"), ("a" + "\u0301" * 9, "á\u0301\u0301"), ("\ufffc", ""), ("1\u00a02", "1\u00a02"),
    ],
)  # fmt: skip
def test_what_a_page_cant_show_is_taken_out(words: str, printed: str) -> None:
    assert printable(words) == printed


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_cleaning_twice_is_cleaning_once(words: str) -> None:
    assert printable(printable(words)) == printable(words)


def test_right_to_left_words_are_set_in_their_order() -> None:
    assert shown(set_lines("(אב) 12", STYLE, 500)[0]) == "12 (" + MISSING * 2 + ")"


@given(st.text(min_size=1, max_size=100), widths)
@settings(max_examples=200, deadline=None)
def test_shortened_fits(words: str, width: float) -> None:
    lines = shortened(words, STYLE, width)
    assert len(lines) == 1 and lines[0].width <= width + 0.01
