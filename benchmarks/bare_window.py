"""The floor of a start: a window of PySide6 with one word in it, and SQLAlchemy imported; says `ready` once it is painted."""

import sys

import sqlalchemy
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel


class _Window(QLabel):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        print("ready", flush=True)
        QTimer.singleShot(0, QApplication.quit)


def main() -> int:
    """Show it until it is painted."""
    application = QApplication([])
    window = _Window(sqlalchemy.__version__)
    window.resize(1280, 720)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
