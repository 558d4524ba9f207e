"""What each right lets a person do, as phrases of the context `right`."""

from __future__ import annotations

from db.rules.rights import Right

RIGHT_WORDS = {
    Right.CHECK_IN: "Check in, estimate, authorise by the customer",
    Right.CLOCK_AND_INSPECT: "Clock on and off, inspect, report a finding",
    Right.DISPATCH: "Dispatch, final check",
    Right.SELF_CHECK: "Self and mutual check",
    Right.CUSTOMERS: "Customers, vehicles, appointments, contacts, promises",
    Right.DELIVER: "Hand over",
    Right.PARTS: "Hand out and order parts",
    Right.LEADS: "Leads and partners",
    Right.PAY_REWARD: "Pay a reward",
    Right.BULK_DATA: "Import, full export, erase, phones in exports",
    Right.CLAIMS: "Claim stages and amounts",
    Right.SETTLE: "Settle, take payment",
    Right.DISCOUNT: "Discount up to the limit",
    Right.DISCOUNT_OVER: "Discount over the limit",
    Right.SEE_COST: "See cost and gross",
    Right.REOPEN: "Open again, write off, correct a clock",
    Right.CATALOGUE: "Catalogue and prices",
    Right.SETTINGS: "People, settings, backup",
}
