"""The house keeps its own rules: pins, portability, languages."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for folder in ("db", "desktop_app") for path in (ROOT / folder).rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

POSIX_ONLY_MODULES = {"fcntl", "pwd", "grp", "termios", "resource", "pty", "posix", "syslog", "tty"}
POSIX_ONLY_NAMES = {
    "os.fork", "os.geteuid", "os.getuid", "os.getpgid", "os.killpg", "os.mkfifo", "os.uname", "os.getloadavg", "os.chown", "os.sync",
    "signal.SIGKILL", "signal.SIGHUP", "signal.SIGALRM", "signal.alarm", "os.setsid", "os.wait",
}  # fmt: skip


def _pins() -> dict[str, str]:
    """What is pinned for running and for developing, on any system: name to version."""
    return _exact([*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"], *PROJECT["tool"]["uv"]["constraint-dependencies"]])


def _exact(lines: list[str]) -> dict[str, str]:
    pins: dict[str, str] = {}
    for line in lines:
        name, _, version = line.partition("==")
        assert version, f"{line} is not pinned to an exact version"
        pins[_normal(name.split("[")[0])] = version.split(";")[0].strip()
    return pins


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_installed_is_what_is_pinned() -> None:
    pins = _pins()
    installed = {_normal(found.metadata["Name"]): found.version for found in metadata.distributions()}
    ours = {"service-front", "pip", "uv"}
    differing = {name: (version, pins.get(name)) for name, version in installed.items() if name not in ours and pins.get(name) != version}
    assert differing == {}


def test_what_any_system_would_install_is_pinned() -> None:
    lock = ROOT / "uv.lock"
    if not lock.exists():
        pytest.skip("there is no uv.lock here: uv writes it beside pyproject.toml when it installs")
    resolved = {_normal(found["name"]): found["version"] for found in tomllib.loads(lock.read_text(encoding="utf-8"))["package"]}
    del resolved["service-front"]
    pins = _pins()
    assert {name: (version, pins.get(name)) for name, version in resolved.items() if pins.get(name) != version} == {}
    assert set(pins) - set(resolved) == set(), "pins that nothing brings along"


def test_what_builds_the_package_is_pinned_and_agrees_with_the_rest() -> None:
    build = _exact([*PROJECT["build-system"]["requires"], *PROJECT["tool"]["uv"]["build-constraint-dependencies"]])
    pins = _pins()
    assert {name: (version, pins[name]) for name, version in build.items() if pins.get(name, version) != version} == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_runs_on_posix_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not POSIX_ONLY_MODULES & {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module not in POSIX_ONLY_MODULES
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert f"{node.value.id}.{node.attr}" not in POSIX_ONLY_NAMES
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not node.value.startswith(("/tmp", "/usr/", "/var/", "/etc/", "/home/")), node.value


def _word_tables() -> list[tuple[Path, list[dict[str, str]]]]:
    tables = []
    for path in sorted((ROOT / "resources" / "i18n").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = list(reader)
            assert reader.fieldnames == ["context", "en", "zh_TW", "zh_CN", "en_one"], path.name
            tables.append((path, rows))
    return tables


def test_every_phrase_stands_in_three_languages_with_the_same_places() -> None:
    problems = []
    seen: dict[tuple[str, str], tuple[str, dict[str, str]]] = {}
    for path, rows in _word_tables():
        for number, row in enumerate(rows, start=2):
            if None in row or any(row[column] is None for column in row):
                problems.append(f"{path.name}:{number}: wrong number of columns")
                continue
            places = {column: sorted(re.findall(r"\{(\w+)", row[column])) for column in ("en", "zh_TW", "zh_CN")}
            if not all(row[column].strip() for column in ("en", "zh_TW", "zh_CN")):
                problems.append(f"{path.name}:{number}: {row['en']!r} lacks a language")
            if not places["en"] == places["zh_TW"] == places["zh_CN"]:
                problems.append(f"{path.name}:{number}: {row['en']!r} has other places in another language")
            key = (row["context"], row["en"])
            if key in seen and any(seen[key][1][column] != row[column] for column in ("zh_TW", "zh_CN", "en_one")):
                problems.append(f"{path.name}:{number}: {row['en']!r} is translated otherwise in {seen[key][0]}")
            seen.setdefault(key, (path.name, row))
    assert problems == []


def _translated_calls() -> list[tuple[str, str, str]]:
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
            arguments = node.args[1:] if name == "say" else node.args
            if name not in ("tr", "phrases", "say", "QT_TR") or not arguments:
                continue
            text = arguments[0]
            if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
                assert not isinstance(text, ast.JoinedStr), f"{path}:{node.lineno}: an f-string cannot be translated"
                continue
            context = arguments[1].value if len(arguments) > 1 and isinstance(arguments[1], ast.Constant) else ""
            found.append((f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", str(context), text.value))
    return found


def test_every_phrase_in_the_code_is_in_a_table() -> None:
    known = {(row["context"], row["en"]) for _, rows in _word_tables() for row in rows}
    # A language's name passed to phrases(language) is no phrase.
    missing = [f"{where}: {text!r}" for where, context, text in _translated_calls() if (context, text) not in known and text not in ("zh_TW", "zh_CN", "en")]
    assert missing == []
