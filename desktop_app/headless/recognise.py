"""`recognise plate|vin|phone TEXT…`: what texts are, as a JSON array."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from desktop_app.headless import DONE

if TYPE_CHECKING:
    import argparse

    from desktop_app.command_line import Call
    from desktop_app.i18n import Phrases

KINDS = ("plate", "vin", "phone")
REGIONS = ("CN", "HK", "MO", "TW")


def describe(parser: argparse.ArgumentParser, phrases: Phrases) -> None:
    """The command's own arguments."""
    parser.add_argument("kind", choices=KINDS, metavar=phrases("KIND"), help=phrases("plate, vin or phone"))
    parser.add_argument("texts", nargs="+", metavar=phrases("TEXT"), help=phrases("what was typed or read"))
    parser.add_argument("--region", choices=REGIONS, help=phrases("whose forms are tried: CN, HK, MO or TW (the shop's, else CN)"))


def run(call: Call) -> int:
    """One object a text, in their order. An invalid text is an answer, not a fault."""
    from db.rules.recognise import as_json

    region, home = call.options.region, ""
    if region is None:
        region, home = _of_the_shop(call)
    rows = as_json(call.options.kind, call.options.texts, region, dt.datetime.now(dt.UTC).year, call.phrases.language, home)
    for row in rows:
        row["problems"] = [{**problem, "sentence": _sentence(problem, call.phrases)} for problem in row["problems"]]
    print(json.dumps(rows, ensure_ascii=False, indent=2))
    return DONE


def _sentence(problem: dict[str, Any], phrases: Phrases) -> str:
    from desktop_app.recognise_words import sentence

    return sentence(problem["code"], {name: value for name, value in problem.items() if name != "code"}, phrases)


def _of_the_shop(call: Call) -> tuple[str, str]:
    """Region and home of plates of the shop that is there; a shop is not made only to ask it."""
    from desktop_app.headless.store import place_of_call

    place = place_of_call(call)
    if not place.server and not place.store_file.exists():
        return REGIONS[0], ""
    from desktop_app.opening import open_store

    store = open_store(place, call.request, only_read=True)
    store.engine.dispose()
    return (store.shop.region, store.shop.province) if store.shop is not None else (REGIONS[0], "")


