"""The rooms that have no steps of their own yet."""

from __future__ import annotations

from tests.tour.steps import Step, nothing

STEPS = [Step(room, "list", nothing) for room in ("customers",)]
