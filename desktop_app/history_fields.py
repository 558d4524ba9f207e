"""What the fields and records of the history are called, and how their values are written."""

from __future__ import annotations

SUBJECTS: dict[str, str] = {
    "work_order": "the order", "work_order_line": "a line", "complaint": "a complaint", "authorisation": "an authorisation", "contact": "a talk",
    "labour_session": "a clock", "quality_check": "a check", "settlement": "a settlement", "payment": "a payment", "attachment": "a picture",
    "recommendation": "a recommendation", "recommendation_decision": "an answer", "damage_mark": "a damage mark",
    "order_belonging": "a belonging", "odometer_reading": "an odometer reading", "inspection_result": "an inspection result",
    "paper_print": "a paper", "appointment": "an appointment", "customer": "the customer", "customer_phone": "a phone number",
    "vehicle": "the vehicle", "vehicle_plate": "a plate", "ownership": "an ownership", "promise": "a promise", "policy": "a policy",
    "claim": "a claim", "staff": "a person", "bay": "a bay", "shop": "the shop", "closure": "a closed day", "voucher": "a voucher",
    "campaign_vehicle": "a recall", "merge": "a merged record", "catalogue_entry": "the catalogue", "labour_operation": "an operation",
    "part": "a part", "package": "a package",
}  # fmt: skip
"""Table to what one of its records is called, for records without a name of their own."""

MONEY, QUANTITY, PER_CENT, MOMENT, DAY, KILOMETRES, YES_NO, PLAIN = "money", "quantity", "per_cent", "moment", "day", "kilometres", "yes_no", "plain"
LANGUAGE, WEEKDAYS = "language", "weekdays"

