"""The head of the shop's papers: its logo beside what the shop says of itself."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.commands.shop import ChangeShop
from db.queries.shop import the_shop
from desktop_app.i18n import tr
from desktop_app.i18n.live import say
from desktop_app.rooms.settings.page import ReadPage, scrolled
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.card import Card
from desktop_app.widgets.labels import Label
from desktop_app.widgets.painting import box, open_painter

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from db.engine import Session
    from db.queries.shop import ShopRow
    from desktop_app.room import RoomContext

LARGEST = (900, 360)
"""A logo is kept at most this large, in px: enough for 30 mm at 300 dots an inch."""
LARGEST_FILE = 20_000_000


class NoPicture(ValueError):
    """The file is no picture that can be read."""


def logo_of(path: Path) -> bytes:
    """The picture of a file as a PNG that fits the head of a paper. Raises `NoPicture`."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        if path.stat().st_size > LARGEST_FILE:
            raise NoPicture
        with Image.open(path) as opened:
            picture = ImageOps.exif_transpose(opened) or opened
            picture = picture.convert("RGBA")
            picture.thumbnail(LARGEST)
            flat = Image.new("RGB", picture.size, "white")
            flat.paste(picture, mask=picture.getchannel("A"))
            kept = io.BytesIO()
            flat.save(kept, "PNG", optimize=True)
            return kept.getvalue()
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError) as error:
        raise NoPicture from error


class PaperHeadPage(ReadPage):
    """Shows the head as it prints; F8 chooses a logo."""

    tables = frozenset({"shop"})

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._version = 0
        self.logo = _Picture(self)
        content = QWidget(self)
        card = Card("Head of every paper", icon="file-text", parent=content)
        self.name = Label("", "title", bold=True, wrap=True, parent=card)
        self.lines = Label("", "table", "text2", wrap=True, parent=card)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.name)
        words.addWidget(self.lines)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.logo)
        row.addLayout(words, 1)
        card.body.addLayout(row)
        self.message = Label("", "small", "bad", wrap=True, parent=card)
        self.message.hide()
        card.body.addWidget(self.message)
        note = Label("", "small", "text3", wrap=True, parent=card)
        say(note.setText, "Name, address and phones are changed under Shop. Papers print in black and white: a plain logo reads best.")
        card.body.addWidget(note)
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 10, 14, 10)
        column.addWidget(card)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content, self))
        self.remove_button = self.action_bar.add(Button("Take the logo away", icon="trash-2", keys="Del"))
        self.choose_button = self.action_bar.add(Button("Choose a logo", PRIMARY, "image", "F8", "big"))
        self.remove_button.clicked.connect(self._on_remove)
        self.choose_button.clicked.connect(self.main_act)
        self.setFocusProxy(self.choose_button)

    def read(self, session: Session) -> ShopRow:
        return the_shop(session)

    def show_read(self, found: ShopRow) -> None:
        self._version = found.version
        self.name.setText(found.name)
        phones = [
            tr("Phone {number}", number=found.phone) if found.phone else "",
            tr("Complaints {number}", number=found.complaint_phone) if found.complaint_phone else "",
        ]
        lines = [found.address, "　".join(words for words in phones if words), found.licence_class]
        self.lines.setText("\n".join(line for line in lines if line))
        self.logo.show_bytes(found.logo)
        self.remove_button.setEnabled(found.logo is not None)

    def words_changed(self) -> None:
        self.load()

    def main_act(self) -> None:
        """F8: choose a file; it is read and shrunk in the background."""
        chosen, _kind = QFileDialog.getOpenFileName(self, tr("Choose a logo"), "", tr("Pictures") + " (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff)")
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Make a file's picture the logo."""
        self.message.hide()
        self.context.runner.submit(self, lambda: logo_of(path), self._on_logo, self._on_no_logo)

    def _on_logo(self, logo: bytes) -> None:
        self.context.perform(ChangeShop(self._version, {"logo": logo}), owner=self)

    def _on_no_logo(self, fault: Exception) -> None:
        if not isinstance(fault, NoPicture):
            self.context.runner.failed.emit(fault)
            return
        self.message.setText(tr("This file is no picture that can be read"))
        self.message.show()

    def _on_remove(self) -> None:
        self.context.perform(ChangeShop(self._version, {"logo": None}), owner=self)


class _Picture(QWidget):
    """The logo on white, as on paper, or an empty frame."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        say(self.setAccessibleName, "Logo")
        follow(self.update)

    def show_bytes(self, logo: bytes | None) -> None:
        self._pixmap = QPixmap()
        if logo:
            self._pixmap.loadFromData(logo)
        self.update()

    @property
    def shown(self) -> bool:
        """Whether there is a logo."""
        return not self._pixmap.isNull()

    def sizeHint(self) -> QSize:
        return QSize(220, 100)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        box(painter, rect, theme.radius("m"), theme.colour("surface"), theme.colour("line2"))
        if self._pixmap.isNull():
            return
        inside = rect.adjusted(8, 8, -8, -8)
        painter.fillRect(inside, Qt.GlobalColor.white)
        scaled = self._pixmap.size().scaled(inside.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(inside.center().x() - scaled.width() / 2, inside.center().y() - scaled.height() / 2, scaled.width(), scaled.height())
        painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
