"""What insurers send and what they are sent: the referral ratio (送修比), and how next month's renewals are split among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rules.money import WHOLE, round_half_up_div, spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAST_RATIO = 9000
"""0.9 yuan of repairs for a yuan of premium, in basis points."""

SHARES = (5, 3, 2)


def referral_ratio(repair_output: int, premiums_sold: int) -> int | None:
    """Repair output from an insurer ÷ premiums sold for it over the same months, in basis points; None where none were sold."""
    return round_half_up_div(repair_output * WHOLE, premiums_sold) if premiums_sold > 0 else None


def split_renewals(renewals: int, accident_output: Mapping[str, int], shares: Sequence[int] = SHARES) -> dict[str, int]:
    """How many of next month's renewals each insurer gets: by rank of last month's accident output (fen), in the ratio of `shares`.

    Whole renewals by largest remainder; the code decides between equal outputs. An insurer without output, or behind the last share, gets none.
    """
    ranked = sorted((code for code, output in accident_output.items() if output > 0), key=lambda code: (-accident_output[code], code))
    counts = dict(zip(ranked, spread(renewals, shares[: len(ranked)]), strict=False)) if ranked else {}
    return {code: counts.get(code, 0) for code in accident_output}
