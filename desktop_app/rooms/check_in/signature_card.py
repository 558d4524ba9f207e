"""The customer's signature: by pen or mouse, or signed on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.i18n.live import say
from desktop_app.widgets.buttons import PRIMARY, QUIET, Button
from desktop_app.widgets.card import Card
from desktop_app.widgets.choice import Tick
from desktop_app.widgets.dialog import MIDDLE, Dialog
from desktop_app.widgets.labels import Label
from desktop_app.widgets.signature_pad import SignaturePad

if TYPE_CHECKING:
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.form import CheckInForm


class SignatureCard(Card):
    """Section 6."""

    edited = Signal()

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__("Customer's signature", number=6, parent=parent)
        self._context = context
        self._form: CheckInForm | None = None
        self.pad = SignaturePad(self)
        self.pad.setMaximumHeight(72)
        self.pad.signed.connect(self._on_signed)
        self.pad.cleared.connect(self._on_cleared)
        self.on_paper = Tick("Signed on paper", parent=self)
        self.on_paper.toggled.connect(self._on_paper)
        self._sign = Button("Sign", icon="signature", height="small", parent=self)
        self._sign.clicked.connect(self.open_pad)
        self._sign.hide()
        self._clear = Button("Wipe", QUIET, height="small", parent=self)
        self._clear.clicked.connect(self.pad.clear)
        self._words = Label("", "small", "text3", wrap=True, parent=self)
        say(self._words.setText, "I agree to the condition, the belongings and the estimate; above it you ask me again.")
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._clear)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(self.pad)
        self.body.addLayout(self._row)
        self.body.addWidget(self._words)

    def load(self, form: CheckInForm) -> None:
        """Show a form; a signature that was kept with a draft counts, its strokes do not come back."""
        self._form = None
        self.pad.clear()
        self.on_paper.setChecked(form.signed_on_paper)
        self._form = form
        self._mark()

    def set_short(self, short: bool) -> None:
        """Without pad and sentence, where room is scarce: the pad is then in a dialog."""
        self._words.setVisible(not short and self.window().height() >= 1000)
        self.pad.setVisible(not short)
        self._clear.setVisible(not short)
        self._sign.setVisible(short)
        self.show_header(not short)
        # In the header where there is one, else beside the button that opens the pad.
        if short:
            self._row.insertWidget(0, self.on_paper)
        else:
            self.header_right.addWidget(self.on_paper)
            self.header_right.addWidget(self._clear)

    def open_pad(self) -> None:
        """A large pad in a dialog."""
        dialog = Dialog(self.window(), "Customer's signature", width=MIDDLE)
        pad = SignaturePad(dialog)
        pad.setMinimumHeight(220)
        dialog.body.addWidget(pad)

        def take() -> None:
            if pad.is_signed:
                self._keep(pad.png())
            dialog.accept()

        dialog.add_button("Wipe", pad.clear)
        dialog.add_button("Cancel", dialog.reject, keys="Esc")
        dialog.add_button("Take over", take, PRIMARY, keys="F8")
        dialog.open()
        pad.setFocus()

    def _mark(self) -> None:
        if self._form is not None:
            self.set_done(self._form.signed_on_paper or self._form.signature_id is not None)

    def _on_paper(self, on: bool) -> None:
        if self._form is not None:
            self._form.signed_on_paper = on
            self._mark()
            self.edited.emit()

    def _on_signed(self) -> None:
        self._keep(self.pad.png())

    def _keep(self, png: bytes) -> None:
        from db.commands.attachments import KeepAttachment

        if self._form is not None and png:
            form = self._form
            command = KeepAttachment(content=png, kind="signature", media_type="image/png", file_name="signature.png")
            self._context.perform(command, lambda key: self._kept(form, key), owner=self)

    def _kept(self, form: CheckInForm, attachment_id: int) -> None:
        if self._form is form:
            form.signature_id = attachment_id
            self._mark()
            self.edited.emit()

    def _on_cleared(self) -> None:
        if self._form is not None and self._form.signature_id is not None:
            self._form.signature_id = None
            self._mark()
            self.edited.emit()
