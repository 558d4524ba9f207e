"""Each command's results: on stdout, for scripts and for the eye."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.headless.list_records import KEYS
from desktop_app.headless.tables import width

TABLES = {"work-orders": "work_order", "customers": "customer", "vehicles": "vehicle", "claims": "claim"}


def listed(run, folder, *words):
    return json.loads(run("--data-dir", str(folder), "list", *words, "--format", "json").stdout)


@pytest.mark.parametrize("what", KEYS)
def test_every_list_has_the_same_rows_in_each_form(run, shop_folder, what):
    folder, _made = shop_folder
    rows = listed(run, folder, what)
    assert all(list(row) == list(KEYS[what]) for row in rows)
    table = run("--data-dir", str(folder), "list", what).stdout.splitlines()
    sheet = list(csv.reader(io.StringIO(run("--data-dir", str(folder), "list", what, "--format", "csv").stdout)))
    assert len(table) == len(sheet) == len(rows) + 1
    assert sheet[0] == list(KEYS[what])
    with closing(sqlite3.connect(folder / "shop.db")) as store:
        assert store.execute(f"SELECT count(*) FROM {TABLES[what]}").fetchone() == (len(rows),)


def test_orders_are_found_by_number_plate_name_pinyin_and_state(run, shop_folder):
    folder, made = shop_folder
    every = listed(run, folder, "work-orders")
    assert {"number", "state"} <= set(every[0])
    assert every[0]["number"] == made.order_number
    assert every[0]["checked_in_at"].endswith("+08:00")
    owner, plate = every[0]["customer"], every[0]["plate"]
    for words in (made.order_number, made.order_number.lower(), plate, plate[-5:], owner):
        assert made.order_number in {row["number"] for row in listed(run, folder, "work-orders", "--find", words)}, words
    assert [row["number"] for row in listed(run, folder, "work-orders", "--state", "open")] == [made.order_number]
    assert [row["state"] for row in listed(run, folder, "work-orders", "--state", "delivered")] == ["delivered"]
    assert listed(run, folder, "work-orders", "--find", "nothing like that") == []


def test_rows_that_are_left_out_are_said(run, shop_folder):
    folder, _made = shop_folder
    said = run("--data-dir", str(folder), "--language", "en", "list", "vehicles", "--limit", "1", "--format", "json")
    assert len(json.loads(said.stdout)) == 1
    assert "--limit" in said.stderr


def test_columns_stand_under_each_other_on_a_console(run, shop_folder):
    folder, _made = shop_folder
    head, *lines = run("--data-dir", str(folder), "list", "customers").stdout.splitlines()
    # Names are Chinese, so that a column counted in characters would not be in line.
    column = width(head[: head.index("is_company")])
    for line in lines:
        place = next(index for index in range(len(line)) if width(line[:index]) == column)
        assert line[place:].startswith(("true", "false"))


def test_an_unknown_state_names_those_there_are(run, shop_folder):
    folder, _made = shop_folder
    said = run("--data-dir", str(folder), "--language", "en", "list", "work-orders", "--state", "lost", code=2)
    assert "open, checked_in, " in said.stderr


@pytest.mark.parametrize("paper", ["job-card", "repair-contract", "check-in-sheet"])
def test_a_paper_is_written_and_counted(run, shop_folder, tmp_path, paper):
    folder, made = shop_folder
    target = tmp_path / "單 據" / f"{paper}.pdf"
    target.parent.mkdir()
    run("--data-dir", str(folder), "print", paper, made.order_number, "-o", str(target))
    assert made.order_number in PdfReader(target).pages[0].extract_text()
    first = target.read_bytes()
    run("--data-dir", str(folder), "print", paper, f"K7Q2/{made.order_number.lower()}", "-o", str(target))
    assert target.read_bytes() != first, "a reprint says that it is one"
    assert [entry.name for entry in target.parent.iterdir()] == [target.name]
    assert run("--data-dir", str(folder), "check").returncode == 0


def test_a_paper_that_cannot_be_written_is_said_and_not_counted(run, shop_folder, tmp_path):
    folder, made = shop_folder
    for number, target in (("W990101-001", tmp_path / "x.pdf"), (made.order_number, tmp_path / "no such folder" / "x.pdf"), (made.order_number, tmp_path)):
        said = run("--data-dir", str(folder), "--language", "en", "print", "job-card", number, "-o", str(target), code=2)
        assert len(said.stderr.strip().splitlines()) == 1
        assert not target.is_file()
    with closing(sqlite3.connect(folder / "shop.db")) as store:
        assert store.execute("SELECT count(*) FROM paper_print").fetchone() == (0,)


def test_a_paper_goes_to_stdout_alone_and_is_counted(run, shop_folder, tmp_path):
    folder, made = shop_folder
    target, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    assert run("--data-dir", str(folder), "print", "job-card", made.order_number, "-o", "-", stdout=target).stderr == ""
    whole = target.read_bytes()
    assert whole.startswith(b"%PDF-") and whole.rstrip().endswith(b"%%EOF")
    assert made.order_number in PdfReader(target).pages[0].extract_text()
    run("--data-dir", str(folder), "print", "job-card", made.order_number, "-o", "-", stdout=again)
    with closing(sqlite3.connect(folder / "shop.db")) as store:
        assert [row[0] for row in store.execute("SELECT copy_number FROM paper_print WHERE paper = 'job-card' ORDER BY copy_number")][-2:] == [1, 2]
    assert not (tmp_path / "-").exists()


def test_a_paper_that_stdout_does_not_take_is_said(run, shop_folder):
    folder, made = shop_folder
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no file that is always full")
    said = run("--data-dir", str(folder), "--language", "en", "print", "job-card", made.order_number, "-o", "-", code=2, stdout=full)
    assert len(said.stderr.strip().splitlines()) == 1 and "stdout" in said.stderr


def test_recognise_answers_in_the_order_of_the_texts(run):
    rows = json.loads(run("recognise", "plate", "京AO2345", "粤B8K326", "沪AD12345", "", "--region", "CN").stdout)
    assert [row["text"] for row in rows] == ["京AO2345", "粤B8K326", "沪AD12345", ""]
    assert [row["valid"] for row in rows] == [False, True, True, False]
    assert rows[0]["normalised"] is None and rows[0]["problems"][0]["proposal"] == "京A02345"
    assert {"text", "valid", "normalised", "kind", "problems"} == set(rows[1])
    (vin,) = json.loads(run("recognise", "vin", "LSVAA2BR7GN000001").stdout)
    assert vin["valid"] and vin["maker"] and vin["year"] == 2016
    (phone,) = json.loads(run("recognise", "phone", "138 0268 4417").stdout)
    assert phone["normalised"] == "+8613802684417"


def test_recognise_without_a_shop_makes_none(run, tmp_path):
    run("--data-dir", str(tmp_path / "d"), "recognise", "plate", "粤B8K326")
    assert not (tmp_path / "d").exists()


def test_recognise_uses_the_shops_region(run, tmp_path):
    folder = tmp_path / "d"
    run("--data-dir", str(folder), "check")
    (before,) = json.loads(run("--data-dir", str(folder), "recognise", "plate", "AB1234").stdout)
    store = sqlite3.connect(folder / "shop.db")
    store.execute("UPDATE shop SET region = 'HK'")
    store.commit()
    store.close()
    (after,) = json.loads(run("--data-dir", str(folder), "recognise", "plate", "AB1234").stdout)
    assert (before["valid"], after["valid"]) == (False, True)


def test_check_names_what_is_wrong_and_ends_with_1(run, shop_folder):
    folder, made = shop_folder
    assert run("--data-dir", str(folder), "check").stderr == ""
    store = sqlite3.connect(folder / "shop.db")
    store.execute("UPDATE work_order_line SET amount = amount + 1 WHERE order_id = ?", (made.order,))
    store.commit()
    store.close()
    said = run("--data-dir", str(folder), "--language", "zh_TW", "check", code=1)
    assert made.order_number in said.stdout and "應為" in said.stdout


def test_smoke_opens_every_room(run, shop_folder):
    folder, _made = shop_folder
    before = sorted(entry.name for entry in folder.iterdir())
    lines = run("--data-dir", str(folder), "smoke").stdout.splitlines()
    rooms = ["check_in", "board", "work_orders", "recommendations", "claims", "customers", "follow_ups", "cashier", "insights", "settings"]
    assert [line.split()[0] for line in lines[1:]] == rooms
    assert all(line.split()[2] == "ms" and line.split()[1].isdigit() for line in lines[1:])
    assert "preferences.json" not in sorted(entry.name for entry in folder.iterdir()) or "preferences.json" in before
