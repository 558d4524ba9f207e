"""The words for states, payers and kinds by their key in the records: one term for one thing, on screen and on paper."""

from __future__ import annotations

from desktop_app.i18n.phrases import current_language, phrases

ORDER_STATES = {
    "checked_in": "To dispatch", "dispatched": "Dispatched", "in_progress": "In work", "waiting_parts": "Waits for parts",
    "waiting_customer": "Waits for customer", "waiting_insurer": "Waits for insurer", "waiting_sublet": "At sublet", "waiting_bay": "Waits for bay",
    "quality_check": "Quality check", "washing": "Wash", "ready": "To settle", "settled": "To deliver", "delivered": "Delivered",
    "cancelled": "Cancelled", "appointment": "Appointment",
}  # fmt: skip
PAYERS = {"customer": "Customer", "warranty": "Warranty", "insurer": "Insurer", "internal": "Internal", "goodwill": "Goodwill", "recall": "Recall"}
PAYER_MARKS = {"customer": "C", "warranty": "W", "insurer": "I", "internal": "N", "goodwill": "G", "recall": "R"}
LINE_KINDS = {"labour": "Labour", "part": "Part", "consumable": "Consumable", "sublet": "Sublet", "fee": "Fee", "package": "Package"}
LINE_KIND_MARKS = {"labour": "L", "part": "P", "consumable": "C", "sublet": "S", "fee": "F", "package": "K"}
CLAIM_STATES = {"planned": "Not started", "running": "Under way", "done_in": "Done in time", "over": "Over time", "waiting": "Waits for others"}
URGENCIES = {"now": "Now", "soon": "Soon", "watch": "Watch", "fine": "Fine"}
VERDICTS = {"ok": "Good", "watch": "Watch", "replace": "Replace", "not_applicable": "Not applicable", "not_checked": "Not checked"}

_ALL = {
    "order_state": ORDER_STATES, "payer": PAYERS, "payer_mark": PAYER_MARKS, "line_kind": LINE_KINDS, "line_kind_mark": LINE_KIND_MARKS,
    "claim_state": CLAIM_STATES, "urgency": URGENCIES, "verdict": VERDICTS,
}  # fmt: skip


def state_word(kind: str, key: str, language: str = "") -> str:
    """The word for a key; `kind` is order_state, payer, payer_mark, line_kind, line_kind_mark, claim_state, urgency or verdict.

    In the screen's language unless another is given. KeyError for a key that isn't one.
    """
    return phrases(language or current_language())(_ALL[kind][key], kind)
