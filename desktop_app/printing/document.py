"""The sheet that every paper shares: A4 with its head and codes, blocks flowing over pages, page x of y at the foot."""

from __future__ import annotations

import io
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop_app.printing.codes import BAR_HEIGHT, QR_SIDE, bar_code_width, draw_bar_code, draw_qr
from desktop_app.printing.page import BODY_HEIGHT, BODY_TOP, BOTTOM, HAIRLINE, LEFT, PAGE_HEIGHT, TOP, WIDTH
from desktop_app.printing.text import Span, Style, body_style, draw_line, draw_lines, natural_width, printable, set_lines, shortened, with_painted_dots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.paper_content import Letterhead, OrderOnPaper
    from desktop_app.printing.blocks import Block
    from desktop_app.printing.wording import Wording

_LANGUAGE_TAGS = {"zh_TW": "zh-Hant", "zh_CN": "zh-Hans", "en": "en"}

_one_at_a_time = Lock()

# Streams as bytes, not as letters: a quarter smaller, and the letters would take a third of the time.
rl_config.useA85 = 0


@dataclass(frozen=True)
class Sheet:
    """What stands on every page of a paper: its name, what it is beside that, whose it is."""

    title: str
    subtitle: str
    order: OrderOnPaper
    letterhead: Letterhead

    @property
    def code(self) -> str:
        """What the codes say: `K7Q2/W261124-007`."""
        return f"{self.letterhead.shop_code}/{self.order.number}"


def _flow(blocks: Sequence[Block]) -> list[list[tuple[Block, float]]]:
    """Each page's blocks with the room above each; a block that no page holds is split, a heading stays with what follows."""
    pages: list[list[tuple[Block, float]]] = [[]]
    room = BODY_HEIGHT
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        before = block.space_before if pages[-1] else 0.0
        height = block.height(WIDTH)
        needed = height
        if block.keep_with_next and waiting:
            needed += waiting[-1].space_before + waiting[-1].least(WIDTH)
        if before + needed <= room + 0.01 or (not pages[-1] and height <= room):
            pages[-1].append((block, before))
            room -= before + height
            continue
        parts = block.split(WIDTH, room - before) if room - before >= block.least(WIDTH) else None
        if parts is not None:
            pages[-1].append((parts[0], before))
            waiting.append(parts[1])
        elif not pages[-1]:
            # Nothing can be done about a block that is higher than the page and in one piece: it is cut at the foot.
            pages[-1].append((block, before))
        else:
            waiting.append(block)
        pages.append([])
        room = BODY_HEIGHT
    if not pages[-1]:
        pages.pop()
    return pages


def build(sheet: Sheet, blocks: Sequence[Block], say: Wording) -> bytes:
    """The paper as PDF. The same content gives the same bytes."""
    with _one_at_a_time:
        return _build(sheet, blocks, say)


def _build(sheet: Sheet, blocks: Sequence[Block], say: Wording) -> bytes:
    # Only one paper is built at a time: the font files are read through one position that all documents share.
    pages = _flow(blocks)
    style = body_style(say.language)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1, lang=_LANGUAGE_TAGS[say.language], initialFontName=style.regular.place(" ").font)
    canvas.setTitle(f"{sheet.title} {sheet.order.number}")
    canvas.setAuthor(printable(sheet.letterhead.shop_name))
    canvas.setSubject(f"{sheet.code} {printable(say.plate(sheet.order.vehicle.plate, sheet.order.vehicle.plate_region))}")
    canvas.setCreator("Service Front")
    for number, page in enumerate(pages, 1):
        _draw_head(canvas, sheet, style, say, number)
        y = BODY_TOP
        for block, before in page:
            y -= before
            block.draw(canvas, LEFT, y, WIDTH)
            y -= block.height(WIDTH)
        _draw_foot(canvas, sheet, style, say, number, len(pages))
        if sheet.order.is_void:
            _draw_void(canvas, style, say)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_head(canvas: Canvas, sheet: Sheet, style: Style, say: Wording, page: int) -> None:
    top = PAGE_HEIGHT - TOP
    code = sheet.code
    qr_left = LEFT + WIDTH - QR_SIDE
    draw_qr(canvas, code, qr_left, top - QR_SIDE)
    bars = bar_code_width(code)
    bars_left = qr_left - 4.5 * mm - bars
    draw_bar_code(canvas, code, bars_left, top - BAR_HEIGHT)
    under = style.but(size=9, leading=12, align="center")
    draw_lines(canvas, set_lines(code, under, bars), under, bars_left, top - BAR_HEIGHT - 1, bars)

    left = LEFT
    if sheet.letterhead.logo is not None:
        left += _draw_logo(canvas, sheet.letterhead.logo, LEFT, top) + 3 * mm
    width = bars_left - 4 * mm - left
    shop = style.but(size=9, leading=12)
    lines = shortened(" · ".join(part for part in (sheet.letterhead.shop_name, sheet.letterhead.phone) if part), shop, width, most=2)
    draw_lines(canvas, lines, shop, left, top + 1.5, width)
    title = style.but(size=14, leading=19)
    name = shortened([Span(sheet.title, bold=True)], title.but(bold=True), width)[0]
    line_top = top + 1.5 - 12 * len(lines) - (4 if len(lines) == 1 else 0)
    draw_lines(canvas, [name], title, left, line_top, width)
    number = style.but(size=11, leading=15, bold=True)
    of_whom: list[Span | str] = [sheet.order.number]
    beside = style.but(size=9, leading=19)
    if natural_width(sheet.subtitle, beside) <= width - name.width - 7:
        draw_lines(canvas, set_lines(sheet.subtitle, beside, width), beside, left + name.width + 7, line_top - 2.2, width)
    elif page == 1:
        of_whom += ["  ", Span(sheet.subtitle, bold=False, size=9)]
    if page > 1 and sheet.order.vehicle.plate:
        of_whom += ["   ", *with_painted_dots(say.plate(sheet.order.vehicle.plate, sheet.order.vehicle.plate_region))]
    draw_lines(canvas, set_lines(of_whom, number, width)[:1], number, left, line_top - 20, width)
    canvas.setStrokeGray(0)
    canvas.setLineWidth(1.5)
    canvas.line(LEFT, top - 20.5 * mm, LEFT + WIDTH, top - 20.5 * mm)


