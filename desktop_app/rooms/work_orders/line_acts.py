"""What a person does with the lines of the order in the window: each act asks, is done, and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands.order_arranging import JoinSplit, MoveLine, SplitLine
from db.commands.order_changes import AddComplaint, AddLines, Authorise, ChangeLines, RestoreLines, WithdrawLines
from db.commands.order_work import MarkLinesDone, MarkLinesOpen
from db.commands.set_aside import Withdrawal
from db.engine import reading
from db.queries.catalogue import fee_line, lines_of
from db.rules.order_life import Consent, LineKind, WorkState
from desktop_app.complaint_words import complaint_words
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.state_words import state_word
from desktop_app.rooms.work_orders.deeds import Deed
from desktop_app.rooms.work_orders.line_dialogs import AuthoriseDialog, ItemDialog, ListDialog, SplitDialog, ValuesDialog, WithdrawDialog, payer_dialog
from desktop_app.rooms.work_orders.line_rows import LINE, PACKAGE, PART_OF_PACKAGE, one_of
from desktop_app.rooms.work_orders.move_dialogs import WordsDialog
from desktop_app.scanned_items import look_up, say_why_not

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from db.commands.order_arranging import SplitBy
    from db.queries.catalogue import CatalogueItem
    from db.queries.order_file import LineRow, OrderFile
    from db.rules.order_life import Payer
    from db.rules.order_line import LineValues
    from db.rules.record_words import AuthorisedHow
    from desktop_app.rooms.work_orders.order_page import OrderPage
    from desktop_app.scanned_items import ScannedItem

Seen = tuple[tuple[int, int], ...]


def seen(file: OrderFile, line_ids: Sequence[int]) -> Seen:
    """Lines with the versions in which the window shows them."""
    wanted = set(line_ids)
    return tuple((line.line_id, line.version) for line in file.lines if line.line_id in wanted)


def _names(lines: Sequence[LineRow]) -> str:
    first = lines[0]
    if len(lines) > 1 and first.package_group is not None:
        return first.package_name(current_language())
    return first.name(current_language())


class LineActs:
    """The acts; `page` shows the order and does the deeds."""

    def __init__(self, page: OrderPage) -> None:
        self._page = page

    def add(self) -> None:
        """Ins: find items, one after the other."""
        page = self._page
        if page.file is None or page.refuses_changes():
            return
        dialog = ItemDialog(page.context, page, page.file.power_train)
        dialog.item_chosen.connect(self._on_item)
        dialog.own_words.connect(self._on_own_words)
        dialog.scanned.connect(self.add_scanned)
        page.items = dialog
        dialog.open()

    def _on_item(self, item: CatalogueItem) -> None:
        engine = self._page.context.engine

        def read() -> list[LineValues]:
            with reading(engine) as session:
                return lines_of(session, item.subject, item.code)

        self._page.context.runner.submit(self._page, read, self._put_on)

    def add_scanned(self, code: str) -> None:
        """A code was scanned: the line of the item that bears it."""
        page = self._page
        engine = page.context.engine
        power_train = page.file.power_train if page.file is not None else None

        def found(scanned: ScannedItem) -> None:
            if scanned.lines:
                self._put_on(list(scanned.lines))
            else:
                say_why_not(page.context.navigator, code, scanned)

        page.context.runner.submit(page, lambda: look_up(engine, code, power_train), found)

    def _on_own_words(self, kind: str, words: str, price: int) -> None:
        engine = self._page.context.engine

        def read() -> list[LineValues]:
            with reading(engine) as session:
                return [fee_line(session, words, price, LineKind(kind))]

        self._page.context.runner.submit(self._page, read, self._put_on)

    def _put_on(self, lines: list[LineValues]) -> None:
        first = lines[0]
        names = {"zh_TW": first.package_name_zh_tw, "zh_CN": first.package_name_zh_cn}
        words = (names.get(current_language(), first.package_name_en) if first.package_code else "") or first.name(current_language())

        def back(file: OrderFile, result: dict[str, Any]) -> WithdrawLines:
            return WithdrawLines(seen(file, result["line_ids"]), Withdrawal.MISTAKE)

        def done(result: dict[str, Any] | None) -> None:
            if result is not None:
                self._page.select_line(result["line_ids"][0])
                self._page.say_added(words)

        self._page.deeds.do(Deed(tr("Added: {words}", words=words), lambda file: AddLines(file.order_id, tuple(lines)), back), done)

    def change(self) -> None:
        """F4: other words, quantity, price, discount, expected time."""
        page, row = self._page, self._page.selected
        if row is None or not row.lines or row.what not in (LINE, PART_OF_PACKAGE) or page.refuses_changes():
            return
        line = row.line

        def answer(values: dict[str, Any]) -> None:
            self._change((line,), values, tr("Changed: {words}", words=line.name(current_language())), dialog.done_for_good, dialog.refused)

        dialog = ValuesDialog(page, line, page.units, page.context.clock, answer)
        dialog.open()

    def _change(
        self, lines: Sequence[LineRow], values: dict[str, Any], words: str, on_done: Callable[[Any], object] | None = None,
        on_refused: Callable[[Any], object] | None = None,
    ) -> None:  # fmt: skip
        ids = [line.line_id for line in lines]
        old: dict[str, Any] | None = {}
        for name in values:
            before = one_of(line.names if name == "words" else getattr(line, name) for line in lines)
            if before is None and any(getattr(line, name, None) is not None for line in lines):
                old = None
                break
            assert old is not None
            old["names" if name == "words" else name] = before

        def back(file: OrderFile, _result: Any) -> ChangeLines:
            assert old is not None
            return ChangeLines(seen(file, ids), old)

        deed = Deed(words, lambda file: ChangeLines(seen(file, ids), values), None if old is None else back)
        self._page.deeds.do(deed, on_done, on_refused)

    def payer(self) -> None:
        """P: who pays for it."""
        page, lines = self._page, self._chosen()
        if not lines or page.refuses_changes():
            return

        def taken(key: object) -> None:
            words = tr("{words}: {payer} pays", words=_names(lines), payer=state_word("payer", str(key)))
            self._change(lines, {"payer": key}, words)

        dialog = payer_dialog(page, one_of(line.payer.value for line in lines))
        dialog.taken.connect(taken)
        dialog.open()

    def authorise(self) -> None:
        """A: the yes to the chosen line if it waits for one, else to all that wait; with none, to the higher total."""
        page = self._page
        if page.file is None or page.refuses_changes():
            return
        lines = [line for line in self._chosen() if line.consent is not Consent.AUTHORISED and line.consent is not Consent.WITHDRAWN]
        lines = lines or [line for line in page.file.lines if line.consent is Consent.PROPOSED]
        ids = [line.line_id for line in lines]

        def answer(how: AuthorisedHow, by: str, up_to: int, note: str) -> None:
            deed = Deed(tr("{name} agreed", name=by), lambda file: Authorise(file.order_id, seen(file, ids), how, by, up_to, note))
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = AuthoriseDialog(page, page.file, lines, answer)
        dialog.open()

    def withdraw(self) -> None:
        """Del: take off the order, saying which of four it is."""
        page = self._page
        lines = [line for line in self._chosen() if line.stands]
        if not lines or page.loaded is None or page.refuses_changes():
            return
        ids = [line.line_id for line in lines]

        def answer(how: Withdrawal, reason: str, until: dt.date | None, until_km: int | None) -> None:
            deed = Deed(
                tr("Taken off: {words}", words=_names(lines)),
                lambda file: WithdrawLines(seen(file, ids), how, reason, until, until_km),
                lambda file, _result: RestoreLines(seen(file, ids)),
            )
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = WithdrawDialog(page, lines, page.loaded.decline_reasons, page.context.clock, answer)
        dialog.open()

    def restore(self) -> None:
        """Bring back what was taken off."""
        lines = [line for line in self._chosen() if not line.stands]
        if lines:
            ids = [line.line_id for line in lines]
            self._page.deeds.do(Deed(tr("Brought back: {words}", words=_names(lines)), lambda file: RestoreLines(seen(file, ids))))

    def split(self) -> None:
        """Split a part off for another payer, or join what was split off."""
        page, row = self._page, self._page.selected
        if row is None or row.what == PACKAGE or not row.lines or page.refuses_changes():
            return
        line = row.line

        def answer(by: SplitBy, part: int, payer: Payer) -> None:
            deed = Deed(
                tr("Split: {words}", words=line.name(current_language())),
                lambda file: SplitLine(seen(file, [line.line_id])[0], by, part, payer),
                lambda file, result: JoinSplit(seen(file, [result["line_id"]])[0]),
            )
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = SplitDialog(page, line, page.units, answer)
        dialog.open()

    def join(self) -> None:
        """Take a split back."""
        row = self._page.selected
        if row is not None and row.lines:
            line_id = row.line.line_id
            self._page.deeds.do(Deed(tr("Joined again"), lambda file: JoinSplit(seen(file, [line_id])[0])))

    def move(self, steps: int) -> None:
        """Ctrl+↑ and Ctrl+↓."""
        lines = self._chosen()
        if not lines or self._page.refuses_changes():
            return
        line_id = lines[0].line_id
        deed = Deed(
            tr("Moved: {words}", words=_names(lines)),
            lambda file: MoveLine(seen(file, [line_id])[0], steps),
            lambda file, _result: MoveLine(seen(file, [line_id])[0], -steps),
        )
        self._page.deeds.do(deed)

    def to_complaint(self) -> None:
        """Put the line to another of the customer's complaints."""
        page, lines = self._page, self._chosen()
        if page.file is None or not lines or page.refuses_changes():
            return
        line_id, before = lines[0].line_id, lines[0].complaint_id

        def taken(key: object) -> None:
            complaint_id = key if isinstance(key, int) and key else None
            deed = Deed(
                tr("Moved: {words}", words=_names(lines)),
                lambda file: MoveLine(seen(file, [line_id])[0], to_complaint=True, complaint_id=complaint_id),
                lambda file, _result: MoveLine(seen(file, [line_id])[0], to_complaint=True, complaint_id=before),
            )
            page.deeds.do(deed)

        dialog = ListDialog(page, "Which complaint it belongs to")
        dialog.add(0, tr("None"))
        language = current_language()
        for complaint in page.file.complaints:
            dialog.add(complaint.complaint_id, complaint_words(complaint.words, complaint.names(language)))
        dialog.choose(before or 0)
        dialog.taken.connect(taken)
        dialog.open()

    def complain(self) -> None:
        """Write down a further thing that the customer said."""
        page = self._page
        if page.file is None or page.refuses_changes():
            return

        def answer(words: str) -> None:
            page.deeds.do(Deed(tr("Written down"), lambda file: AddComplaint(file.order_id, words)), dialog.done_for_good, dialog.refused)

        dialog = WordsDialog(page, "What the customer says", "In his own words", "Write down", answer)
        dialog.open()

    def technician(self) -> None:
        """Who is to do the line."""
        page, lines = self._page, self._chosen()
        if page.loaded is None or not lines:
            return

        def taken(key: object) -> None:
            value = key if isinstance(key, int) and key else None
            self._change(lines, {"technician_id": value}, tr("Changed: {words}", words=_names(lines)))

        dialog = ListDialog(page, "Who is to do it")
        dialog.add(0, tr("Nobody in particular"))
        for person in page.loaded.technicians:
            dialog.add(person.staff_id, person.name)
        dialog.choose(one_of(line.technician_id for line in lines) or 0)
        dialog.taken.connect(taken)
        dialog.open()

    def done(self) -> None:
        """Space: done or handed out; on a line that is, open again."""
        lines = [line for line in self._chosen() if line.consent is Consent.AUTHORISED and line.kind is not LineKind.FEE]
        if not lines:
            return
        open_ids = tuple(line.line_id for line in lines if line.work_state is not WorkState.DONE)
        ids = open_ids or tuple(line.line_id for line in lines)
        if open_ids:
            words = tr("Done: {words}", words=_names(lines))
            self._page.deeds.do(Deed(words, lambda _file: MarkLinesDone(ids), lambda _file, _result: MarkLinesOpen(ids)))
        else:
            words = tr("Open again: {words}", words=_names(lines))
            self._page.deeds.do(Deed(words, lambda _file: MarkLinesOpen(ids), lambda _file, _result: MarkLinesDone(ids)))

    def _chosen(self) -> list[LineRow]:
        row = self._page.selected
        return [] if row is None else list(row.lines)
