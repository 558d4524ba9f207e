"""A broken catalogue file is refused with its name, the right line and the reason."""

from __future__ import annotations

import csv
import io
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.catalogue_files import CatalogueFileError, read_catalogue
from db.rules.errors import Environment, Refusal
from desktop_app.i18n.phrases import LANGUAGES, phrases
from desktop_app.refusal_words.catalogue import SENTENCES
from desktop_app.resource import resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = sorted(path.name for path in resource("catalogue").glob("*.csv"))
ENDINGS = ("_zh_TW", "_zh_CN", "_en")
UNFIT = "unFIT-7x"
"""Neither a number nor a code nor a word of any list, so no cell but free text takes it."""


def rows_of(name: str) -> list[list[str]]:
    with (resource("catalogue") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


ROWS = {name: rows_of(name) for name in FILES}


def as_csv(rows: list[list[str]], line_end: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(rows)
    return text.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    copy = tmp_path_factory.mktemp("目錄 與空格") / "catalogue"
    shutil.copytree(resource("catalogue"), copy)
    yield copy
    read_catalogue(copy)


def refused(folder: Path, name: str, data: str | bytes) -> CatalogueFileError:
    """The refusal when a file has this text; the file is put back."""
    path = folder / name
    before = path.read_bytes()
    try:
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        with pytest.raises(CatalogueFileError) as refusal:
            read_catalogue(folder)
    finally:
        path.write_bytes(before)
    for language in LANGUAGES:
        assert phrases(language)(SENTENCES[f"catalogue_file_broken.{refusal.value.reason}"], **refusal.value.facts)
    return refusal.value


def is_text(column: str) -> bool:
    return column.endswith(ENDINGS)


def breaking(name: str, row: int, column: str) -> str | None:
    """What breaks this cell, or None when anything may stand in it."""
    head = ROWS[name][0]
    if is_text(column):
        subject = column[: -len(next(language for language in ENDINGS if column.endswith(language)))]
        return "" if all(ROWS[name][row][head.index(subject + language)] for language in ENDINGS) else None
    if column == "find_words":
        return None
    if column == "engine":
        return UNFIT if ROWS[name][row][head.index("power_train")] == "battery" else ""
    return UNFIT


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_any_broken_cell_is_refused_with_its_file_and_line(name: str, folder: Path, data: st.DataObject) -> None:
    """Also behind cells with line ends of their own, behind blank lines, and with the line ends of another system."""
    rows = [list(cells) for cells in ROWS[name]]
    head = rows[0]
    row = data.draw(st.integers(1, len(rows) - 1), label="row")
    column = data.draw(st.sampled_from(head), label="column")
    broken = breaking(name, row, column)
    if broken is None:
        broken = "\ufffd"
    texts = [place for place, title in enumerate(head) if is_text(title)]
    for padded in data.draw(st.sets(st.integers(1, row), max_size=3), label="cells with line ends") if texts else ():
        place = data.draw(st.sampled_from(texts))
        if rows[padded][place]:
            rows[padded][place] = f"{rows[padded][place]}\n“,\n{rows[padded][place]}"
    line_end = data.draw(st.sampled_from(["\n", "\r\n"]))
    blank = data.draw(st.integers(0, 2), label="blank lines before it")
    before = [*rows[:row], *([[]] * blank)]
    cells = rows[row]
    cells[head.index(column)] = broken
    text = as_csv([*before, cells, *rows[row + 1 :]], line_end)
    line = as_csv(before, line_end).count("\n") + 1 + sum(cell.count("\n") for cell in cells[: head.index(column)])
    refusal = refused(folder, name, text)
    assert (refusal.file, refusal.line) == (name, line), (refusal.reason, refusal.facts)


@pytest.mark.parametrize("name", [name for name in FILES if "code" in ROWS[name][0]])
def test_a_code_that_stands_twice_is_refused_at_the_second(name: str, folder: Path) -> None:
    rows = [list(cells) for cells in ROWS[name]]
    rows.append(list(rows[1]))
    refusal = refused(folder, name, as_csv(rows))
    assert (refusal.reason, refusal.file, refusal.line) == ("code_twice", name, len(rows))
    assert refusal.facts["first_line"] == 2


@pytest.mark.parametrize("name", FILES)
def test_a_missing_an_unknown_and_a_doubled_column_are_refused(name: str, folder: Path) -> None:
    rows = ROWS[name]
    missing = refused(folder, name, as_csv([cells[1:] for cells in rows]))
    assert (missing.reason, missing.file, missing.line, missing.facts["column"]) == ("missing_column", name, 1, rows[0][0])
    unknown = refused(folder, name, as_csv([[*cells, "x"] for cells in rows]))
    assert (unknown.reason, unknown.line, unknown.facts["column"]) == ("unknown_column", 1, "x")
    doubled = refused(folder, name, as_csv([[*cells, cells[0]] for cells in rows]))
    assert (doubled.reason, doubled.line, doubled.facts["column"]) == ("column_twice", 1, rows[0][0])


@pytest.mark.parametrize("name", FILES)
def test_columns_may_stand_in_another_order_and_a_mark_before_the_text(name: str, folder: Path) -> None:
    path = folder / name
    before = path.read_bytes()
    try:
        path.write_bytes(b"\xef\xbb\xbf" + as_csv([cells[::-1] for cells in ROWS[name]], "\r\n").encode())
        assert read_catalogue(folder) == read_catalogue(resource("catalogue"))
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize("name", [*FILES, "claim_stages.toml"])
def test_a_missing_or_empty_file_is_refused(name: str, folder: Path) -> None:
    head = as_csv(ROWS[name][:1]) if name in ROWS else "# nothing\n"
    assert refused(folder, name, head).reason == "no_rows"
    path = folder / name
    before = path.read_bytes()
    path.unlink()
    try:
        with pytest.raises(CatalogueFileError) as refusal:
            read_catalogue(folder)
    finally:
        path.write_bytes(before)
    assert (refusal.value.file, refusal.value.reason) == (name, "file_missing")


@pytest.mark.parametrize("name", [*(name for name in FILES if not as_csv(ROWS[name]).isascii()), "claim_stages.toml"])
@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16"])
def test_another_encoding_is_refused(name: str, encoding: str, folder: Path) -> None:
    text = (resource("catalogue") / name).read_text(encoding="utf-8")
    refusal = refused(folder, name, text.encode(encoding, errors="ignore"))
    assert (refusal.file, refusal.reason) == (name, "not_utf_8")


def test_a_wrong_byte_is_refused_on_its_line(folder: Path) -> None:
    lines = (resource("catalogue") / "parts.csv").read_bytes().split(b"\n")
    lines[6] = lines[6].replace(b",", b"\xff,", 1)
    refusal = refused(folder, "parts.csv", b"\n".join(lines))
    assert (refusal.reason, refusal.line) == ("not_utf_8", 7)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\t", "\ufffd", "\u200b", "\ue000"])
def test_a_character_that_no_text_has_is_refused_on_its_line(character: str, folder: Path) -> None:
    rows = [list(cells) for cells in ROWS["belongings.csv"]]
    rows[4][1] += character
    refusal = refused(folder, "belongings.csv", as_csv(rows))
    assert (refusal.reason, refusal.line, refusal.facts["character"]) == ("character_not_allowed", 5, f"U+{ord(character):04X}")


def test_a_quotation_mark_that_is_not_closed_is_refused_where_its_record_begins(folder: Path) -> None:
    text = as_csv(ROWS["parts.csv"])
    place = text.index("\n", 400) + 1
    refusal = refused(folder, "parts.csv", text[:place] + '"' + text[place:])
    assert (refusal.reason, refusal.line) == ("quoting_broken", text[:place].count("\n") + 1)


def test_a_line_with_a_cell_too_many_is_refused(folder: Path) -> None:
    rows = [list(cells) for cells in ROWS["units.csv"]]
    rows[3].append("")
    refusal = refused(folder, "units.csv", as_csv(rows))
    assert (refusal.reason, refusal.line, refusal.facts["found"], refusal.facts["expected"]) == ("wrong_cell_count", 4, 5, 4)


EXAMPLES = [
    ("labour_operations.csv", 1, "hours_thousandths", "0,5", "not_a_whole_number"),
    ("labour_operations.csv", 1, "hours_thousandths", "５００", "not_a_whole_number"),
    ("labour_operations.csv", 1, "hours_thousandths", "0", "number_too_small"),
    ("labour_operations.csv", 2, "skill", "plumbing", "code_unknown"),
    ("labour_operations.csv", 2, "power_trains", "petrol petrol", "named_twice"),
    ("parts.csv", 2, "price_fen", "-1", "number_too_small"),
    ("parts.csv", 2, "price_fen", "99999999999999", "number_too_large"),
    ("parts.csv", 2, "tax_basis_points", "10001", "number_too_large"),
    ("parts.csv", 2, "operations", "G01 G99", "code_unknown"),
    ("parts.csv", 2, "code", "G01", "code_taken"),
    ("consumables.csv", 2, "code", "BP-F-01", "code_taken"),
    ("packages.csv", 1, "code", "PK-NEW", "code_unknown"),
    ("packages.csv", 1, "due_item", "", "cell_empty"),
    ("packages.csv", 1, "due_km", "5", "cell_must_be_empty"),
    ("package_lines.csv", 3, "item", "G99", "code_unknown"),
    ("inspection_points.csv", 1, "recommendation", "brake_pad", "words_name_a_value"),
    ("inspection_points.csv", 1, "recommendation", "timing_belt", "words_missing"),
    ("inspection_limits.csv", 1, "ok_high", "", "cell_empty"),
    ("inspection_limits.csv", 1, "ok_low", "1", "cell_must_be_empty"),
    ("inspection_limits.csv", 1, "watch_high", "9000", "limits_crossed"),
    ("inspection_limits.csv", 8, "power_trains", "battery", "power_train_not_checked"),
    ("maintenance_schedules.csv", 1, "km", "0", "number_too_small"),
    ("recommendation_words.csv", 1, "seen_zh_CN", "{point}还剩 {kilometres}", "place_unknown"),
    ("recommendation_words.csv", 1, "seen_zh_CN", "还剩 {value}，到 {limit} 就要换", "places_differ"),
    ("recommendation_words.csv", 1, "seen_en", "{point: {value}", "place_broken"),
    ("reasons.csv", 1, "falls_to", "shop", "cell_must_be_empty"),
    ("makers.csv", 2, "wmi", "LSV", "code_twice"),
    ("makers.csv", 2, "wmi", "LFVO", "code_malformed"),
    ("vehicle_models.csv", 1, "wmi", "LFV", "code_unknown"),
    ("insurers.csv", 1, "phone", "call us", "phone_malformed"),
    ("damage_kinds.csv", 2, "key", "G", "code_twice"),
]


@pytest.mark.parametrize(("name", "row", "column", "text", "reason"), EXAMPLES)
def test_the_reason_says_what_is_wrong(name: str, row: int, column: str, text: str, reason: str, folder: Path) -> None:
    rows = [list(cells) for cells in ROWS[name]]
    rows[row][rows[0].index(column)] = text
    refusal = refused(folder, name, as_csv(rows))
    assert refusal.reason == reason, refusal.facts
    if (name, column) != ("packages.csv", "code"):
        assert (refusal.file, refusal.line, refusal.facts["column"]) == (name, row + 1, column)


def without(name: str, column: str, text: str) -> str:
    place = ROWS[name][0].index(column)
    return as_csv([cells for cells in ROWS[name] if cells[place] != text])


@pytest.mark.parametrize(
    ("name", "column", "text", "reason", "file"),
    [
        ("inspection_limits.csv", "point", "T01", "limits_missing", "inspection_points.csv"),
        ("recommendation_words.csv", "item", "brake_pad", "words_missing", "recommendation_items.csv"),
        ("package_lines.csv", "package", "PK-AC", "package_without_lines", "packages.csv"),
        ("maintenance_schedules.csv", "power_train", "diesel", "schedule_missing", "maintenance_schedules.csv"),
        ("first_service_windows.csv", "power_train", "battery", "schedule_missing", "first_service_windows.csv"),
        ("reasons.csv", "list", "discount", "list_missing", "reasons.csv"),
        ("units.csv", "code", "litre", "code_unknown", "consumables.csv"),
        ("labour_operations.csv", "code", "G01", "code_unknown", "parts.csv"),
    ],
)
def test_what_is_missing_is_named_where_it_is_missed(name: str, column: str, text: str, reason: str, file: str, folder: Path) -> None:
    refusal = refused(folder, name, without(name, column, text))
    assert (refusal.reason, refusal.file) == (reason, file)


STAGES = (resource("catalogue") / "claim_stages.toml").read_text(encoding="utf-8").split("\n")
STAGE_LINES = [place for place, line in enumerate(STAGES) if " = " in line]
UNFIT_VALUES = {"code": '"Not A Code"', "roles": '["driver"]', "after": '["nowhere"]', "with_party": '"police"'}


@given(place=st.sampled_from(STAGE_LINES), remarks=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_any_broken_stage_is_refused_with_its_line(place: int, remarks: int, folder: Path) -> None:
    lines = list(STAGES)
    key = lines[place].split(" = ")[0]
    lines[place] = f"{key} = {UNFIT_VALUES.get(key, '7.5')}"
    refusal = refused(folder, "claim_stages.toml", "\n".join(["# remark"] * remarks + lines))
    assert (refusal.file, refusal.line, refusal.facts["column"]) == ("claim_stages.toml", place + 1 + remarks, key), refusal.reason


@given(place=st.sampled_from(STAGE_LINES))
@settings(max_examples=30, deadline=None)
def test_a_stage_line_that_is_no_toml_or_no_key_is_refused_on_its_line(place: int, folder: Path) -> None:
    lines = list(STAGES)
    lines[place] = lines[place].replace(" = ", " ")
    refusal = refused(folder, "claim_stages.toml", "\n".join(lines))
    assert (refusal.reason, refusal.line) == ("toml_broken", place + 1)
    lines[place] = STAGES[place].replace(" = ", "_x = ")
    refusal = refused(folder, "claim_stages.toml", "\n".join(lines))
    assert (refusal.reason, refusal.line) == ("unknown_column", place + 1)


def test_a_stage_that_stands_twice_or_falls_is_refused(folder: Path) -> None:
    text = "\n".join(STAGES)
    refusal = refused(folder, "claim_stages.toml", text.replace('code = "tow"', 'code = "survey"'))
    assert (refusal.reason, refusal.facts["code"]) == ("code_twice", "survey")
    refusal = refused(folder, "claim_stages.toml", text.replace("medium = 120", "medium = 1"))
    assert (refusal.reason, refusal.line) == ("minutes_fall", text[: text.index("medium = 120")].count("\n") + 1)
    refusal = refused(folder, "claim_stages.toml", "title = 1\n" + text)
    assert (refusal.reason, refusal.line) == ("unknown_column", 1)


def test_it_is_a_refusal_with_file_line_and_reason(folder: Path) -> None:
    refusal = refused(folder, "units.csv", "code\n")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "catalogue_file_broken"
    assert refusal.facts == {"file": "units.csv", "line": 1, "reason": "missing_column", "column": "name_zh_TW"}


def test_a_file_that_the_machine_cannot_read_is_no_fault_of_the_file(folder: Path) -> None:
    path = folder / "units.csv"
    before = path.read_bytes()
    path.unlink()
    path.mkdir()
    try:
        with pytest.raises(Environment) as trouble:
            read_catalogue(folder)
    finally:
        path.rmdir()
        path.write_bytes(before)
    assert (trouble.value.code, trouble.value.facts["file"]) == ("catalogue_file_unreadable", "units.csv")


def test_the_whole_folder_may_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFileError, match=re.escape("catalogue_file_broken")):
        read_catalogue(tmp_path / "nowhere")