def _draw_logo(canvas: Canvas, logo: bytes, x: float, top: float) -> float:
    image = ImageReader(io.BytesIO(logo))
    pixels_wide, pixels_high = image.getSize()
    scale = min(30 * mm / pixels_wide, 17 * mm / pixels_high)
    canvas.drawImage(image, x, top - pixels_high * scale, pixels_wide * scale, pixels_high * scale, mask="auto")
    return float(pixels_wide * scale)


def _draw_foot(canvas: Canvas, sheet: Sheet, style: Style, say: Wording, page: int, pages: int) -> None:
    y = BOTTOM + 12
    canvas.setStrokeGray(0.45)
    canvas.setLineWidth(HAIRLINE)
    canvas.line(LEFT, y, LEFT + WIDTH, y)
    note = style.but(size=8, leading=11, grey=0.1)
    name = "".join(run.text for piece in shortened(sheet.order.printed_by, note, 45 * mm)[0].pieces for run in piece.runs)
    printed = say("{time} printed by {name}", time=say.moment(sheet.order.printed_at), name=name)
    right: list[Span | str] = [printed] if sheet.order.printed_by else [say("Printed {time}", time=say.moment(sheet.order.printed_at))]
    if sheet.order.reprint:
        right = [Span(say("Reprint no. {number}", number=sheet.order.reprint), bold=True), "  ", *right]
    if sheet.order.is_void:
        right = [Span(say("VOID"), bold=True), "  ", *right]
    third = WIDTH / 3
    right_line = set_lines(right, note, WIDTH)[0]
    base = y - 3 - note.size
    draw_line(canvas, right_line, LEFT + WIDTH - right_line.width, base)
    middle = set_lines(say("Page {page} of {pages}", page=page, pages=pages), note, third)[0]
    middle_x = LEFT + (WIDTH - middle.width) / 2
    if right_line.width > WIDTH / 2 - middle.width / 2 - 6:
        middle_x = LEFT + WIDTH - right_line.width - 12 - middle.width
    draw_line(canvas, middle, middle_x, base)
    head = sheet.letterhead
    complaint = say("complaints {phone}", phone=head.complaint_phone) if head.complaint_phone else ""
    address = " · ".join(part for part in (head.address, complaint) if part)
    if address:
        draw_line(canvas, shortened(address, note, middle_x - LEFT - 8)[0], LEFT, base)


def _draw_void(canvas: Canvas, style: Style, say: Wording) -> None:
    word = say("VOID")
    size = 120
    runs = style.strong.runs(word)
    width = sum(run.width for run in runs) * size / 1000
    canvas.saveState()
    canvas.translate(LEFT + WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(35)
    text = canvas.beginText(-width / 2, -size * 0.35)
    text.setTextRenderMode(1)
    canvas.setStrokeGray(0.45)
    canvas.setLineWidth(1.2)
    for run in runs:
        text.setFont(run.font, size)
        text.textOut(run.text)
    canvas.drawText(text)
    canvas.restoreState()
