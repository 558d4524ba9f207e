"""People as cards to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from db.rules.rights import Role
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language
from desktop_app.shell.top_bar import paint_initial
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import CENTRE, box, focus_ring, open_painter, text
from desktop_app.widgets.pill import draw_pill, pill_width

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from db.queries.shop import StaffRow

COLUMNS = 4

ROLE_WORDS = {
    Role.ADVISOR: "advisor",
    Role.TECHNICIAN: "technician",
    Role.FOREMAN: "foreman",
    Role.ACCIDENT: "accident specialist",
    Role.CASHIER: "cashier",
    Role.PARTS: "parts keeper",
    Role.MANAGER: "manager",
    Role.ADMINISTRATOR: "administrator",
}
_ROLE_COLOURS = {
    Role.ADVISOR: "info", Role.TECHNICIAN: "grey", Role.FOREMAN: "teal", Role.ACCIDENT: "violet",
    Role.CASHIER: "rose", Role.PARTS: "warn", Role.MANAGER: "grey", Role.ADMINISTRATOR: "grey",
}  # fmt: skip


def role_words(roles: Sequence[str]) -> str:
    """A person's roles in the screen's language, the first two."""
    return tr(", ", "list").join(tr(ROLE_WORDS[Role(role)], "role") for role in roles[:2])


class PersonCard(QAbstractButton):
    """One person: first character on a disc, name, role or until when locked."""

    def __init__(self, row: StaffRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = row
        self.locked_until: dt.datetime | None = None
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(row.name)
        follow(self._take_theme)
        follow_language(self._take_language)
        self._tell()

    def set_locked(self, until: dt.datetime | None) -> None:
        """Show until when the person has to wait after wrong PINs."""
        self.locked_until = until
        self._tell()

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(150, 14 + 52 + 6 + theme.metrics("body", True).height() + 4 + max(22, theme.metrics("small").height() + 4) + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        box(painter, rect, theme.radius("l"), theme.colour("select" if on else "surface"), theme.colour("accent" if on else "line"))
        family = _ROLE_COLOURS[Role(self.row.roles[0])] if self.row.roles else "grey"
        paint_initial(painter, QRectF(rect.center().x() - 26, 14, 52, 52), self.row.name, family, "plate")
        name_height = theme.metrics("body", True).height()
        text(painter, QRectF(8, 72, rect.width() - 16, name_height), self.row.name, "body", theme.colour("text"), bold=True, align=CENTRE)
        below = QRectF(8, 72 + name_height + 4, rect.width() - 16, max(22, theme.metrics("small").height() + 4))
        if self.locked_until is not None:
            words = tr("locked until {time}", time=formats().time(self.locked_until))
            width = min(pill_width(words, "lock"), below.width())
            draw_pill(painter, below.center().x() - width / 2, below.center().y(), words, "bad", "lock", room=below.width())
        else:
            text(painter, below, role_words(self.row.roles), "small", theme.colour("text2"), align=CENTRE)
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("l"))

    def _tell(self) -> None:
        self.setAccessibleName(f"{self.row.name}, {role_words(self.row.roles)}")
        self.update()

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()

    def _take_language(self, _language: str) -> None:
        self._tell()


class PeopleGrid(QWidget):
    """People four in a row; arrow keys go from one to the next, digits belong to whoever is chosen."""

    chosen = Signal(object)
    typed = Signal(object)
    """A key event that the grid leaves to the PIN pad."""

    def __init__(self, rows: Sequence[StaffRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.cards = [PersonCard(row, self) for row in rows]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for number, card in enumerate(self.cards):
            grid.addWidget(card, number // COLUMNS, number % COLUMNS)
            card.clicked.connect(self._on_clicked)
            card.installEventFilter(self)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    def choose(self, staff_id: int) -> None:
        """Choose a person without the mouse; the first one if there is no such person."""
        card = next((card for card in self.cards if card.row.staff_id == staff_id), next(iter(self.cards), None))
        if card is not None:
            card.setChecked(True)
            card.setFocus()
            self.chosen.emit(card.row)

    def step(self, key: int) -> bool:
        """Go to the next person by an arrow key; False for any other key."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}.get(Qt.Key(key))
        if step is None:
            return False
        place = next((place for place, card in enumerate(self.cards) if card.isChecked()), 0) + step
        if 0 <= place < len(self.cards):
            self.choose(self.cards[place].row.staff_id)
        return True

    def card_of(self, staff_id: int) -> PersonCard | None:
        """The card of a person."""
        return next((card for card in self.cards if card.row.staff_id == staff_id), None)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Arrows move, everything else that is not Tab goes to the pad."""
        if isinstance(event, QKeyEvent) and event.type() == event.Type.KeyPress and isinstance(watched, PersonCard):
            if self.step(event.key()):
                return True
            if event.text().isdigit() or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace):
                self.typed.emit(event)
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _on_clicked(self) -> None:
        card = self.sender()
        if isinstance(card, PersonCard):
            self.chosen.emit(card.row)
