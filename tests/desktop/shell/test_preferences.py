"""This machine's settings: typed, kept whole, forgiving of a broken file."""

from __future__ import annotations

import json
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.preferences import Preferences, Setting


def test_what_is_changed_is_there_after_the_next_start(tmp_path):
    path = tmp_path / "順通 汽車" / "preferences.json"
    first = Preferences(path)
    first.language = "zh_CN"
    first.text_scale = 115
    first.remember_widths("7:orders", [80, 200])
    first.save()
    second = Preferences(path)
    assert (second.language, second.text_scale, second.widths_of("7:orders")) == ("zh_CN", 115, [80, 200])
    assert [entry.name for entry in path.parent.iterdir()] == ["preferences.json"]


def test_a_value_of_the_wrong_kind_falls_back_alone(tmp_path):
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps({"language": "xx", "theme": "dark", "text_scale": True, "lock_minutes": -1}), encoding="utf-8")
    preferences = Preferences(path)
    assert (preferences.language, preferences.theme, preferences.text_scale, preferences.lock_minutes) == ("", "dark", 100, 5)


def test_a_newer_programs_settings_survive(tmp_path):
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps({"from_the_future": [1, 2]}), encoding="utf-8")
    preferences = Preferences(path)
    preferences.theme = "dark"
    preferences.save()
    assert json.loads(path.read_text(encoding="utf-8")) == {"from_the_future": [1, 2], "theme": "dark"}


@pytest.mark.parametrize("words", ["{", "[]", "\x00\x01", ""])
def test_a_broken_file_is_set_aside_not_overwritten(tmp_path, words):
    path = tmp_path / "preferences.json"
    path.write_text(words, encoding="utf-8")
    preferences = Preferences(path)
    preferences.save()
    assert preferences.unreadable
    assert path.with_name("preferences.json.unreadable").read_text(encoding="utf-8") == words


def test_a_value_that_is_not_allowed_is_refused_in_code(tmp_path):
    preferences = Preferences(tmp_path / "preferences.json")
    with pytest.raises(ValueError, match="theme"):
        preferences.theme = "pink"


def test_threads_that_save_at_once_leave_a_whole_file(tmp_path):
    preferences = Preferences(tmp_path / "preferences.json")

    def change(number: int) -> None:
        for _ in range(20):
            preferences.remember_widths(f"{number}:t", [number] * 200)
            preferences.save()

    threads = [threading.Thread(target=change, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.loads((tmp_path / "preferences.json").read_text(encoding="utf-8"))


AWKWARD = (None, True, -1, 0, 3.5, 10**30, "", "dark", "字" * 5000, [], [1], {}, {"a": [0]}, {"a": [10, 20]}, {"a": "b"}, {"a": {"b": 1}})


@given(st.fixed_dictionaries({}, optional={name: st.sampled_from(AWKWARD) for name, value in vars(Preferences).items() if isinstance(value, Setting)}))
def test_no_file_can_keep_the_program_from_starting(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("p") / "preferences.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    preferences = Preferences(path)
    for name, setting in vars(Preferences).items():
        if isinstance(setting, Setting):
            assert setting.accepts(getattr(preferences, name))