FIELDS: dict[str, tuple[str, str]] = {
    "work_order.state": ("state", "order_state"), "work_order_line.work_state": ("work", "work_state"), "appointment.state": ("state", "appointment_state"),
    "settlement.state": ("state", "settlement_state"), "recommendation.state": ("state", "recommendation_state"), "promise.state": ("state", "promise_state"),
    "recommendation_decision.state": ("answer", "recommendation_state"), "quality_check.level": ("level", "check_level"),
    "authorisation.how": ("way", "authorised_how"), "contact.way": ("way", "contact_way"), "contact.purpose": ("purpose", "contact_purpose"),
    "contact.result": ("result", "contact_result"),
    "work_order.kind": ("kind", "order_kind"), "work_order_line.kind": ("kind", "line_kind"),
    "unit_price": ("price", MONEY), "quantity": ("quantity", QUANTITY), "discount_basis_points": ("discount", PER_CENT), "amount": ("amount", MONEY),
    "unit_cost": ("cost", MONEY), "payer": ("payer", "payer"), "consent": ("consent", "consent"), "name_zh_tw": ("words", PLAIN),
    "technician_id": ("technician", PLAIN), "bay_id": ("bay", PLAIN), "advisor_id": ("advisor", PLAIN), "done_by_id": ("person", PLAIN),
    "expected_at": ("expected time", MOMENT), "complaint_id": ("complaint", PLAIN), "withdrawn_reason": ("reason", "withdrawal"),
    "waiting_for": ("what it waits for", "waiting_for"), "waiting_until": ("expected end", MOMENT), "promised_at": ("promised time", MOMENT),
    "agreed_total": ("agreed total", MONEY), "washed_at": ("wash", MOMENT), "rework_count": ("reworks", PLAIN), "note": ("note", PLAIN),
    "delivered_to": ("person who took the car", PLAIN), "cancel_reason": ("reason", PLAIN), "keep_old_parts": ("old parts kept", YES_NO),
    "customer_waits": ("customer waits", YES_NO), "wash_wanted": ("wash wanted", YES_NO), "odometer_km": ("odometer", KILOMETRES),
    "contact_phone": ("phone", PLAIN), "sender_name": ("who brought it", PLAIN), "fuel_eighths": ("fuel", PLAIN), "charge_percent": ("charge", PLAIN),
    "words": ("words", PLAIN), "result": ("result", PLAIN), "due_on": ("due day", DAY), "total": ("total", MONEY), "written_off": ("written off", MONEY),
    "name": ("name", PLAIN), "title": ("form of address", "title"), "is_company": ("company", YES_NO), "contact_person": ("contact person", PLAIN),
    "address": ("address", PLAIN), "licence_number": ("licence number", PLAIN), "language": ("language", LANGUAGE), "came_by": ("how they came", PLAIN),
    "consent_to_call": ("consent to be called", YES_NO), "is_account": ("account customer", YES_NO), "account_limit": ("account limit", MONEY),
    "account_months": ("account months", PLAIN), "is_government": ("government", YES_NO), "tier": ("tier", "tier"), "typed": ("number", PLAIN),
    "vin": ("VIN", PLAIN), "maker": ("maker", PLAIN), "model": ("model", PLAIN), "model_year": ("model year", PLAIN), "colour": ("colour", PLAIN),
    "body": ("body", PLAIN), "power_train": ("power train", "power_train"), "engine_number": ("engine number", PLAIN),
    "first_registered_on": ("first registration", DAY), "bought_on": ("bought on", DAY), "bought_here": ("bought here", YES_NO),
    "inspection_ends_on": ("end of the inspection", DAY), "warranty_ends_on": ("end of the warranty", DAY), "fate": ("what became of it", "vehicle_fate"),
    "severe_use": ("severe use", YES_NO), "plate": ("plate", PLAIN), "role": ("role", "ownership_role"), "since": ("since", DAY), "until": ("until", DAY),
    "kilometres": ("odometer", KILOMETRES), "starts_at": ("time", MOMENT), "minutes": ("minutes", PLAIN), "reason": ("reason", PLAIN),
    "skills": ("skills", "skill"), "roles": ("roles", "role"), "working_days": ("working days", WEEKDAYS), "badge": ("badge", PLAIN),
    "joined_on": ("joined on", DAY), "left_on": ("left on", DAY), "closed_on": ("closed on", DAY), "phone": ("phone", PLAIN),
    "complaint_phone": ("complaint phone", PLAIN), "licence_class": ("licence class", PLAIN), "region": ("region", PLAIN), "province": ("province", PLAIN),
    "zone": ("time zone", PLAIN), "sign_in": ("sign-in", YES_NO), "weekly_hours": ("opening hours", PLAIN), "settings": ("settings", PLAIN),
    "logo": ("logo", PLAIN), "pin_hash": ("PIN", PLAIN), "day": ("day", DAY), "is_open": ("open", YES_NO), "insurer_code": ("insurer", PLAIN),
    "premium": ("premium", MONEY), "from_on": ("from", DAY), "until_on": ("until", DAY), "number": ("number", PLAIN), "price": ("price", MONEY),
    "hours": ("hours", QUANTITY), "hourly_price": ("price of an hour", MONEY), "cost": ("cost", MONEY), "retired": ("not offered any more", YES_NO),
    "find_words": ("words it is found by", PLAIN), "bay.kind": ("kind", "bay_kind"), "postponed_until": ("put off until", DAY),
    "postponed_until_km": ("put off until", KILOMETRES), "file_name": ("file", PLAIN),
}  # fmt: skip
"""`table.field`, or a field of any table, to its English name and how its value is written: a kind of `record_words`, or one of the above."""

OWN_SENTENCES: dict[str, tuple[str, str, str]] = {
    "staff.pin_hash": ("{who} gave {what} a PIN", "{who} gave {what} a new PIN", "{who} took away the PIN of {what}"),
    "staff.left_on": ("{what} left on {new}; {who} wrote it down", "{what} left on {new}; {who} wrote it down", "{what} works here again; {who} wrote it down"),
    "bay.closed_on": ("{who} closed bay {what} on {new}", "{who} closed bay {what} on {new}", "{who} opened bay {what} again"),
    "retired": ("{who} took {what} out of what is offered", "{who} took {what} out of what is offered", "{who} offers {what} again"),
}  # fmt: skip
"""`table.field`, or a field of any table, to what is said when it got a value, got another, and lost it."""

