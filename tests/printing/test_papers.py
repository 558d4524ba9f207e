"""Every paper, read back: what it says, in which fonts, with codes that a scanner reads, on as many pages as it needs."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader

from db.queries.paper_content import ComplaintOnPaper
from desktop_app.i18n import LANGUAGES
from desktop_app.printing.papers import PAPERS, render
from tests.printing.reading import codes, fonts, operators, pages_of_words, picture, words
from tests.printing.samples import HOSTILE_NAMES, LETTERHEADS, hostile, long, mixed, ordinary

every_paper = pytest.mark.parametrize("paper", PAPERS)
every_language = pytest.mark.parametrize("language", LANGUAGES)


MM = 72 / 25.4


def first_page_measures(pdf: bytes) -> dict[str, Any]:
    """The first page's bars (width, height), the side of its QR code, and the heights of the findings' lines from the top."""
    rectangles: list[tuple[float, float, float, float]] = []
    lines: list[tuple[float, float, float]] = []
    start = (0.0, 0.0)
    content = PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert content is not None
    for operands, operator in content.operations:
        if operator == b"re":
            x, y, width, height = (float(number) for number in operands)
            rectangles.append((x, y, width, height))
        elif operator == b"m":
            start = (float(operands[0]), float(operands[1]))
        elif operator == b"l" and float(operands[1]) == start[1]:
            lines.append((start[0], float(operands[0]), start[1]))
    bars = [(width, height) for _, _, width, height in rectangles if height > 11 * MM and width < 2 * MM]
    squares = [found for found in rectangles if found[3] < 1.1 * MM and found[0] > 179 * MM]
    side = max(x + width for x, _, width, _ in squares) - min(x for x, _, _, _ in squares)
    right_half = [y for left, right, y in lines if 90 * MM < left < 100 * MM and right > 190 * MM]
    return {"bars": bars, "square": side, "findings": sorted(right_half, reverse=True)}


def paper_of(paper: str, language: str = "zh_TW") -> bytes:
    return render(paper, mixed(language), LETTERHEADS[language])


def test_the_job_card_calls_a_technician_without_a_bay_what_he_is() -> None:
    order = mixed("zh_TW")
    assert "工位1號工位梁師傅" in words(render("job-card", order, LETTERHEADS["zh_TW"]))
    text = words(render("job-card", replace(order, bay=""), LETTERHEADS["zh_TW"]))
    assert "技師梁師傅" in text and "工位" not in text


@every_paper
@every_language
def test_both_codes_are_read_from_every_page(paper: str, language: str) -> None:
    order = long(language) if language == "zh_TW" else mixed(language)
    pdf = render(paper, order, LETTERHEADS[language])
    for page in range(len(PdfReader(io.BytesIO(pdf)).pages)):
        assert codes(pdf, page) == {"Code128": "K7Q2/W261124-007", "QRCode": "K7Q2/W261124-007"}


def test_a_number_with_more_digits_still_scans() -> None:
    order = replace(ordinary(), number="W261124-1000")
    assert set(codes(render("job-card", order, LETTERHEADS["zh_TW"])).values()) == {"K7Q2/W261124-1000"}


@every_paper
@every_language
def test_fonts_are_the_bundled_ones_embedded_and_subset(paper: str, language: str) -> None:
    found = fonts(paper_of(paper, language))
    assert found and all(found.values())
    assert all(re.fullmatch(r"[A-Z]{6}\+NotoSans[TS]C-(Regular|Bold)", name.lstrip("/")) for name in found)
    assert len(paper_of(paper, language)) < 250_000


@every_paper
@every_language
def test_the_same_content_gives_the_same_bytes(paper: str, language: str) -> None:
    assert paper_of(paper, language) == paper_of(paper, language)


@every_paper
@every_language
def test_a_paper_needs_no_colour(paper: str, language: str) -> None:
    pdf = paper_of(paper, language)
    assert not operators(pdf) & {"rg", "RG", "k", "K", "sc", "SC", "scn", "SCN"}
    red, green, blue = picture(pdf).convert("RGB").split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()


@every_paper
def test_no_fill_is_darker_than_eight_per_cent_except_ink(paper: str) -> None:
    found = set()
    for page in PdfReader(io.BytesIO(paper_of(paper))).pages:
        for operands, operator in page.get_contents().operations:
            if operator == b"g":
                found.add(float(operands[0]))
    assert all(grey >= 0.92 or grey <= 0.3 for grey in found), found


@every_paper
@every_language
def test_pages_are_counted_in_the_language(paper: str, language: str) -> None:
    pages = pages_of_words(render(paper, long(language), LETTERHEADS[language]))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        expected = {"zh_TW": f"第{number}/{len(pages)}頁", "zh_CN": f"第{number}/{len(pages)}页", "en": f"Page{number}of{len(pages)}"}[language]
        assert expected in page


def test_a_day_like_any_other_fits_one_job_card_page() -> None:
    for language in LANGUAGES:
        assert len(pages_of_words(render("job-card", ordinary(language), LETTERHEADS[language]))) == 1


def test_the_job_card_says_what_the_workshop_needs() -> None:
    text = words(paper_of("job-card"))
    for expected in (
        "派工單", "W261124-007", "粤B8K326", "凱美瑞2.5G", "LVGBE40K9M0084731", "61,284km", "油5/8", "11-2418:10", "陳志強先生", "138****4417",
        "早上冷車起步有咯吱聲", "剎車異響診斷", "1.6", "梁師傅", "3.8h", "自檢", "互檢", "終檢", "右前門", "12cm", "行車紀錄儀", "2026-11-2414:33林依君列印",
    ):  # fmt: skip
        assert expected in text, expected
    assert "2764" not in text, "the workshop's paper masks the customer's telephone"
    assert "客戶未同意，勿施工" in text
    assert "1,298.00" not in text, "prices are not the workshop's"


def test_the_contract_has_the_fields_that_the_rules_ask_for() -> None:
    text = words(paper_of("repair-contract"))
    for expected in (
        "托修方（甲方）", "陳志強先生", "13827644417", "送修人", "承修方（乙方）", "順通汽車服務", "二類", "粤B8K326", "LVGBE40K9M0084731", "A25A-1178253",
        "2026-11-2418:10", "維修類別", "一級維護", "前剎車片", "04465-06100", "原廠件", "680.00", "−5%", "召回", "¥2,659.00", "貳仟陸佰伍拾玖元整",
        "含稅¥305.90", "待同意¥120.00", "空調系統除菌清潔②（待同意）",
        "20,000km或100天", "5,000km或30天", "2,000km或10天", "增項", "試車", "保管", "個人信息", "0755-86201100", "日期時間",
    ):  # fmt: skip
        assert expected in text, expected


def test_the_check_in_sheet_says_how_the_car_came() -> None:
    text = words(paper_of("check-in-sheet"))
    for expected in ("接車單", "5/8", "胎壓警示燈", "右前門", "刮痕12cm，見底漆，照片2張", "舊傷", "雨傘×2", "鑰匙1把", "備胎", "客戶簽名", "陳美玲女士"):
        assert expected in text, expected


@every_paper
def test_the_customers_language_decides(paper: str) -> None:
    assert "客戶原話" in words(paper_of(paper, "zh_TW"))
    assert "客户原话" in words(paper_of(paper, "zh_CN"))
    assert "Inthecustomer'swords" in words(paper_of(paper, "en"))
    assert "客户原话" in words(render(paper, mixed("zh_TW"), LETTERHEADS["zh_TW"], "zh_CN"))


def test_each_language_is_set_in_its_own_shapes() -> None:
    traditional, simplified = fonts(paper_of("job-card", "zh_TW")), fonts(paper_of("job-card", "zh_CN"))
    assert any("NotoSansTC-Regular" in name for name in traditional)
    assert all("NotoSansSC" in name for name in simplified)
    assert any("NotoSansSC-Bold" in name for name in traditional), "粤 on the plate stands in the mainland face"


@every_paper
@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=range(len(HOSTILE_NAMES)))
def test_no_name_breaks_a_page(paper: str, name: str) -> None:
    language = LANGUAGES[(HOSTILE_NAMES.index(name) + list(PAPERS).index(paper)) % len(LANGUAGES)]
    pdf = render(paper, hostile(language, name), LETTERHEADS[language])
    text = words(pdf)
    if name.isascii() and name.isprintable():
        assert "".join(name.split()) in text
    for page in range(len(PdfReader(io.BytesIO(pdf)).pages)):
        assert "K7Q2/W261124-007" in codes(pdf, page).values()
        sheet = picture(pdf, page, 72).convert("L")
        margins = [(0, 0, 48, sheet.height), (sheet.width - 30, 0, sheet.width, sheet.height), (0, sheet.height - 32, sheet.width, sheet.height)]
        assert all(sheet.crop(margin).getextrema()[0] > 200 for margin in margins), "nothing is printed over the margins"
        above_the_foot = sheet.crop((0, sheet.height - 52, sheet.width, sheet.height - 48))
        assert above_the_foot.getextrema()[0] > 120, "nothing runs into the foot"


def test_what_no_font_has_is_seen_to_be_missing() -> None:
    text = words(render("repair-contract", hostile("zh_TW", "王😀👨‍👩‍👧a"), LETTERHEADS["zh_TW"]))
    assert "王〓〓a" in text


def test_characters_beyond_the_common_plane_can_be_copied() -> None:
    assert "𨋢" in words(render("job-card", hostile("zh_TW", "𨋢妹"), LETTERHEADS["zh_TW"]))


def test_sixty_lines_flow_with_the_head_repeated() -> None:
    pages = pages_of_words(render("repair-contract", long("en"), LETTERHEADS["en"]))
    lines = [page for page in pages if re.search(r"\d\.(Brake|Replace|Front)", page)]
    assert len(lines) >= 2
    for page in lines:
        assert "TypeItemQtyPriceDiscountAmountPayer" in page
    text = "".join(pages)
    for number in range(1, 61):
        assert f"{number}." in text


def test_a_text_longer_than_a_page_flows() -> None:
    order = replace(ordinary(), complaints=(ComplaintOnPaper("噪音很大，" * 3000),))
    text = words(render("job-card", order, LETTERHEADS["zh_TW"]))
    assert text.count("噪音很大，") + text.count("噪音很大") - text.count("噪音很大，") >= 2990


def test_a_line_longer_than_a_page_flows() -> None:
    order = mixed()
    order = replace(order, lines=(replace(order.lines[6], name="很長的項目" * 2000), *order.lines[7:]))
    for paper in PAPERS:
        pdf = render(paper, order, LETTERHEADS["zh_TW"])
        assert len(PdfReader(io.BytesIO(pdf)).pages) < 60
    assert words(render("job-card", order, LETTERHEADS["zh_TW"])).count("項目") >= 1990


def test_a_reprint_is_marked_with_its_count() -> None:
    assert "補印第2次" in words(render("job-card", replace(ordinary(), reprint=2), LETTERHEADS["zh_TW"]))
    assert "补印第1次" in words(render("job-card", replace(ordinary("zh_CN"), reprint=1), LETTERHEADS["zh_CN"]))
    assert "補印" not in words(render("job-card", ordinary(), LETTERHEADS["zh_TW"]))


@every_paper
def test_a_void_paper_says_so_on_every_page_and_still_scans(paper: str) -> None:
    pdf = render(paper, replace(long("zh_TW"), is_void=True), LETTERHEADS["zh_TW"])
    for number, page in enumerate(pages_of_words(pdf)):
        assert page.count("作廢") == 2
        assert codes(pdf, number)["QRCode"] == "K7Q2/W261124-007"


def test_the_paper_says_whose_it_is() -> None:
    information = PdfReader(io.BytesIO(paper_of("job-card"))).metadata
    assert information is not None
    assert information.title == "派工單 W261124-007"
    assert information.author == "順通汽車服務"


def _signature() -> bytes:
    image = Image.new("RGBA", (400, 160), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(20, 120), (150, 30), (260, 130), (380, 40)], fill=(20, 40, 180, 255), width=8)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_a_drawn_signature_is_printed_in_grey_with_its_time() -> None:
    order = replace(ordinary(), signature=_signature(), signed_at=ordinary().checked_in_at)
    for paper in ("repair-contract", "check-in-sheet"):
        pdf = render(paper, order, LETTERHEADS["zh_TW"])
        red, green, blue = picture(pdf).convert("RGB").split()
        assert red.tobytes() == green.tobytes() == blue.tobytes()
        assert any(page.images for page in PdfReader(io.BytesIO(pdf)).pages)
        assert "2026-11-2414:32" in words(pdf)


def test_the_papers_words_are_all_translated() -> None:
    for language in ("zh_TW", "zh_CN"):
        for paper in PAPERS:
            order = replace(mixed(language), reprint=1, is_void=True, customer_waits=True, keep_old_parts=True)
            text = words(render(paper, order, LETTERHEADS[language]))
            known = r"VIN|K7Q2/W\S*|LVGBE40K9M0084731|A25A-1178253|[A-Z0-9]+-[A-Z0-9-]+|km|cm|h|0W-20|2\.5G|8K326|L\b|粤B"
            left = re.sub(known, "", text)
            assert not re.search(r"[A-Za-z]{3,}", left), re.findall(r"\w*[A-Za-z]{3,}\w*", left)


@every_paper
@every_language
def test_nothing_of_an_ordinary_paper_is_cut_short(paper: str, language: str) -> None:
    assert "…" not in words(paper_of(paper, language))


def test_codes_and_lines_to_write_on_have_their_sizes() -> None:
    """Code 128 at least 12 mm high with modules of 0.3 mm, QR 18 mm, lines for handwriting at least 9 mm apart."""
    page = first_page_measures(render("job-card", ordinary(), LETTERHEADS["zh_TW"]))
    assert page["bars"] and all(height >= 12 * MM - 0.01 for _, height in page["bars"])
    assert min(width for width, _ in page["bars"]) == pytest.approx(0.3 * MM, abs=0.01)
    assert page["square"] == pytest.approx(18 * MM, abs=0.01)
    findings = page["findings"]
    assert len(findings) >= 3 and all(upper - lower >= 9 * MM - 0.01 for upper, lower in itertools.pairwise(findings))
