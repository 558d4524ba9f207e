"""What a line may cost: an amount that is possible, and a price below the usual one only by a person who may give it (domain §9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.commands.perform import rights_held
from db.models import LabourOperation, Part
from db.queries.shop import the_shop
from db.rules.errors import Refusal
from db.rules.money import WHOLE, round_half_up_div
from db.rules.order_life import LineKind
from db.rules.rights import check_discount

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.rules.order_line import LineValues


def check_amount(quantity: int, amount: int) -> None:
    """Refusals: quantity_not_possible unless it is above 0; line_below_zero (amount_fen)."""
    if quantity <= 0:
        raise Refusal("quantity_not_possible", quantity=quantity)
    if amount < 0:
        raise Refusal("line_below_zero", amount_fen=amount)


def check_price(session: Session, act: Act, kind: LineKind, code: str, unit_price: int, discount_basis_points: int) -> None:
    """Nothing, when the act may give this price: one below the catalogue's counts as a discount like any other.

    Refusals: price_not_possible, and those of `db.rules.rights.check_discount`.
    """
    given = _given(_usual_prices(session, kind, (code,)).get(code), unit_price, discount_basis_points)
    check_discount(rights_held(session, act), given, the_shop(session).settings.discount_limit_basis_points)


def check_lines(session: Session, act: Act, lines: Sequence[LineValues]) -> None:
    """Nothing, when the act may put lines with these prices on an order. A package costs less than its lines by the catalogue's own leave.

    Leave is asked for once, for the largest discount. Refusals: quantity_not_possible, price_not_possible, line_below_zero, those of a discount.
    """
    usual: dict[bool, dict[str, int]] = {}
    for is_labour in {line.kind is LineKind.LABOUR for line in lines}:
        codes = {line.code for line in lines if (line.kind is LineKind.LABOUR) is is_labour and not line.package_code}
        usual[is_labour] = _usual_prices(session, LineKind.LABOUR if is_labour else LineKind.PART, codes)
    given = []
    for line in lines:
        check_amount(line.quantity, line.amount)
        price = None if line.package_code else usual[line.kind is LineKind.LABOUR].get(line.code)
        given.append(_given(price, line.unit_price, line.discount_basis_points))
    if any(given):
        rights, limit = rights_held(session, act), the_shop(session).settings.discount_limit_basis_points
        for basis_points in (min(given), max(given)):
            check_discount(rights, basis_points, limit)


def _given(usual: int | None, unit_price: int, discount_basis_points: int) -> int:
    """What of the usual price is let off, in basis points."""
    if unit_price < 0:
        raise Refusal("price_not_possible", price_fen=unit_price)
    if usual and unit_price < usual and 0 <= discount_basis_points <= WHOLE:
        return WHOLE - round_half_up_div(unit_price * (WHOLE - discount_basis_points), usual)
    return discount_basis_points


def _usual_prices(session: Session, kind: LineKind, codes: Collection[str]) -> dict[str, int]:
    """The catalogue's price of a unit by code, in fen; none for what the advisor says in his own words."""
    named = {code for code in codes if code}
    if not named:
        return {}
    if kind is LineKind.LABOUR:
        found = session.execute(select(LabourOperation.code, LabourOperation.hourly_price).where(LabourOperation.code.in_(named)))
    else:
        found = session.execute(select(Part.code, Part.price).where(Part.code.in_(named)))
    return {code: price for code, price in found}


__all__ = ["check_amount", "check_lines", "check_price"]
