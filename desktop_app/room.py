"""What a room is to the frame around it, and what it is given: the contract between `shell` and `rooms`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtWidgets import QWidget

    from db.commands.act import Act
    from db.engine import Engine
    from db.queries.shop import ShopRow
    from desktop_app.clock import Clock
    from desktop_app.place import Place
    from desktop_app.preferences import Preferences
    from desktop_app.tasks.runner import Runner


@dataclass(frozen=True)
class Verb:
    """One thing that a person can do: its name in the code, its words (an English phrase), its keys and where it holds.

    `room` is a room's key, or empty for everywhere. `plain` marks a single key that only acts while a list, card or drawing has the focus:
    the widget handles it in `keyPressEvent`; here it is declared for help and for the check against clashes.
    """

    key: str
    text: str
    shortcut: str = ""
    icon: str = ""
    room: str = ""
    also: tuple[str, ...] = ()
    """Further key sequences for the same thing."""
    plain: bool = False
    in_palette: bool = True

    def sequences(self) -> tuple[str, ...]:
        """All its keys, the one that is shown first."""
        return (self.shortcut, *self.also) if self.shortcut else ()


def list_verbs(room: str) -> tuple[Verb, ...]:
    """The plain keys of a list, for the help of its room."""
    return (
        Verb("open_row", "Open the selected row", "Return", "external-link", room, plain=True, in_palette=False),
        Verb("copy_rows", "Copy rows", "Ctrl+C", "", room, plain=True, in_palette=False),
    )


@dataclass(frozen=True)
class Room:
    """One room of the rail. `build` imports the room's view and makes its widget; it is called when the room is first opened.

    The widget may have any of these methods; the frame calls those that are there:
    `shown()` each time the room comes to the front; `reload(subjects)` when records of those subjects changed (None: everything);
    `main_act()` for F8; `act(key)` for one of the room's `verbs`; `print_paper()` F9 and `preview_paper()` Shift+F9; `new_record()` Ctrl+N;
    `filter_focus()` Ctrl+F and `/`; `more_acts()` F10; `next_section(step)` F6 (step 1) and Shift+F6 (-1); `undo()` and `redo()`;
    `back_out() -> bool` Esc, true when it did something; `before_close() -> str` what is in progress is to be put on the disk, the window or
    the room goes: words for what can't be kept just now; `lost_with_room() -> str` words for what would go with the room alone, as when another
    person signs in; `set_density(dense)`; `open_record(subject, id)` with subject order, vehicle, customer, claim or appointment;
    `new_check_in(**start)`; `check_in_here() -> bool` F2 for what it shows, false for an empty check-in; `take_scan(kind, code) -> bool`
    with kind order, claim, settlement, appointment, vin or other; `context_words() -> str` beside the room's title; `kept_words() -> str`
    what of its form is safe on this machine, for the report of a fault.
    `offers(key) -> bool` says of a verb, common or the room's own, whether it would do anything now; without it each verb that has its method
    is offered. What is not offered stands neither in the palette nor under F1, and its keys answer with a notice.
    """

    key: str
    title: str
    icon: str
    build: Callable[[RoomContext], QWidget]
    shortcut: str
    short: str = ""
    """The word on the rail (context `rail`), where the title is too long for it."""
    verbs: tuple[Verb, ...] = ()


class Navigator(Protocol):
    """The only road from one room to another."""

    def open_order(self, order_id: int) -> None:
        """Show a work order in its room."""

    def open_vehicle(self, vehicle_id: int) -> None:
        """Show a vehicle's file."""

    def open_customer(self, customer_id: int) -> None:
        """Show a customer's file."""

    def open_claim(self, claim_id: int) -> None:
        """Show a claim."""

    def show_room(self, key: str) -> QWidget:
        """Bring a room to the front; its widget."""

    def new_check_in(self, **start: Any) -> None:
        """Begin a check-in; `start` may name `vehicle_id`, `customer_id`, `appointment_id`, `draft_key` (of a kept form; `vehicle_id`
        beside it where it is gone) or `text` to look for.

        With `book` set it makes an appointment of them instead.
        """

    def toast(self, text: str, *, kind: str = "done", undo: Callable[[], object] | None = None, act: tuple[str, Callable[[], object]] | None = None) -> None:
        """A passing notice with an undo or another act; `kind` is done, info, warn or bad. It stays in the history (Ctrl+H)."""

    def busy(self, words: str, cancel: Callable[[], object] | None = None) -> Callable[[], None]:
        """Say that something goes on in the background; call what is returned when it has ended. Closing the window asks meanwhile."""

    def set_badge(self, room: str, count: int) -> None:
        """How many things of a room want an act today; 0 takes the badge away."""

    def title_changed(self) -> None:
        """The words beside the room's title are to be read anew."""

    def search(self, text: str = "") -> None:
        """Open the search palette."""

    def say_unknown_code(self, code: str) -> None:
        """Nothing bears a code that was scanned: say so, and offer to look for it."""


@dataclass(frozen=True)
class Person:
    """Who is signed in at one window: id in the records (0 for a shop of one person without staff), name, roles."""

    id: int
    name: str
    roles: frozenset[str] = field(default_factory=frozenset)


class Performer(Protocol):
    """Gives a command to the records in the background, as the window's person, with rights, history and the save state looked after."""

    def __call__(
        self, command: Any, on_done: Callable[[Any], object] | None = None, on_refused: Callable[[Any], object] | None = None, *, owner: Any = None,
        act: Act | None = None,
    ) -> None:  # fmt: skip
        """`on_done(result)` after the commit reached the disk; `on_refused(Refusal)` to mark a field, else a notice says it. Both on the GUI thread.

        `act` is a request of `RoomContext.act`, for who wants to know its id; without one the performer makes its own.
        """


@dataclass(frozen=True)
class RoomContext:
    """What a room receives. `person()` may change while the room stands; ask each time."""

    engine: Engine
    runner: Runner
    navigator: Navigator
    clock: Clock
    person: Callable[[], Person]
    may: Callable[[str], bool]
    """Whether the person has a right of `db.rules.rights`, to show or grey a button; the records enforce it themselves."""
    preferences: Preferences
    place: Place
    perform: Performer
    region: Callable[[], str]
    """The shop's region: CN, HK, MO or TW."""
    shop: Callable[[], ShopRow]
    """The shop as it was last read."""
    act: Callable[[], Act]
    """A new request of this person now, for what is not done by `perform`."""
    device: str
    """What this PC is called in history and drafts."""
    window_key: str
    """Tells the windows of this PC apart, the same at every start: for drafts."""


def records_touch(subjects: Collection[str] | None, wanted: Collection[str]) -> bool:
    """Whether a change of `subjects` (None: everything) concerns a room that shows `wanted`."""
    return subjects is None or not set(subjects).isdisjoint(wanted)
