"""What a PIN may be."""

from __future__ import annotations

from typing import Final

SHORTEST: Final = 4
LONGEST: Final = 12


def is_pin(text: str) -> bool:
    """Four to twelve digits."""
    return SHORTEST <= len(text) <= LONGEST and text.isascii() and text.isdigit()
