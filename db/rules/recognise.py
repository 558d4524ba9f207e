"""What texts are as plates, VINs or phone numbers, in the plain values that scripts read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from db.rules import phone, plate, vin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.rules.problem import Problem

Kind = Literal["plate", "vin", "phone"]

KINDS: Final[tuple[Kind, ...]] = ("plate", "vin", "phone")


def as_json(kind: Kind, texts: Iterable[str], region: str, year: int, language: str = "en", home: str = "", area_code: str = "") -> list[dict[str, Any]]:
    """One object a text, in their order, of values that JSON knows: text, valid, normalised or None, kind, problems; for a VIN maker and year.

    `year` is today's (a model year is at most the next), `language` that of a maker's name, `home` and `area_code` how the shop's
    plates and phone numbers begin, for what is proposed. A problem is its code with its facts, a proposal among them if there is one.
    Raises ValueError for another kind.
    """
    if kind == "plate":
        return [_plate(plate.recognise(text, region, home)) for text in texts]
    if kind == "vin":
        return [_vin(vin.recognise(text, year), language) for text in texts]
    if kind == "phone":
        return [_phone(phone.recognise(text, region, area_code)) for text in texts]
    raise ValueError(kind)


def _plate(found: plate.Recognised) -> dict[str, Any]:
    return {"text": found.text, "valid": found.valid, "normalised": found.normalised, "kind": found.kind, "problems": _problems(found.problems)}


def _vin(found: vin.Recognised, language: str) -> dict[str, Any]:
    return {
        "text": found.text,
        "valid": found.valid,
        "normalised": found.normalised,
        "kind": found.kind,
        "maker": found.maker.name(language) if found.maker else None,
        "year": found.year,
        "problems": _problems(found.problems),
    }


def _phone(found: phone.Recognised) -> dict[str, Any]:
    return {"text": found.text, "valid": found.valid, "normalised": found.normalised, "kind": found.kind, "problems": _problems(found.problems)}


def _problems(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    return [{"code": problem.code, **problem.facts} for problem in problems]
