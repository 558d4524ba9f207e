"""Papers and pictures of the order in the window: printed and kept, looked at, added from files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog

from db.commands.attachments import KeepAttachment
from db.engine import reading
from db.queries.check_in import attachment_bytes
from db.rules.errors import Environment, Refusal
from db.rules.record_words import AttachmentKind
from desktop_app.faults import said
from desktop_app.i18n import tr
from desktop_app.widgets.dialog import WIDE, Dialog
from desktop_app.widgets.labels import Label

if TYPE_CHECKING:
    from db.queries.order_file import AttachmentRow
    from desktop_app.printing.issuing import Issued
    from desktop_app.rooms.work_orders.order_page import OrderPage

_PICTURES = "*.jpg *.jpeg *.png *.webp *.bmp *.gif *.tif *.tiff *.heic"


class PaperActs:
    """What the page's keys and lists lead to."""

    def __init__(self, page: OrderPage) -> None:
        self._page = page
        self.asked: list[str] = []
        """Papers that are being made."""

    def print_job_card(self) -> None:
        """F9."""
        self.print("job-card")

    def preview(self) -> None:
        """Shift+F9: look at the order's papers, and print or save one."""
        from desktop_app.printing.preview import open_preview

        if self._page.file is not None:
            open_preview(self._page.context, self._page, self._page.file.number)

    def print(self, paper: str) -> None:
        """Count, make, keep and print a paper."""
        from desktop_app.printing.issuing import issue

        page = self._page
        if page.file is None or paper in self.asked:
            return
        self.asked.append(paper)

        def on_issued(issued: Issued) -> None:
            self.asked.remove(paper)
            page.reload()
            if issued.trouble is not None:
                page.context.navigator.toast(f"{said(issued.trouble)} {tr('It is kept as {file}', file=str(issued.made.path))}", kind="warn")
            elif issued.printer:
                page.context.navigator.toast(tr("Printed on {printer}", printer=issued.printer))
            else:
                page.context.navigator.toast(tr("No printer: it is kept as {file}", file=str(issued.made.path)), kind="info")

        issue(page.context, page, paper, page.file.number, on_issued)

    def attach(self) -> None:
        """Add pictures or scans from files; photos are turned upright and shrunk in the background."""
        page = self._page
        if page.file is None:
            return
        chosen, _filter = QFileDialog.getOpenFileNames(page.window(), tr("Add pictures or scans"), "", f"{tr('Pictures and PDF')} ({_PICTURES} *.pdf)")
        self.attach_files(chosen)

    def attach_files(self, names: list[str]) -> None:
        """Add these files, one after the other."""
        page = self._page
        if page.file is None:
            return
        order_id = page.file.order_id
        for name in names:
            path = Path(name)
            page.context.runner.submit(page, lambda path=path: _kept(path, order_id), self._keep, self._on_unreadable)  # type: ignore[misc]

    def look_at_picture(self, row: AttachmentRow) -> None:
        """Show a picture large."""
        engine = self._page.context.engine

        def read() -> tuple[str, bytes] | None:
            with reading(engine) as session:
                return attachment_bytes(session, row.attachment_id)

        def show(found: tuple[str, bytes] | None) -> None:
            self._show(row, found)

        self._page.context.runner.submit(self._page, read, show)

    def _show(self, row: AttachmentRow, found: tuple[str, bytes] | None) -> None:
        picture = QPixmap()
        if found is not None:
            picture.loadFromData(found[1])
        dialog = Dialog(self._page, row.file_name or "Picture", "image", width=WIDE)
        place = Label("", "body", "text2", parent=dialog)
        place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if picture.isNull():
            place.setText(tr("This file can't be shown here"))
        else:
            room = self._page.window().size()
            place.setPixmap(
                picture.scaled(
                    min(760, room.width() - 80), max(200, room.height() - 240), Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )  # fmt: skip
        dialog.body.addWidget(place)
        dialog.add_button("Close", dialog.accept, keys="Esc", safe=True)
        dialog.open()

    def _keep(self, command: Any) -> None:
        page = self._page

        def done(_result: Any) -> None:
            page.reload()
            page.context.navigator.toast(tr("Added: {words}", words=command.file_name))

        page.context.perform(command, done, owner=page)

    def _on_unreadable(self, error: Exception) -> None:
        if isinstance(error, (Refusal, Environment)):
            self._page.context.navigator.toast(said(error), kind="bad")
        elif isinstance(error, OSError):
            words = tr("{file} can't be read: {system_words}", file=Path(error.filename or "").name, system_words=error.strerror or "")
            self._page.context.navigator.toast(words, kind="bad")
        else:
            self._page.context.runner.failed.emit(error)


def _kept(path: Path, order_id: int) -> KeepAttachment:
    """The file as a command that keeps it with the order. Refusal picture_not_readable; OSError."""
    content = path.read_bytes()
    if content.startswith(b"%PDF-"):
        return KeepAttachment(content, AttachmentKind.SCAN.value, "application/pdf", path.name, subject="work_order", subject_id=order_id)
    from desktop_app.pictures import prepare

    picture = prepare(content)
    return KeepAttachment(
        picture.content, AttachmentKind.PHOTO.value, "image/jpeg", path.name, picture.thumbnail, picture.width, picture.height, "work_order", order_id
    )
