"""Money in whole fen, quantities in thousandths: how a line's amount comes about, is spread, split, read and written.

Every rounding is to the nearest fen, a half away from zero. A total is the sum of its rounded lines, never a rounding of a sum.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.rules.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE = 10_000
"""Basis points of the whole: 100 %."""

LARGEST = 10**15
"""Ten thousand billion yuan in fen: beyond it a typed figure is a slip, and the store's integers come into reach."""


def round_half_up_div(numerator: int, denominator: int) -> int:
    """`numerator / denominator` to the nearest whole number, a half away from zero. The denominator is above 0."""
    if denominator <= 0:
        raise ValueError("the denominator must be above 0")
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


def line_amount(quantity_thousandths: int, unit_price_fen: int, discount_basis_points: int = 0, adjustment_fen: int = 0) -> int:
    """What a line comes to in fen: quantity × unit price, less the discount, plus the adjustment."""
    gross = round_half_up_div(quantity_thousandths * unit_price_fen, 1000)
    return gross - round_half_up_div(gross * discount_basis_points, WHOLE) + adjustment_fen


def tax_inside(amount: int, rate_basis_points: int) -> int:
    """The tax that an amount with tax holds, in fen."""
    return amount - round_half_up_div(amount * WHOLE, WHOLE + rate_basis_points)


def spread(total: int, amounts: Sequence[int]) -> list[int]:
    """Shares of `total` over lines of these amounts; they add up to it exactly.

    By largest remainder in proportion to the amounts, the earlier line first where remainders are equal; equally where no
    amount is above 0. A line below 0 (a credit) takes no share. A `total` below 0 is a discount: no share takes more than its line holds,
    so no line falls below 0. Refusals: spread_without_lines; discount_over_total (discount_fen, total_fen) for a discount over the lines' sum.
    """
    if not amounts:
        if total:
            raise Refusal("spread_without_lines", total_fen=total)
        return []
    weights = [max(amount, 0) for amount in amounts]
    whole = sum(weights)
    if total < 0 and -total > whole:
        raise Refusal("discount_over_total", discount_fen=-total, total_fen=whole)
    if not whole:
        weights = [1] * len(amounts)
        whole = len(amounts)
    shares, remainders = [], []
    for weight in weights:
        share, remainder = divmod(abs(total) * weight, whole)
        shares.append(share)
        remainders.append(remainder)
    left = abs(total) - sum(shares)
    for position in sorted(range(len(weights)), key=lambda index: -remainders[index])[:left]:
        shares[position] += 1
    return shares if total >= 0 else [-share for share in shares]


def spread_package(price: int, amounts: Sequence[int]) -> list[int]:
    """The adjustments that bring lines of these amounts to the package's price. Refusals: package_price_negative, and those of `spread`."""
    if price < 0:
        raise Refusal("package_price_negative", price_fen=price)
    return spread(price - sum(amounts), amounts)


@dataclass(frozen=True, slots=True)
class LineMoney:
    """What a line's amount is made of: thousandths, fen, basis points, fen."""

    quantity: int
    unit_price: int
    discount_basis_points: int = 0
    adjustment: int = 0

    @property
    def amount(self) -> int:
        """The line's amount in fen."""
        return line_amount(self.quantity, self.unit_price, self.discount_basis_points, self.adjustment)


def split_by_quantity(line: LineMoney, quantity: int) -> tuple[LineMoney, LineMoney]:
    """A line of `quantity` thousandths, with its share of the adjustment, and a line of all the rest, fen for fen.

    Refusal split_quantity_outside (quantity, whole) unless the part lies between nothing and the whole line.
    """
    if not _between(quantity, line.quantity):
        raise Refusal("split_quantity_outside", quantity=quantity, whole=line.quantity)
    share = round_half_up_div(line.adjustment * quantity * _sign(line.quantity), abs(line.quantity))
    return _split(line, quantity, replace(line, quantity=quantity, adjustment=share).amount)


def split_by_per_cent(line: LineMoney, basis_points: int) -> tuple[LineMoney, LineMoney]:
    """A line of this share of the amount (and of the quantity), and a line of all the rest, fen for fen.

    Refusal split_per_cent_outside (basis_points) unless it lies between 0 and 100 %.
    """
    if not _between(basis_points, WHOLE):
        raise Refusal("split_per_cent_outside", basis_points=basis_points)
    return _split(line, round_half_up_div(line.quantity * basis_points, WHOLE), round_half_up_div(line.amount * basis_points, WHOLE))


def split_by_amount(line: LineMoney, amount: int) -> tuple[LineMoney, LineMoney]:
    """A line of `amount` fen (and the quantity in proportion), and a line of all the rest, fen for fen.

    Refusal split_amount_outside (amount_fen, whole_fen) unless the part lies between nothing and the whole line.
    """
    if not _between(amount, line.amount):
        raise Refusal("split_amount_outside", amount_fen=amount, whole_fen=line.amount)
    return _split(line, round_half_up_div(line.quantity * amount * _sign(line.amount), abs(line.amount)), amount)