QUIET = frozenset((
    "adjustment", "authorisation_id", "settlement_id", "position", "standard_minutes", "waiting_since", "package_group", "package_code",
    "package_name_zh_tw", "package_name_zh_cn", "package_name_en", "name_key", "e164", "failed_pins", "locked_until", "name_zh_cn", "name_en",
    "dispatched_at", "started_at", "checked_at", "ready_at", "settled_at", "delivered_at", "cancelled_at", "done_at", "recommendation_id",
    "last_visit_at", "skill", "work_class", "unit", "code", "tax_basis_points", "split_from_id", "version", "vin_typed",
))  # fmt: skip
"""Fields that follow from others, or say nothing to a person."""

VERBS: dict[str, str] = {
    "check_in": "Checked in", "undo_check_in": "Check-in undone", "add_lines": "Lines added", "change_lines": "Line changed",
    "withdraw_lines": "Line taken off", "restore_lines": "Line brought back", "add_complaint": "Complaint added", "authorise": "Authorised",
    "split_line": "Line split", "join_split": "Split taken back", "move_line": "Line moved", "dispatch": "Dispatched", "reassign": "Given to another",
    "undo_dispatch": "Taken back from the workshop", "start": "Started", "start_work": "Clocked on", "stop_work": "Clocked off",
    "mark_lines_done": "Done", "mark_lines_open": "Open again", "put_to_waiting": "Put to waiting", "resume": "Went on",
    "finish_work": "Work finished", "send_to_check": "Sent to quality check", "send_back": "Sent back", "pass_check": "Check passed",
    "work_again": "Back to work", "tick_wash": "Wash", "settle": "Settled", "reopen": "Bill opened again", "deliver": "Handed over",
    "cancel": "Cancelled", "change_promised_time": "Promised time", "add_contact": "Talk", "add_note": "Note", "attach_to_order": "Picture added",
    "answer_contact": "Due call made", "change_contact": "Talk corrected",
    "keep_attachment": "Picture kept", "record_print": "Printed", "make_appointment": "Appointment made", "move_appointment": "Appointment moved",
    "end_appointment": "Appointment ended", "book_again": "Appointment booked again", "merge_customers": "Doubles merged",
    "merge_vehicles": "Doubles merged", "unmerge": "Merge taken back", "dismiss_double": "Two different ones",
    "propose_double": "Doubles after all", "try_pin": "PIN tried",
    "unlock": "PIN unlocked", "add_policy": "Policy added", "change_policy": "Policy changed", "make_promise": "Promise made",
    "keep_promise": "Promise kept", "take_back_promise": "Promise taken back", "close_promise": "Promise closed", "add_bay": "Bay added",
    "change_bay": "Bay changed", "close_bay": "Bay closed", "move_bay": "Bays arranged", "change_operation": "Catalogue changed",
    "change_part": "Catalogue changed", "change_package": "Catalogue changed", "begin_shop": "Shop made", "make_shop": "Shop made",
    "load_starter": "Starter catalogue loaded", "add_person": "Person added", "change_person": "Person changed", "set_pin": "PIN set",
    "leave": "Left", "come_back": "Back again", "set_owner": "Owner changed", "add_driver": "Driver added", "end_ownership": "Ownership ended",
    "change_ownership": "Ownership dates changed",
    "change_shop": "Shop changed", "change_setting": "Setting changed", "set_closure": "Closed day changed", "add_vehicle": "Vehicle added",
    "change_vehicle": "Vehicle changed", "give_plate": "Plate given", "change_plate": "Plate changed", "end_plate": "Plate ended",
    "add_reading": "Odometer read", "set_fate": "What became of it", "add_customer": "Customer added", "change_customer": "Customer changed",
    "set_phones": "Phones changed", "erase_customer": "Person erased", "answer_recommendations": "Answers to recommendations",
    "keep_results": "Inspected", "talk_to_customer": "Talk", "take_payment": "Payment", "plan_calls": "Calls planned",
    "report_claim": "Claim reported", "start_stage": "Stage begun", "sign_stage": "Stage signed", "receive_paper": "Paper received",
    "submit_claim": "Claim submitted", "lend_car": "Car lent", "take_car_back": "Car back", "add_loaner": "Loaner added",
    "add_partner": "Partner added", "add_lead": "Message came", "end_lead": "Message closed", "pay_reward": "Reward paid",
    "add_campaign": "Campaign added",
}  # fmt: skip
"""What was done, in two or three words: the verb of the command."""
