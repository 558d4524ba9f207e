"""Errors become sentences; unexpected ones leave a report without anybody's data."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import sys
import threading

import pytest

from db.rules.errors import Environment, Refusal
from desktop_app import faults, refusal_words
from desktop_app.i18n import LANGUAGES, Phrases

SECRETS = ("陳志強", "13802684417", "粤B8K326")


def fail_with_secrets() -> None:
    name, phone, plate = SECRETS
    try:
        raise ValueError(f"{name} {phone}")
    except ValueError as error:
        raise RuntimeError(plate) from error


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_sentence_in_every_language(language):
    phrases = Phrases(language)
    for code, words in faults.sentences().items():
        found = phrases(words)
        assert found, code
        assert language == "en" or found != words or not words.isascii(), f"{code} is not translated to {language}"


def test_no_two_subjects_say_one_refusal_differently():
    said: dict[str, tuple[str, str]] = {}
    for module in pkgutil.iter_modules(refusal_words.__path__):
        for code, words in importlib.import_module(f"desktop_app.refusal_words.{module.name}").SENTENCES.items():
            assert said.setdefault(code, (module.name, words))[1] == words, (code, module.name, said[code])


def test_facts_stand_in_the_sentence_as_people_write_them():
    error = Environment("store_newer", file="C:/順通/shop.db")
    assert "C:/順通/shop.db" in faults.sentence(error, Phrases("zh_TW"))
    assert faults.fact_words("total_fen", 129800, Phrases("en")) == "¥1,298.00"
    assert faults.fact_words("odometer_km", 61284, Phrases("en")) == "61,284 km"
    assert faults.fact_words("roles", ["a", "b"], Phrases("zh_CN")) == "a、b"


def test_a_code_without_a_sentence_is_still_said():
    assert "odd_code" in faults.sentence(Refusal("odd_code"), Phrases("en"))


def test_the_log_and_the_report_hold_no_values(tmp_path):
    shown = []
    watch = faults.Watch(tmp_path / "記錄 檔" / "service.log", shown.append)
    try:
        try:
            fail_with_secrets()
        except RuntimeError as error:
            watch.take(error)
            watch.take(error)
        logging.getLogger("sqlalchemy.engine").warning(f"parameters {SECRETS[1]}")
        logging.getLogger(faults.OWN_LOGGER).warning("saved for %s", SECRETS[0])
    finally:
        watch.close()
    words = (tmp_path / "記錄 檔" / "service.log").read_text(encoding="utf-8") + shown[0].words()
    assert not any(secret in words for secret in SECRETS)
    assert "RuntimeError < ValueError" in words
    assert "fail_with_secrets" in words
    assert "saved for %s" in words
    assert len(shown) == 1, "one report for one traceback"


def test_the_same_fault_has_the_same_number_and_another_has_another():
    numbers = []
    for act in (fail_with_secrets, fail_with_secrets, lambda: 1 / 0):
        try:
            act()
        except Exception as error:
            numbers.append(faults.report_on(error, None).number)
    assert numbers[0] == numbers[1] != numbers[2]


def test_errors_of_threads_and_hooks_are_taken(tmp_path):
    shown = []
    watch = faults.Watch(tmp_path / "service.log", shown.append)
    try:
        thread = threading.Thread(target=fail_with_secrets)
        thread.start()
        thread.join()
        try:
            raise KeyError("粤B8K326")
        except KeyError:
            sys.excepthook(*sys.exc_info())
    finally:
        watch.close()
    assert [report.what for report in shown] == ["RuntimeError < ValueError", "KeyError"]
    assert sys.excepthook is not watch._on_exception


def test_a_folder_that_cannot_be_written_keeps_nobody_from_working(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    watch = faults.Watch(blocked / "service.log", lambda report: None)
    try:
        assert watch.take(ValueError("x")).path is None
    finally:
        watch.close()


def test_the_log_turns_over(tmp_path):
    path = tmp_path / "service.log"
    handler = faults.open_log(path)
    logger = logging.getLogger(faults.OWN_LOGGER)
    for _ in range(faults.LOG_FILES + 2):
        logger.error("x" * (faults.LOG_BYTES // 2))
        logger.error("x" * (faults.LOG_BYTES // 2))
    logging.getLogger().removeHandler(handler)
    handler.close()
    assert len(list(tmp_path.iterdir())) == faults.LOG_FILES
