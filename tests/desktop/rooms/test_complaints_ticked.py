"""A complaint given by chips alone: from the check-in by keys to the order, its history and its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.engine import reading
from db.models import Complaint, WorkOrder
from db.queries.history_words import order_history
from desktop_app.history_sentences import sentences
from desktop_app.i18n.live import switch_language
from tests.desktop.rooms.walks import walk_as as walk_as
from tests.journeys.check_in_walk import begin, finish, open_order, section

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.rooms.work_orders.order_page import OrderPage
    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key = Qt.Key


def complain(walk: Walk, words: str) -> WorkOrder:
    """Check the second car in with words and the first two chips: 異響 and 剎車異響."""
    view = begin(walk)
    section(walk, 2)
    if words:
        walk.write(words)
    walk.press(Key.Key_Down)
    walk.until(lambda: view.words.chips.isAncestorOf(walk.focused), "the chips have the focus")
    walk.write("1")
    walk.until(lambda: view.lines.has("D01"), "the diagnosis is proposed")
    walk.write("2")
    walk.until(lambda: view.lines.has("D06"), "and the other")
    walk.rest()
    return finish(walk, view)


def headings(page: OrderPage) -> list[str]:
    """What the table shows above the lines of each complaint."""
    place = [column.key for column in page.table.paged.columns].index("item")
    return [page.table.paged.index(row, place).data() for row, shown in enumerate(page.table.paged.rows) if shown.complaint is not None]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("", {"zh_TW": "異響、剎車異響", "zh_CN": "异响、刹车异响", "en": "Noise, Brake noise"}),
        (
            "早上不對勁",
            {"zh_TW": "「早上不對勁」 · 異響、剎車異響", "zh_CN": "“早上不對勁” · 异响、刹车异响", "en": "“早上不對勁” · Noise, Brake noise"},
        ),
    ],
)
def test_what_was_ticked_heads_its_lines_and_stands_in_the_history(
    walk_as: Callable[..., Walk], small_shop: SmallShop, words: str, shown: dict[str, str]
) -> None:
    walk = walk_as(small_shop.advisor, size=(1440, 1000))
    order = complain(walk, words)
    with reading(small_shop.engine) as session:
        (said,) = session.execute(select(Complaint).where(Complaint.order_id == order.id)).scalars()
        assert (said.words, said.tags) == (words, ["noise", "brake_noise"])
        (entry,) = [each for each in order_history(session, order.id) if each.verb == "check_in"]
        for language, expected in shown.items():
            assert any(sentence.endswith(expected) for sentence in sentences(entry, language)), sentences(entry, language)
    page = open_order(walk, order.number)
    for language, expected in shown.items():
        switch_language(language)
        walk.rest()
        assert headings(page) == [expected]


def test_a_line_goes_to_the_complaint_by_what_was_ticked(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor, size=(1440, 1000))
    page = open_order(walk, complain(walk, "").number)
    walk.press(Key.Key_Home, Key.Key_Down)
    page.lines.to_complaint()
    dialog = walk.dialog("ListDialog")
    walk.rest()
    assert dialog.list.accessibleDescription().endswith("Noise, Brake noise"), "the line's own complaint is chosen"
    walk.press(Key.Key_Escape)
    walk.no_dialog()
