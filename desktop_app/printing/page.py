"""The measures of the A4 page that all papers share, in points."""

from __future__ import annotations

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT = 18 * mm
"""Wider than the other margins: room for the punch."""
RIGHT = 12 * mm
TOP = 12 * mm
BOTTOM = 12 * mm
WIDTH = PAGE_WIDTH - LEFT - RIGHT
HEAD = 23 * mm
FOOT = 8 * mm
BODY_TOP = PAGE_HEIGHT - TOP - HEAD
BODY_HEIGHT: float = BODY_TOP - BOTTOM - FOOT
FULL_PAGE: float = BODY_HEIGHT - 7 * mm
"""What is higher than this can't stand on one page in one piece."""
WRITE_LINE: float = 9 * mm
"""Height of a line on which people write by hand."""
HAIRLINE = 0.5
RULE_GREY = 0.6
SHADE = 0.935
"""The darkest fill on a paper: 6.5 % grey."""
