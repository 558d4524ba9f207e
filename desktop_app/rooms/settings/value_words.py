"""What each setting of the shop is called, in which group it stands, and in which unit it is written."""

from __future__ import annotations

from dataclasses import dataclass

FEN, BASIS_POINTS, MINUTES, DAYS, WORKING_DAYS, MONTHS, KILOMETRES, YES_NO = (
    "fen", "basis_points", "minutes", "days", "working_days", "months", "kilometres", "yes_no",
)  # fmt: skip
UNIT_WORDS = {
    FEN: "¥", BASIS_POINTS: "%", MINUTES: "minutes", DAYS: "days", WORKING_DAYS: "working days", MONTHS: "months", KILOMETRES: "km", YES_NO: "",
}  # fmt: skip
"""Unit to its word, a phrase of the context `unit`."""


@dataclass(frozen=True)
class ValueWords:
    """A setting's name in the rules, its group and its words as phrases, and its unit."""

    name: str
    group: str
    label: str
    unit: str


VALUES = (
    ValueWords("labour_price_per_hour_fen", "Prices and tax", "Price of an hour of labour", FEN),
    ValueWords("tax_basis_points_labour", "Prices and tax", "Tax in labour", BASIS_POINTS),
    ValueWords("tax_basis_points_part", "Prices and tax", "Tax in parts", BASIS_POINTS),
    ValueWords("tax_basis_points_consumable", "Prices and tax", "Tax in consumables", BASIS_POINTS),
    ValueWords("tax_basis_points_sublet", "Prices and tax", "Tax in sublets", BASIS_POINTS),
    ValueWords("tax_basis_points_fee", "Prices and tax", "Tax in fees", BASIS_POINTS),
    ValueWords("discount_limit_basis_points", "Prices and tax", "Discount up to which no manager is asked", BASIS_POINTS),
    ValueWords("authorisation_tolerance_fen", "Orders", "Rise above the agreed total that needs no new authorisation", FEN),
    ValueWords("check_and_wash_minutes", "Orders", "Check and wash, in the promised time", MINUTES),
    ValueWords("buffer_minutes", "Orders", "Buffer in the promised time", MINUTES),
    ValueWords("comeback_days", "Orders", "A further visit for the same complaint is a comeback within", DAYS),
    ValueWords("final_check_by_another", "Orders", "The final check is by someone else than who did the work", YES_NO),
    ValueWords("follow_up_working_days", "Follow-ups", "Call after delivery", WORKING_DAYS),
    ValueWords("recommendation_notice_days", "Follow-ups", "What was put off comes back before its day", DAYS),
    ValueWords("renewal_days", "Follow-ups", "Insurance renewal is due before its end", DAYS),
    ValueWords("due_soon_days", "Follow-ups", "Service is due soon within", DAYS),
    ValueWords("due_soon_kilometres", "Follow-ups", "Service is due soon within", KILOMETRES),
    ValueWords("default_daily_kilometres", "Follow-ups", "Driven a day while readings are too few", KILOMETRES),
    ValueWords("retained_months", "Follow-ups", "A car belongs to the retained base after its last visit for", MONTHS),
    ValueWords("drifting_months", "Follow-ups", "A customer drifts after", MONTHS),
    ValueWords("going_months", "Follow-ups", "A customer is going after", MONTHS),
    ValueWords("lost_months", "Follow-ups", "A customer is lost after", MONTHS),
    ValueWords("account_term_months", "Accounts", "Longest term of an account", MONTHS),
    ValueWords("account_term_months_government", "Accounts", "Longest term of a government's account", MONTHS),
    ValueWords("bad_debt_days", "Accounts", "Bad debt after more than", DAYS),
    ValueWords("dead_debt_days", "Accounts", "Dead debt after more than", DAYS),
    ValueWords("output_without_tax", "Insights", "Output is counted without tax", YES_NO),
    ValueWords("lock_after_minutes", "Sign-in", "Lock after so long without a key; 0 for never", MINUTES),
)
"""Every field of `db.rules.settings.ShopSettings`, in the order in which they are shown."""

OF_NAME = {value.name: value for value in VALUES}
