"""What every table shares: names of constraints, column types that keep time aware and words checked, the version counter."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Enum, Integer, MetaData, String, Text, TypeDecorator
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import JSON

PERSONAL = {"personal": True}
"""Column info of values of a person: history keeps only their salted hash in the chained row."""


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment, stored as UTC to the microsecond; a naive one is refused, since SQLite would drop the offset silently."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(dt.UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def one_of(kind: type[StrEnum]) -> Enum:
    """A column of one of the enum's values, checked by the database too."""
    return Enum(
        kind,
        values_callable=lambda enum: [member.value for member in enum],
        native_enum=False,
        create_constraint=True,
        length=32,
        name=f"{kind.__name__.lower()}",
    )


SortedText = String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
"""Text that is searched by prefix range: compared by code point on both stores."""

Document = JSON().with_variant(postgresql.JSONB(), "postgresql")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Key = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]
Fen = Annotated[int, mapped_column(BigInteger)]
"""Money in fen, tax included."""
Thousandths = Annotated[int, mapped_column(BigInteger)]
Reference = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """All tables. Rows never leave a session: queries hand out frozen dataclasses."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        dt.datetime: Moment(),
        str: Text(),
        dict[str, Any]: Document,
        list[Any]: Document,
    }

    untracked = False
    """True for tables whose rows are no business record: counters, search keys, drafts, the history itself."""


class Versioned:
    """A record that several windows may change: each change raises `version`, an old copy is refused."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


__all__ = ["PERSONAL", "Base", "Document", "Fen", "Key", "Moment", "Reference", "SortedText", "Thousandths", "Versioned", "one_of"]