def _split(line: LineMoney, quantity: int, amount: int) -> tuple[LineMoney, LineMoney]:
    """Two lines: the first of this quantity and amount, the other what is left of both."""
    whole = line.amount
    # Rounding a discount and an adjustment apart can put the first part a fen outside the line; neither part may change sign.
    amount = min(max(amount, min(whole, 0)), max(whole, 0))
    return _of_amount(line, quantity, amount), _of_amount(line, line.quantity - quantity, whole - amount)


def _of_amount(line: LineMoney, quantity: int, amount: int) -> LineMoney:
    return replace(line, quantity=quantity, adjustment=amount - line_amount(quantity, line.unit_price, line.discount_basis_points))


def _between(part: int, whole: int) -> bool:
    return 0 < part < whole or whole < part < 0


def _sign(number: int) -> int:
    return -1 if number < 0 else 1


_CAPITALS = {
    "zh_TW": ("零壹貳叁肆伍陸柒捌玖", ("", "拾", "佰", "仟"), "萬", "億", "元", "負"),
    "zh_CN": ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), "万", "亿", "元", "负"),
}


def amount_in_capitals(fen: int, language: str) -> str:
    """The amount in the characters that a settlement list wants beside the figures (大寫): `zh_TW` or `zh_CN`.

    A run of zeros becomes one 零; 整 closes an amount without fen.
    """
    digits, places, ten_thousand, hundred_million, yuan_word, minus = _CAPITALS[language]
    yuan, rest = divmod(abs(fen), 100)
    jiao, cent = divmod(rest, 10)

    def section(number: int) -> str:
        words, pending = "", False
        for place in (3, 2, 1, 0):
            digit = number // 10**place % 10
            if digit:
                words += (digits[0] if pending and words else "") + digits[digit] + places[place]
            pending = not digit
        return words

    def whole(number: int) -> str:
        for size, word in ((10**8, hundred_million), (10**4, ten_thousand)):
            if number >= size:
                high, low = divmod(number, size)
                gap = digits[0] if low and low < size // 10 else ""
                return whole(high) + word + gap + (whole(low) if low else "")
        return section(number)

    words = whole(yuan) + yuan_word if yuan else ""
    if jiao:
        words += digits[jiao] + "角"
    elif cent and yuan:
        words += digits[0]
    if cent:
        words += digits[cent] + "分"
    elif words:
        words += "整"
    else:
        words = digits[0] + yuan_word + "整"
    return (minus if fen < 0 else "") + words


_SIGNS_OF_MONEY = re.compile(r"^(?:RMB|CNY|[¥￥])|(?:元|圓|圆|塊|块|RMB|CNY)$")
_FIGURE = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?P<part>\d*))?", re.ASCII)


def parse_money(text: str) -> int:
    """The fen that a person typed: `1,286`, `¥1286.5`, `１２８６．５０`, `-20元`.

    Full width figures count as half width, and the full stop of a Chinese keyboard as a point. Refusal money_not_understood (text): not a
    figure, more than two decimals, commas not at the thousands, or an amount that no repair reaches.
    """
    fen = _parse(text, 2)
    if fen is None:
        raise Refusal("money_not_understood", text=text)
    return fen


def format_money(fen: int) -> str:
    """`1,286.00`: with thousands and two decimals, without a currency."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def parse_quantity(text: str) -> int:
    """The thousandths that a person typed: `1.2` is 1200. Refusal quantity_not_understood (text): no figure, or more than three decimals."""
    thousandths = _parse(text, 3)
    if thousandths is None:
        raise Refusal("quantity_not_understood", text=text)
    return thousandths


def format_quantity(thousandths: int) -> str:
    """`1.2`, `4`, `0.05`: no more decimals than it has."""
    whole, part = divmod(abs(thousandths), 1000)
    decimals = f".{part:03d}".rstrip("0").rstrip(".")
    return f"{'-' if thousandths < 0 else ''}{whole}{decimals}"


def _parse(text: str, decimals: int) -> int | None:
    plain = unicodedata.normalize("NFKC", text).replace("。", ".").replace("−", "-").strip().upper()
    negative = False
    for _ in range(2):
        # The minus stands before the currency or after it.
        if plain.startswith("-") and not negative:
            negative, plain = True, plain[1:].lstrip()
        plain = _SIGNS_OF_MONEY.sub("", plain).strip() if decimals == 2 else plain
    match = _FIGURE.fullmatch(plain)
    if match is None:
        return None
    whole, part = match["whole"].replace(",", ""), match["part"] or ""
    if not (whole or part) or len(part) > decimals or len(whole) > 15:
        return None
    number = int(whole or 0) * 10**decimals + int(part.ljust(decimals, "0") or 0)
    return None if number > LARGEST else -number if negative else number
