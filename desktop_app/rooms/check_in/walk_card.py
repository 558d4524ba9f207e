"""The walk-around: damage on the drawing by keys or touch, the list of it, photos by file, drop or paste."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImageWriter, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from db.rules.errors import Environment, Refusal
from desktop_app.car_shapes import ZONE_WORDS
from desktop_app.faults import said
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say_plain
from desktop_app.rooms.check_in.mark_list import MarkList, MarkRow
from desktop_app.widgets.buttons import QUIET, Button
from desktop_app.widgets.car_drawing import CarDrawing, CarMark
from desktop_app.widgets.card import Card
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.dialog import WIDE, Dialog
from desktop_app.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent

    from db.commands.check_in import MarkValues
    from db.queries.catalogue import ListEntry
    from db.queries.check_in import KnownMark
    from desktop_app.pictures import Picture
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.form import CheckInForm

_PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".heic")


def mark_words(mark: MarkValues, kinds: dict[str, str]) -> str:
    """Panel, kind and size in the screen's language."""
    return f"{tr(ZONE_WORDS[mark.zone], 'zone')} · {mark_what(mark, kinds)}"


def mark_what(mark: MarkValues, kinds: dict[str, str]) -> str:
    """Kind, size and note in the screen's language."""
    parts = [kinds.get(mark.kind, mark.kind)]
    if mark.size_mm:
        parts.append(tr("{size} cm", size=formats().quantity(mark.size_mm * 100)))
    if mark.note:
        parts.append(mark.note)
    return " · ".join(parts)


