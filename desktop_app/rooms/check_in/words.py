"""Sentences of the check-in room that several of its parts say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.rules import phone
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.phrases import phrases
from desktop_app.recognise_words import sentence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from db.queries.alerts import Alert
    from db.rules.problem import Problem

POWER_TRAINS = (
    ("petrol", "petrol"), ("diesel", "diesel"), ("hybrid", "hybrid"), ("plug_in_hybrid", "plug-in hybrid"), ("battery", "battery electric"),
)  # fmt: skip
"""Key and English phrase, context `power train`."""


def power_train_words(key: str) -> str:
    """The power train in the screen's language."""
    return tr(dict(POWER_TRAINS)[key], "power train")


def person_words(name: str, title: str) -> str:
    """A name with how the person is addressed."""
    suffix = {"mr": tr("Mr", "title"), "ms": tr("Ms", "title")}.get(title, "")
    if not suffix:
        return name
    return f"{suffix} {name}" if current_language() == "en" else f"{name} {suffix}"


def problem_words(problem: Problem) -> str:
    """What was found wrong with a plate, a VIN or a phone."""
    return sentence(problem.code, problem.facts, phrases(current_language()))


def phone_words(phones: Sequence[str]) -> str:
    """The first phone as it is read aloud, or that there is none."""
    return phone.display(phones[0]) if phones else tr("no phone")


def named(facts: dict[str, Any]) -> str:
    """The name in the screen's language out of facts that carry three."""
    return str(facts[f"name_{current_language()}"])


ICONS = {
    "open_order": "clipboard-list", "nobody_to_reach": "phone-off", "owes": "banknote", "recall": "flag", "campaign": "tag", "declined": "rotate-ccw",
    "postponed": "rotate-ccw", "found": "lightbulb", "due": "calendar-clock", "first_service": "calendar-clock", "due_more": "calendar-clock",
    "claim": "shield-alert", "policy": "umbrella", "inspection": "badge-check", "promise": "handshake", "voucher": "tag", "recent_visit": "history",
}  # fmt: skip


def alert_words(alert: Alert, now: dt.datetime, insurer_names: dict[str, str]) -> tuple[str, str, str]:
    """Bold subject, what follows it, second line."""
    facts, say = alert.facts, formats()
    match alert.kind:
        case "open_order":
            return tr("Already here"), "", tr("{number} is open: join it instead of opening a second", number=facts["number"])
        case "nobody_to_reach":
            return tr("Nobody to reach"), "", tr("Ask for a phone number")
        case "owes":
            return (
                tr("Owes {amount}", amount=say.money(facts["amount"])),
                tr("for {count} days", count=facts["days"]),
                tr("Settlement {number}", number=facts["number"]),
            )
        case "recall":
            return tr("Recall {code}", code=facts["code"]), named(facts), tr("free of charge, the maker pays")
        case "campaign":
            return tr("Offer {code}", code=facts["code"]), named(facts), ""
        case "postponed":
            return tr("Put off last time"), named(facts), _recommendation_second(facts)
        case "declined":
            return tr("Declined last time"), named(facts), _recommendation_second(facts)
        case "found":
            return tr("Not yet shown to the customer"), named(facts), _recommendation_second(facts)
        case "due" | "first_service":
            subject = tr("First service") if alert.kind == "first_service" else tr("Due")
            return subject, named(facts), _due_second(facts)
        case "due_more":
            return tr("Due too: {count} more", count=facts["count"]), "", named(facts)
        case "claim":
            return tr("Claim {number} is open", number=facts["number"]), insurer_names.get(facts["insurer"], facts["insurer"]), say.day(facts["reported_at"])
        case "policy":
            subject = (
                tr("Insurance ended {count} days ago", count=-facts["days"]) if facts["days"] < 0 else tr("Insurance ends in {count} days", count=facts["days"])
            )
            second = f"{say.day(facts['until'])} · {tr('bought here') if facts['sold_here'] else tr('bought elsewhere')}"
            return subject, insurer_names.get(facts["insurer"], facts["insurer"]), second
        case "inspection":
            days = facts["days"]
            subject = tr("Inspection ended {count} days ago", count=-days) if days < 0 else tr("Inspection ends in {count} days", count=days)
            return subject, "", say.day(facts["until"])
        case "promise":
            return tr("We promised"), facts["words"], tr("on {day}", day=say.near_day(facts["promised_at"], now))
        case "voucher":
            until = tr("until {day}", day=say.day(facts["expires_on"])) if facts["expires_on"] else ""
            return tr("Voucher {amount}", amount=say.money_short(facts["amount"])), facts["terms"], until
        case "recent_visit":
            return (
                tr("Was here {count} days ago", count=facts["days"]),
                facts["number"],
                tr("Same complaint? Then it is a comeback, free within {days} days", days=facts["limit"]),
            )
    raise ValueError(alert.kind)


def _recommendation_second(facts: dict[str, Any]) -> str:
    say = formats()
    parts = [say.day(facts["decided_at"] or facts["found_at"]), say.money_short(facts["price"])]
    if facts["until"] is not None:
        parts.append(tr("until {day}", day=say.day(facts["until"])))
    if facts["until_km"] is not None:
        parts.append(tr("until {distance}", distance=say.km(facts["until_km"])))
    if facts["words"]:
        parts.append(facts["words"])
    return " · ".join(parts)


def _due_second(facts: dict[str, Any]) -> str:
    say = formats()
    if facts["is_first_service"] and facts["closes_in_days"] is not None:
        if facts["closes_in_days"] < 0:
            return tr("the window has closed")
        return tr("window closes in {count} days", count=facts["closes_in_days"])
    days = facts["days"]
    when = tr("{count} days over", count=-days) if days < 0 else tr("in {count} days", count=days)
    return " · ".join(part for part in (when, say.day(facts["due_on"]), say.km(facts["due_km"]) if facts["due_km"] else "") if part)


def done_words(kind: str) -> str:
    """What was done about a handled alert."""
    return {
        "added": tr("added"), "opened": tr("opened"), "postponed": tr("put off again"), "declined": tr("declined again"), "noted": tr("noted"),
        "comeback": tr("comeback"), "used": tr("used"),
    }[kind]  # fmt: skip


def button_phrase(alert: Alert) -> str:
    """The English phrase on the alert's button."""
    if alert.offers:
        return "Add"
    return {
        "open_order": "Open order",
        "due_more": "See the whole list", "owes": "Open", "claim": "Open claim", "policy": "Noted", "inspection": "Noted", "promise": "Noted",
        "voucher": "Use it", "recent_visit": "Comeback", "nobody_to_reach": "Add phone",
    }.get(alert.kind, "Noted")  # fmt: skip
