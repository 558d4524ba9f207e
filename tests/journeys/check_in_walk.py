"""A check-in by keyboard over the small shop: what its tests begin with, and the steps that they share."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.checks import findings
from db.engine import reading
from db.models import (
    Attachment,
    AttachmentBytes,
    WorkOrder,
)
from tests.desktop.whole_program import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.small_shop import SmallShop


Key, Modifier = Qt.Key, Qt.KeyboardModifier
NEW_VIN = "LVGBV54H9NG004821"


@pytest.fixture
def shop(sqlite_shop: SmallShop) -> SmallShop:
    return sqlite_shop


@pytest.fixture
def walk(shop: SmallShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Walk]:
    walk = Walk(shop, tmp_path / "machine 機器", shop.advisor, size=(1440, 1000))
    yield walk
    walk.stop()


def desk(walk: Walk) -> Any:
    """The empty desk with the cursor in its field."""
    walk.press(Key.Key_F2)
    view: Any = walk.window.room_widget("check_in")
    walk.until(view.desk.finder.hasFocus, "the finder has the focus")
    walk.rest()
    return view


def begin(walk: Walk, tail: str = "28816") -> Any:
    """The form of a known car, the cursor in the mileage."""
    view = desk(walk)
    walk.write(tail)
    walk.press(Key.Key_Return)
    walk.until(lambda: view.in_form, "the form opens")
    walk.rest()
    return view


def put_aside_and_go_on(walk: Walk, view: Any) -> None:
    """Esc, and the form again from the desk."""
    walk.press(Key.Key_Escape)
    walk.until(lambda: len(view.desk._strips) == 1, "it is put aside")
    walk.rest()
    view.desk._strips[0].button.click()
    walk.until(lambda: view.in_form, "it is gone on with")
    walk.rest()


def section(walk: Walk, number: int) -> None:
    """Alt and the section's number."""
    walk.press(Key(Key.Key_0 + number), modifier=Modifier.AltModifier)


def finish(walk: Walk, view: Any, kilometres: str = "22000") -> WorkOrder:
    """Mileage, signed on paper, F8; the order."""
    section(walk, 1)
    walk.control(Key.Key_A)
    walk.write(kilometres)
    walk.press(Key.Key_P, modifier=Modifier.AltModifier)
    walk.press(Key.Key_F8)
    walk.until(lambda: not view.in_form, "the order is opened")
    walk.rest()
    with reading(walk.shop.engine) as session:
        assert list(findings(session)) == []
        return session.execute(select(WorkOrder).order_by(WorkOrder.id.desc()).limit(1)).scalar_one()


def open_order(walk: Walk, number: str) -> Any:
    """The order by its number in the list."""
    walk.control(Key.Key_3)
    room: Any = walk.window.room_widget("work_orders")
    walk.until(lambda: any(row.number == number for row in room.list.table.paged.rows), "the list is read")
    walk.rest()
    walk.press(Key.Key_Home)
    while room.list.table.selected.number != number:
        walk.press(Key.Key_Down)
    walk.press(Key.Key_Return)
    walk.until(lambda: room.order is not None and room.order.file is not None and room.order.file.number == number, "the order is read")
    walk.until(lambda: bool(room.order.table.paged.rows), "its lines are shown")
    walk.rest()
    return room.order


def rows(shop: SmallShop, query: Any) -> list[Any]:
    with reading(shop.engine) as session:
        return list(session.execute(query).scalars())


def kept(shop: SmallShop, attachment: Attachment) -> Image.Image:
    (content,) = rows(shop, select(AttachmentBytes.content).where(AttachmentBytes.sha256 == attachment.sha256))
    return Image.open(io.BytesIO(content))


def photo(path: Path, size: tuple[int, int], orientation: int = 1) -> Path:
    """A photo whose left half is red, with the mark of how the camera was held."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(path, exif=exif, quality=95)
    return path
