"""Which maker of the catalogue a vehicle is of, whatever language its maker was written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.rules.han_readings import folded
from db.rules.vin_makers import MAKERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_IDENTIFIER_LENGTH = 3


@dataclass(frozen=True, slots=True)
class KnownMaker:
    """A maker of the shop's catalogue: its code, its names in any language, and the world maker identifiers that its VINs begin with."""

    code: str
    names: tuple[str, ...]
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MakerCodes:
    """Codes by what is written on a vehicle. Names count without case, width, script and spaces: 上汽大眾 is 上汽大众."""

    by_name: Mapping[str, str] = field(default_factory=dict)
    by_identifier: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, makers: Iterable[KnownMaker]) -> MakerCodes:
        """The codes of a catalogue's makers; a name that the VIN's table gives the same maker is known as well."""
        by_name: dict[str, str] = {}
        by_identifier: dict[str, str] = {}
        for maker in makers:
            for name in (*maker.names, maker.code):
                by_name.setdefault(folded(name), maker.code)
            for identifier in maker.identifiers:
                by_identifier.setdefault(identifier, maker.code)
        # A form that is prefilled from the VIN holds that table's words, which differ from the catalogue's for some makers.
        for identifier, hint in MAKERS.items():
            code = by_identifier.get(identifier)
            if code is not None:
                for name in (hint.zh_TW, hint.zh_CN, hint.en):
                    by_name.setdefault(folded(name), code)
        by_name.pop("", None)
        return cls(by_name, by_identifier)

    def code_of(self, name: str, vin: str = "") -> str | None:
        """The code of the maker that a vehicle names, else the one that its VIN names; None for a maker that the catalogue doesn't hold."""
        return self.by_name.get(folded(name)) or self.by_identifier.get(vin[:_IDENTIFIER_LENGTH])
