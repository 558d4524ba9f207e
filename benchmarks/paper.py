"""The job card, against a bare reportlab document with the same cells, font and codes."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import pypdfium2
from reportlab.graphics.barcode import createBarcodeDrawing
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
from sqlalchemy import func, select

from benchmarks.big_shop import NOW
from benchmarks.figure import Figure, median
from db.engine import file_url, open_engine, reading
from db.models import WorkOrder, WorkOrderLine
from db.queries.papers import Printing, letterhead, order_on_paper
from desktop_app.place import STORE_FILE_NAME
from desktop_app.printing.papers import render
from desktop_app.resource import resource

if TYPE_CHECKING:
    from pathlib import Path

RATIO = 3.0
_FONT = "Bare"


def job_card(home: Path, samples: int) -> Figure:
    """The median of `samples` job cards of the same order, fonts loaded on both sides."""
    engine = open_engine(file_url(home / STORE_FILE_NAME))
    with reading(engine) as session:
        number = session.execute(
            select(WorkOrder.number)
            .join(WorkOrderLine, WorkOrderLine.order_id == WorkOrder.id)
            .where(WorkOrder.id < 2000)
            .group_by(WorkOrder.number)
            .order_by(func.count().desc(), WorkOrder.number)
            .limit(1)
        ).scalar_one()
        order = order_on_paper(session, number, Printing("job-card", NOW, "林依君", 1, "zh_TW"))
        head = letterhead(session)
    engine.dispose()
    pdfmetrics.registerFont(TTFont(_FONT, str(resource("fonts/NotoSansTC_400Regular.ttf"))))
    rows = _cells(render("job-card", order, head))
    code = f"{head.shop_code}/{number}"
    _bare_card(rows, code)
    floor, value = [], []
    for _sample in range(samples):
        start = time.perf_counter()
        _bare_card(rows, code)
        floor.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        render("job-card", order, head)
        value.append((time.perf_counter() - start) * 1000)
    low = median(floor)
    return Figure("job card, median", median(value), "ms", RATIO * low, low, f"{sum(len(row) for row in rows)} cells")


def _cells(pdf: bytes) -> list[list[str]]:
    """The texts of the paper as they stand, one a cell, in rows from top to bottom."""
    document = pypdfium2.PdfDocument(pdf)
    rows: list[list[str]] = []
    for page in document:
        text = page.get_textpage()
        by_height: dict[int, list[tuple[float, str]]] = {}
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            words = text.get_text_bounded(left, bottom, right, top).strip()
            if words:
                by_height.setdefault(round(bottom / 4), []).append((left, words))
        rows += [[words for _left, words in sorted(by_height[height])] for height in sorted(by_height, reverse=True)]
    document.close()
    return rows


def _bare_card(rows: list[list[str]], code: str) -> bytes:
    style = ParagraphStyle("bare", fontName=_FONT, fontSize=9, leading=12.5, wordWrap="CJK")
    columns = max(len(row) for row in rows)
    table = Table([[Paragraph(words, style) for words in row] + [""] * (columns - len(row)) for row in rows])
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, leftMargin=18 * mm, rightMargin=12 * mm, topMargin=12 * mm, bottomMargin=12 * mm)
    bars = Code128(code, barHeight=12 * mm, barWidth=0.3 * mm)
    document.build([bars, createBarcodeDrawing("QR", value=code, width=18 * mm, height=18 * mm, barLevel="M"), table])
    return out.getvalue()
