"""What a person and a car are called on the screen, in the rooms and in dialogs that several rooms open."""

from __future__ import annotations

from db.rules import plate
from desktop_app.i18n import current_language, tr


def person_words(name: str, title: str) -> str:
    """A name with how the person is addressed; a customer without a name is said to have none."""
    name = name or tr("no name")
    suffix = {"mr": tr("Mr", "title"), "ms": tr("Ms", "title")}.get(title, "")
    if not suffix:
        return name
    return f"{suffix} {name}" if current_language() == "en" else f"{name} {suffix}"


def plate_words(text: str, vin: str) -> str:
    """What a car is called: its plate, else the end of its VIN."""
    return plate.display(text) if text else tr("no plate, VIN …{tail}", tail=vin[-6:]) if vin else tr("no plate")


def joined(*parts: str) -> str:
    """Parts with a dot between them, empty ones left out."""
    return " · ".join(part for part in parts if part)