class WalkCard(Card):
    """Section 4. Known damage of the last visit is shown as old; a photo that comes while a mark is chosen belongs to the mark."""

    edited = Signal()

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__("Walk-around", number=4, parent=parent)
        self._context = context
        self._form: CheckInForm | None = None
        self._kinds: list[ListEntry] = []
        self._kind = ""
        self._body = "sedan"
        self._pending = 0
        self.setAcceptDrops(True)
        self.drawing = _Drawing("sedan", "around", parent=self)
        self.drawing.marked.connect(self._on_marked)
        self.drawing.kind_chosen.connect(self._on_kind)
        self.drawing.size_typed.connect(self._on_size)
        self.drawing.removal_asked.connect(self._on_removal)
        self.kinds = ChipRow(exclusive=True, parent=self)
        self.kinds.chosen_changed.connect(self._on_kind_chip)
        self.list = MarkList(self)
        self.list.removal_asked.connect(self._remove)
        self._photo = Button("Photo", QUIET, icon="camera", height="small", parent=self)
        self._photo.clicked.connect(self.choose_photos)
        self._photos = Label("", "small", "text3", parent=self)
        row = QHBoxLayout()
        row.addWidget(self._photo)
        row.addWidget(self._photos, 1)
        self.body.addWidget(self.drawing, 1)
        self.body.addWidget(self.kinds)
        self.body.addWidget(self.list)
        self.body.addLayout(row)
        self.set_hint("larger", "Ctrl E")
        follow_language(self._on_language)

    def set_kinds(self, entries: list[ListEntry]) -> None:
        """The kinds of damage with their letters."""
        self._kinds = entries
        self._kind = self._kind or (entries[0].code if entries else "")
        self.drawing.set_kinds({str(entry.details.get("key", "")): entry.code for entry in entries})
        self._lay_chips()

    def load(self, form: CheckInForm, known: Sequence[KnownMark], body: str) -> None:
        """Show a form; what stood on the car last time is taken over as known damage into a fresh one."""
        from db.commands.check_in import MarkValues

        if not form.marks and not form.handled.get("known_marks") and known:
            form.marks = [
                MarkValues(mark.zone, mark.view, mark.x, mark.y, mark.kind, mark.size_mm, mark.note or formats().day(mark.seen_on), known_before=True)
                for mark in known
            ]
            form.handled["known_marks"] = "noted"
        self._form = form
        self._body = body
        self.drawing.set_car(body)
        self._show()

    def leave_form(self) -> None:
        """The form is no longer in front: a photo that comes now does not belong to it."""
        self._form = None

    def enlarge(self) -> None:
        """Ctrl+E: the drawing with all five views."""
        if self._form is None:
            return
        dialog = Dialog(self.window(), "Walk-around", width=WIDE)
        big = CarDrawing(self._body, "sheet", parent=dialog)
        big.set_kinds({str(entry.details.get("key", "")): entry.code for entry in self._kinds})
        big.set_marks(self._car_marks())
        big.setMinimumHeight(420)
        big.marked.connect(self._on_marked)
        big.kind_chosen.connect(self._on_kind)
        big.size_typed.connect(self._on_size)
        big.removal_asked.connect(self._on_removal)
        self.edited.connect(lambda: big.set_marks(self._car_marks()))
        dialog.body.addWidget(big, 1)
        kinds = " · ".join(f"{entry.details.get('key', '')} {entry.name(current_language())}" for entry in self._kinds)
        dialog.add_text("Arrows go from panel to panel, Space sets a mark, digits its size in cm. {kinds}", "text2", kinds=kinds)
        dialog.add_button("Close", dialog.accept, keys="Esc")
        dialog.open()
        big.setFocus()

    def choose_photos(self) -> None:
        """Pick picture files."""
        pattern = " ".join(f"*{suffix}" for suffix in _PICTURE_SUFFIXES)
        names, _ = QFileDialog.getOpenFileNames(self, tr("Choose photos"), "", f"{tr('Pictures')} ({pattern})")
        self.take_files([Path(name) for name in names])

    def take_files(self, files: Sequence[Path]) -> None:
        """Read, turn and shrink picture files in the background and keep them."""
        for file in files:
            self._prepare(file.read_bytes, file.name)

    def paste(self) -> bool:
        """Take a picture from the clipboard; False when there is none."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            return False
        self._prepare(lambda: _as_png(image), "clipboard.png")
        return True

    @property
    def photo_count(self) -> int:
        """How many photos the form has."""
        return 0 if self._form is None else len(self._form.photo_ids) + sum(len(mark.photo_ids) for mark in self._form.marks)

    @property
    def being_read(self) -> int:
        """How many photos are not kept yet."""
        return self._pending

    def _prepare(self, read: Any, name: str) -> None:
        from desktop_app import pictures

        form, place = self._form, self.list.chosen if self.list.hasFocus() else -1
        if form is None:
            return
        self._pending += 1
        self._show_photos()
        self._context.runner.submit(self, lambda: pictures.prepare(read()), lambda picture: self._on_prepared(form, place, name, picture), self._on_not_kept)

    def _on_prepared(self, form: CheckInForm, place: int, name: str, picture: Picture) -> None:
        from db.commands.attachments import KeepAttachment

        command = KeepAttachment(
            content=picture.content,
            kind="photo",
            media_type="image/jpeg",
            file_name=name,
            thumbnail=picture.thumbnail,
            width=picture.width,
            height=picture.height,
        )
        self._context.perform(command, lambda key: self._on_kept(form, place, name, key), self._on_not_kept, owner=self)

    def _on_kept(self, form: CheckInForm, place: int, name: str, attachment_id: int) -> None:
        self._pending -= 1
        if form is not self._form:
            self._show_photos()
            self._context.navigator.toast(tr("{file} was read only after its form was left. Add it again", file=name), kind="warn")
            return
        if 0 <= place < len(form.marks):
            form.marks[place] = replace(form.marks[place], photo_ids=(*form.marks[place].photo_ids, attachment_id))
        else:
            form.photo_ids.append(attachment_id)
        self._show()
        self.edited.emit()

    def _on_not_kept(self, fault: Exception) -> None:
        """A picture that can't be read, or that the records refuse: said, and no longer counted as being read."""
        self._pending -= 1
        self._show_photos()
        if isinstance(fault, (Refusal, Environment)):
            self._context.navigator.toast(said(fault), kind="bad")
        elif isinstance(fault, OSError):
            self._context.navigator.toast(tr("This file can't be read"), kind="bad")
        else:
            self._context.runner.failed.emit(fault)

    def _names(self) -> dict[str, str]:
        return {entry.code: entry.name(current_language()) for entry in self._kinds}

    def _car_marks(self) -> list[CarMark]:
        names = self._names()
        marks = self._form.marks if self._form is not None else []
        return [
            CarMark(
                place + 1, mark.zone, mark.view, mark.x, mark.y, "info" if mark.known_before else "bad", mark_words(mark, names), mark.known_before
            )
            for place, mark in enumerate(marks)
        ]

    def _show(self) -> None:
        if self._form is None:
            return
        names = self._names()
        self.drawing.set_marks(self._car_marks())
        self.list.show_rows(
            [
                MarkRow(
                    tr(ZONE_WORDS[mark.zone], "zone"), mark_what(mark, names), tr("seen before") if mark.known_before else "",
                    len(mark.photo_ids), mark.known_before,
                )
                for mark in self._form.marks
            ]
        )  # fmt: skip
        self._show_photos()
        self.set_done(bool(self._form.marks or self.photo_count))

    def _show_photos(self) -> None:
        parts = []
        if self.photo_count:
            parts.append(tr("photos {count}", count=self.photo_count))
        if self._pending:
            parts.append(tr("{count} being read", count=self._pending))
        say_plain(self._photos.setText, " · ".join(parts) or tr("drop or paste pictures here"))

    def _lay_chips(self) -> None:
        self.kinds.clear()
        for entry in self._kinds:
            chip = Chip(keys=str(entry.details.get("key", "")), parent=self.kinds)
            chip.setText(entry.name(current_language()))
            self.kinds.add(entry.code, chip)
        self.kinds.choose(self._kind)

    def _on_language(self, _language: str) -> None:
        self._lay_chips()
        self._show()

    def _on_kind_chip(self, chosen: object) -> None:
        if isinstance(chosen, frozenset) and chosen:
            self._kind = str(next(iter(chosen)))
            self.drawing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kind(self, code: str) -> None:
        self._kind = code
        self.kinds.choose(code)

    def _on_marked(self, zone: str, view: str, x: float, y: float) -> None:
        from db.commands.check_in import MarkValues

        if self._form is not None and self._kind:
            self._form.marks.append(MarkValues(zone, view, round(x, 4), round(y, 4), self._kind))
            self._show()
            self.list.choose(len(self._form.marks) - 1)
            self.edited.emit()

    def _on_size(self, centimetres: int) -> None:
        if self._form is not None and self._form.marks:
            self._form.marks[-1] = replace(self._form.marks[-1], size_mm=centimetres * 10 or None)
            self._show()
            self.edited.emit()

    def _on_removal(self, zone: str, view: str) -> None:
        if self._form is None:
            return
        places = [place for place, mark in enumerate(self._form.marks) if (mark.zone, mark.view) == (zone, view)]
        if places:
            self._remove(places[-1])

    def _remove(self, place: int) -> None:
        assert self._form is not None
        del self._form.marks[place]
        self._show()
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste():
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(Path(url.toLocalFile()).suffix.lower() in _PICTURE_SUFFIXES for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()


def _as_png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(held.data())


class _Drawing(CarDrawing):
    """Takes the room that the other cards of its column leave, instead of asking for the height of its width."""

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 130)
