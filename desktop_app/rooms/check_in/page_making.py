"""Makes the form's page while nobody asks for it, at the latest with the first car: the empty desk stands sooner without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.rooms.check_in.lists import read_lists

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.form_page import FormPage
    from desktop_app.rooms.check_in.lists import Lists

PREPARE_MS = 1500
PART_MS = 20


class PageMaking(QObject):
    """`made` once, with the page as a child of `room`; the catalogue's lists are shown on it as soon as they are read."""

    made = Signal(object)

    def __init__(self, context: RoomContext, room: QWidget) -> None:
        super().__init__(room)
        self._context, self._room = context, room
        self._page: FormPage | None = None
        self._half_page: FormPage | None = None
        self._lists: Lists | None = None
        engine = context.engine
        context.runner.submit(self, lambda: read_lists(engine), self._on_lists)
        QTimer.singleShot(PREPARE_MS, self, self._prepare)

    def page(self) -> FormPage:
        """The page, whole."""
        if self._page is None:
            page = self._begun()
            page.finish()
            self._page = page
            self.made.emit(page)
            if self._lists is not None:
                page.show_lists(self._lists)
        return self._page

    def _begun(self) -> FormPage:
        if self._half_page is None:
            from desktop_app.rooms.check_in.form_page import FormPage

            self._half_page = FormPage(self._context, self._room)
        return self._half_page

    def _prepare(self) -> None:
        """Make one part in this turn of the event loop, and the next in one of the next."""
        if self._page is None:
            if self._begun().make_next():
                QTimer.singleShot(PART_MS, self, self._prepare)
            else:
                self.page()

    def _on_lists(self, lists: Lists) -> None:
        self._lists = lists
        if self._page is not None:
            self._page.show_lists(lists)
