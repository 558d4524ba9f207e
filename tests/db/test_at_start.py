"""The start reads the shop and its people without mapping a table, and reads the same."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from db.commands.pins import FREE_TRIES, TryPin
from db.engine import file_of, reading
from db.queries.at_start import shop_and_staff
from db.queries.shop import shop_row, staff_rows

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.small_shop import SmallShop


def test_it_reads_what_the_mapped_tables_read(small_shop: SmallShop) -> None:
    for _ in range(FREE_TRIES):
        small_shop.do(TryPin(small_shop.advisor, "9999"))
    with reading(small_shop.engine) as session:
        mapped = shop_row(session), staff_rows(session)
    assert any(row.locked_until is not None for row in mapped[1])
    assert shop_and_staff(small_shop.engine) == mapped


def test_an_empty_store_has_neither(engine: Engine) -> None:
    assert shop_and_staff(engine) == (None, [])


def test_no_table_is_mapped_for_it(small_shop: SmallShop) -> None:
    if file_of(small_shop.engine) is None:
        return
    script = (
        "import sys\nfrom pathlib import Path\nfrom desktop_app.opening import open_store\nfrom desktop_app.place import Request, place_of\n"
        f"request = Request(data_dir=Path({str(file_of(small_shop.engine).parent)!r}))\n"
        "assert open_store(place_of(request), request).shop is not None\n"
        "assert not {'db.models', 'sqlalchemy.orm', 'alembic', 'chinese_calendar', 'pypinyin', 'phonenumbers', 'argon2'} & set(sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
