"""Paper to a printer and into a folder: page by page, never half, and said where when it can't be printed."""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from db.rules.errors import Environment
from desktop_app.i18n.phrases import LANGUAGES, phrases
from desktop_app.printing.keeping import keep, paper_name, safe_name, save_as
from desktop_app.printing.making import look_at, make
from desktop_app.printing.papers import render
from desktop_app.printing.printer import SystemPrinter
from desktop_app.refusal_words.papers import SENTENCES
from tests.printing.reading import codes, words
from tests.printing.samples import LETTERHEADS, long, ordinary

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from tests.small_shop import SmallShop

DAY = dt.date(2026, 11, 24)


def test_the_printer_gets_every_page_with_codes_that_scan(qapp: QApplication, tmp_path: Path) -> None:
    pdf = render("check-in-sheet", long("zh_TW"), LETTERHEADS["zh_TW"])
    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    seen: list[tuple[int, int]] = []
    file = tmp_path / "印 表.pdf"
    assert SystemPrinter(file=file).print_pages(pdf, "接車單", lambda done, of: seen.append((done, of))) == pages
    assert seen == [(number, pages) for number in range(1, pages + 1)]
    printed = file.read_bytes()
    assert len(PdfReader(io.BytesIO(printed)).pages) == pages
    assert set(codes(printed).values()) == {"K7Q2/W261124-007"}
    box = PdfReader(io.BytesIO(printed)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_printing_works_off_the_gui_thread_and_can_be_stopped(qapp: QApplication, tmp_path: Path) -> None:
    pdf = render("job-card", long("zh_TW"), LETTERHEADS["zh_TW"])
    outcome: list[object] = []

    class Enough(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done == 2:
            raise Enough

    def work() -> None:
        try:
            SystemPrinter(file=tmp_path / "stopped.pdf").print_pages(pdf, "x", stop)
        except Enough as stopped:
            outcome.append(stopped)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert len(outcome) == 1


def test_a_printer_that_is_not_there_is_named(qapp: QApplication) -> None:
    pdf = render("job-card", ordinary(), LETTERHEADS["zh_TW"])
    with pytest.raises(Environment) as refused:
        SystemPrinter("under the desk").print_pages(pdf, "x", lambda done, of: None)
    assert refused.value.code == "printer_not_reached" and refused.value.facts == {"printer": "under the desk"}


def test_a_folder_that_cant_be_printed_to_is_said(qapp: QApplication, tmp_path: Path) -> None:
    pdf = render("job-card", ordinary(), LETTERHEADS["zh_TW"])
    with pytest.raises(Environment) as refused:
        SystemPrinter(file=tmp_path / "no such folder" / "x.pdf").print_pages(pdf, "x", lambda done, of: None)
    assert refused.value.code == "printer_not_reached"


@pytest.mark.parametrize(
    ("name", "safe"),
    [("W261124-007", "W261124-007"), ('a<b>:"c"/\\|?*', "a-b---c------"), ("con", "_con"), ("LPT1.x", "_LPT1.x"), ("x. . ", "x"), ("", "-"), ("\x00\t", "--")],
)
def test_names_that_every_system_takes(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert len(safe_name(name * 300)) <= 121


def test_a_paper_is_kept_by_day_number_and_copy(tmp_path: Path) -> None:
    folder = tmp_path / "資料 夾" / "papers"
    path = keep(b"one", folder, DAY, "W261124-007", "job-card", 1)
    assert path == folder / "2026-11-24" / "W261124-007-job-card-1.pdf"
    assert path.read_bytes() == b"one"
    assert keep(b"one", folder, DAY, "W261124-007", "job-card", 1) == path, "the same paper again is the same file"


def test_a_kept_paper_is_never_overwritten(tmp_path: Path) -> None:
    for content in (b"one", b"two", b"three"):
        keep(content, tmp_path, DAY, "W261124-007", "job-card", 1)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "2026-11-24").iterdir()}
    assert kept == {"W261124-007-job-card-1.pdf": b"one", "W261124-007-job-card-1 (2).pdf": b"two", "W261124-007-job-card-1 (3).pdf": b"three"}


def test_what_cant_be_kept_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Environment) as refused:
        keep(b"one", tmp_path, DAY, "W261124-007", "job-card", 1)
    assert refused.value.code == "paper_not_kept" and "No space" in str(refused.value.facts["system_words"])
    assert list((tmp_path / "2026-11-24").iterdir()) == []
    target = tmp_path / "mine.pdf"
    target.write_bytes(b"before")
    with pytest.raises(Environment):
        save_as(b"after", target)
    assert target.read_bytes() == b"before"


def test_making_counts_and_keeps(small_shop: SmallShop, tmp_path: Path) -> None:
    act = small_shop.act()
    seen = look_at(small_shop.engine, "job-card", small_shop.order_number, act, "林依君")
    assert seen.copy_number == 1 and seen.path is None
    made = make(small_shop.engine, "job-card", small_shop.order_number, act, "林依君", folder=tmp_path)
    assert made.pdf == seen.pdf, "what was looked at is what is printed"
    assert made.path == tmp_path / "2026-11-24" / paper_name(small_shop.order_number, "job-card", 1)
    again = make(small_shop.engine, "job-card", small_shop.order_number, small_shop.act(minutes=5), "林依君", folder=tmp_path)
    assert again.copy_number == 2 and "補印第1次" in words(again.pdf)


def test_the_same_request_is_counted_once(small_shop: SmallShop) -> None:
    act = small_shop.act()
    first = make(small_shop.engine, "job-card", small_shop.order_number, act)
    second = make(small_shop.engine, "job-card", small_shop.order_number, act)
    assert first.copy_number == second.copy_number == 1


def test_an_unknown_paper_counts_nothing(small_shop: SmallShop) -> None:
    with pytest.raises(KeyError):
        make(small_shop.engine, "shopping-list", small_shop.order_number, small_shop.act())


def test_making_a_paper_loads_no_window() -> None:
    import subprocess

    code = "import sys, desktop_app.printing.making; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("sentence", SENTENCES.values())
def test_every_no_is_translated(sentence: str) -> None:
    for language in LANGUAGES:
        assert (phrases(language)(sentence) == sentence) == (language == "en")
