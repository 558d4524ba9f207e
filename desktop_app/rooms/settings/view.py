"""The settings: subjects at the left, the chosen one in the middle, who changed what beside it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app import __version__
from desktop_app.i18n import tr
from desktop_app.i18n.live import say
from desktop_app.room import records_touch
from desktop_app.rooms.settings.history_card import HistoryCard
from desktop_app.rooms.settings.page import TablePage, focus_is_in, let_through, on_sheet
from desktop_app.widgets.buttons import QUIET, Button
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.choice_list import ChoiceList
from desktop_app.widgets.labels import ElidedLabel
from desktop_app.widgets.scrolling import ScrollArea
from desktop_app.widgets.side_panel import PanelHost

if TYPE_CHECKING:
    from collections.abc import Collection

    from desktop_app.room import RoomContext
    from desktop_app.rooms.settings.page import Page

SUBJECTS = (
    ("shop", "Shop", "building-2", "shop_page", "ShopPage"),
    ("people", "People and PINs", "users", "people_page", "PeoplePage"),
    ("rights", "Rights", "lock", "rights_page", "RightsPage"),
    ("bays", "Bays", "wrench", "bays_page", "BaysPage"),
    ("calendar", "Calendar", "calendar-clock", "calendar_page", "CalendarPage"),
    ("values", "Rules and prices", "settings", "values_page", "ValuesPage"),
    ("catalogue", "Catalogue", "package-search", "catalogue_page", "CataloguePage"),
    ("lists", "Lists of the trade", "clipboard-check", "lists_page", "ListsPage"),
    ("paper_head", "Head of papers", "printer", "paper_head_page", "PaperHeadPage"),
    ("this_pc", "Language and this PC", "languages", "this_pc_page", "ThisPcPage"),
    ("store", "Store and check", "database", "store_page", "StorePage"),
)
"""Key, words (context `settings`), icon, module and class of each subject; a page is made when it is first chosen."""


class View(QWidget):
    """The room."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self.context = context
        self.pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._by_hand: bool | None = None
        self._bars = QStackedWidget(self)
        self._stack = QStackedWidget(self)
        self.subjects = ChoiceList(self)
        for key, phrase, icon, _module, _class in SUBJECTS:
            self.subjects.add_phrase(key, phrase, "settings", icon)
        self.subjects.chosen_changed.connect(self._on_chosen)
        self.subjects.opened.connect(self._on_opened)
        self.history = HistoryCard(context)
        self.history_button = Button("Who changed what", QUIET, "history", "H", parent=self)
        self.history_button.clicked.connect(self._on_history)
        self._host = PanelHost(on_sheet(self._stack, self), self.history, width=290, wide=360, parent=self)
        self._lay_out()
        self.setFocusProxy(self.subjects)
        self.subjects.choose(SUBJECTS[0][0])
        # The first page after the frame has been painted: both together would be seen as a stutter.
        QTimer.singleShot(0, self, self._begin)

    @property
    def page(self) -> Page:
        """The page that shows."""
        key = str(self.subjects.chosen)
        return self.pages.get(key) or self.show_subject(key)

    def show_subject(self, key: str) -> Page:
        """Show a subject; the page that was left keeps what was typed."""
        self.subjects.choose(key)
        page = self.pages.get(key)
        if page is None:
            module, name = next((module, name) for each, _phrase, _icon, module, name in SUBJECTS if each == key)
            page = self.pages[key] = getattr(import_module(f"desktop_app.rooms.settings.{module}"), name)(self.context)
            page.count_changed.connect(self._on_count)
            self._stack.addWidget(page)
            self._bars.addWidget(page.action_bar)
            page.load()
        elif key in self._stale:
            self._stale.discard(key)
            page.load()
        self._stack.setCurrentWidget(page)
        self._bars.setCurrentWidget(page.action_bar)
        self.history_button.setVisible(page.with_history)
        if page.with_history:
            self.history.show_tables(page.tables)
        self._arrange_history(page)
        self.context.navigator.title_changed()
        return page

    def shown(self) -> None:
        """The room comes to the front."""
        if self.pages:
            self._arrange_history(self.page)

    def reload(self, subjects: Collection[str] | None = None) -> None:
        """Records changed: the page in front reads anew, the others when they are next shown."""
        for key, page in self.pages.items():
            if key == self.subjects.chosen:
                page.reload(subjects)
                if page.with_history and records_touch(subjects, page.tables):
                    self.history.show_tables(page.tables)
            elif records_touch(subjects, page.tables):
                self._stale.add(key)

    def context_words(self) -> str:
        """The subject in front."""
        return tr(next(phrase for key, phrase, *_rest in SUBJECTS if key == self.subjects.chosen), "settings")

    def offers(self, key: str) -> bool:
        """What the page in front does with the keys of every room."""
        return key not in ("main_act", "new_record") or (bool(self.pages) and self.page.offers(key))

    def main_act(self) -> None:
        """F8."""
        self.page.main_act()

    def new_record(self) -> None:
        """Ctrl+N."""
        self.page.new_record()

    def filter_focus(self) -> None:
        """Ctrl+F and `/`: the page's search, else the subjects."""
        if not self.page.filter_focus():
            self.subjects.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def back_out(self) -> bool:
        """Esc: what the page has to leave, then the history, then back to the subjects."""
        if self.page.back_out():
            return True
        if self._host.is_open and not self._host.docked:
            self._host.close_panel()
            return True
        if not self.subjects.hasFocus():
            self.subjects.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def before_close(self) -> str:
        """What closing would lose."""
        return self.lost_with_room()

    def lost_with_room(self) -> str:
        """What was typed on any page and is not saved."""
        count = sum(page.unsaved for page in self.pages.values())
        return tr("Settings: {count} changes not saved", count=count) if count else ""

    def next_section(self, step: int) -> None:
        """F6: subjects, page, history."""
        parts: list[QWidget] = [self.subjects, self.page]
        if self._host.is_open:
            parts.append(self.history)
        here = next((place for place, part in enumerate(parts) if focus_is_in(part)), 0)
        _focus(parts[(here + step) % len(parts)])

    def set_density(self, dense: bool) -> None:
        """Rows of 28 px, or of 36."""
        table = getattr(self.page, "table", None)
        if table is not None:
            table.set_dense(dense)

    def act(self, key: str) -> None:
        """A verb of the room."""
        if key == "history":
            self._on_history()

    def keyPressEvent(self, event: Any) -> None:
        if event.text().lower() == "h" and not event.modifiers() and self.page.with_history:
            self._on_history()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        left = Sheet(self)
        scroll = ScrollArea(left)
        scroll.setWidget(self.subjects)
        let_through(scroll)
        foot = ElidedLabel("", "small", "text3", parent=left)
        say(foot.setText, "Shop code {code} · version {version}", code=lambda: self.context.shop().code, version=__version__)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 8, 1, 10)
        inside.addWidget(scroll, 1)
        inside.addWidget(self.history_button, 0, Qt.AlignmentFlag.AlignLeft)
        margin = QHBoxLayout()
        margin.setContentsMargins(12, 0, 12, 0)
        margin.addWidget(foot)
        inside.addLayout(margin)
        left.setMinimumWidth(226)
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(left, 1)
        row.addWidget(self._host, 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(self._bars)

    def _begin(self) -> None:
        if not self.pages:
            self.show_subject(str(self.subjects.chosen))

    def _on_chosen(self, key: object) -> None:
        self.show_subject(str(key))

    def _on_opened(self, _key: object) -> None:
        _focus(self.page)

    def _on_count(self, words: str) -> None:
        key = next(key for key, page in self.pages.items() if page is self.sender())
        self.subjects.set_right(key, words)

    def _on_history(self) -> None:
        self._by_hand = not self._host.is_open
        if self._host.is_open:
            self._host.close_panel()
        else:
            self._host.open_panel()

    def _arrange_history(self, page: Page) -> None:
        """Beside the page where there is room for both, unless a person has asked for it or sent it away."""
        docks_from = _DOCKS_BY_LIST_FROM if isinstance(page, TablePage) else _DOCKS_FROM
        wanted = self._by_hand if self._by_hand is not None else self.window().width() >= docks_from
        if not page.with_history or not wanted:
            self._host.close_panel()
        elif self._host.docked:
            self._host.open_panel(focus=False)


_DOCKS_FROM, _DOCKS_BY_LIST_FROM = 1440, 1600
"""px of the window from which the history stands beside a form, and beside a list, whose columns need more."""


def _focus(widget: QWidget) -> None:
    target = widget.focusProxy() or widget
    if target.focusPolicy() & Qt.FocusPolicy.TabFocus:
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
    else:
        widget.focusNextChild()


