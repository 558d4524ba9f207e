"""What the trade's rules say when they say no: refusal code to the English phrase that the word tables translate."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "calendar_never_open": "By its opening hours the shop never opens",
    "discount_not_allowed": "This discount needs someone with the right for it",
    "discount_not_possible": "A discount lies between 0 and 100 %",
    "discount_over_total": "The discount is more than the lines come to",
    "hours_not_possible": "Opening hours must follow each other within one day",
    "money_not_understood": "“{text}” is no amount. Example: 1,286.00",
    "move_needs": "Something is still missing for this step",
    "move_not_legal": "This step is not possible in the order's present state",
    "number_not_understood": "“{text}” is no number of the shop. Example: W261124-007",
    "odometer_implausible": "{kilometres} km can't be right after {last_km} km at the last visit. Say why it is kept",
    "odometer_not_possible": "An odometer can't show less than 0 km",
    "package_price_negative": "A package's price can't be below 0",
    "quantity_not_understood": "“{text}” is no quantity. At most three decimals, as in 1.5",
    "split_amount_outside": "The part must be less than the line's amount",
    "split_per_cent_outside": "The part must lie between 0 and 100 %",
    "split_quantity_outside": "The part must be less than the line's quantity",
    "spread_without_lines": "There is no line to spread the amount over",
    "zone_not_known": "“{zone}” is no time zone. Example: Asia/Shanghai",
}

NEEDS: dict[str, str] = {
    "vehicle": "the vehicle",
    "someone_to_reach": "someone to reach",
    "mileage": "the mileage",
    "promised_time": "the promised time",
    "signature": "a signature, or “signed on paper”",
    "technician": "a technician",
    "bay": "a bay",
    "authorised_line": "an authorised line",
    "undone_line": "an authorised line that is still to be done",
    "lines_done": "all authorised lines done",
    "clocks_stopped": "every clock stopped",
    "nobody_worked": "an order that nobody has worked on yet",
    "waiting_for": "what it waits for",
    "final_check": "the final check",
    "another_checker": "a final check by someone else than who did the work",
    "total_agreed": "the customer's yes to the higher total",
    "shares_settled": "every payer's share settled",
    "nothing_paid": "payments taken back first",
    "taken_by": "who took the car",
    "reason": "a reason",
}
"""What a move of an order may be missing, by the codes in `move_needs`."""
