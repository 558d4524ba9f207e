"""Photos of a check-in: chosen, dropped, pasted, waited for and told of."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from sqlalchemy import select

from db.commands import attachments
from db.models import Attachment, DamageMark, WorkOrder
from desktop_app import pictures
from desktop_app.shell.closing import ClosePanel
from tests.journeys.check_in_walk import begin, finish, kept, photo, rows, section
from tests.journeys.check_in_walk import shop as shop
from tests.journeys.check_in_walk import walk as walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def test_a_photo_is_chosen_as_a_file_turned_and_shrunk_in_the_background(walk: Walk, shop: SmallShop, tmp_path: Path, monkeypatch: Any) -> None:
    file = photo(tmp_path / "door.jpg", (4000, 2400), orientation=6)
    prepare, threads = pictures.prepare, []

    def noted(content: bytes) -> pictures.Picture:
        threads.append(threading.current_thread())
        return prepare(content)

    monkeypatch.setattr(pictures, "prepare", noted)
    view = begin(walk)
    view.walk._photo.setFocus()

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(file))
        dialog.accept()

    QTimer.singleShot(200, answer)
    walk.press(Key.Key_Space)
    walk.window.activateWindow()
    walk.until(walk.window.isActiveWindow, "the window is in front again")
    walk.until(lambda: len(view._form.photo_ids) == 1, "the photo is kept")
    walk.rest()
    assert threads and threading.main_thread() not in threads
    assert view.walk._photos.text() == "photos 1"
    order = finish(walk, view)
    (row,) = rows(shop, select(Attachment).where(Attachment.kind == "photo"))
    assert (row.subject, row.subject_id, row.file_name, row.media_type) == ("work_order", order.id, "door.jpg", "image/jpeg")
    picture = kept(shop, row)
    assert (row.width, row.height) == picture.size and max(picture.size) == pictures.LONGEST_SIDE
    assert picture.size[0] < picture.size[1], "held upright, it stands upright"
    assert picture.getexif().get(0x0112, 1) == 1
    red, _green, blue = picture.getpixel((picture.width // 2, 20))  # type: ignore[misc]
    assert red > 200 > 60 > blue, "turned to the right, the left half is on top"


def test_photos_are_dropped_and_pasted_and_belong_to_the_mark_that_is_chosen(walk: Walk, shop: SmallShop, tmp_path: Path) -> None:
    view = begin(walk)
    section(walk, 4)
    walk.until(view.walk.drawing.hasFocus, "the drawing has the focus")
    walk.press(Key.Key_Space)
    view.walk.list.setFocus()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo(tmp_path / "刮痕 1.jpg", (600, 400))))])
    middle, left = QPointF(view.walk.rect().center()), Qt.MouseButton.LeftButton
    with pytest.warns(DeprecationWarning):  # Python can't tell its two constructors apart.
        enters = QDragEnterEvent(middle.toPoint(), Qt.DropAction.CopyAction, mime, left, Modifier.NoModifier)
    QApplication.sendEvent(view.walk, enters)
    assert enters.isAccepted()
    QApplication.sendEvent(view.walk, QDropEvent(middle, Qt.DropAction.CopyAction, mime, left, Modifier.NoModifier))
    assert view.walk._photos.text() == "1 being read", "reading goes on behind the form"
    walk.until(lambda: bool(view._form.marks[0].photo_ids), "it belongs to the mark")
    walk.rest()
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    QGuiApplication.clipboard().setImage(image)
    view.walk.drawing.setFocus()
    walk.control(Key.Key_V)
    walk.until(lambda: len(view._form.photo_ids) == 1, "what is pasted elsewhere belongs to the car")
    walk.rest()
    assert view.walk._photos.text() == "photos 2"
    order = finish(walk, view)
    (mark,) = rows(shop, select(DamageMark).where(DamageMark.order_id == order.id))
    held = {(row.subject, row.subject_id, row.file_name) for row in rows(shop, select(Attachment).where(Attachment.kind == "photo"))}
    assert held == {("damage_mark", mark.id, "刮痕 1.jpg"), ("work_order", order.id, "clipboard.png")}


def test_what_is_no_picture_and_what_is_refused_is_said_and_not_counted_any_more(walk: Walk, tmp_path: Path, monkeypatch: Any) -> None:
    view = begin(walk)
    empty = view.walk._photos.text()
    broken, gone, good = tmp_path / "broken.jpg", tmp_path / "gone.jpg", photo(tmp_path / "good.jpg", (300, 200))
    broken.write_bytes(b"no picture at all")
    monkeypatch.setattr(attachments, "LARGEST_BYTES", 100)
    for file in (broken, gone, good):
        said = len(walk.window.notices.history)
        view.walk.take_files([file])
        assert view.walk._photos.text() == "1 being read"
        walk.until(lambda said=said: len(walk.window.notices.history) > said, f"{file.name} is said")  # type: ignore[misc]
        walk.rest()
        assert walk.window.notices.history[-1].kind == "bad"
        assert view.walk._photos.text() == empty and view.walk.photo_count == 0, file.name


@pytest.fixture
def held_photo(walk: Walk, tmp_path: Path, monkeypatch: Any) -> Iterator[threading.Event]:
    """A photo that goes on being read until the event is set."""
    free, prepare = threading.Event(), pictures.prepare

    def slow(content: bytes) -> pictures.Picture:
        free.wait(20)
        return prepare(content)

    monkeypatch.setattr(pictures, "prepare", slow)
    begin(walk).walk.take_files([photo(tmp_path / "door.jpg", (300, 200))])
    yield free
    free.set()


def test_closing_asks_while_a_photo_is_being_read(walk: Walk, held_photo: threading.Event) -> None:
    view = walk.desk.window.room_widget("check_in")
    assert not walk.window.close()
    (asked,) = [panel for panel in walk.window.panels if isinstance(panel, ClosePanel)]
    assert any("1 photo is being read" in label.text() for label in asked.findChildren(QLabel))
    walk.press(Key.Key_Escape)
    held_photo.set()
    walk.until(lambda: len(view._form.photo_ids) == 1, "the photo is kept")
    walk.rest()
    assert view.before_close() == ""


def test_an_order_waits_for_the_photos_that_are_being_read(walk: Walk, shop: SmallShop, held_photo: threading.Event) -> None:
    view = walk.desk.window.room_widget("check_in")
    before = len(rows(shop, select(WorkOrder)))
    walk.press(Key.Key_F8)
    assert "1 photo is still being read" in walk.window.notices.history[-1].words
    held_photo.set()
    walk.until(lambda: len(view._form.photo_ids) == 1, "the photo is kept")
    walk.rest()
    assert len(rows(shop, select(WorkOrder))) == before
    order = finish(walk, view)
    (row,) = rows(shop, select(Attachment).where(Attachment.kind == "photo"))
    assert (row.subject, row.subject_id) == ("work_order", order.id)


def test_a_photo_that_comes_after_its_form_was_left_is_said(walk: Walk, held_photo: threading.Event) -> None:
    view = walk.desk.window.room_widget("check_in")
    walk.press(Key.Key_Escape)
    walk.until(lambda: not view.in_form, "the form is left")
    held_photo.set()
    walk.until(lambda: any("door.jpg" in notice.words for notice in walk.window.notices.history), "it is said")
    assert walk.window.notices.history[-1].kind == "warn"
