"""The hash chain's canonical form: the same for the same values, whatever order a store gives them in."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from db.rules.history_chain import already_canonical, canonical, moment_text, row_hash

_texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=12,
)


def test_by_example() -> None:
    assert canonical({"б": 1, "a": [None, "前制動片"], "Z": True}) == '{"Z":true,"a":[null,"前制動片"],"б":1}'.encode()
    assert row_hash({"id": 1, "at": "2026-11-24T06:32:00.000000Z"}) == hashlib.sha256(b'{"at":"2026-11-24T06:32:00.000000Z","id":1}').hexdigest()
    assert moment_text(dt.datetime(2026, 11, 24, 14, 32, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))) == "2026-11-24T06:32:00.000005Z"


@given(_values)
def test_the_form_is_plain_json_with_sorted_keys(value: Any) -> None:
    assert canonical(value).decode() == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@given(st.dictionaries(_texts, _values, max_size=5))
def test_neither_the_order_of_keys_nor_a_store_in_between_matters(row: dict[str, Any]) -> None:
    turned = dict(reversed(row.items()))
    assert row_hash(turned) == row_hash(row) == row_hash(json.loads(json.dumps(row)))


@given(st.dictionaries(_texts, _values, max_size=5), _values)
def test_a_part_that_is_in_its_form_already_counts_as_its_value(row: dict[str, Any], changes: Any) -> None:
    assert row_hash({**row, "changes": already_canonical(canonical(changes))}) == row_hash({**row, "changes": changes})
