"""A program with its look on, for every test of a room."""

from __future__ import annotations

from tests.desktop.widgets.conftest import look as look
