"""Sentences for what the check of the records finds, by the codes of `db.checks`."""

SENTENCES = {
    "history_row_missing": "row {row} of the history is missing",
    "history_link_broken": "row {row} of the history does not follow the one before",
    "history_row_altered": "row {row} of the history was changed after it was written",
    "history_end_missing": "the history's end is not where it should be: row {row} and what follows are missing or were added",
    "history_value_altered": "a person's value beside row {row} ({field}) was changed after it was written",
    "owner_doubled": "has {count} owners at once",
    "plate_doubled": "stands on {count} vehicles at once",
    "open_order_doubled": "has {count} open orders at once",
    "number_missing": "this number is missing",
    "line_amount_wrong": "comes to {amount_fen}; by quantity, price, discount and adjustment it is {right_fen}",
    "settlement_total_wrong": "says {total_fen}; its lines come to {right_fen}",
    "reversal_wrong": "reverses {original_fen} by {amount_fen}",
    "line_worked_unauthorised": "was worked on without the customer's yes",
    "line_billed_unauthorised": "is billed without the customer's yes",
    "clocks_overlap": "{name} is on two lines at the same time",
    "clock_backwards": "ends before it begins",
    "order_ready_unchecked": "is past the final check, which was never passed",
    "order_settled_open": "is settled while a share is still open",
    "order_delivered_unknown_when": "is delivered, but nobody knows when",
    "odometer_without_reason": "is below the reading before, without a reason (vehicle {vehicle})",
}
