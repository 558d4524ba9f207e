"""What Ctrl+Z on the desk takes back: the newest act made there, and nothing older."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class LastAct:
    """The newest act at the desk. One that can't be taken back leaves nothing to undo, so that no older act is undone in its place."""

    def __init__(self) -> None:
        self._undo: Callable[[], object] | None = None

    @property
    def can_undo(self) -> bool:
        """Whether the newest act can be taken back, and was not yet."""
        return self._undo is not None

    def made(self, undo: Callable[[], object] | None = None) -> Callable[[], object]:
        """An act was made; what is returned takes it back and is for its notice, which may outlive its being the newest."""

        def take_back() -> None:
            if self._undo is take_back:
                self._undo = None
            if undo is not None:
                undo()

        self._undo = take_back if undo is not None else None
        return take_back

    def newest(self, take_back: Callable[[], object]) -> Callable[[], object] | None:
        """What `made` returned, while its act is the newest and not taken back."""
        return take_back if take_back is self._undo else None

    def undo(self) -> None:
        """Take the newest act back."""
        if self._undo is not None:
            self._undo()
