"""The insurers' short names in the three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import Insurer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def insurer_names(session: Session) -> dict[str, dict[str, str]]:
    """Code to language to short name."""
    return {
        row.code: {"zh_TW": row.short_zh_tw or row.name_zh_tw, "zh_CN": row.short_zh_cn or row.name_zh_cn, "en": row.short_en or row.name_en}
        for row in session.execute(select(Insurer)).scalars()
    }
