"""The shop's settings (⚙), each declared once with its default; the store keeps only what differs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from db.rules.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """Defaults of domain §§1–9. Money in fen, rates in basis points, times in minutes or days as named."""

    tax_basis_points_labour: int = 1300
    tax_basis_points_part: int = 1300
    tax_basis_points_consumable: int = 1300
    tax_basis_points_sublet: int = 1300
    tax_basis_points_fee: int = 1300
    check_and_wash_minutes: int = 40
    buffer_minutes: int = 20
    authorisation_tolerance_fen: int = 0
    comeback_days: int = 30
    follow_up_working_days: int = 3
    recommendation_notice_days: int = 14
    discount_limit_basis_points: int = 500
    account_term_months: int = 3
    account_term_months_government: int = 6
    bad_debt_days: int = 180
    dead_debt_days: int = 365
    default_daily_kilometres: int = 40
    due_soon_days: int = 30
    due_soon_kilometres: int = 1000
    retained_months: int = 12
    drifting_months: int = 3
    going_months: int = 6
    lost_months: int = 9
    renewal_days: int = 90
    output_without_tax: bool = True
    lock_after_minutes: int = 5
    final_check_by_another: bool = True
    labour_price_per_hour_fen: int = 15000


def from_stored(stored: Mapping[str, Any]) -> ShopSettings:
    """The settings with the shop's own values over the defaults; unknown names of another version are passed over."""
    known = {field.name for field in fields(ShopSettings)}
    return ShopSettings(**{name: value for name, value in stored.items() if name in known})


def checked(name: str, value: Any) -> Any:
    """The value if it fits the setting. Refusal: setting_unknown, setting_not_fitting (name, kind)."""
    default = getattr(ShopSettings(), name, None)
    if default is None:
        raise Refusal("setting_unknown", name=name)
    if type(value) is not type(default) or (isinstance(value, int) and not isinstance(value, bool) and value < 0):
        raise Refusal("setting_not_fitting", name=name, kind=type(default).__name__)
    return value
