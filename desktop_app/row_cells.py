"""Cells that the lists of several rooms share: who and which car, a promise against the clock, an amount, a span of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.widgets.cells import Number, Words
from desktop_app.widgets.paged_model import Column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop_app.widgets.cells import Cell

SOON_MINUTES = 60


def list_column(key: str, title: str, cell: Callable[[Any], Cell], width: int, right: bool = False, gives_way: int = 0) -> Column:
    """A column of a room's list; its title is a phrase of the context `list`."""
    return Column(key, title, cell, width, right=right, context="list", gives_way=gives_way)


def car_words(maker: str, model: str) -> str:
    """The car in few words: its model, or its maker where no model is known."""
    return model or maker


def customer_cell(customer: str, maker: str, model: str) -> Words:
    """The customer, with the car after the name."""
    car = car_words(maker, model)
    return Words(customer, car, bold=True) if customer else Words(car, "")


def promised_cell(promised_at: dt.datetime, now: dt.datetime, still_open: bool = True) -> Words:
    """When the car was promised, with what is left until then or how late it is."""
    form = formats()
    today = form.local(promised_at).date() == form.local(now).date()
    words = form.time(promised_at) if today else form.near(promised_at, now)
    if not still_open:
        return Words(words)
    minutes = int((promised_at - now).total_seconds() // 60)
    if minutes < 0:
        return Words(words, tr("{time} late", time=form.duration(-minutes)), second_tone="bad", second_bold=True)
    if not today and minutes > 24 * 60:
        return Words(words)
    soon = minutes <= SOON_MINUTES
    return Words(words, form.duration(minutes), second_tone="warn" if soon else "text3", second_bold=soon)


def amount_cell(fen: int, bold: bool = True, tone: str = "text") -> Number:
    """An amount in fen; nothing for 0 that nobody wrote."""
    return Number(formats().amount(fen), bold, tone)


def days_words(days: int) -> str:
    """today, yesterday, 12 days ago."""
    if days <= 0:
        return tr("today", "days")
    if days == 1:
        return tr("yesterday", "days")
    return tr("{count} days ago", "days", count=days)
