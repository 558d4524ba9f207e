"""What may be wrong with a plate, a VIN or a phone number that somebody typed, as a code with its facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """How much a problem weighs; none of them stops a car from being received."""

    ERROR = "error"
    """The text can't be right as it stands."""
    CONFIRM = "confirm"
    """Most likely a slip; kept when a person says that it stands so on the car."""
    HINT = "hint"
    """Unusual, yet valid."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell the person who typed: `code` names the sentence, `facts` fill it.

    `proposal` among the facts is a normalised text that would be valid; it is offered and never applied by itself.
    """

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict, hash=False)
    severity: Severity = Severity.ERROR

    @property
    def proposal(self) -> str | None:
        """The text to offer instead, if there is one."""
        found = self.facts.get("proposal")
        return found if isinstance(found, str) else None

    def proposing(self, proposal: str | None) -> Problem:
        """The same problem with a proposal, or unchanged without one."""
        return Problem(self.code, {**self.facts, "proposal": proposal}, self.severity) if proposal else self
