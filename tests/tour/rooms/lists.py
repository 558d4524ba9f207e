"""The rooms that are a list of what the store holds."""

from __future__ import annotations

from tests.tour.steps import Step, nothing

STEPS = [Step(room, "list", nothing) for room in ("board", "recommendations", "claims", "follow_ups", "cashier", "insights")]
