"""Words for what the records hold as keys, beside those of `desktop_app.i18n.state_words`: consents, ways, reasons, moves of an order."""

from __future__ import annotations

from desktop_app.i18n.phrases import current_language, phrases

WORDS: dict[str, dict[str, str]] = {
    "consent": {
        "proposed": "Proposed", "authorised": "Authorised", "declined": "Declined", "postponed": "Put off", "withdrawn": "Taken off",
    },
    "work_state": {"open": "Not started", "working": "In work", "stopped": "Stopped", "done": "Done"},
    "authorised_how": {"signature": "Signature", "phone": "By phone", "message": "By message", "at_counter": "At the counter"},
    "contact_way": {"phone": "By phone", "message": "By message", "counter": "At the counter", "letter": "By letter"},
    "contact_purpose": {
        "after_visit": "Call after the visit", "service_due": "Service due", "first_service": "First service", "renewal": "Insurance renewal",
        "inspection": "Vehicle inspection", "win_back": "Winning back", "recommendation": "Recommendation", "promise": "Promise", "claim": "Claim",
        "debt": "Debt", "other": "Other",
    },
    "contact_result": {
        "reached": "reached", "satisfied": "satisfied", "complaint": "complains", "call_again": "call again", "no_answer": "no answer",
        "message_left": "message left", "wrong_number": "wrong number", "promised_time": "told the new time", "erased": "(erased)",
    },
    "stop_reason": {
        "done": "Done", "break": "Break", "other_car": "Other car first", "parts": "Waits for parts", "question": "Has a question",
        "end_of_day": "End of day",
    },
    "check_level": {"self": "Self check", "mutual": "Mutual check", "final": "Final check"},
    "payment_method": {
        "cash": "Cash", "card": "Card", "wechat": "WeChat", "alipay": "Alipay", "bank": "Bank transfer", "account": "On account",
        "voucher": "Voucher", "insurer_direct": "Insurer directly",
    },
    "settlement_state": {"open": "Open", "paid": "Paid", "on_account": "On account", "written_off": "Written off", "cancelled": "Cancelled"},
    "waiting_for": {"parts": "Parts", "customer": "Customer's answer", "insurer": "Insurer", "sublet": "Sublet", "bay": "Bay"},
    "order_kind": {
        "maintenance": "Maintenance", "repair": "Repair", "accident": "Accident", "warranty": "Warranty", "recall": "Recall", "comeback": "Comeback",
        "internal": "Internal", "pre_delivery": "Pre-delivery inspection",
    },
    "recommendation_state": {
        "found": "Found", "presented": "Shown", "accepted": "Accepted", "postponed": "Put off", "declined": "Declined", "done_here": "Done here",
        "measured_good": "Measured good", "done_elsewhere": "Done elsewhere", "refused_for_good": "Refused for good",
    },
    "appointment_state": {"booked": "Booked", "checked_in": "Checked in", "not_shown": "Not shown", "cancelled": "Cancelled"},
    "promise_state": {"open": "Open", "kept": "Kept", "taken_back": "Taken back"},
    "withdrawal": {"never_shown": "Never shown", "put_off": "Put off", "refused": "Refused", "mistake": "A mistake", "joined": "Joined again"},
    "signed_how": {"signature": "Signature", "on_paper": "On paper"},
    "bay_kind": {"lift": "Lift", "alignment": "Wheel alignment", "sheet_metal": "Sheet metal", "paint": "Paint", "wash": "Wash"},
    "skill": {
        "mechanical": "Mechanical", "electrical": "Electrical", "high_voltage": "High voltage", "sheet_metal": "Sheet metal", "paint": "Paint",
        "wash": "Wash",
    },
    "role": {
        "advisor": "advisor", "technician": "technician", "foreman": "foreman", "accident": "accident specialist", "cashier": "cashier",
        "parts": "parts keeper", "manager": "manager", "administrator": "administrator",
    },
    "power_train": {"petrol": "Petrol", "diesel": "Diesel", "hybrid": "Hybrid", "plug_in_hybrid": "Plug-in hybrid", "battery": "Battery"},
    "tier": {"silver": "Silver card", "gold": "Gold card"},
    "title": {"mr": "Mr", "ms": "Ms"},
    "ownership_role": {"owner": "owner", "driver": "driver", "sender": "brings it", "payer": "pays"},
    "vehicle_fate": {"kept": "still a customer's", "sold_on": "sold on", "scrapped": "scrapped", "moved": "moved away"},
    "move": {
        "dispatch": "Dispatch", "undo_dispatch": "Take back from the workshop", "start": "Start work", "wait": "Put to waiting",
        "resume": "Go on with the work", "finish_work": "Finish the work", "send_to_check": "Send to quality check", "send_back": "Send back to work",
        "pass_check": "Pass the final check", "work_again": "Back to work", "settle": "Settle", "reopen": "Open the bill again", "deliver": "Hand over",
        "cancel": "Cancel the order", "undo_check_in": "Undo the check-in",
    },
}  # fmt: skip
"""Kind of word, key in the records, English phrase; the kind is the phrase's context in the word tables."""

LANGUAGE_NAMES = {"zh_TW": "繁體中文", "zh_CN": "简体中文", "en": "English"}
"""Each language names itself."""


def record_word(kind: str, key: str, language: str = "") -> str:
    """The word for a key, in the screen's language unless another is given; a key that has none stands for itself."""
    found = WORDS[kind].get(key)
    return key if found is None else phrases(language or current_language())(found, kind)
