"""`python -m tests.tour OUT [--small]`: pictures of every window, dialog and paper over the demo shop."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """0 when every step came through and every dialog was opened; what is wrong with words is printed, and fails with `--words`."""
    parser = argparse.ArgumentParser(prog="python -m tests.tour", description=__doc__)
    parser.add_argument("out", type=Path, help="the folder that takes the pictures")
    parser.add_argument("--small", action="store_true", help="each room in one language, theme and size, papers in one language")
    parser.add_argument("--words", action="store_true", help="no pictures: only read every word, in all languages at the smaller size")
    parser.add_argument("--only", default="", help="steps whose ROOM-WHAT holds this text")
    parser.add_argument("--look", default="", help="one LANGUAGE-THEME-WIDTHxHEIGHT instead of all")
    parser.add_argument("--template", type=Path, help="a demo's file that was made before")
    parser.add_argument("--folder", type=Path, help="where the walked shop lies; always the same one, if it is not said, so that two runs show the same")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    # Large enough for the largest window: what drops down is kept on the screen.
    screen = {"name": "tour", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    # The same folder in every run: its name stands on some pictures.
    folder = options.folder or Path(tempfile.gettempdir()) / "service-front-tour"
    folder.mkdir(parents=True, exist_ok=True)
    from PySide6.QtCore import QLockFile

    lock = QLockFile(str(folder / "in-use"))
    if not lock.tryLock(0):
        print(f"another tour walks in {folder}: name another --folder", file=sys.stderr)
        return 2
    screens = folder / "screens.json"
    screens.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens.as_posix()}"

    from PySide6.QtWidgets import QApplication

    from db.engine import file_url
    from desktop_app.i18n import LANGUAGES
    from desktop_app.place import STORE_FILE_NAME
    from tests.tour.all_steps import all_steps
    from tests.tour.demo_store import copy_into, make_template
    from tests.tour.papers import draw_papers
    from tests.tour.walk import ALL_LOOKS, SIZES, Walk

    template = options.template or make_template(options.out)
    application = QApplication([])
    walk = Walk(application, template, folder / "ServiceFront demo", None if options.words else options.out)
    looks = ALL_LOOKS
    if options.words:
        looks = [(language, "light", SIZES[0]) for language in LANGUAGES]
    if options.look:
        language, theme, size = options.look.split("-")
        width, _, height = size.partition("x")
        looks = [(language, theme, (int(width), int(height)))]
    steps = [step for step in all_steps() if options.only in f"{step.room}-{step.what}"]
    walk.walk(looks, steps, rooms_take_turns=options.small)
    report = walk.report
    if not options.words and not options.only:
        copy_into(template, folder / "ServiceFront demo")
        languages = LANGUAGES[:1] if options.small else LANGUAGES
        report.pictures += draw_papers(file_url(folder / "ServiceFront demo" / STORE_FILE_NAME), options.out, languages)
    if template.parent == options.out:
        template.unlink()
    faults = [*report.failures, *([] if options.only else [f"no step opens {dialog}" for dialog in report.unopened()])]
    words = sorted({str(finding) for findings in report.words.values() for finding in findings} | {str(finding) for finding in walk.reader.lacking()})
    for line in words:
        where = next((name for name, findings in report.words.items() if any(str(finding) == line for finding in findings)), "")
        print(f"{line}  [{where}]")
    for line in faults:
        print(line, file=sys.stderr)
    print(f"{len(report.pictures)} pictures, {len(words)} findings, {len(faults)} faults")
    return 1 if faults or (options.words and words) else 0


if __name__ == "__main__":
    sys.exit(main())
