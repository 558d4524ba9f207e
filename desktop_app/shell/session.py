"""Who works at one window, in which shop, at which PC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.rules.rights import Right, Role, rights_of
from desktop_app.room import Person

if TYPE_CHECKING:
    from db.commands.act import Act
    from db.queries.shop import ShopRow, StaffRow
    from desktop_app.clock import Clock

NOBODY = Person(0, "")


class Session(QObject):
    """The window's person and shop; each window has its own."""

    person_changed = Signal()
    shop_changed = Signal()

    def __init__(self, clock: Clock, device: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.clock = clock
        self.device = device
        self.person = NOBODY
        self.shop: ShopRow | None = None

    @property
    def signed_in(self) -> bool:
        """Whether somebody is there."""
        return self.person is not NOBODY

    @property
    def asks_who(self) -> bool:
        """Whether this shop has people sign in."""
        return self.shop is None or self.shop.sign_in

    def region(self) -> str:
        """The shop's region."""
        return self.shop.region if self.shop is not None else "CN"

    def may(self, right: str) -> bool:
        """Whether the person has a right, by its word in `db.rules.rights`."""
        return Right(right) in rights_of(Role(role) for role in self.person.roles)

    def act(self) -> Act:
        """A new request of this person now."""
        from db.commands.act import Act

        return Act(at=self.clock(), device=self.device, staff_id=self.person.id or None)

    def take_shop(self, shop: ShopRow) -> None:
        """The shop as it is now."""
        self.shop = shop
        self.shop_changed.emit()

    def sign_in(self, row: StaffRow) -> None:
        """This person works here from now on."""
        self.person = Person(row.staff_id, row.name, frozenset(row.roles))
        self.person_changed.emit()

    def sign_out(self) -> None:
        """Nobody does."""
        self.person = NOBODY
        self.person_changed.emit()
