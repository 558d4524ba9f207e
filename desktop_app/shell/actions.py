"""The catalogue of verbs: what can be done everywhere, with its keys; help, menus and palette are derived from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from desktop_app.room import Room, Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COMMON = (
    Verb("help", "Keys of this room", "F1", "keyboard"),
    Verb("check_in", "New check-in", "F2", "log-in"),
    Verb("find", "Find anything", "Ctrl+K", "search", also=("F3",), in_palette=False),
    Verb("reload", "Load anew", "F5", "refresh-cw"),
    Verb("next_section", "Next section", "F6", in_palette=False),
    Verb("previous_section", "Section before", "Shift+F6", in_palette=False),
    Verb("catalogue", "Catalogue", "F7", "package-search"),
    Verb("main_act", "This room's main act", "F8", in_palette=False),
    Verb("print", "Print", "F9", "printer", also=("Ctrl+P",)),
    Verb("preview", "Preview the paper", "Shift+F9", "eye"),
    Verb("more", "More acts on the selection", "F10", in_palette=False),
    Verb("full_screen", "Full screen", "F11", "monitor"),
    Verb("undo", "Undo", "Ctrl+Z", "undo-2", in_palette=False),
    Verb("redo", "Redo", "Ctrl+Y", in_palette=False),
    Verb("new_record", "New in this room", "Ctrl+N", "plus"),
    Verb("filter", "Filter this list", "Ctrl+F", "list-filter", in_palette=False),
    Verb("filter_quick", "Filter this list, from a list", "/", plain=True, in_palette=False),
    Verb("back", "Back out one level", "Esc", plain=True, in_palette=False),
    Verb("density", "Higher or lower rows", "Ctrl+D", "list-filter"),
    Verb("history", "What was said", "Ctrl+H", "history"),
    Verb("settings", "Settings", "Ctrl+,", "settings", in_palette=False),
    Verb("lock", "Switch person or lock", "Ctrl+L", "lock"),
    Verb("new_window", "New window with another person", "Ctrl+Shift+N", "monitor"),
    Verb("light", "Light", icon="sun"),
    Verb("dark", "Dark", icon="moon"),
    Verb("zh_TW", "繁體中文", icon="languages"),
    Verb("zh_CN", "简体中文", icon="languages"),
    Verb("en", "English", icon="languages"),
    Verb("about", "About Service Front", icon="info"),
    Verb("close", "Close this window", "Ctrl+Q", "x"),
)
"""Verbs of every room. A language is named in itself, whatever the screen's language is."""

LANGUAGE_VERBS = ("zh_TW", "zh_CN", "en")


def room_verb(room: Room) -> Verb:
    """The verb that goes to a room."""
    return Verb(f"room.{room.key}", room.title, room.shortcut, room.icon)


def catalogue(rooms: Iterable[Room]) -> tuple[Verb, ...]:
    """Every verb: of all rooms together, to go to each room, and each room's own."""
    rooms = tuple(rooms)
    return (*COMMON, *(room_verb(room) for room in rooms), *(verb for room in rooms for verb in room.verbs))


def clashes(verbs: Iterable[Verb]) -> Iterator[tuple[Verb, Verb, str]]:
    """Pairs of verbs that one key would have to serve at once; Qt would then run neither.

    Keys are compared as Qt reads them. A sequence that Qt can't read clashes with itself.
    """
    seen: dict[str, list[Verb]] = {}
    for verb in verbs:
        for words in verb.sequences():
            keys = QKeySequence(words).toString()
            if not keys:
                yield verb, verb, words
                continue
            for other in seen.setdefault(keys, []):
                if not verb.room or not other.room or verb.room == other.room:
                    yield other, verb, keys
            seen[keys].append(verb)


def key_words(sequence: str) -> str:
    """A key sequence as it stands on a key badge: `Ctrl K`."""
    return sequence.replace("+", " ").replace("  ", " +") if sequence != "+" else sequence
