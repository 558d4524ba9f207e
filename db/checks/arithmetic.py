"""The rules of `db.rules.money` as SQL, so that the store itself can say which of many rows fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, case, cast, func, literal

from db.models import WorkOrderLine
from db.rules.money import WHOLE

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


def rounded(numerator: ColumnElement[Any], denominator: ColumnElement[Any] | int) -> ColumnElement[Any]:
    """`round_half_up_div`: to the nearest whole number, a half away from zero."""
    below = literal(denominator, BigInteger) if isinstance(denominator, int) else denominator
    size = (func.abs(numerator) * 2 + below) // (below * 2)
    return case((numerator < 0, -size), else_=size)


def line_amount() -> ColumnElement[Any]:
    """What a line comes to, from its quantity, price, discount and adjustment."""
    gross = rounded(cast(WorkOrderLine.quantity, BigInteger) * WorkOrderLine.unit_price, 1000)
    return gross - rounded(gross * cast(WorkOrderLine.discount_basis_points, BigInteger), WHOLE) + WorkOrderLine.adjustment


def line_tax() -> ColumnElement[Any]:
    """The tax inside a line's amount."""
    return WorkOrderLine.amount - rounded(WorkOrderLine.amount * WHOLE, cast(WorkOrderLine.tax_basis_points, BigInteger) + WHOLE)
