"""A subject of the settings that is a list found by typing: what is typed narrows it, Esc takes that away, F8 changes the selected row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_app.rooms.settings.page import TablePage
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop_app.room import RoomContext
    from desktop_app.widgets.paged_model import Column


class SearchedPage(TablePage):
    """`search` stands at the left above the list; what else stands there comes after it."""

    def __init__(
        self, context: RoomContext, name: str, columns: Sequence[Column], key: Callable[[Any], object], placeholder: str, width: int
    ) -> None:
        super().__init__(context, name, columns, key)
        self.search = LineEdit(icon="list-filter", keys="/", parent=self)
        self.search.set_placeholder(placeholder)
        self.search.set_enter_moves_on(False)
        self.search.setFixedWidth(width)
        self.above.setContentsMargins(14, 6, 14, 0)
        self.above.addWidget(self.search)
        self.above.addStretch(1)
        self.change_button = self.action_bar.add(Button("Change", PRIMARY, "pencil", "F8", "big"))
        self.change_button.clicked.connect(self.main_act)

    def row_selected(self, row: Any) -> None:
        self.change_button.setEnabled(row is not None)

    def filter_focus(self) -> bool:
        self.search.setFocus()
        self.search.selectAll()
        return True

    def back_out(self) -> bool:
        if not self.search.text():
            return False
        self.search.clear()
        self.table.setFocus()
        return True
